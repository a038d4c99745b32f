package ruletest

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
)

// anatomy is what there is to cover and to change in a query. What stands in saved functions is no part of it.
type anatomy struct {
	text    string
	query   *kql.Query
	leaves  []*leaf   // in the order of the text
	choices []*choice // the calls of iff, iif and case
	joins   []*kql.Join
	lets    map[string]kql.Expr // the values of lets
}

// leaf is a leaf of a predicate that decides whether a row passes: that of a where, or that of a condition which chooses a value
// that a where looks at.
type leaf struct {
	expr      kql.Expr
	whole     kql.Expr // the predicate that it is a leaf of
	condition bool     // whole is the condition of iff or case
	either    bool     // it is one of several of which one must hold, not one of several which all must
	negated   bool     // the row passes where it does not hold
	elements  []element
}

// element is a constant in the list of in, has_any or has_all.
type element struct {
	value string
	span  kql.Span // in the text; of the let that holds it, where one does
	alone bool     // the list has no other element
}

// choice is a call of iff, iif or case.
type choice struct {
	call     *kql.Call
	deciding bool // a where looks at what it chooses
}

// conditions are the conditions of the choice, in order.
func (c *choice) conditions() []kql.Expr {
	var all []kql.Expr
	for i := 0; i+1 < len(c.call.Args); i += 2 {
		all = append(all, c.call.Args[i])
	}
	return all
}

// values are what it chooses from; the last is for all other cases.
func (c *choice) values() []kql.Expr {
	var all []kql.Expr
	for i := 1; i < len(c.call.Args); i += 2 {
		all = append(all, c.call.Args[i])
	}
	return append(all, c.call.Args[len(c.call.Args)-1])
}

// dissect finds what there is in a query.
func dissect(text string, query *kql.Query) *anatomy {
	a := &anatomy{text: text, query: query, lets: map[string]kql.Expr{}}
	for _, s := range query.Statements {
		if let, ok := s.(*kql.Let); ok {
			a.lets[let.Name.Name] = let.Value
		}
	}
	deciding := decidingChoices(query)
	kql.Inspect(query, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Where:
			a.addLeaves(n.Predicate, false)
		case *kql.Join:
			a.joins = append(a.joins, n)
		case *kql.Call:
			if !isChoice(n) {
				break
			}
			c := &choice{n, deciding[n]}
			a.choices = append(a.choices, c)
			if c.deciding {
				for _, condition := range c.conditions() {
					a.addLeaves(condition, true)
				}
			}
		}
		return true
	})
	slices.SortStableFunc(a.leaves, func(x, y *leaf) int { return cmp.Compare(x.expr.Span().Start, y.expr.Span().Start) })
	return a
}

func isChoice(call *kql.Call) bool {
	switch call.Func.Name {
	case "iff", "iif":
		return len(call.Args) == 3
	case "case":
		return len(call.Args) >= 3 && len(call.Args)%2 == 1
	}
	return false
}

func (a *anatomy) addLeaves(predicate kql.Expr, condition bool) {
	for _, l := range leavesOf(predicate) {
		l.condition = condition
		if in, ok := l.expr.(*kql.In); ok {
			l.elements = a.elements(in)
		}
		a.leaves = append(a.leaves, l)
	}
}

// leavesOf lists the leaves of a predicate, in the order of eval.Leaves.
func leavesOf(predicate kql.Expr) []*leaf {
	var leaves []*leaf
	var walk func(x kql.Expr, either, negated bool)
	walk = func(x kql.Expr, either, negated bool) {
		switch x := unparen(x).(type) {
		case *kql.Binary:
			if x.Op == "and" || x.Op == "or" {
				either := (x.Op == "or") != negated
				walk(x.X, either, negated)
				walk(x.Y, either, negated)
				return
			}
		case *kql.Call:
			if x.Func.Name == "not" && len(x.Args) == 1 {
				walk(x.Args[0], either, !negated)
				return
			}
		}
		leaves = append(leaves, &leaf{expr: unparen(x), whole: predicate, either: either, negated: negated})
	}
	walk(predicate, false, false)
	return leaves
}

