package function

import (
	"fmt"
	"strings"
	"sync"
)

// families are the tables of functions, one file each.
var families = [...]func() []Function{
	stringFunctions,
	regexFunctions,
	parseFunctions,
	encodingFunctions,
	hashFunctions,
	ipFunctions,
	conversionFunctions,
	datetimeFunctions,
	mathFunctions,
	binaryFunctions,
	arrayFunctions,
	bagFunctions,
	setFunctions,
	seriesFunctions,
	geoFunctions,
	specialFunctions,
	internalFunctions,
}

// Entry is a function with its signatures parsed.
type Entry struct {
	Function
	Name       string
	Signatures []Signature
}

// table files every function under its name. It is made once, when first asked for.
var table = sync.OnceValue(func() map[string]*Entry {
	var all []Function
	for _, family := range families {
		all = append(all, family()...)
	}
	return File(all)
})

// File parses the signatures of functions and files them under their names. A slip in a
// declaration panics: every test of the package that declares shows it.
func File(functions []Function) map[string]*Entry {
	m := make(map[string]*Entry, len(functions))
	for _, f := range functions {
		e := &Entry{Function: f}
		for line := range strings.Lines(f.Sig) {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			s, err := ParseSignature(line)
			if err != nil {
				panic(err)
			}
			e.Signatures = append(e.Signatures, s)
		}
		e.Name = e.Signatures[0].Name
		if m[e.Name] != nil {
			panic(fmt.Sprintf("function: %s is declared twice", e.Name))
		}
		m[e.Name] = e
	}
	for _, e := range m {
		if e.Alias == "" {
			continue
		}
		of := m[e.Alias]
		if of == nil {
			panic(fmt.Sprintf("function: %s is an alias of %s, which is not declared", e.Name, e.Alias))
		}
		e.Impl, e.Bind, e.Volatile, e.Refused = of.Impl, of.Bind, of.Volatile, of.Refused
	}
	return m
}

// Lookup finds a function by its name; names are case-sensitive in KQL.
func Lookup(name string) (*Entry, bool) {
	e, ok := table()[name]
	return e, ok
}

// All returns every function by name. The map must not be changed.
func All() map[string]*Entry { return table() }
