package aggregate

import (
	"math"
	"slices"

	"github.com/cespare/xxhash/v2"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func sketchAggregates() []Aggregate {
	mergeDigests := always(scalar.Dynamic, func() Accumulator { return new(digestMerge) })
	return []Aggregate{
		{
			Sig:   "hll(expr: notrealorbool, accuracy: integer constant?): dynamic",
			Doc:   "hll gives a sketch of the different values, which dcount_hll counts and hll_merge merges. Its content is Picket's own; for its accuracy see dcount. Of nothing it is null.",
			Names: prefixed("hll"),
			New:   prepareHLL,
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize h = hll(x) | project dcount_hll(h)) == 10`,
				`isnull(toscalar(datatable(x:long)[] | summarize hll(x)))`,
			},
		},
		{
			Sig:   "hll_if(expr: notrealorbool, predicate: bool, accuracy: integer constant?): dynamic",
			Doc:   "hll_if gives a sketch of the different values of the rows for which the predicate is true.",
			Names: prefixed("hll_if"),
			New:   filter(1, prepareHLL),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize h = hll_if(x % 4, x > 8) | project dcount_hll(h)) == 2`,
				`isnull(toscalar(range x from 1 to 10 step 1 | summarize hll_if(x, x > 10)))`,
			},
		},
		{
			Sig:   "hll_merge(hll: array): dynamic",
			Doc:   "hll_merge merges sketches of hll into one.",
			Names: prefixed("hll_merge"),
			New:   always(scalar.Dynamic, func() Accumulator { return new(hllMerge) }),
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize h = hll(x) by x % 2 | summarize m = hll_merge(h) | project dcount_hll(m)) == 10`,
				`isnull(toscalar(datatable(h:dynamic)[] | summarize hll_merge(h)))`,
			},
		},
		{
			Sig:   "tdigest(expr: summable, weight: integer?): dynamic",
			Doc:   "tdigest gives a digest of the values, which percentile_tdigest reads and tdigest_merge merges. Its content is Picket's own. It is exact up to 4,096 different values and approximate beyond. Of nothing it is null.",
			Names: prefixed("tdigest"),
			New:   overSummable(1, prepareTDigest),
			Examples: []string{
				`toscalar(datatable(v:real, w:long)[1.0, 1, 2.0, 2] | summarize t = tdigest(v, w) | project percentile_tdigest(t, 50)) == 2.0`,
				`toscalar(range x from 1 to 1000 step 1 | summarize t = tdigest(x) | project rank_tdigest(t, 685)) == 685`,
				`isnull(toscalar(datatable(x:long)[] | summarize tdigest(x)))`,
			},
		},
		{
			Sig:   "tdigest_merge(tdigest: array): dynamic",
			Doc:   "tdigest_merge merges digests of tdigest into one.",
			Names: prefixed("merge_tdigests"),
			New:   mergeDigests,
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | summarize t = tdigest(x) by x % 2 | summarize m = tdigest_merge(t) | project tolong(percentile_tdigest(m, 50))) == 50`,
				`isnull(toscalar(datatable(t:dynamic)[] | summarize tdigest_merge(t)))`,
			},
		},
		{
			Sig:   "merge_tdigest(tdigest: array): dynamic",
			Doc:   "merge_tdigest is another spelling of tdigest_merge.",
			Names: prefixed("merge_tdigests"),
			New:   mergeDigests,
			Examples: []string{
				`toscalar(range x from 1 to 100 step 1 | summarize t = tdigest(x) by x % 2 | summarize m = merge_tdigest(t) | project tolong(percentile_tdigest(m, 50))) == 50`,
				`isnull(toscalar(datatable(t:dynamic)[] | summarize merge_tdigest(t)))`,
			},
		},
	}
}

// precisions holds the hyperLogLog precision of each accuracy.
//
// Source: Kusto docs, "dcount() (aggregation function)".
var precisions = [...]uint8{12, 14, 16, 17, 18}

// precisionOf reads the accuracy that may be the second argument.
func precisionOf(args []function.Arg) (uint8, error) {
	accuracy, err := integer(args, 1, "accuracy", 1, 0, int64(len(precisions)-1))
	return precisions[accuracy], err
}

// sketch feeds values to a hyperLogLog.
type sketch struct {
	hyperLogLog
	key []byte
}

func (s *sketch) Add(args []scalar.Value) {
	if !args[0].IsNull() {
		s.key = scalar.AppendKey(s.key[:0], args[0])
		s.insert(xxhash.Sum64(s.key))
	}
}

// hll gives the sketch itself.
type hll struct{ sketch }

func prepareHLL(args []function.Arg) (func() Accumulator, scalar.Type, error) {
	precision, err := precisionOf(args)
	if err != nil {
		return nil, scalar.NoType, err
	}
	return func() Accumulator { return &hll{sketch{hyperLogLog: hyperLogLog{precision: precision}}} }, scalar.Dynamic, nil
}

func (h *hll) Merge(other Accumulator) { h.merge(&other.(*hll).hyperLogLog) }

func (h *hll) Result() scalar.Value {
	if h.hashes.len() == 0 && h.registers == nil {
		return scalar.Null(scalar.Dynamic)
	}
	return h.value()
}

// hllMerge merges the sketches of rows; what is none is left out.
type hllMerge struct{ hyperLogLog }

func (h *hllMerge) Add(args []scalar.Value) {
	if o, ok := parseHyperLogLog(args[0]); ok {
		h.absorb(&o)
	}
}

