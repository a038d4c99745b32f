package kql

import (
	"slices"
	"strings"
)

// Canonical writes a node of the syntax tree on one line, in one form whatever its text's layout was. Reading the
// result gives the same tree.
func Canonical(node Node) string {
	p := &printer{}
	p.node(node)
	return p.b.String()
}

// String is the query's canonical form.
func (q *Query) String() string { return Canonical(q) }

// Format lays out the text of a query anew: a line for each statement and each operator of a pipe, and the
// comments on the lines they belong to. A text with faults is not formatted; the error is [Errors].
func Format(text string) (string, error) {
	query, comments, err := parse(text, Limits{})
	if err != nil {
		return "", err
	}
	p := &printer{lines: true, text: text, comments: comments}
	p.node(query)
	p.lead(len(text))
	return strings.TrimRight(p.b.String(), " \n") + "\n", nil
}

// printer writes a tree.
type printer struct {
	b        strings.Builder
	lines    bool // lay out in lines, else all in one
	indent   int
	text     string // that the comments are in
	comments []Span // not yet written
}

// newline goes to the next line, at the current indent; on one line it is a blank.
func (p *printer) newline() {
	if !p.lines {
		p.b.WriteByte(' ')
		return
	}
	p.b.WriteByte('\n')
	p.b.WriteString(strings.Repeat("    ", p.indent))
}

// lead writes the comments before an offset, each on a line of its own.
func (p *printer) lead(offset int) {
	for len(p.comments) > 0 && p.comments[0].Start < offset {
		p.comment()
		p.newline()
	}
}

// trail writes the comment behind an offset if it is on the same line.
func (p *printer) trail(offset int) {
	if len(p.comments) == 0 || p.comments[0].Start < offset {
		return
	}
	if between := p.text[offset:p.comments[0].Start]; strings.Trim(between, " \t;") == "" {
		p.b.WriteByte(' ')
		p.comment()
	}
}

func (p *printer) comment() {
	span := p.comments[0]
	p.comments = p.comments[1:]
	p.b.WriteString(strings.TrimRight(p.text[span.Start:span.End], " \t\r"))
}

// put writes words and nodes with a blank between them. An empty word is left out.
func (p *printer) put(parts ...any) {
	first := true
	for _, part := range parts {
		if part == "" {
			continue
		}
		if !first {
			p.b.WriteByte(' ')
		}
		first = false
		switch part := part.(type) {
		case string:
			p.b.WriteString(part)
		case Node:
			p.node(part)
		case func():
			part()
		}
	}
}

// clause writes words and nodes with a blank before each.
func (p *printer) clause(parts ...any) {
	for _, part := range parts {
		p.b.WriteByte(' ')
		p.put(part)
	}
}

// optional writes a clause if it is there: the word, if any, and its node.
func optional[T any, P interface {
	*T
	Node
}](p *printer, word string, node P) {
	if node != nil {
		p.b.WriteByte(' ')
		p.put(word, node)
	}
}

func (p *printer) optionalExpr(word string, x Expr) {
	if x != nil {
		p.b.WriteByte(' ')
		p.put(word, x)
	}
}

// commas writes a list.
func commas[T Node](p *printer, list []T) {
	for i, item := range list {
		if i > 0 {
			p.b.WriteString(", ")
		}
		p.node(item)
	}
}

// list is commas as a part of put.
func list[T Node](p *printer, items []T) func() { return func() { commas(p, items) } }

// spaced writes a list with a blank before each item.
func spaced[T Node](p *printer, list []T) {
	for _, item := range list {
		p.b.WriteByte(' ')
		p.node(item)
	}
}

// clauseList writes a clause with a list, if there is one.
func clauseList[T Node](p *printer, word string, list []T) {
	if len(list) > 0 {
		p.b.WriteByte(' ')
		p.put(word)
		p.b.WriteByte(' ')
		commas(p, list)
	}
}

// enclosed writes what stands between brackets, with lines of its own if it is a pipe or a list of statements.
func (p *printer) enclosed(open, end string, inLines bool, write func()) {
	p.b.WriteString(open)
	if inLines && p.lines {
		p.indent++
		p.newline()
		write()
		p.indent--
		p.newline()
	} else {
		write()
	}
	p.b.WriteString(end)
}

