package kql

// part writes the nodes that are parts of statements and operators.
func (p *printer) part(node Node) {
	switch n := node.(type) {
	case *Ident:
		p.name(n.Name, n.Quoted)
	case *TypeName:
		p.b.WriteString(n.Name)
	case *JSON:
		p.json(n)
	case *PatternCase:
		p.enclosed("(", ")", false, list(p, n.Args))
		if n.Path != nil {
			p.enclosed(".[", "]", false, func() { p.node(n.Path) })
		}
		p.clause("=", n.Body)
	case *FuncParam:
		p.node(n.Name)
		p.b.WriteByte(':')
		optional(p, "", n.Type)
		optional(p, "", n.Schema)
		p.optionalExpr("=", n.Default)
	case *Schema:
		p.enclosed("(", ")", false, func() {
			if n.Open {
				p.b.WriteByte('*')
				if len(n.Columns) > 0 {
					p.b.WriteString(", ")
				}
			}
			commas(p, n.Columns)
		})
	case *ColumnDecl:
		if n.Star {
			p.b.WriteByte('*')
			return
		}
		p.node(n.Name)
		p.b.WriteString(": ")
		p.node(n.Type)
	case *Block:
		p.enclosed("{", "}", true, func() { p.statements(n.Statements, n.Expr) })
	case *Statements:
		p.statements(n.List, nil)
	case *Parameter:
		p.b.WriteString(n.Name)
		p.b.WriteByte('=')
		p.node(n.Value)
	case *Property:
		p.node(n.Name)
		p.b.WriteByte('=')
		p.node(n.Value)
	case *ChartProperty:
		p.node(n.Name)
		p.b.WriteByte('=')
		p.node(n.Value)
		for _, name := range n.More {
			p.b.WriteString(", ")
			p.node(name)
		}
	case *ExternalPartition:
		p.node(n.Name)
		p.b.WriteString(": ")
		p.node(n.Type)
		p.optionalExpr("=", n.Value)
	case *FindColumn:
		p.node(n.Column)
		optional(p, ":", n.Type)
	case *ForkBranch:
		if n.Name != nil {
			p.put(n.Name, "=")
			p.b.WriteByte(' ')
		}
		p.parens(n.Pipe)
	case *Expansion:
		p.node(n.Value)
		if n.Type != nil {
			p.b.WriteString(" to typeof")
			p.parens(n.Type)
		}
	case *ScanStep:
		p.put("step", n.Name)
		if n.Optional {
			p.clause("optional")
		}
		spaced(p, n.Params)
		p.clause(":", n.When)
		clauseList(p, "=>", n.Assign)
		p.b.WriteByte(';')
	case *Ordered:
		p.put(n.Key, n.Order)
		if n.Nulls != "" {
			p.b.WriteString(" nulls " + n.Nulls)
		}
	case *TopNestedLevel:
		p.put("top-nested")
		p.optionalExpr("", n.Count)
		p.clause("of", n.Of)
		p.optionalExpr("with others =", n.Others)
		p.clause("by", n.By)
	case *ReorderedColumn:
		p.put(n.Column, n.Order)
	case *ParsePart:
		switch {
		case n.Star:
			p.b.WriteByte('*')
		case n.Text != nil:
			p.node(n.Text)
		default:
			p.node(n.Name)
			if n.Type != nil {
				p.b.WriteByte(':')
				p.node(n.Type)
			}
		}
	case *Series:
		p.node(n.Aggregate)
		p.optionalExpr("default =", n.Default)
	default:
		p.graphPart(node)
	}
}

func (p *printer) graphPart(node Node) {
	switch n := node.(type) {
	case *GraphNodes:
		p.put(n.Table, "on", n.On)
	case *GraphPattern:
		p.node(n.Start)
		for _, step := range n.Steps {
			p.node(step)
		}
	case *GraphNode:
		p.b.WriteByte('(')
		if n.Name != nil {
			p.node(n.Name)
		}
		p.b.WriteByte(')')
	case *GraphHop:
		if n.Left {
			p.b.WriteByte('<')
		}
		p.b.WriteByte('-')
		if n.Edge != nil {
			p.node(n.Edge)
		}
		p.b.WriteByte('-')
		if n.Right {
			p.b.WriteByte('>')
		}
		p.node(n.Node)
	case *GraphEdge:
		p.b.WriteByte('[')
		if n.Name != nil {
			p.node(n.Name)
		}
		if n.Repeat {
			p.b.WriteByte('*')
			if n.Min != nil {
				p.put(n.Min, "..", n.Max)
			}
		}
		p.b.WriteByte(']')
	case *GraphOutput:
		p.put(n.Entity)
		optional(p, "as", n.As)
		spaced(p, n.Params)
	}
}

// json writes a value of a dynamic literal with its literals as they were written.
func (p *printer) json(n *JSON) {
	switch n.Kind {
	case JSONNull:
		p.b.WriteString("null")
	case JSONScalar:
		p.b.WriteString(n.Scalar.Raw)
	case JSONArray:
		p.enclosed("[", "]", false, list(p, n.Items))
	case JSONObject:
		p.b.WriteByte('{')
		for i, item := range n.Items {
			if i > 0 {
				p.b.WriteString(", ")
			}
			p.b.WriteByte('\'')
			p.escape(n.Keys[i])
			p.b.WriteString("': ")
			p.node(item)
		}
		p.b.WriteByte('}')
	}
}
