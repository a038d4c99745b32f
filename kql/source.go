package kql

// Datatable is a table written out: datatable(schema) [values].
type Datatable struct {
	declared
	Word   string       `parser:"@( 'datatable' | '__contextual_datatable' )"`
	Params []*Parameter `parser:"@@*"`
	Schema *Schema      `parser:"@@"`
	Values []Expr       `parser:"'[' ','? ( @@ ( (?! ',' ']' ) ',' @@ )* ','? )? ']'"`
}

// ExternalData is a table read from addresses: externaldata(schema) [uris] with (properties).
type ExternalData struct {
	declared
	Word   string       `parser:"@( 'externaldata' | 'external_data' )"`
	Params []*Parameter `parser:"@@*"`
	Schema *Schema      `parser:"@@"`
	URIs   []Expr       `parser:"'[' @@ ( ',' @@ )* ']'"`
	With   []*Property  `parser:"( 'with' '(' ( @@ ( ',' @@ )* )? ')' )?"`
}

// InlineExternalTable is an external table defined in the query.
type InlineExternalTable struct {
	declared
	Schema     *Schema              `parser:"'inline_external_table' @@?"` // nil for kind=delta
	Kind       *Ident               `parser:"( 'kind' '=' @@ )?"`
	Partition  []*ExternalPartition `parser:"( 'partition' 'by' '(' @@ ( ',' @@ )* ')' )?"`
	PathFormat []Expr               `parser:"( 'pathformat' '=' '(' @@+ ')' )?"`
	DataFormat *Ident               `parser:"( 'dataformat' '=' @@ )?"`
	URIs       []Expr               `parser:"'(' @@ ( ',' @@ )* ')'"`
	With       []*Property          `parser:"( 'with' '(' ( @@ ( ',' @@ )* )? ')' )?"`
}

// ExternalPartition is a column that an external table's path carries.
type ExternalPartition struct {
	declared
	Name  *Ident    `parser:"@@ ':'"`
	Type  *TypeName `parser:"@@"`
	Value Expr      `parser:"( '=' @@ )?"`
}

// MaterializedViewCombine is the engine's form of a materialized view's reading.
type MaterializedViewCombine struct {
	declared
	Name      Expr    `parser:"'materialized-view-combine' '(' @@ ')'"`
	Base      Tabular `parser:"'base' '(' @@ ')'"`
	Delta     Tabular `parser:"'delta' '(' @@ ')'"`
	Aggregate *Pipe   `parser:"'aggregates' '(' @@ ')'"`
}

// Range makes a column of evenly spaced values: range x from 1 to 10 step 2.
type Range struct {
	declared
	Name *Ident `parser:"'range' @@"`
	From Expr   `parser:"'from' @@"`
	To   Expr   `parser:"'to' @@"`
	Step Expr   `parser:"'step' @@"`
}

// Print makes one row.
type Print struct {
	declared
	Columns []*NamedExpr `parser:"'print' @@ ( ',' @@ )*"`
}

// Evaluate calls a plugin; Schema is what the plugin is said to return, or nil.
type Evaluate struct {
	declared
	Params []*Parameter `parser:"'evaluate' @@*"`
	Plugin *Call        `parser:"@@"`
	Schema *Schema      `parser:"( ':' @@ )?"`
}

// Find finds rows in many tables.
type Find struct {
	declared
	Params      []*Parameter    `parser:"'find' @@*"`
	Tables      []Selector      `parser:"( 'in' '(' @@ ( ',' @@ )* ')' )?"`
	Predicate   SearchPredicate `parser:"'where'? @@"`
	Smart       bool            `parser:"( @'project-smart'"`
	Project     []*FindColumn   `parser:"| 'project' @@ ( ',' @@ )* )?"`
	ProjectAway []Selector      `parser:"( 'project-away' @@ ( ',' @@ )* )?"`
}

// FindColumn is a column of [Find]: a column with perhaps a type, or pack(*).
type FindColumn struct {
	declared
	Column Expr      `parser:"@@"`
	Type   *TypeName `parser:"( ':' @@ )?"`
}

// Search finds rows with a term, in the input or in many tables.
type Search struct {
	declared
	Params    []*Parameter    `parser:"'search' @@*"`
	Tables    []Selector      `parser:"( (?= 'in' '(' ) 'in' '(' @@ ( ',' @@ )* ')' )?"`
	Predicate SearchPredicate `parser:"@@"`
}

// Union puts the rows of several tables together; the input, if any, is the first.
type Union struct {
	declared
	Params []*Parameter `parser:"'union' @@*"`
	Tables []Selector   `parser:"@@ ( ',' @@ )*"`
}

// MacroExpand runs a query for each member of an entity group: macro-expand Group as X ( … ).
type MacroExpand struct {
	declared
	Params []*Parameter `parser:"'macro-expand' @@*"`
	Group  Expr         `parser:"@@"`
	As     *Ident       `parser:"'as' @@"`
	Body   *Statements  `parser:"'(' @@ ')'"`
}

// Statements is the body of [MacroExpand].
type Statements struct {
	at
	List []Statement
}

func (*Datatable) expr()               {}
func (*ExternalData) expr()            {}
func (*InlineExternalTable) expr()     {}
func (*MaterializedViewCombine) expr() {}
func (*Range) expr()                   {}
func (*Print) expr()                   {}
func (*Evaluate) expr()                {}
func (*Find) expr()                    {}
func (*Search) expr()                  {}
func (*Union) expr()                   {}
func (*MacroExpand) expr()             {}

func (*Range) operator()       {}
func (*Print) operator()       {}
func (*Evaluate) operator()    {}
func (*Find) operator()        {}
func (*Search) operator()      {}
func (*Union) operator()       {}
func (*MacroExpand) operator() {}
