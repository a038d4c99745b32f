package aggregate

import (
	"encoding"
	"fmt"
	"sync"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// Accumulator reduces the rows of one group to one value.
//
// Accumulators of the same call can be merged, the left one having seen the
// earlier rows, and can travel as bytes.
type Accumulator interface {
	// Add takes one row's arguments, converted to the types of the signature.
	// It does not keep args itself, and clones the text of those values that it
	// keeps: that text may lie in a buffer that the next row overwrites.
	Add(args []scalar.Value)
	// Merge adds what other, of the same concrete type, has seen after this one.
	Merge(other Accumulator)
	// Result gives the aggregate of what has been added.
	Result() scalar.Value
	// Size is about how many bytes the accumulator holds, for the memory budget.
	Size() int
	encoding.BinaryMarshaler
	encoding.BinaryUnmarshaler
}

// Aggregate is one aggregation function of KQL.
type Aggregate struct {
	// Sig holds one signature a line, in the grammar of function.ParseSignature.
	Sig string
	// Doc says what it gives.
	Doc string
	// Names is the rule by which an unnamed result column gets its name.
	Names function.NameRule
	// New prepares one call: from the arguments' types and constants it makes
	// the maker of accumulators and says what type they result in. Args are those
	// of the call, in order.
	New func(args []function.Arg) (make func() Accumulator, result scalar.Type, err error)
	// Special marks aggregates of several columns (arg_max, take_any, percentiles,
	// …), which eval binds by hand out of others.
	Special bool
	// Alias names the current spelling where this one is obsolete.
	Alias string
	// Refused says why it cannot run outside the service.
	Refused string
	// Examples are KQL predicates that must be true.
	Examples []string
}

// Entry is an aggregate under its name.
type Entry struct {
	*Aggregate
	Name string

	parse      sync.Once
	signatures []function.Signature
}

// Signatures gives the signatures of the aggregate, as function.Entry does.
func (e *Entry) Signatures() []function.Signature {
	e.parse.Do(func() { e.signatures = function.MustParseSignatures(e.Sig) })
	return e.signatures
}

var families = [...]func() []Aggregate{
	countAggregates,
	sumAggregates,
	extremeAggregates,
	takeAnyAggregates,
	collectAggregates,
	statisticsAggregates,
	percentileAggregates,
	sketchAggregates,
	binaryAggregates,
}

var table = sync.OnceValue(func() map[string]*Entry {
	m := make(map[string]*Entry, 64)
	for _, family := range families {
		for _, a := range family() {
			name := function.SignatureName(a.Sig)
			if m[name] != nil {
				panic(fmt.Sprintf("aggregate: %s is declared twice", name))
			}
			m[name] = &Entry{Aggregate: &a, Name: name}
		}
	}
	for _, e := range m {
		if of := m[e.Alias]; of != nil && e.New == nil {
			e.New, e.Special = of.New, of.Special
		}
	}
	return m
})

// Lookup finds an aggregate by its name.
func Lookup(name string) (*Entry, bool) {
	e, ok := table()[name]
	return e, ok
}

// All returns every aggregate by name. The map must not be changed.
func All() map[string]*Entry { return table() }
