package describe

import (
	"path"
	"slices"

	"github.com/seed-2512943d/picket/kql"
)

// operator reads an operator over the table t: what it looks for, its sub-pipelines, and the table it gives.
func (a *analysis) operator(stage *Stage, op kql.Operator, t *table, s *scope) *table {
	switch op := op.(type) {
	case *kql.Join:
		right := a.leg(stage, 0, "join", op.Right, s)
		return join(parameter(op.Params, "kind"), t, right, nil)
	case *kql.Lookup:
		right := a.leg(stage, 0, "lookup", op.Right, s)
		return join("lookup", t, right, op.On)
	case *kql.Union:
		return a.union(stage, op, t, s)
	case *kql.MvApply:
		return a.mvApply(stage, op, t, s)
	case *kql.Partition:
		if op.Body != nil {
			return a.leg(stage, 0, "partition", op.Body.Expr, s)
		}
		return a.inner(stage, 0, "partition", op.Pipe, t, s)
	case *kql.PartitionBy:
		return a.inner(stage, 0, "partition", op.Pipe, t, s)
	case *kql.Facet:
		return a.inner(stage, 0, "facet", op.With, t, s)
	case *kql.Fork:
		for i, branch := range op.Branches {
			a.inner(stage, i+1, "branch "+nameOr(branch.Name, ""), branch.Pipe, t, s)
		}
		return &table{open: true, opener: "fork"}
	}
	a.subqueries(stage, op, s)
	switch op := op.(type) {
	case *kql.Where:
		stage.Predicate = a.where(op.Predicate, t, s)
		return t
	case *kql.Search:
		stage.Predicate = a.where(op.Predicate, t, s)
		t = t.copy()
		t.put("$table", stage.Kind)
		return t
	}
	return a.reshape(stage.Kind, op, t)
}

// reshape is what an operator makes of the columns.
func (a *analysis) reshape(kind string, op kql.Operator, t *table) *table {
	out := t.copy()
	switch op := op.(type) {
	case *kql.Extend:
		a.extend(op.Columns, out, kind)
	case *kql.Serialize:
		a.extend(op.Columns, out, kind)
	case *kql.ParseOperator:
		for _, part := range op.Pattern {
			if part.Name != nil {
				out.put(part.Name.Name, kind)
			}
		}
	case *kql.ParseKv:
		for _, c := range schemaTable(op.Schema, kind).columns {
			out.put(c.name, kind)
		}
	case *kql.MvExpand:
		if index := parameter(op.Params, "with_itemindex"); index != "" {
			out.put(index, kind)
		}
		for _, item := range op.Items {
			out.put(a.nameOrColumn(item.Value, out), kind)
		}
	case *kql.Project:
		out = t.emptied()
		a.list(op.Columns, out, kind)
	case *kql.ProjectAway:
		out.columns = slices.DeleteFunc(out.columns, func(c column) bool { return selects(op.Columns, c.name) })
	case *kql.ProjectKeep:
		out.columns = slices.DeleteFunc(out.columns, func(c column) bool { return !selects(op.Columns, c.name) })
	case *kql.ProjectRename:
		rename(op, out, kind)
	case *kql.Distinct:
		if _, star := op.Columns[0].(*kql.Star); !star {
			out = t.emptied()
			a.list(namedItems(op.Columns), out, kind)
		}
	case *kql.Summarize:
		return a.summarize(kind, op, t)
	case *kql.MakeSeries:
		return a.makeSeries(kind, op, t)
	case *kql.Count:
		out = t.emptied()
		out.put(nameOr(op.As, "Count"), kind)
	case *kql.TopNested:
		out = t.emptied()
		for _, level := range op.Levels {
			of := a.nameOrColumn(level.Of, out)
			out.put(of, kind)
			out.put(nameOrText(level.By.Key, "aggregated_"+of), kind)
		}
	case *kql.TopHitters:
		of := a.nameOf(op.Of)
		out = t.emptied()
		out.put(of, kind)
		if op.By == nil {
			out.put("approximate_count_"+of, kind)
		} else {
			out.put("approximate_sum_"+a.nameOf(op.By), kind)
		}
	case *kql.SampleDistinct:
		out = t.emptied()
		out.put(a.nameOf(op.Of), kind)
	case *kql.Reduce:
		out = t.emptied()
		for _, name := range []string{"Pattern", "Count", "Representative"} {
			out.put(name, kind)
		}
	case *kql.GetSchema:
		out = t.emptied()
		for _, name := range []string{"ColumnName", "ColumnOrdinal", "DataType", "ColumnType"} {
			out.put(name, kind)
		}
	case *kql.Scan:
		for _, d := range op.Declare {
			out.put(d.Name.Name, kind)
		}
		if match := parameter(op.Params, "with_match_id"); match != "" {
			out.put(match, kind)
		}
	case *kql.Evaluate:
		return a.evaluate(kind, op, out)
	case *kql.Invoke, *kql.ProjectByNames:
		out.open, out.opener = true, kind
	}
	return out
}

// parameter is the value of an operator's option, as text.
func parameter(params []*kql.Parameter, name string) string {
	for _, p := range params {
		if p.Name != name {
			continue
		}
		switch value := p.Value.(type) {
		case *kql.Name:
			return value.Name
		case *kql.Literal:
			return value.Value
		}
	}
	return ""
}

