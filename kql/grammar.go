package kql

import (
	"errors"
	"strings"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// grammar reaches every declared production. It is never parsed itself: the first word decides which production
// is read, which is faster than trying them in turn and gives better errors.
type grammar struct {
	Let      *Let        `parser:"  @@"`
	Set      *Set        `parser:"| @@"`
	Declare  *Declare    `parser:"| @@"`
	Pattern  *Pattern    `parser:"| @@"`
	Alias    *Alias      `parser:"| @@"`
	Restrict *Restrict   `parser:"| @@"`
	Function *Function   `parser:"| @@"`
	Columns  *columnList `parser:"| @@"`

	Datatable               *Datatable               `parser:"| @@"`
	ExternalData            *ExternalData            `parser:"| @@"`
	InlineExternalTable     *InlineExternalTable     `parser:"| @@"`
	MaterializedViewCombine *MaterializedViewCombine `parser:"| @@"`

	As                  *As                  `parser:"| @@"`
	AssertSchema        *AssertSchema        `parser:"| @@"`
	Consume             *Consume             `parser:"| @@"`
	Count               *Count               `parser:"| @@"`
	Distinct            *Distinct            `parser:"| @@"`
	Evaluate            *Evaluate            `parser:"| @@"`
	ExecuteAndCache     *ExecuteAndCache     `parser:"| @@"`
	Extend              *Extend              `parser:"| @@"`
	Facet               *Facet               `parser:"| @@"`
	Find                *Find                `parser:"| @@"`
	Fork                *Fork                `parser:"| @@"`
	GetSchema           *GetSchema           `parser:"| @@"`
	GraphMarkComponents *GraphMarkComponents `parser:"| @@"`
	GraphMatch          *GraphMatch          `parser:"| @@"`
	GraphShortestPaths  *GraphShortestPaths  `parser:"| @@"`
	GraphToTable        *GraphToTable        `parser:"| @@"`
	GraphWhereEdges     *GraphWhereEdges     `parser:"| @@"`
	GraphWhereNodes     *GraphWhereNodes     `parser:"| @@"`
	Invoke              *Invoke              `parser:"| @@"`
	Join                *Join                `parser:"| @@"`
	Lookup              *Lookup              `parser:"| @@"`
	MacroExpand         *MacroExpand         `parser:"| @@"`
	MakeGraph           *MakeGraph           `parser:"| @@"`
	MakeSeries          *MakeSeries          `parser:"| @@"`
	MvApply             *MvApply             `parser:"| @@"`
	MvExpand            *MvExpand            `parser:"| @@"`
	ParseKv             *ParseKv             `parser:"| @@"`
	ParseOperator       *ParseOperator       `parser:"| @@"`
	Partition           *Partition           `parser:"| @@"`
	PartitionBy         *PartitionBy         `parser:"| @@"`
	Print               *Print               `parser:"| @@"`
	Project             *Project             `parser:"| @@"`
	ProjectAway         *ProjectAway         `parser:"| @@"`
	ProjectByNames      *ProjectByNames      `parser:"| @@"`
	ProjectKeep         *ProjectKeep         `parser:"| @@"`
	ProjectRename       *ProjectRename       `parser:"| @@"`
	ProjectReorder      *ProjectReorder      `parser:"| @@"`
	Range               *Range               `parser:"| @@"`
	Reduce              *Reduce              `parser:"| @@"`
	Render              *Render              `parser:"| @@"`
	Sample              *Sample              `parser:"| @@"`
	SampleDistinct      *SampleDistinct      `parser:"| @@"`
	Scan                *Scan                `parser:"| @@"`
	Search              *Search              `parser:"| @@"`
	Serialize           *Serialize           `parser:"| @@"`
	Sort                *Sort                `parser:"| @@"`
	Summarize           *Summarize           `parser:"| @@"`
	Take                *Take                `parser:"| @@"`
	Top                 *Top                 `parser:"| @@"`
	TopHitters          *TopHitters          `parser:"| @@"`
	TopNested           *TopNested           `parser:"| @@"`
	Union               *Union               `parser:"| @@"`
	Where               *Where               `parser:"| @@"`
}

// tables files the productions under the words that open them.
type tables struct {
	parser    *participle.Parser[grammar]
	operators map[string]func(*lexer.PeekingLexer) (Operator, error) // behind a bar
	openers   map[string]func(*lexer.PeekingLexer) (Expr, error)     // operators that open a pipe
	sources   map[string]func(*lexer.PeekingLexer) (Expr, error)     // expressions with a syntax of their own
	words     []string                                               // of operators, for hints
}

// syntax builds the tables when they are first needed. It is set in init, since the hand-written productions and
// the tables refer to each other.
var syntax func() *tables

func init() { syntax = sync.OnceValue(newTables) }

func newTables() *tables {
	t := &tables{
		parser: participle.MustBuild[grammar](
			participle.Lexer(definition{}),
			participle.UseLookahead(0), // every choice is clear from the next token, or from a (?= … ) guard
			participle.ParseTypeWith(readExpr),
			participle.ParseTypeWith(readPath),
			participle.ParseTypeWith(readSelector),
			participle.ParseTypeWith(readSearchPredicate),
			participle.ParseTypeWith(readTabular),
			participle.ParseTypeWith(readDefinition),
		),
		operators: map[string]func(*lexer.PeekingLexer) (Operator, error){},
		openers:   map[string]func(*lexer.PeekingLexer) (Expr, error){},
		sources:   map[string]func(*lexer.PeekingLexer) (Expr, error){},
	}
	operator[As](t, "as")
	operator[AssertSchema](t, "assert-schema")
	operator[Consume](t, "consume")
	operator[Count](t, "count")
	operator[Distinct](t, "distinct")
	operator[Evaluate](t, "evaluate")
	operator[ExecuteAndCache](t, "execute_and_cache")
	operator[Extend](t, "extend")
	operator[Facet](t, "facet")
	operator[Fork](t, "fork")
	operator[GetSchema](t, "getschema")
	operator[GraphMarkComponents](t, "graph-mark-components")
	operator[GraphMatch](t, "graph-match")
	operator[GraphShortestPaths](t, "graph-shortest-paths")
	operator[GraphToTable](t, "graph-to-table")
	operator[GraphWhereEdges](t, "graph-where-edges")
	operator[GraphWhereNodes](t, "graph-where-nodes")
	operator[Invoke](t, "invoke")
	operator[Join](t, "join")
	operator[Lookup](t, "lookup")
	operator[MacroExpand](t, "macro-expand")
	operator[MakeGraph](t, "make-graph")
	operator[MakeSeries](t, "make-series")
	operator[MvApply](t, "mv-apply", "mvapply")
	operator[MvExpand](t, "mv-expand", "mvexpand")
	operator[ParseKv](t, "parse-kv")
	operator[ParseOperator](t, "parse", "parse-where")
	operator[Partition](t, "partition")
	operator[PartitionBy](t, "__partitionby")
	operator[Project](t, "project")
	operator[ProjectAway](t, "project-away")
	operator[ProjectByNames](t, "project-by-names", "__project-by-names")
	operator[ProjectKeep](t, "project-keep")
	operator[ProjectRename](t, "project-rename")
	operator[ProjectReorder](t, "project-reorder")
	operator[Reduce](t, "reduce")
	operator[Render](t, "render")
	operator[Sample](t, "sample")
	operator[SampleDistinct](t, "sample-distinct")
	operator[Scan](t, "scan")
	operator[Search](t, "search")
	operator[Serialize](t, "serialize")
	operator[Sort](t, "sort", "order")
	operator[Summarize](t, "summarize")
	operator[Take](t, "take", "limit")
	operator[Top](t, "top")
	operator[TopHitters](t, "top-hitters")
	operator[TopNested](t, "top-nested")
	operator[Union](t, "union")
	operator[Where](t, "where", "filter")

	source[Evaluate](t.openers, "evaluate")
	source[Find](t.openers, "find")
	source[MacroExpand](t.openers, "macro-expand")
	source[Print](t.openers, "print")
	source[Range](t.openers, "range")
	source[Search](t.openers, "search")
	source[Union](t.openers, "union")

	source[Datatable](t.sources, "datatable", "__contextual_datatable")
	source[ExternalData](t.sources, "externaldata", "external_data")
	source[InlineExternalTable](t.sources, "inline_external_table")
	source[MaterializedViewCombine](t.sources, "materialized-view-combine")
	return t
}

// operator files the production T under the words that open it.
func operator[T any, P interface {
	*T
	Operator
}](t *tables, words ...string) {
	for _, word := range words {
		t.words = append(t.words, word)
		t.operators[word] = func(lex *lexer.PeekingLexer) (Operator, error) {
			node, err := parseDeclared[T](lex)
			if err != nil {
				return nil, err
			}
			return P(node), nil
		}
	}
}

// source files the production T, an expression, under the words that open it.
func source[T any, P interface {
	*T
	Expr
}](table map[string]func(*lexer.PeekingLexer) (Expr, error), words ...string) {
	for _, word := range words {
		table[word] = func(lex *lexer.PeekingLexer) (Expr, error) {
			node, err := parseDeclared[T](lex)
			if err != nil {
				return nil, err
			}
			return P(node), nil
		}
	}
}

// parseDeclared reads the production T.
func parseDeclared[T any](lex *lexer.PeekingLexer) (*T, error) {
	production, err := participle.ParserForProduction[T](syntax().parser)
	if err != nil {
		return nil, err
	}
	node, err := production.ParseFromLexer(lex, participle.AllowTrailing(true))
	if err != nil {
		return nil, toErrors(err)
	}
	return node, nil
}

func readExpr(lex *lexer.PeekingLexer) (Expr, error)       { return (&reader{lex: lex}).expr() }
func readPath(lex *lexer.PeekingLexer) (Path, error)       { return (&reader{lex: lex}).path() }
func readTabular(lex *lexer.PeekingLexer) (Tabular, error) { return (&reader{lex: lex}).tabular() }
func readSelector(lex *lexer.PeekingLexer) (Selector, error) {
	return (&reader{lex: lex, stars: true}).postfix()
}

func readSearchPredicate(lex *lexer.PeekingLexer) (SearchPredicate, error) {
	return (&reader{lex: lex, search: true}).expr()
}

// readDefinition reads what let names.
func readDefinition(lex *lexer.PeekingLexer) (Definition, error) {
	r := &reader{lex: lex}
	if !r.startsFunction() {
		return r.tabular()
	}
	function, err := parseDeclared[Function](lex)
	if err != nil {
		return nil, err
	}
	return function, nil
}

// startsFunction tells whether view (, () { or (name: is next.
func (r *reader) startsFunction() bool {
	mark := r.lex.MakeCheckpoint()
	defer r.lex.LoadCheckpoint(mark)
	view := r.take("view")
	switch {
	case !r.take("("):
		return false
	case r.take(")"):
		return view || r.is("{")
	}
	_, err := r.ident()
	return err == nil && r.is(":")
}

// Parse reads the name for participle.
func (i *Ident) Parse(lex *lexer.PeekingLexer) error {
	name, err := (&reader{lex: lex}).ident()
	if err != nil {
		return err
	}
	*i = *name
	return nil
}

// Parse reads the type's name for participle.
func (t *TypeName) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	token := r.peek()
	if token.Type != tokenIdent {
		return r.fault("KS005", "Expected: a type")
	}
	lex.Next()
	*t = TypeName{r.since(token.Pos.Offset), token.Value}
	return nil
}