// absorb merges o, and becomes like it if it is the first.
func (h *hllMerge) absorb(o *hyperLogLog) {
	if h.precision == 0 {
		h.precision = o.precision
	}
	h.merge(o)
}

func (h *hllMerge) Merge(other Accumulator) {
	if o := other.(*hllMerge); o.precision != 0 {
		h.absorb(&o.hyperLogLog)
	}
}

func (h *hllMerge) Result() scalar.Value {
	if h.precision == 0 {
		return scalar.Null(scalar.Dynamic)
	}
	return h.value()
}

func (h *hllMerge) MarshalBinary() ([]byte, error) {
	if h.precision == 0 {
		return nil, nil
	}
	return h.hyperLogLog.MarshalBinary()
}

func (h *hllMerge) UnmarshalBinary(b []byte) error {
	if len(b) == 0 {
		h.hyperLogLog = hyperLogLog{}
		return nil
	}
	return h.hyperLogLog.UnmarshalBinary(b)
}

// tdigest gives a digest of values.
type tdigest struct {
	digest
	weighted bool
}

func prepareTDigest(args []function.Arg) (func() Accumulator, scalar.Type, error) {
	t, weighted := args[0].Type, len(args) > 1
	return func() Accumulator { return &tdigest{digest{of: PercentileType(t)}, weighted} }, scalar.Dynamic, nil
}

func (t *tdigest) Add(args []scalar.Value) {
	x, ok := number(args[0])
	weight := 1.0
	if t.weighted {
		w, known := scalar.ToLong(args[1])
		weight = float64(w)
		ok = ok && known && w >= 1
	}
	if ok && x == x { // NaN has no rank
		t.insert(centroid{x, weight})
	}
}

func (t *tdigest) Merge(other Accumulator) { t.merge(&other.(*tdigest).digest) }

// digestMerge merges the digests of rows; what is none is left out.
type digestMerge struct{ digest }

func (t *digestMerge) Add(args []scalar.Value) {
	if o, ok := parseDigest(args[0]); ok {
		t.merge(&o)
	}
}

func (t *digestMerge) Merge(other Accumulator) { t.merge(&other.(*digestMerge).digest) }

// DcountHLL gives how many different values a sketch of hll holds: the scalar
// function dcount_hll. What is no sketch gives null.
func DcountHLL(args []scalar.Value) scalar.Value {
	h, ok := parseHyperLogLog(args[0])
	if !ok {
		return scalar.Null(scalar.Long)
	}
	return scalar.NewLong(h.estimate())
}

// MergeHLL merges any number of sketches: the scalar function hll_merge. What is
// no sketch is left out.
func MergeHLL(args []scalar.Value) scalar.Value {
	var all hllMerge
	for i := range args {
		all.Add(args[i : i+1])
	}
	return all.Result()
}

// MergeTDigests merges any number of digests: the scalar functions tdigest_merge
// and merge_tdigest. What is no digest is left out.
func MergeTDigests(args []scalar.Value) scalar.Value {
	var all digestMerge
	for i := range args {
		all.Add(args[i : i+1])
	}
	return all.Result()
}

// PercentileTDigest gives the value at a percentage, as a dynamic of the type
// that was digested: the scalar function percentile_tdigest(digest, percentage).
// What is no digest gives null.
func PercentileTDigest(args []scalar.Value) scalar.Value {
	d, ok := parseDigest(args[0])
	if !ok {
		return scalar.Null(scalar.Dynamic)
	}
	return d.percentile(args[1])
}

// PercentilesArrayTDigest gives an array of the values at one or more
// percentages, which may stand in an array: the scalar function
// percentiles_array_tdigest(digest, percentage, …).
func PercentilesArrayTDigest(args []scalar.Value) scalar.Value {
	d, ok := parseDigest(args[0])
	if !ok {
		return scalar.Null(scalar.Dynamic)
	}
	percentages := args[1:]
	if len(percentages) == 1 && percentages[0].Kind() == scalar.Array {
		percentages = slices.Collect(percentages[0].Elements())
	}
	values := make([]scalar.Value, len(percentages))
	for i, p := range percentages {
		values[i] = d.percentile(p)
	}
	return scalar.NewArray(values)
}

// RankTDigest gives about how many of the digested values do not exceed a value:
// the scalar function rank_tdigest(digest, value).
func RankTDigest(args []scalar.Value) scalar.Value {
	d, ok := parseDigest(args[0])
	x, isNumber := number(args[1])
	if !ok || !isNumber {
		return scalar.Null(scalar.Real)
	}
	return scalar.NewReal(d.rank(x))
}

// PercentRankTDigest gives about what percentage of the digested values do not exceed a
// value: the scalar function percentrank_tdigest(digest, value).
func PercentRankTDigest(args []scalar.Value) scalar.Value {
	d, ok := parseDigest(args[0])
	x, isNumber := number(args[1])
	if !ok || !isNumber {
		return scalar.Null(scalar.Real)
	}
	return scalar.NewReal(100 * d.rank(x) / d.rank(math.Inf(1)))
}

// TDigestIsValid reports whether its first argument is a digest: the scalar function
// tdigest_isvalid.
func TDigestIsValid(args []scalar.Value) scalar.Value {
	_, ok := parseDigest(args[0])
	return scalar.NewBool(ok)
}

// HLLIsValid reports whether its first argument is a sketch: the scalar function hll_isvalid.
func HLLIsValid(args []scalar.Value) scalar.Value {
	return scalar.NewBool(!DcountHLL(args[:1]).IsNull())
}
