package function

import (
	"errors"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bagKeyFunctions name a place of a bag by a key, or by a JSONPath of keys.
func bagKeyFunctions() []Function {
	return []Function{
		{
			Sig:  "bag_has_key(bag: bag, key: string): bool",
			Doc:  "Whether a bag has a key, or a JSONPath such as $.a.b leads to one.",
			Impl: Raw(bagHasKey),
			Examples: []string{
				`bag_has_key(dynamic({"a": {"b": null}}), "$.a.b")`,
				`not(bag_has_key(dynamic({"a": 1}), "b"))`,
			},
		},
		{
			Sig:  "bag_remove_keys(bag: bag, keys: array): dynamic",
			Doc:  "A bag without some of its keys; a JSONPath such as $.a.b names one within.",
			Impl: Raw(bagRemoveKeys),
			Examples: []string{
				`tostring(bag_remove_keys(dynamic({"a": 1, "b": 2}), dynamic(["b", "c"]))) == '{"a":1}'`,
				`tostring(bag_remove_keys(dynamic({"a": {"b": 1, "c": 2}}), dynamic(["$.a.b"]))) == '{"a":{"c":2}}'`,
			},
		},
		{
			Sig:  "bag_set_key(bag: bag, key: string constant, value: scalar): dynamic",
			Doc:  "A bag with a value put at a key, or at a JSONPath such as $.a.b, along which bags are made as needed.",
			Bind: bindBagSetKey,
			Examples: []string{
				`tostring(bag_set_key(dynamic({"a": 1}), "b", 2)) == '{"a":1,"b":2}'`,
				`bag_set_key(dynamic({"a": {"b": 1}}), "$.a.b", "x").a.b == "x"`,
				`bag_set_key(dynamic({"a": 1}), "$.c.d", 2).c.d == 2`,
			},
		},
	}
}

// keyPath reads a key: a JSONPath of keys where it starts as one, else the key
// itself. It is nil for a path with an index, which names no key of a bag.
func keyPath(key string) []string {
	if !strings.HasPrefix(key, "$.") && !strings.HasPrefix(key, "$[") {
		return []string{key}
	}
	steps, err := parseJSONPath(key)
	if err != nil {
		return nil
	}
	keys := make([]string, len(steps))
	for i, s := range steps {
		if s.isIndex {
			return nil
		}
		keys[i] = s.key
	}
	return keys
}

func bagHasKey(args []scalar.Value) scalar.Value {
	bag := args[0]
	if bag.Kind() != scalar.Bag {
		return scalar.Null(scalar.Bool)
	}
	path := keyPath(args[1].Str())
	for _, key := range path {
		_, fields := entriesOf(bag)
		field, ok := fields[key]
		if !ok {
			return scalar.NewBool(false)
		}
		bag = field
	}
	return scalar.NewBool(len(path) > 0)
}

func bagRemoveKeys(args []scalar.Value) scalar.Value {
	if args[0].Kind() != scalar.Bag || args[1].Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	var paths [][]string
	for key := range args[1].Elements() {
		if key.Kind() == scalar.String {
			paths = append(paths, keyPath(key.Str()))
		}
	}
	return withoutPaths(args[0], paths)
}

// withoutPaths copies a bag without the places that the paths lead to.
func withoutPaths(bag scalar.Value, paths [][]string) scalar.Value {
	var b scalar.BagBuilder
	for key, field := range bag.Entries() {
		var within [][]string
		gone := false
		for _, path := range paths {
			if len(path) > 0 && path[0] == key {
				gone = gone || len(path) == 1
				within = append(within, path[1:])
			}
		}
		switch {
		case gone:
		case len(within) > 0 && field.Kind() == scalar.Bag:
			b.Append(key, withoutPaths(field, within))
		default:
			b.Append(key, field)
		}
	}
	return b.Value()
}

func bindBagSetKey(args []Arg) (Impl, error) {
	path := keyPath(args[1].Value.Str())
	if len(path) == 0 {
		return Impl{}, errors.New("the key is no JSONPath of keys alone")
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		if args[0].Kind() != scalar.Bag {
			return scalar.Null(scalar.Dynamic)
		}
		return withKey(args[0], path, args[2])
	}), nil
}

// withKey copies a bag with a value at a path; its first key comes last.
func withKey(bag scalar.Value, path []string, v scalar.Value) scalar.Value {
	if len(path) > 1 {
		v = withKey(bag.Field(path[0]), path[1:], v)
	}
	var b scalar.BagBuilder
	for key, field := range bag.Entries() {
		if key != path[0] {
			b.Append(key, field)
		}
	}
	b.Append(path[0], v)
	return b.Value()
}

func extractJSONFunctions() []Function {
	return []Function{
		{
			Sig: `extract_json(jsonPath: string constant, jsonText: string): string
				extract_json(jsonPath: string constant, jsonText: string, type: type literal): typeN`,
			Doc:  "What a JSONPath such as $.a['b c'][0] leads to in JSON text, as a string or as the type named.",
			Bind: bindExtractJSON,
			Examples: []string{
				`extract_json("$.name", '{"name": "John", "age": 30}') == "John"`,
				`extract_json("$.age", '{"name": "John", "age": 30}', typeof(long)) == 30`,
				`extract_json("$['a b'][1]", '{"a b": [1, 2]}', typeof(long)) == 2`,
				`extract_json("$.none", '{"name": "John"}') == ""`,
			},
		},
		{
			Sig: `extractjson(jsonPath: string constant, jsonText: string): string
				extractjson(jsonPath: string constant, jsonText: string, type: type literal): typeN`,
			Doc:      "Another name of extract_json().",
			Bind:     bindExtractJSON,
			Examples: []string{`extractjson("$.a.b", '{"a": {"b": "x"}}') == "x"`, `extractjson("$.a", "no JSON") == ""`},
		},
	}
}

func bindExtractJSON(args []Arg) (Impl, error) {
	result := scalar.String
	if len(args) > 2 {
		result, _ = scalar.ParseType(args[2].Value.Str())
	}
	steps, err := parseJSONPath(args[0].Value.Str())
	if err != nil { // a path that is none finds nothing, as published rules rely on
		return Raw(func([]scalar.Value) scalar.Value { return scalar.Null(result) }), nil
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		v := scalar.ParseJSON(args[1].Str())
		for _, s := range steps {
			if s.isIndex {
				v = v.At(s.index)
			} else {
				v = v.Field(s.key)
			}
		}
		return scalar.Convert(v, result)
	}), nil
}
