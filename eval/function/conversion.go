package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// conversionFunctions turn values into other types, and ask what a value is.
func conversionFunctions() []Function {
	return slices.Concat(castFunctions(), dynamicCastFunctions(), testFunctions(), formatBytesFunctions(), unitFunctions())
}

// convertTo is a conversion function. It takes a value of any type, so that the
// evaluator does not convert it before.
func convertTo(t scalar.Type) Impl {
	return F1(func(v scalar.Value) scalar.Value { return scalar.Convert(v, t) })
}

func castFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:   "tostring(value: scalar): string",
			Doc:   "The text of a value; of a null it is the empty string, of an array or a bag compact JSON.",
			Names: first,
			Impl:  F1(scalar.ToString),
			Examples: []string{
				`tostring(123) == "123"`,
				`tostring(int(null)) == ""`,
				`tostring(1.5h) == "01:30:00"`,
				`tostring(datetime(2017-10-15 12:00)) == "2017-10-15T12:00:00.0000000Z"`,
				`tostring(dynamic({"a": [1, 2]})) == '{"a":[1,2]}'`,
			},
		},
		{
			Sig:   "toint(value: scalar): int",
			Doc:   "A value as int: fractions are cut off, text is read. What does not convert gives null.",
			Names: first,
			Impl:  convertTo(scalar.Int),
			Examples: []string{
				`toint("123") == 123`,
				`toint(2.3) == 2`,
				`isnull(toint("abc"))`,
			},
		},
		{
			Sig:   "tolong(value: scalar): long",
			Doc:   "A value as long: fractions are cut off, text is read. What does not convert gives null.",
			Names: first,
			Impl:  convertTo(scalar.Long),
			Examples: []string{
				`tolong("123") == 123`,
				`tolong(true) == 1`,
				`isnull(tolong("12 monkeys"))`,
			},
		},
		{
			Sig:   "toreal(value: scalar): real",
			Doc:   "A value as real. What does not convert gives null.",
			Names: first,
			Impl:  convertTo(scalar.Real),
			Examples: []string{
				`toreal("123.4") == 123.4`,
				`isnull(toreal(""))`,
			},
		},
		{
			Sig:      "todouble(value: scalar): real",
			Doc:      "Another name of toreal().",
			Names:    first,
			Impl:     convertTo(scalar.Real),
			Examples: []string{`todouble("123.4") == 123.4`, `todouble(5) == 5.0`},
		},
		{
			Sig:   "todecimal(value: scalar): decimal",
			Doc:   "A value as decimal. Text converts exactly; a real brings the noise of binary fractions along.",
			Names: first,
			Impl:  convertTo(scalar.Decimal),
			Examples: []string{
				`todecimal("123.45678") == decimal(123.45678)`,
				`isnull(todecimal("abc"))`,
			},
		},
		{
			Sig:   "tobool(value: scalar): bool",
			Doc:   "A value as bool: a number is true unless it is 0, and text is true or false in any case of its letters.",
			Names: first,
			Impl:  convertTo(scalar.Bool),
			Examples: []string{
				`tobool("true") == true`,
				`tobool("FALSE") == false`,
				`tobool(123) == true`,
				`isnull(tobool("maybe"))`,
			},
		},
		{
			Sig:      "toboolean(value: scalar): bool",
			Doc:      "Another name of tobool().",
			Names:    first,
			Impl:     convertTo(scalar.Bool),
			Examples: []string{`toboolean("true") == true`, `toboolean(0) == false`},
		},
		{
			Sig:   "todatetime(value: scalar): datetime",
			Doc:   "A value as datetime in UTC. Text that is no date gives null.",
			Names: first,
			Impl:  convertTo(scalar.DateTime),
			Examples: []string{
				`todatetime("2015-12-31 23:59:59.9") == datetime(2015-12-31 23:59:59.9)`,
				`todatetime("2022-12-02T13:45:56+02:00") == datetime(2022-12-02 11:45:56)`,
				`isnull(todatetime("13-01-2022"))`,
			},
		},
		{
			Sig:   "totimespan(value: scalar): timespan",
			Doc:   "A value as timespan. Text that is no length of time gives null.",
			Names: first,
			Impl:  convertTo(scalar.TimeSpan),
			Examples: []string{
				`totimespan("0.00:01:00") == 1min`,
				`isnull(totimespan("abc"))`,
			},
		},
		{
			Sig:      "totime(value: scalar): timespan",
			Doc:      "An obsolete name of totimespan().",
			Names:    first,
			Alias:    "totimespan",
			Examples: []string{`totime("00:05:00") == 5m`, `isnull(totime(""))`},
		},
		{
			Sig:   "toguid(value: stringordynamic): guid",
			Doc:   "Text as guid; hyphens may stand anywhere. Other text gives null.",
			Names: first,
			Impl:  convertTo(scalar.Guid),
			Examples: []string{
				`toguid("0123456789abcdef0123456789abcdef") == guid(01234567-89ab-cdef-0123-456789abcdef)`,
				`isnull(toguid("a string that is not a guid"))`,
			},
		},
		{
			Sig:      "__cast(type: type literal, value: scalar): type0",
			Doc:      "A value as the type that the first argument names.",
			Bind:     bindCast,
			Examples: []string{`__cast(typeof(long), "12") == 12`, `isnull(__cast(typeof(int), "x"))`},
		},
	}
}

