package eval

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// fieldEquals says that a condition is true only where a column of the record, a text or an integer, is one of some
// texts: with fold, without regard to case.
type fieldEquals struct {
	field   int // the place of the column in the record
	integer bool
	texts   []string
	fold    bool
}

// onlyFor notes on x, where that holds, that it is true only where column is one of the constants.
func (x *expr) onlyFor(column *expr, holds, fold bool, constants ...scalar.Value) *expr {
	if !holds || column.field == 0 || x.konst != nil {
		return x
	}
	e := &fieldEquals{field: column.field - 1, integer: column.typ.Integer(), fold: fold}
	for _, v := range constants {
		switch {
		case column.typ == scalar.String && v.Kind() == scalar.String:
			e.texts = append(e.texts, v.Str())
		case column.typ.Integer() && v.Kind().Integer():
			e.texts = append(e.texts, strconv.FormatInt(v.Long(), 10))
		default:
			return x
		}
	}
	x.equals = e
	if column.typ == scalar.String {
		x.needing(column, fold, e.texts...)
	}
	return x
}

// onlyForEither notes on x what holds for l or r, one of which must be true for x to be.
func (x *expr) onlyForEither(l, r *expr) *expr {
	if a, b := l.equals, r.equals; a != nil && b != nil && a.field == b.field && a.fold == b.fold {
		x.equals = &fieldEquals{a.field, a.integer, slices.Concat(a.texts, b.texts), a.fold}
	}
	return x.needingEither(l, r)
}

// constants is x's value, where it is a constant.
func (x *expr) constants() []scalar.Value {
	if x.konst == nil {
		return nil
	}
	return []scalar.Value{*x.konst}
}

// fieldIndex finds, by the text of one column of a record, which of many readings may want the record.
type fieldIndex struct {
	field   int
	integer bool
	exact   map[string][]int
	folded  map[string][]int // by the text in lower case
	all     []int
}

// indexed sorts readings into an index for each column by which some are found; rest are those that want to see every record.
func indexed(places []runScan) (indexes []*fieldIndex, rest []int) {
	type column struct {
		plan  *recordPlan
		field int
	}
	byField := make(map[column]*fieldIndex)
	for i, p := range places {
		key := p.scan.key()
		if key == nil {
			rest = append(rest, i)
			continue
		}
		at := column{p.scan.seg.record, key.field}
		ix := byField[at]
		if ix == nil {
			ix = &fieldIndex{field: key.field, integer: key.integer, exact: make(map[string][]int), folded: make(map[string][]int)}
			byField[at] = ix
			indexes = append(indexes, ix)
		}
		ix.all = append(ix.all, i)
		for _, text := range key.texts {
			by := ix.exact
			if key.fold {
				by, text = ix.folded, strings.ToLower(text)
			}
			if found := by[text]; !slices.Contains(found, i) {
				by[text] = append(found, i)
			}
		}
	}
	return indexes, rest
}

// candidates appends the readings that may want a record whose column is raw JSON text. Where the text may stand for
// another, as 1.0 does for 1 and a letter beyond ASCII for one of another case, these are all.
func (ix *fieldIndex) candidates(raw string, found []int) []int {
	text := textOf(raw)
	if ix.integer {
		switch {
		case text == "":
			return found // null equals nothing
		case !isNumeral(text):
			return append(found, ix.all...)
		}
	}
	before := len(found)
	found = append(found, ix.exact[text]...)
	if len(ix.folded) == 0 {
		return found
	}
	if !isASCII(text) {
		return append(found[:before], ix.all...)
	}
	return append(found, ix.folded[strings.ToLower(text)]...)
}

// isNumeral says whether a text is that of a whole number in its shortest form.
func isNumeral(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return s == "0" || s[0] != '0'
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