// Parse reads the text for participle.
func (t *Text) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	if r.peek().Type != tokenString {
		return r.fault("KS222", "String literal expected")
	}
	t.Literal = *r.str()
	return nil
}

// Parse reads the named expression for participle.
func (n *NamedExpr) Parse(lex *lexer.PeekingLexer) error {
	named, err := (&reader{lex: lex}).named()
	if err != nil {
		return err
	}
	*n = *named
	return nil
}

// Parse reads the parameter for participle.
func (p *Parameter) Parse(lex *lexer.PeekingLexer) error {
	parameter, err := (&reader{lex: lex}).parameter()
	if err != nil {
		return err
	}
	if parameter == nil {
		return participle.NextMatch
	}
	*p = *parameter
	return nil
}

// Parse reads the call for participle.
func (c *Call) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	name, err := r.ident()
	if err != nil {
		return err
	}
	call, err := r.call(name)
	if err != nil {
		return err
	}
	*c = *call
	return nil
}

// Parse reads the subquery for participle.
func (p *Pipe) Parse(lex *lexer.PeekingLexer) error {
	return (&reader{lex: lex}).subquery(p)
}

// Parse reads the block, with its braces, for participle.
func (b *Block) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	start := r.peek().Pos.Offset
	if err := r.expect("{"); err != nil {
		return err
	}
	list, err := r.statementsTo("}")
	if err != nil {
		return err
	}
	if err := r.expect("}"); err != nil {
		return err
	}
	if n := len(list) - 1; n >= 0 {
		if last, ok := list[n].(*ExprStatement); ok {
			b.Expr, list = last.Expr, list[:n]
		}
	}
	b.at, b.Statements = r.since(start), list
	return nil
}

