package kql

// Project makes columns and drops all others.
type Project struct {
	declared
	Columns []*NamedExpr `parser:"'project' ( @@ ( ',' @@ )* )?"`
}

// ProjectAway drops columns.
type ProjectAway struct {
	declared
	Columns []Selector `parser:"'project-away' @@ ( ',' @@ )*"`
}

// ProjectKeep keeps columns.
type ProjectKeep struct {
	declared
	Columns []Selector `parser:"'project-keep' @@ ( ',' @@ )*"`
}

// ProjectRename renames columns.
type ProjectRename struct {
	declared
	Columns []*NamedExpr `parser:"'project-rename' @@ ( ',' @@ )*"`
}

// ProjectReorder puts columns first.
type ProjectReorder struct {
	declared
	Columns []*ReorderedColumn `parser:"'project-reorder' @@ ( ',' @@ )*"`
}

// ReorderedColumn is a column or pattern of [ProjectReorder]. Order is empty or one of asc, desc, granny-asc
// and granny-desc.
type ReorderedColumn struct {
	declared
	Column Selector `parser:"@@"`
	Order  string   `parser:"@( 'asc' | 'desc' | 'granny-asc' | 'granny-desc' )?"`
}

// ProjectByNames keeps the columns whose names its expressions give.
type ProjectByNames struct {
	declared
	Word    string     `parser:"@( 'project-by-names' | '__project-by-names' )"`
	Columns []Selector `parser:"@@ ( ',' @@ )*"`
}

// ParseOperator takes texts apart with a pattern; the word parse-where drops the rows that do not match.
type ParseOperator struct {
	declared
	Word    string       `parser:"@( 'parse' | 'parse-where' )"`
	Params  []*Parameter `parser:"@@*"`
	Text    Expr         `parser:"@@"`
	Pattern []*ParsePart `parser:"'with' @@+"`
}

// ParsePart is a part of a pattern: a star, a text, or a column with perhaps a type.
type ParsePart struct {
	declared
	Star bool      `parser:"( @'*'"`
	Text *Text     `parser:"| @@"`
	Name *Ident    `parser:"| @@"`
	Type *TypeName `parser:"( ':' @@ )? )"`
}

// Text is a string literal where no other expression may stand.
type Text struct{ Literal }

// ParseKv takes key-value pairs out of a text.
type ParseKv struct {
	declared
	Params []*Parameter `parser:"'parse-kv' @@*"`
	Text   Expr         `parser:"@@"`
	Schema *Schema      `parser:"'as' @@"`
	With   []*Property  `parser:"( 'with' '(' ( @@ ( ',' @@ )* )? ')' )?"`
}

// Summarize groups rows and reduces each group.
type Summarize struct {
	declared
	Params     []*Parameter `parser:"'summarize' @@*"`
	Aggregates []*NamedExpr `parser:"( (?! 'by' ) @@ ( ',' @@ )* )?"`
	Grouped    bool         `parser:"( @'by'"`
	By         []*NamedExpr `parser:"@@ ( ',' @@ )*"`
	Bin        Expr         `parser:"( 'bin' '=' @@ )? )?"` // the deprecated summarize … by … bin=
}

// MakeSeries makes arrays of aggregates over an axis.
type MakeSeries struct {
	declared
	Params     []*Parameter `parser:"'make-series' @@*"`
	Aggregates []*Series    `parser:"@@ ( ',' @@ )*"`
	On         *NamedExpr   `parser:"'on' @@"`
	InRange    []Expr       `parser:"( 'in' 'range' '(' @@ ',' @@ ',' @@ ')' )?"`
	From       Expr         `parser:"( 'from' @@ )?"`
	To         Expr         `parser:"( 'to' @@ )?"`
	Step       Expr         `parser:"( 'step' @@ )?"`
	By         []*NamedExpr `parser:"( 'by' @@ ( ',' @@ )* )?"`
}

// Series is an aggregate of [MakeSeries] with the value for empty bins.
type Series struct {
	declared
	Aggregate *NamedExpr `parser:"@@"`
	Default   Expr       `parser:"( 'default' '=' @@ )?"`
}

func (*Project) operator()        {}
func (*ProjectAway) operator()    {}
func (*ProjectKeep) operator()    {}
func (*ProjectRename) operator()  {}
func (*ProjectReorder) operator() {}
func (*ProjectByNames) operator() {}
func (*ParseOperator) operator()  {}
func (*ParseKv) operator()        {}
func (*Summarize) operator()      {}
func (*MakeSeries) operator()     {}