// elements finds the constants of a list, also those that a let holds.
func (a *anatomy) elements(in *kql.In) []element {
	var all []element
	for _, item := range in.List {
		value := unparen(item)
		if name, ok := value.(*kql.Name); ok && a.lets[name.Name] != nil {
			value = unparen(a.lets[name.Name])
		}
		switch value := value.(type) {
		case *kql.Literal:
			all = append(all, element{value.Value, item.Span(), len(in.List) == 1})
		case *kql.Dynamic:
			if value.Value == nil || value.Value.Kind != kql.JSONArray {
				return nil
			}
			for _, inner := range value.Value.Items {
				if inner.Scalar == nil {
					return nil
				}
				all = append(all, element{inner.Scalar.Value, inner.Span(), len(value.Value.Items) == 1})
			}
		default:
			return nil
		}
	}
	return all
}

// decidingChoices finds the iff and case whose values wheres look at: those in a where, and those in columns that a later
// where of the same pipe, or the key of a join, is made of.
func decidingChoices(query *kql.Query) map[*kql.Call]bool {
	deciding := map[*kql.Call]bool{}
	mark := func(x kql.Node) {
		kql.Inspect(x, func(n kql.Node) bool {
			if call, ok := n.(*kql.Call); ok && isChoice(call) {
				deciding[call] = true
			}
			return true
		})
	}
	kql.Inspect(query, func(n kql.Node) bool {
		pipe, ok := n.(*kql.Pipe)
		if !ok {
			return true
		}
		needed := map[string]bool{}
		for _, op := range slices.Backward(pipe.Operators) {
			switch op := op.(type) {
			case *kql.Where:
				mark(op.Predicate)
				addNames(op.Predicate, needed)
			case *kql.Join:
				for _, on := range op.On {
					addNames(on, needed)
				}
			default:
				for _, column := range made(op) {
					if slices.ContainsFunc(column.Names, func(name *kql.Ident) bool { return needed[name.Name] }) {
						mark(column.X)
						addNames(column.X, needed)
					}
				}
			}
		}
		return true
	})
	return deciding
}

// made lists the columns that an operator makes, the last first.
func made(op kql.Operator) []*kql.NamedExpr {
	var columns []*kql.NamedExpr
	switch op := op.(type) {
	case *kql.Extend:
		columns = op.Columns
	case *kql.Project:
		columns = op.Columns
	case *kql.Summarize:
		columns = slices.Concat(op.Aggregates, op.By)
	}
	columns = slices.Clone(columns)
	slices.Reverse(columns)
	return columns
}

func addNames(x kql.Node, names map[string]bool) {
	kql.Inspect(x, func(n kql.Node) bool {
		if name, ok := n.(*kql.Name); ok {
			names[name.Name] = true
		}
		return true
	})
}

// unparen strips parentheses.
func unparen(x kql.Expr) kql.Expr {
	for {
		p, ok := x.(*kql.Paren)
		if !ok {
			return x
		}
		x = p.X
	}
}

// source is the text of a node on one line.
func (a *anatomy) source(n kql.Node) string {
	span := n.Span()
	return strings.Join(strings.Fields(a.text[span.Start:span.End]), " ")
}

// wanted is the outcome of a leaf with which rows pass.
func (l *leaf) wanted() bool { return !l.negated }

// holdsWhole says what a predicate is, given what its leaves are.
func holdsWhole(predicate kql.Expr, leaves []bool) bool {
	next := 0
	var walk func(x kql.Expr) bool
	walk = func(x kql.Expr) bool {
		switch x := unparen(x).(type) {
		case *kql.Binary:
			switch x.Op {
			case "and":
				l, r := walk(x.X), walk(x.Y)
				return l && r
			case "or":
				l, r := walk(x.X), walk(x.Y)
				return l || r
			}
		case *kql.Call:
			if x.Func.Name == "not" && len(x.Args) == 1 {
				return !walk(x.Args[0])
			}
		}
		next++
		return leaves[next-1]
	}
	return walk(predicate)
}
