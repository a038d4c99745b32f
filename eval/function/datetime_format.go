package function

import (
	"errors"
	"fmt"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func timeFormatFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:   "format_datetime(date: datetime, format: string literal): string",
			Doc:   "A datetime in a form made of y yy yyyy M MM d dd H HH h hh m mm s ss f…fffffff F…FFFFFFF tt and the delimiters blank / - : , . _ [ ].",
			Names: first,
			Bind:  bindFormat(dateFields),
			Examples: []string{
				`format_datetime(datetime(2017-01-29 09:00:05), "yy-MM-dd [HH:mm:ss]") == "17-01-29 [09:00:05]"`,
				`format_datetime(datetime(2017-01-29 09:00:05), "yyyy-M-dd [H:mm:ss]") == "2017-1-29 [9:00:05]"`,
				`format_datetime(datetime(2017-01-29 09:00:05), "yy-MM-dd [hh:mm:ss tt]") == "17-01-29 [09:00:05 AM]"`,
				`format_datetime(datetime(2009-06-15 13:45:30.0001150), "FFFFFFF") == "000115"`,
				`format_datetime(datetime(null), "yyyy") == ""`,
			},
		},
		{
			Sig:   "format_timespan(timespan: timespan, format: string literal): string",
			Doc:   "A timespan in a form made of d…dddddddd H HH h hh m mm s ss f…fffffff F…FFFFFFF and the delimiters blank / - : , . _ [ ].",
			Names: first,
			Bind:  bindFormat(spanFields),
			Examples: []string{
				`format_timespan(time(29.09:00:05.12345), "dd.hh:mm:ss:FF") == "29.09:00:05:12"`,
				`format_timespan(time(29.09:00:05.12345), "ddd.h:mm:ss [fffffff]") == "029.9:00:05 [1234500]"`,
				`format_timespan(time(15.13:45:30.05), "F") == ""`,
			},
		},
	}
}

// timeField appends one field of a time of so many ticks to the text.
type timeField func(b []byte, ticks uint64) []byte

// bindFormat compiles a format, which is a literal, by a table of fields.
func bindFormat(fields func(run string) timeField) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		format := args[1].Value.Str()
		if format == "" {
			return Impl{}, errors.New("the format is empty")
		}
		var parts []timeField
		for rest := format; rest != ""; {
			n := 1
			for n < len(rest) && rest[n] == rest[0] {
				n++
			}
			run := rest[:n]
			rest = rest[n:]
			field := fields(run)
			if strings.IndexByte(formatDelimiters, run[0]) >= 0 {
				field = func(b []byte, _ uint64) []byte { return append(b, run...) }
			}
			if field == nil {
				return Impl{}, unanswered("the format %q holds %q, which is no format specifier", format, run)
			}
			parts = append(parts, field)
		}
		return Raw(func(args []scalar.Value) scalar.Value {
			if args[0].IsNull() {
				return scalar.NewString("")
			}
			var room [64]byte
			b := room[:0]
			ticks := args[0].Long()
			if ticks < 0 {
				b, ticks = append(b, '-'), -ticks
			}
			for _, part := range parts {
				b = part(b, uint64(ticks))
			}
			return scalar.NewString(string(b))
		}), nil
	}
}

// formatDelimiters may stand between the fields of a format.
const formatDelimiters = " /-:,._[]"

// dateFields are the fields of format_datetime.
func dateFields(run string) timeField {
	switch run {
	case "y", "yy":
		return number(len(run), func(n uint64) uint64 { return uint64(yearOf(scalar.Instant(n))) % 100 })
	case "yyyy":
		return number(4, func(n uint64) uint64 { return uint64(yearOf(scalar.Instant(n))) })
	case "M", "MM":
		return number(len(run), func(n uint64) uint64 { return uint64(monthOf(scalar.Instant(n))) })
	case "d", "dd":
		return number(len(run), func(n uint64) uint64 { return uint64(dayOfMonth(scalar.Instant(n))) })
	case "h", "hh":
		return number(len(run), func(n uint64) uint64 { return (n/scalar.TicksPerHour+11)%12 + 1 })
	case "tt":
		return func(b []byte, n uint64) []byte {
			if n/scalar.TicksPerHour%24 < 12 {
				return append(b, "AM"...)
			}
			return append(b, "PM"...)
		}
	}
	return clockFields(run)
}

// spanFields are the fields of format_timespan. Its hours always run from 0 to 23.
func spanFields(run string) timeField {
	switch run {
	case "d", "dd", "ddd", "dddd", "ddddd", "dddddd", "ddddddd", "dddddddd":
		return number(len(run), func(n uint64) uint64 { return n / scalar.TicksPerDay })
	case "h", "hh":
		return clockFields(strings.ToUpper(run))
	}
	return clockFields(run)
}

// clockFields are the fields that a datetime and a timespan have in common.
func clockFields(run string) timeField {
	switch run {
	case "H", "HH":
		return number(len(run), func(n uint64) uint64 { return n / scalar.TicksPerHour % 24 })
	case "m", "mm":
		return number(len(run), func(n uint64) uint64 { return n / scalar.TicksPerMinute % 60 })
	case "s", "ss":
		return number(len(run), func(n uint64) uint64 { return n / scalar.TicksPerSecond % 60 })
	}
	if c := run[0]; (c == 'f' || c == 'F') && len(run) <= 7 {
		return fraction(len(run), c == 'F')
	}
	return nil
}

// number makes a field of at least so many digits.
func number(digits int, of func(ticks uint64) uint64) timeField {
	return func(b []byte, ticks uint64) []byte { return fmt.Appendf(b, "%0*d", digits, of(ticks)) }
}

// fraction makes a field of so many decimals of a second, or of so many at most
// where trailing zeros are to go.
func fraction(digits int, trim bool) timeField {
	return func(b []byte, ticks uint64) []byte {
		start := len(b)
		b = fmt.Appendf(b, "%07d", ticks%scalar.TicksPerSecond)[:start+digits]
		for trim && len(b) > start && b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
		return b
	}
}
