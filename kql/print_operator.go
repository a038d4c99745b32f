package kql

// operator writes a tabular operator.
func (p *printer) operator(node Operator) {
	switch n := node.(type) {
	case *As:
		p.head("as", n.Params)
		p.clause(n.Name)
	case *AssertSchema:
		p.put("assert-schema", n.Schema)
	case *Consume:
		p.head("consume", n.Params)
	case *Count:
		p.head("count", n.Params)
		optional(p, "as", n.As)
	case *Distinct:
		p.head("distinct", n.Params)
		p.clause(list(p, n.Columns))
	case *Evaluate:
		p.head("evaluate", n.Params)
		p.clause(n.Plugin)
		optional(p, ":", n.Schema)
	case *ExecuteAndCache:
		p.put(n.Word)
	case *Extend:
		p.put("extend", list(p, n.Columns))
	case *Facet:
		p.put("facet by", list(p, n.Columns))
		if n.With != nil {
			p.b.WriteString(" with ")
			p.parens(n.With)
		}
	case *Fork:
		p.put("fork")
		for _, branch := range n.Branches {
			p.indent++
			p.newline()
			p.node(branch)
			p.indent--
		}
	case *GetSchema:
		p.head("getschema", n.Params)
	case *Invoke:
		p.put("invoke", n.Call)
	case *Join:
		p.head("join", n.Params)
		p.clause(n.Right)
		clauseList(p, "on", n.On)
		p.optionalExpr("where", n.Where)
	case *Lookup:
		p.head("lookup", n.Params)
		p.clause(n.Right)
		clauseList(p, "on", n.On)
	case *MacroExpand:
		p.head("macro-expand", n.Params)
		p.clause(n.Group, "as", n.As)
		p.b.WriteByte(' ')
		p.enclosed("(", ")", true, func() { p.node(n.Body) })
	case *MvApply:
		p.head(n.Word, n.Params)
		p.clause(list(p, n.Items))
		p.optionalExpr("limit", n.Limit)
		p.optionalExpr("id", n.ID)
		p.b.WriteString(" on ")
		p.parens(n.Pipe)
	case *MvExpand:
		p.head(n.Word, n.Params)
		p.clause(list(p, n.Items))
		p.optionalExpr("limit", n.Limit)
	case *Partition:
		p.head("partition", n.Params)
		p.clause("by", n.By)
		p.b.WriteByte(' ')
		if n.Body != nil {
			p.node(n.Body)
			return
		}
		p.parens(n.Pipe)
	case *PartitionBy:
		p.head("__partitionby", n.Params)
		p.clause(n.By)
		p.optionalExpr("id", n.ID)
		p.b.WriteByte(' ')
		p.parens(n.Pipe)
	case *Print:
		p.put("print", list(p, n.Columns))
	case *Range:
		p.put("range", n.Name, "from", n.From, "to", n.To, "step", n.Step)
	case *Reduce:
		p.head("reduce", n.Params)
		p.clause("by", n.By)
		clauseList(p, "with", n.With)
	case *Render:
		p.put("render", n.Chart)
		spaced(p, n.Legacy)
		properties(p, n.With)
		spaced(p, n.LegacyTail)
	case *Sample:
		p.head("sample", n.Params)
		p.clause(n.Count)
	case *SampleDistinct:
		p.head("sample-distinct", n.Params)
		p.clause(n.Count, "of", n.Of)
	case *Scan:
		p.head("scan", n.Params)
		clauseList(p, "order by", n.Order)
		clauseList(p, "partition by", n.PartitionBy)
		if len(n.Declare) > 0 {
			p.enclosed(" declare (", ")", false, list(p, n.Declare))
		}
		p.b.WriteString(" with ")
		p.enclosed("(", ")", true, func() {
			for i, step := range n.Steps {
				if i > 0 {
					p.newline()
				}
				p.node(step)
			}
		})
	case *Serialize:
		p.put("serialize")
		if len(n.Columns) > 0 {
			p.clause(list(p, n.Columns))
		}
	case *Sort:
		p.head(n.Word, n.Params)
		p.clause("by", list(p, n.By))
	case *Take:
		p.head(n.Word, n.Params)
		p.clause(n.Count)
	case *Top:
		p.head("top", n.Params)
		p.clause(n.Count, "by", n.By)
	case *TopHitters:
		p.head("top-hitters", n.Params)
		p.clause(n.Count, "of", n.Of)
		p.optionalExpr("by", n.By)
	case *TopNested:
		commas(p, n.Levels)
	case *Union:
		p.head("union", n.Params)
		p.clause(list(p, n.Tables))
	case *Where:
		p.head(n.Word, n.Params)
		p.clause(n.Predicate)
	default:
		p.columnsOperator(node)
	}
}

