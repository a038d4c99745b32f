package rules

import (
	"slices"

	"github.com/seed-2512943d/picket/kql"
)

// compositeFunctions give an array or a bag whatever their arguments are.
var compositeFunctions = []string{
	"make_set", "makeset", "make_set_if", "make_list", "makelist", "make_list_if", "make_list_with_nulls", "make_bag", "make_bag_if", "buildschema",
	"array_concat", "array_slice", "array_sort_asc", "array_sort_desc", "bag_keys", "bag_merge", "bag_pack", "extract_all", "pack", "pack_all",
	"pack_array", "range", "repeat", "set_difference", "set_intersect", "set_union", "split", "zip",
}

// holdsComposites says whether a column of a query's result surely holds arrays or bags, by the text of the query: the column is followed
// back through the operators to the call that makes it. A dynamic column that is none of these may well hold single values.
func holdsComposites(query *kql.Query, column string) bool {
	last := len(query.Statements) - 1
	if last < 0 {
		return false
	}
	result, ok := query.Statements[last].(*kql.ExprStatement)
	return ok && tracesComposite(result.Expr, column, query.Statements[:last])
}

// tracesComposite follows a column of a tabular expression, below the lets before it.
func tracesComposite(x kql.Expr, column string, lets []kql.Statement) bool {
	switch x := x.(type) {
	case *kql.Paren:
		return tracesComposite(x.X, column, lets)
	case *kql.Name:
		for i, statement := range slices.Backward(lets) {
			if let, ok := statement.(*kql.Let); ok && let.Name.Name == x.Name {
				value, tabular := let.Value.(kql.Expr)
				return tabular && tracesComposite(value, column, lets[:i])
			}
		}
	case *kql.Pipe:
		for _, op := range slices.Backward(x.Operators) {
			made, before := makerOf(op, column)
			if made != nil {
				call, ok := made.(*kql.Call)
				return ok && slices.Contains(compositeFunctions, call.Func.Name)
			}
			if column = before; column == "" {
				return false
			}
		}
		return tracesComposite(x.Source, column, lets)
	}
	return false
}

// makerOf gives the expression that an operator makes a column of, or else the name that the column has before it; both are nothing where
// that is not known.
func makerOf(op kql.Operator, column string) (made kql.Expr, before string) {
	switch op := op.(type) {
	case *kql.Where, *kql.Sort, *kql.Top, *kql.Take, *kql.Sample, *kql.Serialize, *kql.As, *kql.Join, *kql.Lookup, *kql.ProjectAway, *kql.ProjectReorder, *kql.ProjectKeep:
		return nil, column
	case *kql.Extend:
		if made, before = findColumn(op.Columns, column); made == nil && before == "" {
			return nil, column
		}
	case *kql.ProjectRename:
		if made, before = findColumn(op.Columns, column); made == nil && before == "" {
			return nil, column
		}
	case *kql.Project:
		return findColumn(op.Columns, column)
	case *kql.Summarize:
		if made, before = findColumn(op.Aggregates, column); made == nil && before == "" {
			return findColumn(op.By, column)
		}
	}
	return made, before
}

// findColumn finds a column among those that an operator lists: what it is made of, or the column that it takes over.
func findColumn(columns []*kql.NamedExpr, column string) (made kql.Expr, before string) {
	for _, c := range slices.Backward(columns) {
		if columnName(c) != column {
			continue
		}
		if name, ok := c.X.(*kql.Name); ok {
			return nil, name.Name
		}
		return c.X, ""
	}
	return nil, ""
}

// columnName is the name of a listed column, as far as the text tells it: written, that of the column taken over, or that which sets and lists
// get of themselves.
func columnName(c *kql.NamedExpr) string {
	if len(c.Names) == 1 {
		return c.Names[0].Name
	}
	if name, ok := c.X.(*kql.Name); ok && c.Names == nil {
		return name.Name
	}
	call, ok := c.X.(*kql.Call)
	if !ok || len(call.Args) == 0 {
		return ""
	}
	of, ok := call.Args[0].(*kql.Name)
	switch {
	case !ok:
	case slices.Contains([]string{"make_set", "makeset", "make_set_if"}, call.Func.Name):
		return "set_" + of.Name
	case slices.Contains([]string{"make_list", "makelist", "make_list_if"}, call.Func.Name):
		return "list_" + of.Name
	}
	return ""
}
