package kql

// Operator is one tabular operator of a pipe. There is a struct for each, and its tags are its grammar.
type Operator interface {
	Node
	operator()
}

// As names the result so far: as Name.
type As struct {
	declared
	Params []*Parameter `parser:"'as' @@*"`
	Name   *Ident       `parser:"@@"`
}

// AssertSchema refuses input of another schema.
type AssertSchema struct {
	declared
	Schema *Schema `parser:"'assert-schema' @@"`
}

// Consume reads its input and returns nothing.
type Consume struct {
	declared
	Params []*Parameter `parser:"'consume' @@*"`
}

// Count counts the rows; As names the column.
type Count struct {
	declared
	Params []*Parameter `parser:"'count' @@*"`
	As     *Ident       `parser:"( 'as' @@ )?"`
}

// Distinct keeps one row of each combination of Columns; [Star] stands for all columns.
type Distinct struct {
	declared
	Params  []*Parameter `parser:"'distinct' @@*"`
	Columns []Argument   `parser:"@@ ( ',' @@ )*"`
}

// ExecuteAndCache is a hint of the engine without effect on the result.
type ExecuteAndCache struct {
	declared
	Word string `parser:"@'execute_and_cache'"`
}

// Extend adds or replaces columns.
type Extend struct {
	declared
	Columns []*NamedExpr `parser:"'extend' @@ ( ',' @@ )*"`
}

// Facet makes a table of counts for each of Columns, and one of With.
type Facet struct {
	declared
	Columns []Path `parser:"'facet' 'by' @@ ( ',' @@ )*"`
	With    *Pipe  `parser:"( 'with' ( '(' @@ ')' | @@ ) )?"`
}

// Fork feeds its input to several branches.
type Fork struct {
	declared
	Branches []*ForkBranch `parser:"'fork' @@+"`
}

// ForkBranch is a branch of [Fork]; Name may be nil.
type ForkBranch struct {
	declared
	Name *Ident `parser:"( @@ '=' )?"`
	Pipe *Pipe  `parser:"'(' @@ ')'"`
}

// GetSchema describes the columns of its input.
type GetSchema struct {
	declared
	Params []*Parameter `parser:"'getschema' @@*"`
}

// Invoke calls a function with the input as its first argument.
type Invoke struct {
	declared
	Call Expr `parser:"'invoke' @@"` // a *Call, or a *MethodCall
}

// Join matches rows with those of Right. On lists column names and comparisons of $left and $right.
type Join struct {
	declared
	Params []*Parameter `parser:"'join' @@*"`
	Right  Expr         `parser:"@@"`
	On     []Expr       `parser:"( 'on' @@ ( ',' @@ )*"`
	Where  Expr         `parser:"| 'where' @@ )"`
}

// Lookup extends rows with the columns of the matching rows of Right.
type Lookup struct {
	declared
	Params []*Parameter `parser:"'lookup' @@*"`
	Right  Expr         `parser:"@@"`
	On     []Expr       `parser:"'on' @@ ( ',' @@ )*"`
}

// MvApply runs Pipe over the rows that each row's arrays expand to.
type MvApply struct {
	declared
	Word   string       `parser:"@( 'mv-apply' | 'mvapply' )"`
	Params []*Parameter `parser:"@@*"`
	Items  []*Expansion `parser:"@@ ( ',' @@ )*"`
	Limit  Expr         `parser:"( 'limit' @@ )?"`
	ID     Expr         `parser:"( 'id' @@ )?"`
	Pipe   *Pipe        `parser:"'on' '(' @@ ')'"`
}

// MvExpand makes a row of each element of arrays or property bags. The word mvexpand, unlike mv-expand, makes
// 128 rows at most.
type MvExpand struct {
	declared
	Word   string       `parser:"@( 'mv-expand' | 'mvexpand' )"`
	Params []*Parameter `parser:"@@*"`
	Items  []*Expansion `parser:"@@ ( ',' @@ )*"`
	Limit  Expr         `parser:"( 'limit' @@ )?"`
}

// Expansion is what mv-expand and mv-apply expand; Type is nil where no "to typeof(…)" is given.
type Expansion struct {
	declared
	Value *NamedExpr `parser:"@@"`
	Type  *TypeName  `parser:"( 'to' 'typeof' '(' @@ ')' )?"`
}

// Partition runs Pipe over each partition of the input by the column By. Body, in braces, is a whole expression.
type Partition struct {
	declared
	Params []*Parameter `parser:"'partition' @@*"`
	By     Path         `parser:"'by' @@"`
	Pipe   *Pipe        `parser:"( '(' @@ ')'"`
	Body   *Block       `parser:"| @@ )"`
}

// PartitionBy is the engine's own form of [Partition].
type PartitionBy struct {
	declared
	Params []*Parameter `parser:"'__partitionby' @@*"`
	By     Path         `parser:"@@"`
	ID     Expr         `parser:"( 'id' @@ )?"`
	Pipe   *Pipe        `parser:"'(' @@ ')'"`
}

// Reduce groups similar texts.
type Reduce struct {
	declared
	Params []*Parameter `parser:"'reduce' @@*"`
	By     Expr         `parser:"'by' @@"`
	With   []*Property  `parser:"( 'with' @@ ( ',' @@ )* )?"`
}

// Render asks for a chart; it does not change the rows.
type Render struct {
	declared
	Chart      *Ident           `parser:"'render' @@"`
	Legacy     []*ChartProperty `parser:"( (?= Ident '=' ) @@ )*"`
	With       []*ChartProperty `parser:"( 'with' ( '(' ( @@ ( ','? (?= Ident '=' ) @@ )* )? ')' | @@ ( ','? (?= Ident '=' ) @@ )* ) )?"`
	LegacyTail []*ChartProperty `parser:"( (?= Ident '=' ) @@ )*"`
}

