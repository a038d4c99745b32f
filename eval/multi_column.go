package eval

import (
	"strconv"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// multiColumn gives the names and types of the columns that a call makes where columns are
// listed: those of series_stats(x) are series_stats_x_min and so on, those of array_sort_asc
// one for each array.
func multiColumn(fn string, sig function.Signature, args []*expr) []Column {
	if sig.Result != "columns" {
		return nil
	}
	var cols []Column
	for _, c := range function.ResultColumns(fn) {
		cols = append(cols, Column{fn + "_" + args[0].name + "_" + c.Name, c.Type})
	}
	if cols != nil {
		return cols
	}
	for i, a := range args {
		if a.typ != scalar.Dynamic {
			continue
		}
		name := a.name
		if name == "" {
			name = "array" + strconv.Itoa(i)
		}
		cols = append(cols, Column{name + "_sorted", scalar.Dynamic})
	}
	return cols
}

// part is one column of a listed expression: the item as if it were written for it alone.
type part struct {
	item    *kql.NamedExpr
	x       *expr
	several bool // it is one of several
}

// parts gives the columns of a listed expression. The names of (a, b) = f(x) go to the
// first ones; the others are named after the function.
func (b *binder) parts(item *kql.NamedExpr, x *expr) []part {
	if b.surplusName(item, max(len(x.columns), 1)) {
		return nil
	}
	if len(x.columns) == 0 {
		return []part{{item, x, false}}
	}
	out := make([]part, len(x.columns))
	for i, c := range x.columns {
		one := *item
		one.Names = item.Names[min(i, len(item.Names)):min(i+1, len(item.Names))]
		out[i] = part{&one, x.column(i, c), len(x.columns) > 1}
	}
	return out
}

// surplusName refuses more names than there are columns.
func (b *binder) surplusName(item *kql.NamedExpr, columns int) bool {
	if len(item.Names) <= columns {
		return false
	}
	b.fail(item.Names[columns], "KS150", "The name does not have a corresponding expression.", "")
	return true
}

// column is the i-th column of an expression that has several. One alone is the value itself.
func (x *expr) column(i int, c Column) *expr {
	value := x.value
	out := ofValue(c.Type, func(f *frame) scalar.Value {
		v := value(f)
		if len(x.columns) > 1 {
			v = v.At(i)
		}
		if c.Type == scalar.Dynamic {
			return v
		}
		return scalar.Convert(v, c.Type)
	})
	out.live = x.live
	out.name = c.Name
	return out.from(x)
}
