package aggregate

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// filtered hands on only those rows whose predicate is true: it makes sumif out
// of sum. The predicate stands behind the arguments of the aggregate itself.
type filtered struct {
	Accumulator
	predicate int
}

// Add takes a row if its predicate is true; false and null leave it out.
func (f *filtered) Add(args []scalar.Value) {
	if args[f.predicate].IsTrue() {
		f.Accumulator.Add(args[:f.predicate])
	}
}

func (f *filtered) Merge(other Accumulator) { f.Accumulator.Merge(other.(*filtered).Accumulator) }

// filter prepares the …if form of an aggregate with the predicate at index
// predicate. Constants that follow it move up by one for the aggregate itself.
func filter(predicate int, of prepare) prepare {
	return func(args []function.Arg) (func() Accumulator, scalar.Type, error) {
		rest := slices.Delete(slices.Clone(args), predicate, predicate+1)
		make, result, err := of(rest)
		if err != nil {
			return nil, scalar.NoType, err
		}
		return func() Accumulator { return &filtered{make(), predicate} }, result, nil
	}
}