// Property is a name with a value.
type Property struct {
	declared
	Name  *Ident `parser:"@@ '='"`
	Value Expr   `parser:"@@"`
}

// ChartProperty is a property of a chart: a name with a value, and further names for those that take columns.
type ChartProperty struct {
	declared
	Name  *Ident   `parser:"@@ '='"`
	Value Expr     `parser:"@@"`
	More  []*Ident `parser:"( (?! ',' Ident '=' ) (?= ',' Ident ) ',' @@ )*"`
}

// Sample keeps some rows.
type Sample struct {
	declared
	Params []*Parameter `parser:"'sample' @@*"`
	Count  Expr         `parser:"@@"`
}

// SampleDistinct keeps some distinct values of a column.
type SampleDistinct struct {
	declared
	Params []*Parameter `parser:"'sample-distinct' @@*"`
	Count  Expr         `parser:"@@"`
	Of     Expr         `parser:"'of' @@"`
}

// Scan matches sequences of rows with steps.
type Scan struct {
	declared
	Params      []*Parameter `parser:"'scan' @@*"`
	Order       []*Ordered   `parser:"( 'order' 'by' @@ ( ',' @@ )* )?"`
	PartitionBy []Expr       `parser:"( 'partition' 'by' @@ ( ',' @@ )* )?"`
	Declare     []*FuncParam `parser:"( 'declare' '(' @@ ( ',' @@ )* ')' )?"`
	Steps       []*ScanStep  `parser:"'with' '(' @@+ ')'"`
}

// ScanStep is a step of [Scan].
type ScanStep struct {
	declared
	Name     *Ident       `parser:"'step' @@"`
	Optional bool         `parser:"@'optional'?"`
	Params   []*Property  `parser:"( (?= Ident '=' ) @@ )*"` // output=all, last or none
	When     Expr         `parser:"':' @@"`
	Assign   []*NamedExpr `parser:"( '=>' @@ ( ',' @@ )* )? ';'"`
}

// Serialize marks the order of rows as meant, and adds columns.
type Serialize struct {
	declared
	Columns []*NamedExpr `parser:"'serialize' ( @@ ( ',' @@ )* )?"`
}

// Sort orders the rows.
type Sort struct {
	declared
	Word   string       `parser:"@( 'sort' | 'order' )"`
	Params []*Parameter `parser:"@@*"`
	By     []*Ordered   `parser:"'by' @@ ( ',' @@ )*"`
}

// Ordered is a key of an ordering. Order is asc, desc or empty, which means desc; Nulls is first, last or empty.
type Ordered struct {
	declared
	Key   *NamedExpr `parser:"@@"`
	Order string     `parser:"@( 'asc' | 'desc' )?"`
	Nulls string     `parser:"( 'nulls' @( 'first' | 'last' ) )?"`
}

// Take keeps so many rows.
type Take struct {
	declared
	Word   string       `parser:"@( 'take' | 'limit' )"`
	Params []*Parameter `parser:"@@*"`
	Count  Expr         `parser:"@@"`
}

// Top keeps the first rows of an ordering.
type Top struct {
	declared
	Params []*Parameter `parser:"'top' @@*"`
	Count  Expr         `parser:"@@"`
	By     *Ordered     `parser:"'by' @@"`
}

// TopHitters finds the most frequent values.
type TopHitters struct {
	declared
	Params []*Parameter `parser:"'top-hitters' @@*"`
	Count  Expr         `parser:"@@"`
	Of     Expr         `parser:"'of' @@"`
	By     Expr         `parser:"( 'by' @@ )?"`
}

// TopNested finds the top values of a column, within each of them those of the next, and so on.
type TopNested struct {
	declared
	Levels []*TopNestedLevel `parser:"@@ ( ',' @@ )*"`
}

// TopNestedLevel is a level of [TopNested].
type TopNestedLevel struct {
	declared
	Count  Expr       `parser:"'top-nested' ( (?! 'of' ) @@ )?"` // nil for all values
	Of     *NamedExpr `parser:"'of' @@"`
	Others Expr       `parser:"( 'with' 'others' '=' @@ )?"`
	By     *Ordered   `parser:"'by' @@"`
}

// Where keeps the rows for which Predicate is true.
type Where struct {
	declared
	Word      string       `parser:"@( 'where' | 'filter' )"`
	Params    []*Parameter `parser:"@@*"`
	Predicate Expr         `parser:"@@"`
}

func (*As) operator()              {}
func (*AssertSchema) operator()    {}
func (*Consume) operator()         {}
func (*Count) operator()           {}
func (*Distinct) operator()        {}
func (*ExecuteAndCache) operator() {}
func (*Extend) operator()          {}
func (*Facet) operator()           {}
func (*Fork) operator()            {}
func (*GetSchema) operator()       {}
func (*Invoke) operator()          {}
func (*Join) operator()            {}
func (*Lookup) operator()          {}
func (*MvApply) operator()         {}
func (*MvExpand) operator()        {}
func (*Partition) operator()       {}
func (*PartitionBy) operator()     {}
func (*Reduce) operator()          {}
func (*Render) operator()          {}
func (*Sample) operator()          {}
func (*SampleDistinct) operator()  {}
func (*Scan) operator()            {}
func (*Serialize) operator()       {}
func (*Sort) operator()            {}
func (*Take) operator()            {}
func (*Top) operator()             {}
func (*TopHitters) operator()      {}
func (*TopNested) operator()       {}
func (*Where) operator()           {}
