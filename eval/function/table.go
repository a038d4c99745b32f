package function

import (
	"fmt"
	"sync"
)

// families are the tables of functions, one file each, filed when a name is looked for that none before has:
// the functions that most queries call stand first.
var families = [...]func() map[string]*Entry{
	family(stringFunctions),
	family(parseFunctions),
	family(conversionFunctions),
	family(datetimeFunctions),
	family(arrayFunctions),
	family(setFunctions),
	family(bagFunctions),
	family(ipFunctions),
	family(regexFunctions),
	family(mathFunctions),
	family(encodingFunctions),
	family(hashFunctions),
	family(binaryFunctions),
	family(seriesFunctions),
	family(geoFunctions),
	family(specialFunctions),
	family(internalFunctions),
}

func family(declared func() []Function) func() map[string]*Entry {
	return sync.OnceValue(func() map[string]*Entry { return File(declared()) })
}

// Entry is a function under its name.
type Entry struct {
	*Function
	Name string

	parse      sync.Once
	signatures []Signature
}

// Signatures gives the signatures of the function. They are parsed when first asked for, as a query calls few
// of all functions; a slip in one panics: every test of the package that declares it shows it.
func (e *Entry) Signatures() []Signature {
	e.parse.Do(func() { e.signatures = MustParseSignatures(e.Sig) })
	return e.signatures
}

// File files functions under their names. What an alias stands for is among them.
func File(functions []Function) map[string]*Entry {
	m := make(map[string]*Entry, len(functions))
	entries := make([]Entry, len(functions))
	for i := range functions {
		e := &entries[i]
		e.Function = &functions[i]
		e.Name = SignatureName(e.Sig)
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
	for _, functions := range families {
		if e, ok := functions()[name]; ok {
			return e, true
		}
	}
	return nil, false
}

// All returns every function by name. The map must not be changed. A name that two families declare panics.
func All() map[string]*Entry { return all() }

var all = sync.OnceValue(func() map[string]*Entry {
	m := make(map[string]*Entry, 512)
	for _, functions := range families {
		for name, e := range functions() {
			if m[name] != nil {
				panic(fmt.Sprintf("function: %s is declared twice", name))
			}
			m[name] = e
		}
	}
	return m
})
