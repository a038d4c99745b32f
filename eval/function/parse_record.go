package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func recordFunctions() []Function {
	return []Function{
		{
			Sig:   "parse_csv(csv_text: stringordynamic): dynamic",
			Doc:   "The fields of the first record of comma-separated values, as an array of strings.",
			Names: NameRule{Kind: FirstArgument},
			Impl:  F1(parseCSV),
			Examples: []string{
				`tostring(parse_csv('aa,"b,b,b",cc,"Escaping quotes: ""Title""","line1\nline2"')) == @'["aa","b,b,b","cc","Escaping quotes: \"Title\"","line1\nline2"]'`,
				`tostring(parse_csv("record1,a,b,c\nrecord2,x,y,z")) == '["record1","a","b","c"]'`,
			},
		},
		{
			Sig:  "parse_version(version: string): decimal",
			Doc:  "A version of up to four numbers of up to eight digits as one decimal, so that versions compare as numbers; null for any other text.",
			Impl: N1(parseVersion),
			Examples: []string{
				`parse_version("1.2.3.4") == decimal(1000000020000000300000004)`,
				`parse_version("0.0.7.0") == decimal(700000000)`,
				`parse_version("0.0.3") < parse_version("0.2")`,
				`isnull(parse_version("1.2.3.4.5"))`,
			},
		},
	}
}

func parseCSV(s string) scalar.Value {
	var list scalar.ArrayBuilder
	for {
		field, rest, more := csvField(s)
		list.Append(scalar.NewString(field))
		if !more {
			return list.Value()
		}
		s = rest
	}
}

// csvField reads one field; more says that another follows in the same record.
func csvField(s string) (field, rest string, more bool) {
	text, ok := strings.CutPrefix(s, `"`)
	if !ok {
		end := strings.IndexAny(s, ",\r\n")
		if end < 0 {
			return s, "", false
		}
		return s[:end], s[end+1:], s[end] == ','
	}
	var b strings.Builder
	for {
		before, after, closed := strings.Cut(text, `"`)
		b.WriteString(before)
		if !closed {
			return b.String(), "", false
		}
		if text, ok = strings.CutPrefix(after, `"`); ok {
			b.WriteByte('"')
			continue
		}
		// What stands between the closing quote and the comma belongs to the field.
		tail, rest, more := csvField(after)
		return b.String() + tail, rest, more
	}
}

const (
	versionParts  = 4
	versionDigits = 8
)

func parseVersion(s string) (scalar.Dec, bool) {
	var digits strings.Builder
	n := 0
	for part := range strings.SplitSeq(s, ".") {
		if n++; n > versionParts || part == "" || len(part) > versionDigits {
			return scalar.Dec{}, false
		}
		for i := range len(part) {
			if !isDigit(part[i]) {
				return scalar.Dec{}, false
			}
		}
		digits.WriteString(strings.Repeat("0", versionDigits-len(part)) + part)
	}
	digits.WriteString(strings.Repeat("0", versionDigits*(versionParts-n)))
	return scalar.ParseDecimal(digits.String())
}
