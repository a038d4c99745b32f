package kql

// Query is a whole text: statements parted by semicolons.
type Query struct {
	at
	Statements []Statement
}

// Statement is one of [Let], [Set], [Declare], [Pattern], [Alias], [Restrict] and [ExprStatement].
type Statement interface {
	Node
	statement()
}

// Let names a value, a tabular expression or a function: let Name = Value.
type Let struct {
	declared
	Name  *Ident     `parser:"'let' @@ '='"`
	Value Definition `parser:"@@"`
}

// Set sets an option of the query: set notruncation, set query_now = datetime(…).
type Set struct {
	declared
	Name  *Ident `parser:"'set' @@"`
	Value Expr   `parser:"( '=' @@ )?"`
}

// Declare gives the parameters of the query: declare query_parameters(name: type = default).
type Declare struct {
	declared
	Params []*FuncParam `parser:"'declare' 'query_parameters' '(' @@ ( ',' @@ )* ')'"`
}

// Pattern declares a pattern: declare pattern Name = (params)[path: type] { (args).[path] = { body }; … }.
// Without its definition it only names the pattern.
type Pattern struct {
	declared
	Name   *Ident         `parser:"'declare' 'pattern' @@"`
	Params []*FuncParam   `parser:"( '=' '(' @@ ( ',' @@ )* ')'"`
	Path   *FuncParam     `parser:"( '[' @@ ']' )?"`
	Cases  []*PatternCase `parser:"'{' ( @@ ';'? )+ '}' )?"`
}

// PatternCase is the body of a pattern for certain arguments.
type PatternCase struct {
	declared
	Args []Expr `parser:"'(' @@ ( ',' @@ )* ')'"`
	Path Expr   `parser:"( '.' '[' @@ ']' )? '='"`
	Body *Block `parser:"@@"`
}

// Alias gives a database another name: alias database Name = cluster('c').database('d').
type Alias struct {
	declared
	Name  *Ident `parser:"'alias' 'database' @@ '='"`
	Value Expr   `parser:"@@"`
}

// Restrict limits the tables that may be used after it: restrict access to (a, b).
type Restrict struct {
	declared
	Tables []Selector `parser:"'restrict' 'access' 'to' '(' @@ ( ',' @@ )* ')'"`
}

// ExprStatement is a query proper; a tabular one is a [Pipe] or a [Name].
type ExprStatement struct {
	at
	Expr Expr
}

// Function is a user-defined function: (a: long, T: (x: string)) { … }, or view () { … }.
type Function struct {
	declared
	View   bool         `parser:"@'view'?"`
	Params []*FuncParam `parser:"'(' ( @@ ( ',' @@ )* )? ')'"`
	Body   *Block       `parser:"@@"`
}

// FuncParam is a parameter of a function: name: type = default, or name: (schema) for a table.
type FuncParam struct {
	declared
	Name    *Ident    `parser:"@@ ':'"`
	Type    *TypeName `parser:"( @@"`   // nil for a table
	Schema  *Schema   `parser:"| @@ )"` // of a table
	Default Expr      `parser:"( '=' @@ )?"`
}

// Schema is the columns of a table. With Open, written (*), further columns are allowed.
type Schema struct {
	declared
	Open    bool          `parser:"'(' ( @'*' ','? )?"`
	Columns []*ColumnDecl `parser:"( @@ ( (?! ',' ')' ) ',' @@ )* ','? )? ')'"`
}

// ColumnDecl is a column with its type. In typeof(*, a: long) a star stands for the input's columns.
type ColumnDecl struct {
	declared
	Star bool      `parser:"( @'*'"`
	Name *Ident    `parser:"| @@ ':'"`
	Type *TypeName `parser:"@@ )"`
}

// columnList is the schema within typeof(…).
type columnList struct {
	declared
	Columns []*ColumnDecl `parser:"'(' @@ ( ',' @@ )* ')'"`
}

// Block is the body of a function. Expr is nil if it holds statements only.
type Block struct {
	at
	Statements []Statement
	Expr       Expr
}

// Parameter is an option of an operator, such as kind=inner or hint.strategy=shuffle.
type Parameter struct {
	at
	Name  string
	Value Expr // a *Name, *Literal, *Unary or a bracketed list
}

func (*Let) statement()           {}
func (*Set) statement()           {}
func (*Declare) statement()       {}
func (*Pattern) statement()       {}
func (*Alias) statement()         {}
func (*Restrict) statement()      {}
func (*ExprStatement) statement() {}
func (*Function) expr()           {}
