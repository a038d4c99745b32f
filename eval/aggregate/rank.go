package aggregate

import (
	"cmp"
	"encoding/binary"
	"math"
	"slices"
	"sort"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// order says how values are kept and compared for their ranks: numbers and times
// take eight bytes, other values are kept as they are.
type order[T any] struct {
	compare func(a, b T) int
	from    func(scalar.Value) T
	to      func(T) scalar.Value
	null    scalar.Value
	size    func(T) int
}

func wholeOrder(t scalar.Type) order[int64] {
	return order[int64]{
		compare: cmp.Compare[int64],
		from:    whole,
		to:      func(n int64) scalar.Value { return ofWhole(t, n) },
		null:    scalar.Null(t),
		size:    func(int64) int { return 8 },
	}
}

func realOrder() order[float64] {
	return order[float64]{
		compare: cmp.Compare[float64],
		from:    func(v scalar.Value) float64 { f, _ := number(v); return f },
		to:      scalar.NewReal,
		null:    scalar.Null(scalar.Real),
		size:    func(float64) int { return 8 },
	}
}

func valueOrder(t scalar.Type) order[scalar.Value] {
	return order[scalar.Value]{
		compare: scalar.Compare,
		from:    scalar.Value.Clone,
		to:      func(v scalar.Value) scalar.Value { return v },
		null:    scalar.Null(t),
		size:    scalar.Value.Size,
	}
}

// ranks keeps all values to find those at given ranks.
type ranks[T any] struct {
	*order[T]
	percentages []float64
	weighted    bool
	values      []T
	weights     []int64 // of the values, if weighted
	size        int
}

func ranksOf[T any](o order[T], percentages []float64, weighted bool) func() RowAccumulator {
	return func() RowAccumulator {
		return &ranks[T]{order: &o, percentages: percentages, weighted: weighted}
	}
}

// Add takes a value and, if weighted, its weight. Weights below 1 leave it out.
func (r *ranks[T]) Add(args []scalar.Value) {
	if args[0].IsNull() {
		return
	}
	weight := int64(1)
	if r.weighted {
		var ok bool
		if weight, ok = scalar.ToLong(args[1]); !ok || weight < 1 {
			return
		}
	}
	r.add(r.from(args[0]), weight)
}

func (r *ranks[T]) add(v T, weight int64) {
	r.values = append(r.values, v)
	r.size += r.order.size(v)
	if r.weighted {
		r.weights = append(r.weights, weight)
		r.size += 8
	}
}

func (r *ranks[T]) Merge(other Accumulator) {
	o := other.(*ranks[T])
	r.values = append(r.values, o.values...)
	r.weights = append(r.weights, o.weights...)
	r.size += o.size
}

// Result gives the value at the first percentage.
func (r *ranks[T]) Result() scalar.Value { return r.Row()[0] }

// Row gives the value at each percentage.
func (r *ranks[T]) Row() []scalar.Value {
	row := make([]scalar.Value, len(r.percentages))
	at := r.find()
	for i, p := range r.percentages {
		if len(r.values) == 0 {
			row[i] = r.null
		} else {
			row[i] = r.to(r.values[at(p)])
		}
	}
	return row
}

// find sorts the values and returns what gives the index of the value at a
// percentage.
func (r *ranks[T]) find() func(p float64) int {
	if !r.weighted {
		slices.SortFunc(r.values, r.compare)
		return func(p float64) int {
			return max(0, int(nearestRank(p, float64(len(r.values))))-1)
		}
	}
	sort.Sort((*byValue[T])(r))
	upTo := make([]float64, len(r.weights)) // the weight of all values up to this one
	total := 0.0
	for i, w := range r.weights {
		total += float64(w)
		upTo[i] = total
	}
	return func(p float64) int {
		rank := nearestRank(p, total)
		i := sort.Search(len(upTo), func(i int) bool { return upTo[i] >= rank })
		return min(i, len(upTo)-1)
	}
}

// nearestRank gives the rank, counted from 1, of percentage p among n values.
// What lies within rounding error of a whole rank is that rank.
func nearestRank(p, n float64) float64 {
	rank := p * n / 100
	if whole := math.Round(rank); math.Abs(rank-whole) <= 1e-9*whole {
		return whole
	}
	return math.Ceil(rank)
}

// byValue sorts values and weights together.
type byValue[T any] ranks[T]

func (s *byValue[T]) Len() int           { return len(s.values) }
func (s *byValue[T]) Less(i, j int) bool { return s.compare(s.values[i], s.values[j]) < 0 }
func (s *byValue[T]) Swap(i, j int) {
	s.values[i], s.values[j] = s.values[j], s.values[i]
	s.weights[i], s.weights[j] = s.weights[j], s.weights[i]
}

func (r *ranks[T]) Size() int { return 96 + r.size }

func (r *ranks[T]) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(r.values)))
	for i, v := range r.values {
		b = r.to(v).AppendBinary(b)
		if r.weighted {
			b = binary.AppendVarint(b, r.weights[i])
		}
	}
	return b, nil
}

func (r *ranks[T]) UnmarshalBinary(b []byte) error {
	r.values, r.weights, r.size = nil, nil, 0
	in := reader{b: b}
	for n := in.uint(); n > 0 && !in.bad; n-- {
		v, weight := in.value(), int64(1)
		if r.weighted {
			weight = in.int()
		}
		if v.Type() != r.null.Type() || v.IsNull() || weight < 1 {
			return errEncoding
		}
		r.add(r.from(v), weight)
	}
	return in.close()
}
