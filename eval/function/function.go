package function

import (
	"fmt"
	"math/rand/v2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// Function is one scalar function of KQL: how it is called, what it is for,
// what it computes, and examples that hold.
type Function struct {
	// Sig holds one signature a line, written as the Kusto docs write them:
	//
	//	strrep(value: scalar, multiplier: integer, delimiter: scalar?): string
	//
	// See ParseSignature for the kinds of parameters and results.
	Sig string
	// Doc says in a sentence or two what the function gives.
	Doc string
	// Names is the rule by which an unnamed result column gets its name.
	Names NameRule
	// Impl computes the function. It is the zero Impl where Bind is set.
	Impl Impl
	// Bind, where set, makes the Impl of one call from those of its arguments
	// that are constant, so that a pattern is compiled once and not per row.
	Bind func(args []Arg) (Impl, error)
	// Alias names the current spelling where this one is obsolete; the entry
	// then has a Sig of its own and takes everything else from the other.
	Alias string
	// Volatile says that two calls with equal arguments may differ (rand,
	// new_guid), so that the call is never folded into a constant.
	Volatile bool
	// Refused says why the function cannot run outside the service. A call of
	// it is an error when the query is bound.
	Refused string
	// Examples are KQL predicates that must be true.
	Examples []string
}

// NameRule says how an unnamed call names its column (KQL: extend tostring(x)
// makes a column x).
type NameRule struct {
	Kind   NameKind
	Prefix string
}

// NameKind is the sort of a NameRule.
type NameKind uint8

// The naming rules of Kusto's analyzer.
const (
	Unnamed       NameKind = iota // no name: the column becomes ColumnN
	FirstArgument                 // the name of the first argument
	Prefixed                      // Prefix_ and the name of the first argument
	OnlyArgument                  // the first argument's name, if it is the only one
	Fixed                         // Prefix itself
)

// Arg is an argument as known when a call is bound.
type Arg struct {
	Type  scalar.Type
	Const bool         // Value is known and the same for every row
	Value scalar.Value // the constant
}

// Unanswered is the error of a Bind whose call may stand in a query and has no answer whatever the row, such as
// format_datetime() with a letter that is no specifier: Microsoft's analyzer accepts any literal there. The call gives null,
// which of a string is the empty one, and the program's notes tell why.
type Unanswered struct{ Reason string }

func (e *Unanswered) Error() string { return e.Reason }

// unanswered makes an error of type Unanswered.
func unanswered(format string, args ...any) error {
	return &Unanswered{fmt.Sprintf(format, args...)}
}

// Context is what a run lends to functions that look beyond their arguments.
type Context struct {
	Now  scalar.Instant // the instant of now(), fixed for the whole run
	Rand *rand.Rand     // the source of rand() and new_guid()
}