// selects says whether one of the names and patterns stands for a column.
func selects(selectors []kql.Selector, name string) bool {
	return slices.ContainsFunc(selectors, func(selector kql.Selector) bool {
		switch selector := selector.(type) {
		case *kql.Star:
			return true
		case *kql.Name:
			return selector.Name == name
		case *kql.Wildcard:
			matched, err := path.Match(selector.Pattern, name)
			return matched && err == nil
		}
		return false
	})
}

// rename gives columns their new names where they stand.
func rename(op *kql.ProjectRename, t *table, made string) {
	for _, item := range op.Columns {
		old, ok := unparen(item.X).(*kql.Name)
		if !ok || len(item.Names) != 1 {
			continue
		}
		renamed := column{item.Names[0].Name, made}
		if i := t.find(old.Name); i >= 0 {
			t.columns[i] = renamed
		} else {
			t.columns = append(t.columns, renamed)
		}
	}
}

// join is the table of a join or lookup. A column of the right side whose name the left side has gets a number behind it.
func join(kind string, left, right *table, lookupKeys []kql.Expr) *table {
	switch kind {
	case "leftsemi", "leftanti", "anti", "leftantisemi":
		return left
	case "rightsemi", "rightanti", "rightantisemi":
		return right
	}
	made := "join"
	if lookupKeys != nil {
		made = "lookup"
	}
	out := left.copy()
	out.open = left.open || right.open
	out.reads = append(slices.Clone(left.reads), right.reads...)
	drop := rightKeys(lookupKeys)
	kept := slices.DeleteFunc(slices.Clone(right.columns), func(c column) bool { return drop[c.name] })
	taken := &table{columns: slices.Concat(left.columns, kept)}
	for _, c := range kept {
		name := c.name
		if left.find(name) >= 0 {
			name = taken.free(name)
			taken.columns = append(taken.columns, column{name: name})
		}
		if c.made != "" || name != c.name {
			c.made = made
		}
		out.columns = append(out.columns, column{name, c.made})
	}
	return out
}

// rightKeys are the columns of the right side that a lookup's conditions name.
func rightKeys(on []kql.Expr) map[string]bool {
	keys := map[string]bool{}
	for _, condition := range on {
		kql.Inspect(condition, func(n kql.Node) bool {
			switch n := n.(type) {
			case *kql.Member:
				if side, ok := n.X.(*kql.Name); ok && side.Name == "$right" {
					keys[n.Name.Name] = true
				}
				return false
			case *kql.Name:
				keys[n.Name] = true
			}
			return true
		})
	}
	return keys
}

// union is the table of a union. Its columns come in the order in which they first appear.
func (a *analysis) union(stage *Stage, op *kql.Union, in *table, s *scope) *table {
	out := &table{}
	if source := parameter(op.Params, "withsource") + parameter(op.Params, "with_source"); source != "" {
		out.put(source, "union")
	}
	if in != nil {
		out.columns = append(out.columns, in.columns...)
		out.open, out.reads = in.open, slices.Clone(in.reads)
	}
	for i, leg := range op.Tables {
		t := a.leg(stage, i+1, "leg "+number(i+1)+" of union", leg, s)
		out.open = out.open || t.open
		out.reads = append(out.reads, t.reads...)
		for _, c := range t.columns {
			if c.made != "" {
				c.made = "union"
			}
			if i := out.find(c.name); i < 0 {
				out.columns = append(out.columns, c)
			} else if out.columns[i].made == "" {
				out.columns[i].made = c.made
			}
		}
	}
	return out
}

// mvApply is the table of mv-apply: the row's columns, and those that the sub-pipeline gives.
func (a *analysis) mvApply(stage *Stage, op *kql.MvApply, t *table, s *scope) *table {
	items := t.emptied()
	out := t.copy()
	for _, item := range op.Items {
		name := a.nameOrColumn(item.Value, items)
		items.put(name, stage.Kind)
		if len(item.Value.Names) == 0 {
			out.remove(name)
		}
	}
	if index := parameter(op.Params, "with_itemindex"); index != "" {
		items.put(index, stage.Kind)
	}
	sub := a.inner(stage, 0, "mv-apply", op.Pipe, items, s)
	for _, c := range sub.columns {
		if c.made != "" {
			out.put(c.name, stage.Kind)
		}
	}
	return out
}

// evaluate is the table of a plugin: what its schema says, or else what only a run can tell.
func (a *analysis) evaluate(kind string, op *kql.Evaluate, t *table) *table {
	if op.Schema != nil {
		out := schemaTable(op.Schema, kind)
		if slices.ContainsFunc(op.Schema.Columns, func(c *kql.ColumnDecl) bool { return c.Star }) {
			for _, c := range out.columns {
				t.put(c.name, kind)
			}
			return t
		}
		out.reads = t.reads
		return out
	}
	switch op.Plugin.Func.Name {
	case "bag_unpack":
		if len(op.Plugin.Args) > 0 {
			t.remove(a.nameOf(op.Plugin.Args[0]))
		}
	case "ipv4_lookup", "ipv6_lookup", "identity", "rows_near":
	case "pivot":
		kept := t.emptied()
		for i, arg := range op.Plugin.Args {
			if name := a.nameOf(arg); i >= 2 && name != "" { // behind the column whose values become columns and the aggregate
				kept.put(name, kind)
			}
		}
		t = kept
	default:
		t = t.emptied()
	}
	t.open, t.opener = true, kind
	return t
}
