package scalar

// Type is one of Kusto's scalar data types.
//
// Array and Bag are the kinds that a dynamic value may hold besides the scalar
// ones; no column has them as its type.
//
// Source: Kusto docs, "Scalar data types".
type Type uint8

// The scalar data types. The zero Type is no type: it is the kind of a null.
const (
	NoType Type = iota
	Bool
	Int
	Long
	Real
	Decimal
	DateTime
	TimeSpan
	Guid
	String
	Dynamic
	Array // kind of a dynamic value only
	Bag   // kind of a dynamic value only
)

var typeNames = [...]string{
	"", "bool", "int", "long", "real", "decimal", "datetime", "timespan", "guid", "string", "dynamic", "array", "dictionary",
}

// String returns Kusto's name of the type, such as "long". Array and Bag read
// as gettype() names them: "array" and "dictionary".
func (t Type) String() string { return typeNames[t] }

// Numeric reports whether t is int, long, real or decimal.
func (t Type) Numeric() bool { return t >= Int && t <= Decimal }

// Integer reports whether t is int or long.
func (t Type) Integer() bool { return t == Int || t == Long }

// Summable reports whether values of t can be added up: the numbers and timespan.
func (t Type) Summable() bool { return t.Numeric() || t == TimeSpan }

// Orderable reports whether values of t have an order in min, max and sort.
func (t Type) Orderable() bool { return t != NoType && t != Dynamic && t != Guid }

// ParseType returns the type that a KQL text names, in any of the accepted
// spellings (boolean, date, double, time, uniqueid and so on).
func ParseType(name string) (Type, bool) {
	switch name {
	case "bool", "boolean":
		return Bool, true
	case "int", "int32":
		return Int, true
	case "long", "int64":
		return Long, true
	case "real", "double", "float":
		return Real, true
	case "decimal":
		return Decimal, true
	case "datetime", "date":
		return DateTime, true
	case "timespan", "time":
		return TimeSpan, true
	case "guid", "uuid", "uniqueid":
		return Guid, true
	case "string":
		return String, true
	case "dynamic", "object":
		return Dynamic, true
	}
	return NoType, false
}
