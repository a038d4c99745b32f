package eval

import (
	"strconv"
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// literalValue gives the value of a literal of type t; ok is false where its text is
// no such value, as in datetime(2020-13-01).
func literalValue(x *kql.Literal, t scalar.Type) (v scalar.Value, ok bool) {
	text := x.Value
	switch {
	case t == scalar.String:
		return scalar.NewString(text), true
	case text == "null" || text == "":
		return scalar.Null(t), true
	}
	switch t {
	case scalar.Int, scalar.Long:
		switch text {
		case "min", "max":
			return extreme(t, text == "max"), true
		}
	case scalar.TimeSpan:
		d, ok := scalar.ParseTimeSpan(text)
		return scalar.NewTimeSpan(d), ok
	case scalar.DateTime:
		d, ok := scalar.ParseDateTime(text)
		return scalar.NewDateTime(d), ok
	}
	v = scalar.Convert(scalar.NewString(text), t)
	if v.IsNull() && t == scalar.Int {
		v = bitsOfInt(text)
	}
	return v, !v.IsNull()
}

// clockLayouts are the forms of a datetime without its date.
var clockLayouts = [...]string{"15:04:05.9999999", "15:04", "3:04:05 PM", "3:04:05PM", "3:04 PM", "3:04PM", "3 PM", "3PM"}

// clockTime reads the text of a datetime literal that leaves the date out, which stands for that time today (Kusto docs, "The
// datetime data type").
func clockTime(text string) (scalar.Span, bool) {
	for _, layout := range clockLayouts {
		if t, err := time.Parse(layout, strings.ToUpper(strings.TrimSpace(text))); err == nil {
			return scalar.Span(t.Sub(t.Truncate(24*time.Hour)) / 100), true
		}
	}
	return 0, false
}

// today is a time of the day on which the query runs.
func (b *binder) today(time scalar.Span) *expr {
	x := ofValue(scalar.DateTime, func(f *frame) scalar.Value {
		now := f.run.fn.Now
		midnight := now - now%scalar.TicksPerDay
		return scalar.NewDateTime(midnight + scalar.Instant(time))
	})
	x.live = true
	return x
}

// bitsOfInt reads a hexadecimal literal that fills all 32 bits of an int, as in
// int(0xf090013d), which is negative.
func bitsOfInt(text string) scalar.Value {
	n, err := strconv.ParseUint(text, 0, 32)
	if err != nil || !strings.HasPrefix(strings.ToLower(text), "0x") {
		return scalar.Null(scalar.Int)
	}
	return scalar.NewInt(int32(uint32(n)))
}

// extreme gives the least or the greatest int or long.
func extreme(t scalar.Type, greatest bool) scalar.Value {
	switch {
	case t == scalar.Int && greatest:
		return scalar.NewInt(1<<31 - 1)
	case t == scalar.Int:
		return scalar.NewInt(-1 << 31)
	case greatest:
		return scalar.NewLong(1<<63 - 1)
	}
	return scalar.NewLong(-1 << 63)
}

// dynamicLiteral gives the value of a dynamic(…) literal. A scalar within it keeps
// its kind: dynamic(datetime(2020-01-01)) holds a datetime.
func dynamicLiteral(x *kql.Dynamic) scalar.Value {
	if x.Value != nil && x.Value.Kind == kql.JSONScalar {
		if lit := x.Value.Scalar; lit.Kind != kql.String {
			if v, ok := literalValue(lit, literalTypes[lit.Kind]); ok {
				return v.AsDynamic()
			}
		}
	}
	return scalar.RawJSON(x.JSON)
}