// head writes an operator's word and its options.
func (p *printer) head(word string, params []*Parameter) {
	p.put(word)
	spaced(p, params)
}

func (p *printer) columnsOperator(node Operator) {
	switch n := node.(type) {
	case *Project:
		p.put("project")
		if len(n.Columns) > 0 {
			p.clause(list(p, n.Columns))
		}
	case *ProjectAway:
		p.put("project-away", list(p, n.Columns))
	case *ProjectKeep:
		p.put("project-keep", list(p, n.Columns))
	case *ProjectRename:
		p.put("project-rename", list(p, n.Columns))
	case *ProjectReorder:
		p.put("project-reorder", list(p, n.Columns))
	case *ProjectByNames:
		p.put(n.Word, list(p, n.Columns))
	case *ParseOperator:
		p.head(n.Word, n.Params)
		p.clause(n.Text, "with")
		spaced(p, n.Pattern)
	case *ParseKv:
		p.head("parse-kv", n.Params)
		p.clause(n.Text, "as", n.Schema)
		properties(p, n.With)
	case *Summarize:
		p.head("summarize", n.Params)
		if len(n.Aggregates) > 0 {
			p.clause(list(p, n.Aggregates))
		}
		clauseList(p, "by", n.By)
		p.optionalExpr("bin =", n.Bin)
	case *MakeSeries:
		p.head("make-series", n.Params)
		p.clause(list(p, n.Aggregates), "on", n.On)
		if len(n.InRange) > 0 {
			p.enclosed(" in range (", ")", false, list(p, n.InRange))
		}
		p.optionalExpr("from", n.From)
		p.optionalExpr("to", n.To)
		p.optionalExpr("step", n.Step)
		clauseList(p, "by", n.By)
	case *Find:
		p.head("find", n.Params)
		p.tables(n.Tables)
		p.clause("where", n.Predicate)
		if n.Smart {
			p.clause("project-smart")
		}
		clauseList(p, "project", n.Project)
		clauseList(p, "project-away", n.ProjectAway)
	case *Search:
		p.head("search", n.Params)
		p.tables(n.Tables)
		p.clause(n.Predicate)
	default:
		p.graphOperator(node)
	}
}

// tables writes in (…), if there are any tables.
func (p *printer) tables(tables []Selector) {
	if len(tables) > 0 {
		p.enclosed(" in (", ")", false, list(p, tables))
	}
}

func (p *printer) graphOperator(node Operator) {
	switch n := node.(type) {
	case *MakeGraph:
		p.head("make-graph", n.Params)
		arrow := "--"
		if n.Directed {
			arrow = "-->"
		}
		p.clause(n.From, arrow, n.To)
		clauseList(p, "with", n.Nodes)
		optional(p, "with_node_id =", n.NodeID)
		if n.Pipe != nil {
			p.clause("partitioned-by", n.Partitioned)
			p.b.WriteByte(' ')
			p.parens(n.Pipe)
		}
	case *GraphMatch:
		p.head("graph-match", n.Params)
		p.clause(list(p, n.Patterns))
		p.optionalExpr("where", n.Where)
		clauseList(p, "project", n.Project)
	case *GraphShortestPaths:
		p.put("graph-shortest-paths")
		if n.Output != nil {
			p.b.WriteString(" output=")
			p.node(n.Output)
		}
		p.clause(list(p, n.Patterns))
		p.optionalExpr("where", n.Where)
		clauseList(p, "project", n.Project)
	case *GraphToTable:
		p.put("graph-to-table", list(p, n.Outputs))
	case *GraphMarkComponents:
		p.put(n.Word)
		spaced(p, n.Params)
	case *GraphWhereNodes:
		p.put("graph-where-nodes", n.Predicate)
	case *GraphWhereEdges:
		p.put("graph-where-edges", n.Predicate)
	}
}