// Parse reads the statements for participle.
func (s *Statements) Parse(lex *lexer.PeekingLexer) error {
	r := &reader{lex: lex}
	start := r.peek().Pos.Offset
	list, err := r.statementsTo(")")
	if err != nil {
		return err
	}
	*s = Statements{r.since(start), list}
	return nil
}

// statementsTo reads the statements before a closing bracket.
func (r *reader) statementsTo(end string) (list []Statement, err error) {
	for !r.is(end) {
		statement, err := r.statement()
		if err != nil {
			return nil, err
		}
		list = append(list, statement)
		if !r.take(";") {
			break
		}
	}
	return list, nil
}

// toErrors makes the errors of participle ours.
func toErrors(err error) Errors {
	var list Errors
	var one *Error
	var unexpected *participle.UnexpectedTokenError
	var other participle.Error
	switch {
	case errors.As(err, &list):
		return list
	case errors.As(err, &one):
		return Errors{one}
	case errors.As(err, &unexpected):
		return Errors{faultAt(&unexpected.Unexpected, "KS005", "Expected: "+expected(unexpected.Message()))}
	case errors.As(err, &other):
		offset := other.Position().Offset
		return Errors{{Code: "KS198", Span: Span{offset, offset}, Message: other.Message()}}
	}
	return Errors{{Code: "KS246", Message: err.Error()}}
}