// parens writes a node in parentheses.
func (p *printer) parens(node Node) {
	_, isPipe := node.(*Pipe)
	p.enclosed("(", ")", isPipe, func() { p.node(node) })
}

func (p *printer) pipe(pipe *Pipe) {
	p.lead(pipe.Start)
	last := pipe.Start
	if pipe.Source != nil {
		p.node(pipe.Source)
		last = pipe.Source.Span().End
	}
	for i, op := range pipe.Operators {
		if i > 0 || pipe.Source != nil {
			p.trail(last)
			p.newline()
			p.lead(op.Span().Start)
			p.b.WriteString("| ")
		}
		p.operator(op)
		last = op.Span().End
	}
}

func (p *printer) statements(statements []Statement, rest Expr) {
	for i, s := range statements {
		if i > 0 {
			p.newline()
		}
		p.lead(s.Span().Start)
		p.node(s)
		p.b.WriteByte(';')
		p.trail(s.Span().End)
	}
	if rest != nil {
		if len(statements) > 0 {
			p.newline()
		}
		p.lead(rest.Span().Start)
		p.node(rest)
	}
}

// name writes a name, in brackets where it was written so.
func (p *printer) name(name string, quoted bool) {
	if !quoted {
		p.b.WriteString(name)
		return
	}
	p.b.WriteString("['")
	p.escape(name)
	p.b.WriteString("']")
}

// escape writes text so that it may stand in single quotes.
func (p *printer) escape(text string) {
	for _, c := range []byte(text) {
		switch c {
		case '\\', '\'':
			p.b.WriteByte('\\')
			p.b.WriteByte(c)
		case '\n':
			p.b.WriteString(`\n`)
		case '\r':
			p.b.WriteString(`\r`)
		default:
			p.b.WriteByte(c)
		}
	}
}

func (p *printer) node(node Node) {
	switch n := node.(type) {
	case *Query:
		p.query(n)
	case Statement:
		p.statement(n)
	case Operator:
		p.operator(n)
	case Expr:
		p.expr(n)
	default:
		p.part(node)
	}
}

func (p *printer) query(query *Query) {
	for i, s := range query.Statements {
		if i > 0 {
			p.newline()
		}
		p.lead(s.Span().Start)
		p.node(s)
		if i < len(query.Statements)-1 {
			p.b.WriteByte(';')
		}
		p.trail(s.Span().End)
	}
	if p.lines {
		p.newline()
	}
}

func (p *printer) statement(node Statement) {
	switch n := node.(type) {
	case *Let:
		p.put("let", n.Name, "=", n.Value)
	case *Set:
		p.put("set", n.Name)
		p.optionalExpr("=", n.Value)
	case *Declare:
		p.put("declare query_parameters")
		p.enclosed("(", ")", false, list(p, n.Params))
	case *Pattern:
		p.put("declare pattern", n.Name)
		if len(n.Cases) == 0 {
			return
		}
		p.b.WriteString(" = ")
		p.enclosed("(", ")", false, list(p, n.Params))
		if n.Path != nil {
			p.enclosed("[", "]", false, func() { p.node(n.Path) })
		}
		p.b.WriteByte(' ')
		p.enclosed("{", "}", true, func() {
			for i, c := range n.Cases {
				if i > 0 {
					p.newline()
				}
				p.node(c)
				p.b.WriteByte(';')
			}
		})
	case *Alias:
		p.put("alias database", n.Name, "=", n.Value)
	case *Restrict:
		p.put("restrict access to ")
		p.enclosed("(", ")", false, list(p, n.Tables))
	case *ExprStatement:
		p.node(n.Expr)
	}
}

