package describe

import "github.com/seed-2512943d/picket/kql"

// Conditional is a value that depends on conditions, as iff, iif and case write it: the values of Branches in turn, the first whose
// condition holds.
type Conditional struct {
	Column   string   `json:"column"` // that gets the value
	Branches []Branch `json:"branches"`
	Else     Outcome  `json:"else"`
}

// Branch is a condition and what holds where it is true.
type Branch struct {
	Condition string  `json:"condition"`
	Then      Outcome `json:"then"`
}

// Outcome is a value, as text, or again a conditional.
type Outcome struct {
	Text     string       `json:"text,omitempty"`
	Branches *Conditional `json:"conditional,omitempty"`
}

// conditional reads the conditions of a value; nil where it has none on top.
func (a *analysis) conditional(column string, x kql.Expr) *Conditional {
	call, ok := unparen(x).(*kql.Call)
	if !ok {
		return nil
	}
	args := call.Args
	switch name := call.Func.Name; {
	case (name == "iff" || name == "iif") && len(args) == 3:
	case name == "case" && len(args) >= 3 && len(args)%2 == 1:
	default:
		return nil
	}
	c := &Conditional{Column: column}
	for len(args) > 1 {
		c.Branches = append(c.Branches, Branch{a.clean(args[0]), a.outcome(args[1])})
		args = args[2:]
	}
	c.Else = a.outcome(args[0])
	return c
}

func (a *analysis) outcome(x kql.Expr) Outcome {
	if nested := a.conditional("", x); nested != nil {
		return Outcome{Branches: nested}
	}
	return Outcome{Text: a.clean(x)}
}