// productionNames puts the productions that a fault may name into words.
var productionNames = map[string]string{
	"Expr": "an expression", "NamedExpr": "an expression", "Ordered": "an expression", "Tabular": "a table",
	"Selector": "a name", "Path": "a column", "Ident": "a name", "Schema": "a schema in parentheses",
	"TypeName": "a type", "ColumnDecl": "a column with its type", "Block": "{", "Pipe": "an operator",
	"Call": "a function call", "ForkBranch": "(", "GraphPattern": "(", "GraphNode": "(", "ScanStep": "step",
	"TopNestedLevel": "top-nested", "ParsePart": "a pattern", "Property": "a property",
}

// expected takes what was expected first out of participle's message, whose end is in EBNF.
func expected(message string) string {
	_, ebnf, found := strings.Cut(message, "(expected ")
	if !found {
		return "something else"
	}
	ebnf = strings.TrimLeft(ebnf, "( ")
	if text, quoted := strings.CutPrefix(ebnf, `"`); quoted {
		literal, _, _ := strings.Cut(text, `"`)
		return literal
	}
	end := strings.IndexFunc(ebnf, func(c rune) bool { return c > 0x7F || !isWordPart(byte(c)) })
	if end < 0 {
		end = len(ebnf)
	}
	if name, ok := productionNames[ebnf[:end]]; ok {
		return name
	}
	return strings.ToLower(ebnf[:end])
}

// nearest is the word most like the given one, if that is near enough to be a slip; else empty.
func nearest(word string, words []string) string {
	best, distance := "", len(word)/3+1
	for _, candidate := range words {
		if d := editDistance(strings.ToLower(word), candidate); d < distance || d == distance && best == "" && d <= 2 {
			best, distance = candidate, d
		}
	}
	return best
}

// editDistance counts the insertions, removals and replacements between two words.
func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
