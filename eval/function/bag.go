package function

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// bagFunctions are the functions over dynamic property bags. What is no bag gives
// null unless said otherwise.
func bagFunctions() []Function {
	return slices.Concat(bagMakeFunctions(), bagQueryFunctions(), bagKeyFunctions(), extractJSONFunctions())
}

func bagMakeFunctions() []Function {
	return []Function{
		{
			Sig:  "bag_pack(key: string{1,*}, value: scalar{1,*}): dynamic",
			Doc:  "A bag of keys and values, which take turns. Of a key that occurs twice the first value counts.",
			Impl: Raw(bagPack),
			Examples: []string{
				`tostring(bag_pack("Level", "Information", "ProcessID", 1234)) == '{"Level":"Information","ProcessID":1234}'`,
				`bag_pack("a", bag_pack("b", 1)).a.b == 1`,
			},
		},
		{
			Sig:      "pack(key: string{1,*}, value: scalar{1,*}): dynamic",
			Doc:      "An obsolete name of bag_pack().",
			Alias:    "bag_pack",
			Examples: []string{`pack("a", 1).a == 1`, `tostring(pack("a", 1, "b", "x")) == '{"a":1,"b":"x"}'`},
		},
		{
			Sig:      "pack_dictionary(key: string{1,*}, value: scalar{1,*}): dynamic",
			Doc:      "An obsolete name of bag_pack().",
			Alias:    "bag_pack",
			Examples: []string{`pack_dictionary("a", 1).a == 1`, `tostring(pack_dictionary("a", 1, "b", "x")) == '{"a":1,"b":"x"}'`},
		},
		{
			Sig:  "bag_pack_columns(value: scalar column{1,*}): dynamic",
			Doc:  "A bag of the columns named, with their names as keys.",
			Impl: Special,
			Examples: []string{
				`tostring(toscalar(print a = 1, b = "x" | project p = bag_pack_columns(a, b))) == '{"a":1,"b":"x"}'`,
				`tostring(toscalar(print a = 1, b = "x" | project p = bag_pack_columns(b))) == '{"b":"x"}'`,
			},
		},
		{
			Sig:  "bag_merge(bag: bag{2,64}): dynamic",
			Doc:  "One bag of the keys of all bags; of a key in several the first bag's value counts. Nulls add nothing; anything else that is no bag makes the result null.",
			Impl: Raw(bagMerge),
			Examples: []string{
				`tostring(bag_merge(dynamic({"a": 1}), dynamic({"a": 2, "b": 3}))) == '{"a":1,"b":3}'`,
				`isnull(bag_merge(dynamic({"a": 1}), parse_json("x")))`,
			},
		},
		{
			Sig:  "bag_zip(keys: array, values: array): dynamic",
			Doc:  "A bag of keys and the values at the same places, null where there is none. Keys that are no strings are left out.",
			Impl: Raw(bagZip),
			Examples: []string{
				`tostring(bag_zip(dynamic(["a", 8, "b"]), dynamic([1, "2"]))) == '{"a":1,"b":null}'`,
				`isnull(bag_zip(parse_json("a"), dynamic([1])))`,
			},
		},
	}
}

// uniqueBag builds a bag in which each key occurs once, with its first value.
type uniqueBag struct {
	seen map[string]bool
	bag  scalar.BagBuilder
}

func (u *uniqueBag) add(key string, v scalar.Value) {
	if u.seen == nil {
		u.seen = make(map[string]bool)
	}
	if !u.seen[key] {
		u.seen[key] = true
		u.bag.Append(key, v)
	}
}

func bagPack(args []scalar.Value) scalar.Value {
	var u uniqueBag
	for pair := range slices.Chunk(args, 2) {
		if len(pair) == 2 {
			u.add(scalar.ToString(pair[0]), pair[1])
		}
	}
	return u.bag.Value()
}

func bagMerge(args []scalar.Value) scalar.Value {
	var u uniqueBag
	for _, bag := range args {
		if bag.Kind() != scalar.Bag && !bag.IsNull() {
			return scalar.Null(scalar.Dynamic)
		}
		for key, v := range bag.Entries() {
			u.add(key, v)
		}
	}
	return u.bag.Value()
}

func bagZip(args []scalar.Value) scalar.Value {
	if args[0].Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	values := slices.Collect(args[1].Elements())
	var u uniqueBag
	i := 0
	for key := range args[0].Elements() {
		v := scalar.Null(scalar.Dynamic)
		if i < len(values) {
			v = values[i]
		}
		if key.Kind() == scalar.String {
			u.add(key.Str(), v)
		}
		i++
	}
	return u.bag.Value()
}

func bagQueryFunctions() []Function {
	return []Function{
		{
			Sig:      "bag_keys(object: bag): dynamic",
			Doc:      "The keys of a bag, not those of bags within.",
			Impl:     F1(bagKeys),
			Examples: []string{`tostring(bag_keys(dynamic({"a": 1, "b": {"c": 2}}))) == '["a","b"]'`, `isnull(bag_keys(parse_json("[1]")))`},
		},
		{
			Sig:   "treepath(object: bag): dynamic",
			Doc:   "The paths to all places of a bag. All elements of an array are taken as one, the first.",
			Names: NameRule{Prefixed, "tree"},
			Impl:  F1(treePath),
			Examples: []string{
				`tostring(treepath(parse_json('{"a":"b", "c":123}'))) == @'["[''a'']","[''c'']"]'`,
				`array_length(treepath(parse_json('{"p":[100,"x",{"x":"y"}]}'))) == 3`,
			},
		},
	}
}

func bagKeys(v scalar.Value) scalar.Value {
	if v.Kind() != scalar.Bag {
		return scalar.Null(scalar.Dynamic)
	}
	keys, _ := entriesOf(v)
	return stringArray(keys)
}

func treePath(v scalar.Value) scalar.Value {
	if v.Kind() != scalar.Bag && v.Kind() != scalar.Array {
		return scalar.Null(scalar.Dynamic)
	}
	t := tree{seen: make(map[string]bool)}
	t.walk("", v)
	return stringArray(t.paths)
}

// tree gathers distinct paths in the order in which they come first.
type tree struct {
	seen  map[string]bool
	paths []string
}

func (t *tree) walk(at string, v scalar.Value) {
	for key, field := range v.Entries() {
		t.visit(at+"['"+key+"']", field)
	}
	for element := range v.Elements() {
		t.visit(at+"[0]", element)
	}
}

func (t *tree) visit(path string, v scalar.Value) {
	if !t.seen[path] {
		t.seen[path] = true
		t.paths = append(t.paths, path)
	}
	t.walk(path, v)
}
