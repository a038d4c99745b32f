package function

// windowFunctions look at other rows than their own. Their input has to be in a
// fixed order.
func windowFunctions() []Function {
	return []Function{
		{
			Sig:  "prev(column: scalar column, offset: long?, default_value: scalar constant?): arg0",
			Doc:  "A column of the row before, or so many rows before; the default, or null, where there is none.",
			Impl: Special,
		},
		{
			Sig:  "next(column: scalar column, offset: long?, default_value: scalar constant?): arg0",
			Doc:  "A column of the row after, or so many rows after; the default, or null, where there is none.",
			Impl: Special,
		},
		{
			Sig:  "row_number(startingIndex: long?, restart: bool?): long",
			Doc:  "The number of the row, from 1 or the index given, which starts again where restart is true.",
			Impl: Special,
		},
		{
			Sig:  "row_cumsum(term: number, restart: bool?): arg0",
			Doc:  "The sum of a term over the rows up to this one, which starts again where restart is true.",
			Impl: Special,
		},
		{
			Sig:  "row_rank(column: notdynamic, dense: bool constant?): long",
			Doc:  "An obsolete form of row_rank_dense() and row_rank_min().",
			Impl: Special,
		},
		{
			Sig:  "row_rank_dense(term: notdynamic, restart: bool?): long",
			Doc:  "The rank of the row: one more than before where the term changes, and 1 where restart is true.",
			Impl: Special,
		},
		{
			Sig:  "row_rank_min(term: notdynamic, restart: bool?): long",
			Doc:  "The number of the first row that has the same term, counted from 1 where restart is true.",
			Impl: Special,
		},
		{
			Sig:  "row_window_session(expr: datetime, maxDistanceFromFirst: timespan, maxDistanceBetweenNeighbors: timespan, restart: bool?): arg0",
			Doc:  "The time at which the row's session starts: the next starts after either distance, or where restart is true.",
			Impl: Special,
		},
	}
}
