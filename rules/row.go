package rules

// Row is a row of a query's result, as far as alerts look into it.
type Row interface {
	// Cell gives the text of the cell in a column, as tostring() would, and says what sort of value it holds. Names are
	// case-sensitive.
	Cell(column string) (text string, kind CellKind)
}

// CellKind is a sort of value that a cell holds.
type CellKind int

// The sorts of value that a cell holds.
const (
	Missing   CellKind = iota // there is no such column
	Empty                     // null, or the empty string
	Scalar                    // one value
	Composite                 // a dynamic array or bag; the text is JSON
)
