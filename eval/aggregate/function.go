package aggregate

import (
	"sync"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// Functions gives the scalar functions that read what hll and tdigest make, by name. They
// stand here, and not with the others, because the form of a sketch is this package's.
// The map must not be changed.
var Functions = sync.OnceValue(func() map[string]*function.Entry { return function.File(sketchFunctions()) })

func sketchFunctions() []function.Function {
	const (
		oneToTen = `toscalar(range x from 1 to 10 step 1 | summarize `
		hundred  = `toscalar(range x from 1 to 100 step 1 | summarize t = tdigest(x) `
	)
	return []function.Function{
		{
			Sig:   "dcount_hll(hll: array): long",
			Doc:   "Counts the distinct values that a sketch made by hll() has seen.",
			Names: function.NameRule{Kind: function.Prefixed, Prefix: "dcount_hll"},
			Impl:  function.Raw(DcountHLL),
			Examples: []string{
				oneToTen + `h = hll(x) | project dcount_hll(h)) == 10`,
				oneToTen + `h = hll(x % 3) | project dcount_hll(h)) == 3`,
			},
		},
		{
			Sig:   "hll_merge(hll: array{2,16}): dynamic",
			Doc:   "Merges sketches made by hll().",
			Names: function.NameRule{Kind: function.Fixed, Prefix: "hll_merged_result"},
			Impl:  function.Raw(MergeHLL),
			Examples: []string{
				oneToTen + `a = hll(x), b = hll(x + 5) | project dcount_hll(hll_merge(a, b))) == 15`,
				oneToTen + `a = hll(x) | project dcount_hll(hll_merge(a, a))) == 10`,
			},
		},
		{
			Sig:   "tdigest_merge(tdigest: array{2,16}): dynamic",
			Doc:   "Merges digests made by tdigest().",
			Names: function.NameRule{Kind: function.Fixed, Prefix: "tdigests_merge_result"},
			Impl:  function.Raw(MergeTDigests),
			Examples: []string{
				hundred + `| project tolong(percentile_tdigest(tdigest_merge(t, t), 50))) == 50`,
				hundred + `| project tolong(percentile_tdigest(tdigest_merge(t, t), 100))) == 100`,
			},
		},
		{
			Sig:   "merge_tdigest(tdigest: array{2,16}): dynamic",
			Doc:   "Another name of tdigest_merge().",
			Names: function.NameRule{Kind: function.Fixed, Prefix: "tdigests_merge_result"},
			Alias: "tdigest_merge",
			Examples: []string{
				hundred + `| project tolong(percentile_tdigest(merge_tdigest(t, t), 50))) == 50`,
				hundred + `| project tolong(percentile_tdigest(merge_tdigest(t, t), 1))) == 1`,
			},
		},
		{
			Sig: `percentile_tdigest(tdigest: array, percentile: real): dynamic
				percentile_tdigest(tdigest: array, percentile: real, type: type literal): typeN`,
			Doc:   "Gives the value at a percentage of what a digest made by tdigest() has seen.",
			Names: function.NameRule{Kind: function.Prefixed, Prefix: "percentile_tdigest"},
			Bind: func(args []function.Arg) (function.Impl, error) {
				if len(args) < 3 {
					return function.Raw(PercentileTDigest), nil
				}
				to, _ := scalar.ParseType(args[2].Value.Str())
				return function.Raw(func(args []scalar.Value) scalar.Value {
					return scalar.Convert(PercentileTDigest(args[:2]), to)
				}), nil
			},
			Examples: []string{
				hundred + `| project tolong(percentile_tdigest(t, 50))) == 50`,
				hundred + `| project percentile_tdigest(t, 90, typeof(long))) == 90`,
			},
		},
		{
			Sig: `percentiles_array_tdigest(tdigest: array, percentile: real{1,*}): dynamic
				percentiles_array_tdigest(tdigest: array, percentiles: array): dynamic`,
			Doc:   "Gives the values at several percentages of what a digest has seen.",
			Names: function.NameRule{Kind: function.Prefixed, Prefix: "percentile_tdigest"},
			Impl:  function.Raw(PercentilesArrayTDigest),
			Examples: []string{
				hundred + `| project array_length(percentiles_array_tdigest(t, 10, 50))) == 2`,
				hundred + `| project tolong(percentiles_array_tdigest(t, dynamic([10, 50]))[1])) == 50`,
			},
		},
		{
			Sig:  "percentrank_tdigest(digest: array, value: scalar): real",
			Doc:  "Gives about what percentage of the values that a digest has seen do not exceed a value.",
			Impl: function.Raw(PercentRankTDigest),
			Examples: []string{
				hundred + `| project percentrank_tdigest(t, 50)) == 50.0`,
				hundred + `| project percentrank_tdigest(t, 100)) == 100.0`,
			},
		},
		{
			Sig:  "tdigest_isvalid(digest: array, value: scalar): bool",
			Doc:  "Reports whether a value is a digest made by tdigest().",
			Impl: function.Raw(TDigestIsValid),
			Examples: []string{
				hundred + `| project tdigest_isvalid(t, 1))`,
				`not(tdigest_isvalid(dynamic(["none"]), 1))`,
			},
		},
		{
			Sig:  "hll_isvalid(hll: array, value: scalar): bool",
			Doc:  "Reports whether a value is a sketch made by hll().",
			Impl: function.Raw(HLLIsValid),
			Examples: []string{
				oneToTen + `h = hll(x) | project hll_isvalid(h, 1))`,
				`not(hll_isvalid(dynamic(["none"]), 1))`,
			},
		},
		{
			Sig:  "rank_tdigest(digest: array, value: scalar): real",
			Doc:  "Gives about how many of the values that a digest has seen do not exceed a value.",
			Impl: function.Raw(RankTDigest),
			Examples: []string{
				hundred + `| project rank_tdigest(t, 50)) == 50.0`,
				hundred + `| project rank_tdigest(t, 100)) == 100.0`,
			},
		},
	}
}
