// Package aggregate holds KQL's aggregation functions: the table of their
// signatures and the accumulators that compute them.
//
// [Lookup] finds an [Aggregate]; its New makes, for one call, the maker of an
// [Accumulator] for each group. Aggregates marked Special give several columns,
// and eval makes their accumulators by [NewArgMax], [NewTakeAny] and
// [NewPercentiles].
//
// Results depend on the rows and their order alone: the rows of a group may be
// spread over accumulators that are merged in order. Where Kusto leaves the
// choice open, the first row wins. Percentiles and count_distinct are always
// exact; dcount and tdigest are up to a stated number of different values.
//
// The sketches that hll and tdigest result in have a form of this package's
// own, which the scalar functions on them read: [DcountHLL], [MergeHLL],
// [MergeTDigests], [PercentileTDigest], [PercentilesArrayTDigest] and
// [RankTDigest].
//
// Source: Kusto docs, "Aggregation function types at a glance".
package aggregate
