package kql

import (
	"reflect"
	"sync"

	"github.com/alecthomas/participle/v2"
	"github.com/alecthomas/participle/v2/lexer"
)

// tables files the productions under the words that open them: the first word decides which one is read, which is faster than trying them in
// turn and gives better errors.
type tables struct {
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
	node, err := production[T]().ParseFromLexer(lex, participle.AllowTrailing(true))
	if err != nil {
		return nil, toErrors(err)
	}
	return node, nil
}

// production is the parser of T. It is built when it is first needed: a query has few of the productions, and building all of them takes
// longer than to parse and bind most rules.
func production[T any]() *participle.Parser[T] {
	of := reflect.TypeFor[T]()
	if built, ok := productions.Load(of); ok {
		return built.(*participle.Parser[T])
	}
	built, _ := productions.LoadOrStore(of, build[T]())
	return built.(*participle.Parser[T])
}

var productions sync.Map // from a struct to its parser

func build[T any]() *participle.Parser[T] {
	return participle.MustBuild[T](
		participle.Lexer(definition{}),
		participle.UseLookahead(0), // every choice is clear from the next token, or from a (?= … ) guard
		participle.ParseTypeWith(readExpr),
		participle.ParseTypeWith(readPath),
		participle.ParseTypeWith(readSelector),
		participle.ParseTypeWith(readSearchPredicate),
		participle.ParseTypeWith(readArgument),
		participle.ParseTypeWith(readTabular),
		participle.ParseTypeWith(readDefinition),
	)
}
