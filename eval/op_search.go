package eval

import "github.com/seed-2512943d/picket/kql"

// bindSearch finds the rows with a term: of its input, of the tables listed, or of all known
// tables. The column $table says where a row comes from; rows of a table made on the way, such
// as that of a union, come without it (Kusto docs, "search operator").
func (b *binder) bindSearch(op *kql.Search, in *relation) *relation {
	sensitive := false
	for _, p := range op.Params {
		sensitive = sensitive || p.Name == "kind" && parameterText(p) == "case_sensitive"
	}
	if in != nil && len(op.Tables) > 0 {
		return b.nothing(op, "KS175", "search in (…) must be the first operator of a query: here the rows come through the pipe", "leave the tables out")
	}
	out := in
	if in == nil {
		legs, ok := b.searched(op.Tables)
		switch {
		case !ok:
			return &relation{seg: newSegment(), bad: true, rows: noRows}
		case len(legs) == 0:
			return b.nothing(op, "KS204", "there is no table to search", "")
		}
		out = b.union(legs, "outer", "$table")
	} else if in.name != "" {
		out = b.union([]*relation{in}, "outer", "$table")
	}
	predicate := b.searchPredicate(op.Predicate, out, sensitive)
	return out.filtered(predicate)
}

// searched binds the tables that search and find name, or all known ones.
func (b *binder) searched(tables []kql.Selector) (legs []*relation, ok bool) {
	if len(tables) == 0 {
		return b.wildcardTables(&kql.Wildcard{Pattern: "*"}), true
	}
	for _, t := range tables {
		if w, ok := t.(*kql.Wildcard); ok {
			legs = append(legs, b.wildcardTables(w)...)
			continue
		}
		leg := b.tabular(t)
		if leg.bad {
			return nil, false
		}
		legs = append(legs, leg)
	}
	return legs, true
}
