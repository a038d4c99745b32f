package function

// windowFunctions look at other rows than their own. Their input has to be in a
// fixed order.
func windowFunctions() []Function {
	return []Function{
		{
			Sig:  "prev(column: scalar column, offset: long?, default_value: scalar constant?): arg0",
			Doc:  "A column of the row before, or so many rows before; the default, or null, where there is none.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 3 step 1 | serialize p = prev(x) | summarize sum(p)) == 3`,
				`toscalar(range x from 1 to 3 step 1 | serialize p = prev(x, 1, 10) | summarize sum(p)) == 13`,
			},
		},
		{
			Sig:  "next(column: scalar column, offset: long?, default_value: scalar constant?): arg0",
			Doc:  "A column of the row after, or so many rows after; the default, or null, where there is none.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 3 step 1 | serialize n = next(x) | summarize sum(n)) == 5`,
				`toscalar(range x from 1 to 3 step 1 | serialize n = next(x, 1, 10) | summarize sum(n)) == 15`,
			},
		},
		{
			Sig:  "row_number(startingIndex: long?, restart: bool?): long",
			Doc:  "The number of the row, from 1 or the index given, which starts again where restart is true.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 3 step 1 | serialize n = row_number() | summarize sum(n)) == 6`,
				`toscalar(range x from 1 to 3 step 1 | serialize n = row_number(7) | summarize sum(n)) == 24`,
			},
		},
		{
			Sig:  "row_cumsum(term: number, restart: bool?): arg0",
			Doc:  "The sum of a term over the rows up to this one, which starts again where restart is true.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 3 step 1 | serialize c = row_cumsum(x) | summarize max(c)) == 6`,
				`toscalar(range x from 1 to 3 step 1 | serialize c = row_cumsum(x, x == 3) | summarize sum(c)) == 7`,
			},
		},
		{
			Sig:  "row_rank(column: notdynamic, dense: bool constant?): long",
			Doc:  "An obsolete form of row_rank_dense() and row_rank_min().",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 4 step 1 | serialize r = row_rank(x) | summarize max(r)) == 4`,
				`toscalar(range x from 1 to 4 step 1 | serialize r = row_rank(x) | summarize min(r)) == 1`,
			},
		},
		{
			Sig:  "row_rank_dense(term: notdynamic, restart: bool?): long",
			Doc:  "The rank of the row: one more than before where the term changes, and 1 where restart is true.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 4 step 1 | serialize r = row_rank_dense(x / 2) | summarize sum(r)) == 8`,
				`toscalar(range x from 1 to 4 step 1 | serialize r = row_rank_dense(x, x == 3) | summarize sum(r)) == 6`,
			},
		},
		{
			Sig:  "row_rank_min(term: notdynamic, restart: bool?): long",
			Doc:  "The number of the first row that has the same term, counted from 1 where restart is true.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 4 step 1 | serialize r = row_rank_min(x / 2) | summarize sum(r)) == 9`,
				`toscalar(range x from 1 to 4 step 1 | serialize r = row_rank_min(x, x == 3) | summarize sum(r)) == 6`,
			},
		},
		{
			Sig:  "row_window_session(expr: datetime, maxDistanceFromFirst: timespan, maxDistanceBetweenNeighbors: timespan, restart: bool?): arg0",
			Doc:  "The time at which the row's session starts: the next starts after either distance, or where restart is true.",
			Impl: Special,
			Examples: []string{
				`toscalar(range t from datetime(2024-01-01) to datetime(2024-01-01 01:00) step 20m | serialize s = row_window_session(t, 1d, 30m) | summarize dcount(s)) == 1`,
				`toscalar(range t from datetime(2024-01-01) to datetime(2024-01-01 01:00) step 20m | serialize s = row_window_session(t, 1d, 10m) | summarize dcount(s)) == 4`,
			},
		},
	}
}
