package function

import (
	"fmt"
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

// Entry is a function under its name.
type Entry struct {
	*Function
	Name       string
	signatures func() []Signature
}

// Signatures gives the signatures of the function. They are parsed when first asked for, as a query calls few
// of all functions; a slip in one panics: every test of the package that declares it shows it.
func (e *Entry) Signatures() []Signature { return e.signatures() }

// table files every function under its name. It is made once, when first asked for.
var table = sync.OnceValue(func() map[string]*Entry {
	m := make(map[string]*Entry, 512)
	for _, family := range families {
		file(m, family())
	}
	return m
})

// File files functions under their names.
func File(functions []Function) map[string]*Entry {
	m := make(map[string]*Entry, len(functions))
	file(m, functions)
	return m
}

// file adds functions to m. What an alias stands for is in the same list.
func file(m map[string]*Entry, functions []Function) {
	entries := make([]Entry, len(functions))
	for i := range functions {
		f := &functions[i]
		name := SignatureName(f.Sig)
		if m[name] != nil {
			panic(fmt.Sprintf("function: %s is declared twice", name))
		}
		entries[i] = Entry{f, name, sync.OnceValue(func() []Signature { return MustParseSignatures(f.Sig) })}
		m[name] = &entries[i]
	}
	for i := range functions {
		f := &functions[i]
		if f.Alias == "" {
			continue
		}
		of := m[f.Alias]
		if of == nil {
			panic(fmt.Sprintf("function: %s is an alias of %s, which is not declared", f.Sig, f.Alias))
		}
		f.Impl, f.Bind, f.Volatile, f.Refused = of.Impl, of.Bind, of.Volatile, of.Refused
	}
}

// Lookup finds a function by its name; names are case-sensitive in KQL.
func Lookup(name string) (*Entry, bool) {
	e, ok := table()[name]
	return e, ok
}

// All returns every function by name. The map must not be changed.
func All() map[string]*Entry { return table() }
