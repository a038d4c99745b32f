package eval

import (
	"maps"
	"slices"
	"strconv"

	"github.com/agnivade/levenshtein"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// naming gives the columns of one operator their names, as Kusto's analyzer does.
type naming struct {
	taken   map[string]bool // by columns that the operator has made
	written map[string]bool // those of them that the query names
	input   *relation       // what the operator sees, or nil
	unnamed int             // the number of the last column without a name
}

// newNaming begins the names of an operator over the columns of in, which may be nil.
func newNaming(in *relation) *naming {
	return &naming{taken: make(map[string]bool), written: make(map[string]bool), input: in}
}

// pick takes a name: the wanted one, or with the smallest number from 1 behind it that
// makes it free. An expression without a name is called Column and a number.
func (n *naming) pick(want string) string {
	if want == "" {
		want = n.column()
	}
	name := want
	for i := 1; n.taken[name]; i++ {
		name = want + strconv.Itoa(i)
	}
	n.taken[name] = true
	return name
}

// column gives the next name for an expression without one: Column and the next number
// that no column of the input has.
func (n *naming) column() string {
	for {
		n.unnamed++
		if name := "Column" + strconv.Itoa(n.unnamed); n.input == nil || n.input.find(name) < 0 {
			return name
		}
	}
}

// take takes a name that was written; ok is false where it was written before. One that
// an earlier column has got of itself is numbered.
func (n *naming) take(name string) (taken string, ok bool) {
	if n.written[name] {
		return "", false
	}
	n.written[name] = true
	return n.pick(name), true
}

// plainColumn gives the name of the column of in that x is: it is named, or converted to the type that it has, which changes
// nothing. Another expression gives "".
func plainColumn(x kql.Expr, in *relation) string {
	if named, ok := x.(*kql.NamedExpr); ok {
		x = named.X
	}
	typ := scalar.NoType
	if call, ok := unparen(x).(*kql.Call); ok && len(call.Args) == 1 {
		if typ = conversions[call.Func.Name]; typ == scalar.NoType {
			return ""
		}
		if x = call.Args[0]; x != unparen(x) {
			return ""
		}
	}
	name, ok := unparen(x).(*kql.Name)
	if !ok || in == nil {
		return ""
	}
	i := in.find(name.Name)
	if i < 0 || typ != scalar.NoType && typ != in.cols[i].typ {
		return ""
	}
	return name.Name
}

// conversions are the functions that give a value of their own type as it is. Some synonyms are none of them.
var conversions = map[string]scalar.Type{
	"tobool": scalar.Bool, "todatetime": scalar.DateTime, "todecimal": scalar.Decimal, "todouble": scalar.Real, "todynamic": scalar.Dynamic,
	"toint": scalar.Int, "tolong": scalar.Long, "toreal": scalar.Real, "tostring": scalar.String, "totime": scalar.TimeSpan, "totimespan": scalar.TimeSpan,
}

// didYouMean gives a hint that names the candidate closest to name, if any is close.
func didYouMean(name string, candidates []string) string {
	best, least := "", len(name)/3+1
	for _, c := range candidates {
		if d := levenshtein.ComputeDistance(name, c); d < least {
			best, least = c, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// suggestColumn finds a column whose name is close to name.
func (b *binder) suggestColumn(name string, in *relation) string {
	var names []string
	if in != nil {
		for _, c := range in.cols {
			names = append(names, c.name)
		}
	}
	for s := b.scope; s != nil; s = s.parent {
		for n := range s.names {
			names = append(names, n)
		}
	}
	return didYouMean(name, names)
}

// suggestTable finds a let, a table or a stored function whose name is close to name.
func (b *binder) suggestTable(name string) string {
	hint := b.suggestColumn(name, nil)
	if hint == "" {
		names := b.functionNames()
		if s, ok := b.opts.schemas.(interface{ TableNames() []string }); ok {
			names = append(names, s.TableNames()...)
		}
		return didYouMean(name, names)
	}
	return hint
}

// functionNames lists the stored functions, where those who hold them tell.
func (b *binder) functionNames() []string {
	if f, ok := b.opts.functions.(interface{ FunctionNames() []string }); ok {
		return f.FunctionNames()
	}
	return nil
}

// plural writes a number of things.
func plural(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return strconv.Itoa(n) + " " + thing + "s"
}

// amount writes a range of numbers of arguments.
func amount(least, most int) string {
	if least == most {
		return plural(least, "argument")
	}
	return strconv.Itoa(least) + " to " + plural(most, "argument")
}

// sortedNames gives the names of a scope in a fixed order.
func sortedNames(m map[string]binding) []string {
	return slices.Sorted(maps.Keys(m))
}
