package kql

// Expr is an expression: scalar, or tabular where the place allows it.
type Expr interface {
	Node
	expr()
}

// Ident is a name that is declared or selected: a column of project, the b of a.b.
type Ident struct {
	at
	Name   string // decoded
	Quoted bool   // written as ['name'] or ["name"]
}

// Name refers to a column, table, variable or parameterless function.
type Name struct {
	at
	Name   string // decoded
	Quoted bool   // written as ['name'] or ["name"]
}

// Wildcard is a name with stars, such as Device*, in the operators that select tables or columns by pattern.
type Wildcard struct {
	at
	Pattern string
}

// LiteralKind tells the type a literal is written in.
type LiteralKind int

// The kinds of literal. A typed literal such as int(5) has the kind of its keyword.
const (
	Bool LiteralKind = iota
	Int
	Long
	Real
	Decimal
	DateTime
	TimeSpan
	Guid
	String
)

// Literal is a scalar constant. Its value is decoded by the methods Bool, Int, Float, Ticks, Text and IsNull.
type Literal struct {
	at
	Kind LiteralKind
	Raw  string // as written; adjacent strings keep the text between them
	// Value is the text that carries the value: the decoded string, the number, or what stands between
	// the parentheses of a typed literal.
	Value string
	// Typed is the keyword of a typed literal such as datetime(…), as written; empty otherwise.
	Typed string
	// Hidden marks an obfuscated string, h"…".
	Hidden bool
}

// Dynamic is a dynamic(…) literal.
type Dynamic struct {
	at
	// JSON is the value as JSON text. Properties keep their order, 1 and 1.0 their form; a datetime, timespan,
	// guid or real(…) within it is a string or number as the engine stores it.
	JSON string
	// Value is the literal's content as a tree.
	Value *JSON
}

// JSONKind tells what a [JSON] node is.
type JSONKind int

// The kinds of JSON node.
const (
	JSONNull JSONKind = iota
	JSONScalar
	JSONArray
	JSONObject
)

// JSON is a value within a dynamic literal.
type JSON struct {
	at
	Kind   JSONKind
	Scalar *Literal // of JSONScalar: any literal, such as datetime(…); a minus sign is part of Raw and Value
	Keys   []string // of JSONObject, decoded, one for each item
	Items  []*JSON  // of JSONArray and JSONObject
}

// Call is a function call.
type Call struct {
	at
	Func   *Ident
	Params []*Parameter // of toscalar and totable, such as kind=nooptimization
	// Args are expressions, among them [NamedExpr], [Star] and [TypeOf]; a [Pipe] where the function takes one.
	Args []Expr
}

// Member selects by name: a.b, a.['b'], cluster('c').database('d').T.
type Member struct {
	at
	X    Expr
	Name *Ident
}

// MethodCall is a call reached through a path, such as the database('d') of cluster('c').database('d').
type MethodCall struct {
	at
	X    Expr
	Call *Call
}

// Index selects an element: a["x"], a[0].
type Index struct {
	at
	X, Index Expr
}

// Unary is a sign before a number: + or -.
type Unary struct {
	at
	Op string
	X  Expr
}

// Binary is an infix operation. Op is the operator as written, with "<>" turned into "!=" and the two words of
// "matches regex" parted by one blank. The search predicate a:"text" has the Op ":".
type Binary struct {
	at
	Op   string
	X, Y Expr
}

// In is a comparison with a list. Op is one of in, in~, !in, !in~, has_any, has_all.
type In struct {
	at
	Op   string
	X    Expr
	List []Expr // a single item may be tabular
}

// Between is a comparison with a range. Op is between or !between.
type Between struct {
	at
	Op        string
	X, Lo, Hi Expr
}

// Paren is an expression in parentheses. X may be a [Pipe].
type Paren struct {
	at
	X Expr
}

// Star is *, all columns.
type Star struct{ at }

// NamedExpr is a value with the name of the column it makes; an argument with its parameter's name.
type NamedExpr struct {
	at
	Names []*Ident // none if the name is to be inferred
	Tuple bool     // written as (a, b) = X
	X     Expr
}

// TypeOf is typeof(…): one type, or the schema of a table.
type TypeOf struct {
	at
	Type   *TypeName // nil for a schema
	Schema []*ColumnDecl
}

// TypeName is the name of a scalar type, as written.
type TypeName struct {
	at
	Name string
}

// EntityGroup is entity_group [ … ], a list of databases.
type EntityGroup struct {
	at
	Items []Expr
}

// Pipe is a tabular expression: a source and the operators applied to it in turn.
type Pipe struct {
	at
	Source    Expr // nil where the source is implied: in fork, facet, partition, mv-apply and make-graph
	Operators []Operator

	faults Errors // of operators that were skipped
}

// These are expressions too, read in places where less (or more) than an [Expr] is allowed.
type (
	// Path is a column: a name and what a dot or a bracket selects from it, without calls.
	Path interface{ Expr }
	// Selector is a table or column whose name may have stars, a [Wildcard].
	Selector interface{ Expr }
	// SearchPredicate is the predicate of search and find: lone terms, stars and column:"term" are allowed.
	SearchPredicate interface{ Expr }
	// Argument is an expression with perhaps a name before it, a [NamedExpr] then.
	Argument interface{ Expr }
	// Tabular is an expression or a [Pipe].
	Tabular interface{ Expr }
	// Definition is what let may name: a [Tabular], a [Function] or an [EntityGroup].
	Definition interface{ Expr }
)

func (*Name) expr()        {}
func (*Wildcard) expr()    {}
func (*Literal) expr()     {}
func (*Dynamic) expr()     {}
func (*Call) expr()        {}
func (*Member) expr()      {}
func (*MethodCall) expr()  {}
func (*Index) expr()       {}
func (*Unary) expr()       {}
func (*Binary) expr()      {}
func (*In) expr()          {}
func (*Between) expr()     {}
func (*Paren) expr()       {}
func (*Star) expr()        {}
func (*NamedExpr) expr()   {}
func (*TypeOf) expr()      {}
func (*EntityGroup) expr() {}
func (*Pipe) expr()        {}