func (p *printer) expr(node Expr) {
	switch n := node.(type) {
	case *Name:
		p.name(n.Name, n.Quoted)
	case *Wildcard:
		p.b.WriteString(n.Pattern)
	case *Literal:
		p.b.WriteString(n.Raw)
	case *Text:
		p.b.WriteString(n.Raw)
	case *Dynamic:
		p.b.WriteString("dynamic")
		p.parens(n.Value)
	case *Call:
		p.node(n.Func)
		spaced(p, n.Params)
		pipes := slices.ContainsFunc(n.Args, func(arg Expr) bool { _, isPipe := arg.(*Pipe); return isPipe })
		p.enclosed("(", ")", pipes, list(p, n.Args))
	case *Member:
		p.node(n.X)
		if _, isLiteral := n.X.(*Literal); isLiteral {
			p.b.WriteByte(' ') // 1 .a is not the real 1.
		}
		p.b.WriteByte('.')
		p.node(n.Name)
	case *MethodCall:
		p.node(n.X)
		if _, isLiteral := n.X.(*Literal); isLiteral {
			p.b.WriteByte(' ')
		}
		p.b.WriteByte('.')
		p.node(n.Call)
	case *Index:
		p.node(n.X)
		p.enclosed("[", "]", false, func() { p.node(n.Index) })
	case *Unary:
		p.b.WriteString(n.Op)
		p.node(n.X)
	case *Binary:
		p.put(n.X, n.Op, n.Y)
	case *In:
		p.put(n.X, n.Op, "(")
		p.enclosed("", ")", false, list(p, n.List))
	case *Between:
		p.put(n.X, n.Op, "(")
		p.put(n.Lo, "..", n.Hi)
		p.b.WriteByte(')')
	case *Paren:
		p.parens(n.X)
	case *Star:
		p.b.WriteByte('*')
	case *NamedExpr:
		switch {
		case n.Tuple:
			p.enclosed("(", ") = ", false, list(p, n.Names))
		case len(n.Names) > 0:
			p.put(n.Names[0], "=")
			p.b.WriteByte(' ')
		}
		p.node(n.X)
	case *TypeOf:
		p.b.WriteString("typeof")
		if n.Type != nil {
			p.parens(n.Type)
			return
		}
		p.enclosed("(", ")", false, list(p, n.Schema))
	case *EntityGroup:
		p.b.WriteString("entity_group ")
		p.enclosed("[", "]", false, list(p, n.Items))
	case *Pipe:
		p.pipe(n)
	case *Function:
		if n.View {
			p.b.WriteString("view ")
		}
		p.enclosed("(", ") ", false, list(p, n.Params))
		p.node(n.Body)
	default:
		p.source(node)
	}
}

// source writes the expressions that have a syntax of their own.
func (p *printer) source(node Expr) {
	switch n := node.(type) {
	case *Datatable:
		p.sourceHead(n.Word, n.Params, n.Schema)
		p.enclosed("[", "]", false, list(p, n.Values))
	case *ExternalData:
		p.sourceHead(n.Word, n.Params, n.Schema)
		p.enclosed("[", "]", false, list(p, n.URIs))
		properties(p, n.With)
	case *InlineExternalTable:
		p.put("inline_external_table")
		optional(p, "", n.Schema)
		optional(p, "kind =", n.Kind)
		if len(n.Partition) > 0 {
			p.enclosed(" partition by (", ")", false, list(p, n.Partition))
		}
		if len(n.PathFormat) > 0 {
			p.b.WriteString(" pathformat = (")
			for i, part := range n.PathFormat {
				if i > 0 {
					p.b.WriteByte(' ')
				}
				p.node(part)
			}
			p.b.WriteByte(')')
		}
		optional(p, "dataformat =", n.DataFormat)
		p.enclosed(" (", ")", false, list(p, n.URIs))
		properties(p, n.With)
	case *MaterializedViewCombine:
		p.b.WriteString("materialized-view-combine")
		p.parens(n.Name)
		p.b.WriteString(" base ")
		p.parens(n.Base)
		p.b.WriteString(" delta ")
		p.parens(n.Delta)
		p.b.WriteString(" aggregates ")
		p.parens(n.Aggregate)
	}
}

// sourceHead writes a word with its options and a schema.
func (p *printer) sourceHead(word string, params []*Parameter, schema *Schema) {
	p.put(word)
	spaced(p, params)
	if len(params) > 0 {
		p.b.WriteByte(' ')
	}
	p.node(schema)
}

// properties writes with (…), if there are any.
func properties[T Node](p *printer, properties []T) {
	if len(properties) > 0 {
		p.enclosed(" with (", ")", false, list(p, properties))
	}
}