// bindCast makes the conversion to the type that the first argument names.
func bindCast(args []Arg) (Impl, error) {
	to, _ := scalar.ParseType(args[0].Value.Str())
	return Raw(func(args []scalar.Value) scalar.Value { return scalar.Convert(args[1], to) }), nil
}

func dynamicCastFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig:   "parse_json(json_text: stringordynamic): dynamic",
			Doc:   "JSON text as a dynamic value. Text that is not JSON gives a dynamic string, and a value that is dynamic already comes back as it is.",
			Names: first,
			Impl:  F1(parseJSON),
			Examples: []string{
				`parse_json('{"a": {"b": 5}}').a.b == 5`,
				`tostring(parse_json("abc")) == "abc"`,
				`isnull(parse_json(""))`,
			},
		},
		{
			Sig:      "parsejson(json_text: stringordynamic): dynamic",
			Doc:      "An obsolete name of parse_json().",
			Names:    first,
			Alias:    "parse_json",
			Examples: []string{`parsejson("[1, 2]")[1] == 2`, `isnull(parsejson(""))`},
		},
		{
			Sig:      "todynamic(value: string): dynamic",
			Doc:      "Another name of parse_json().",
			Names:    first,
			Impl:     F1(parseJSON),
			Examples: []string{`todynamic('{"a": 1}').a == 1`, `isnull(todynamic(""))`},
		},
		{
			Sig:      "toobject(value: string): dynamic",
			Doc:      "An obsolete name of todynamic().",
			Names:    first,
			Alias:    "todynamic",
			Examples: []string{`toobject('{"a": 1}').a == 1`, `isnull(toobject(""))`},
		},
		{
			Sig:  "dynamic_to_json(dynamic: scalar): string",
			Doc:  "A dynamic value as JSON text in one canonical form: no blanks, and the keys of bags in order.",
			Impl: F1(canonicalJSON),
			Examples: []string{
				`dynamic_to_json(dynamic({"b": 2, "a": [3, 1]})) == '{"a":[3,1],"b":2}'`,
				`dynamic_to_json(dynamic({})) == "{}"`,
			},
		},
	}
}

func parseJSON(v scalar.Value) scalar.Value {
	if v.Type() == scalar.Dynamic {
		return v
	}
	return scalar.ParseJSON(v.Str())
}

func canonicalJSON(v scalar.Value) string { return string(appendCanonical(nil, v)) }

// appendCanonical appends JSON with the keys of all bags sorted. Of a key that
// occurs twice the first value counts, as it does for a path.
func appendCanonical(b []byte, v scalar.Value) []byte {
	switch v.Kind() {
	case scalar.Array:
		b = append(b, '[')
		for element := range v.Elements() {
			b = append(appendCanonical(b, element), ',')
		}
		return closeList(b, ']')
	case scalar.Bag:
		keys, fields := entriesOf(v)
		slices.Sort(keys)
		b = append(b, '{')
		for _, key := range keys {
			b = append(scalar.AppendJSON(b, scalar.NewString(key)), ':')
			b = append(appendCanonical(b, fields[key]), ',')
		}
		return closeList(b, '}')
	}
	return scalar.AppendJSON(b, v)
}

// closeList ends a JSON list; a comma after its last part gives way.
func closeList(b []byte, end byte) []byte {
	if b[len(b)-1] == ',' {
		b = b[:len(b)-1]
	}
	return append(b, end)
}

// entriesOf returns the distinct keys of a bag in their order, and its values.
func entriesOf(bag scalar.Value) ([]string, map[string]scalar.Value) {
	var keys []string
	fields := make(map[string]scalar.Value)
	for key, v := range bag.Entries() {
		if _, ok := fields[key]; !ok {
			keys = append(keys, key)
			fields[key] = v
		}
	}
	return keys, fields
}
