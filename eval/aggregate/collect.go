package aggregate

import (
	"encoding/binary"
	"strings"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// maxElements is the most elements of a list, set or bag; an obsolete spelling
// takes fewer unless it is told otherwise.
const (
	maxElements    = 1 << 20
	maxElementsOld = 128
)

func collectAggregates() []Aggregate {
	makeList := prepareCollection(maxElements, func(limit int) Accumulator { return &list{limit: limit} })
	makeSet := prepareCollection(maxElements, func(limit int) Accumulator { return &set{limit: limit} })
	makeBag := prepareCollection(maxElements, func(limit int) Accumulator { return &bag{limit: limit} })
	return []Aggregate{
		{
			Sig:   "make_list(expr: scalar, maxSize: integer constant?): dynamic",
			Doc:   "make_list makes an array of the values in the order of the rows, up to maxSize (1,048,576) of them. Nulls are left out; of an array it takes the elements.",
			Names: prefixed("list"),
			New:   makeList,
			Examples: []string{
				`tostring(toscalar(datatable(x:long)[3, long(null), 1, 3] | summarize make_list(x))) == "[3,1,3]"`,
				`array_length(toscalar(range x from 1 to 9 step 1 | summarize make_list(x, 4))) == 4`,
				`tostring(toscalar(datatable(x:long)[] | summarize make_list(x))) == "[]"`,
				`tostring(toscalar(datatable(a:dynamic)[dynamic([1, 2]), dynamic([3])] | summarize make_list(a))) == "[1,2,3]"`,
			},
		},
		{
			Sig:   "make_list_if(expr: scalar, predicate: bool, maxSize: integer constant?): dynamic",
			Doc:   "make_list_if makes an array of the values of the rows for which the predicate is true.",
			Names: prefixed("list"),
			New:   filter(1, makeList),
			Examples: []string{
				`tostring(toscalar(datatable(s:string)["John", "Paul", "George", "Ringo"] | summarize make_list_if(s, strlen(s) > 4))) == '["George","Ringo"]'`,
				`tostring(toscalar(range x from 1 to 9 step 1 | summarize make_list_if(x, x > 9))) == "[]"`,
			},
		},
		{
			Sig:   "make_list_with_nulls(expr: scalar): dynamic",
			Doc:   "make_list_with_nulls makes an array of all values, nulls included, in the order of the rows.",
			Names: prefixed("list"),
			New:   always(scalar.Dynamic, func() Accumulator { return &list{limit: maxElements, nulls: true} }),
			Examples: []string{
				`tostring(toscalar(datatable(x:long)[3, long(null), 1] | summarize make_list_with_nulls(x))) == "[3,null,1]"`,
				`tostring(toscalar(datatable(x:long)[] | summarize make_list_with_nulls(x))) == "[]"`,
			},
		},
		{
			Sig:   "makelist(expr: scalar, maxSize: integer constant?): dynamic",
			Doc:   "makelist is the obsolete spelling of make_list; its maxSize is 128 unless given.",
			Names: prefixed("list"),
			New:   prepareCollection(maxElementsOld, func(limit int) Accumulator { return &list{limit: limit} }),
			Alias: "make_list",
			Examples: []string{
				`array_length(toscalar(range x from 1 to 200 step 1 | summarize makelist(x))) == 128`,
				`array_length(toscalar(range x from 1 to 200 step 1 | summarize makelist(x, 150))) == 150`,
			},
		},
		{
			Sig:   "make_set(expr: scalar, maxSize: integer constant?): dynamic",
			Doc:   "make_set makes an array of the different values, in the order of their first rows, up to maxSize (1,048,576) of them. Nulls are left out; of an array it takes the elements.",
			Names: prefixed("set"),
			New:   makeSet,
			Examples: []string{
				`tostring(array_sort_asc(toscalar(datatable(x:long)[3, long(null), 1, 3] | summarize make_set(x)))) == "[1,3]"`,
				`array_length(toscalar(datatable(a:dynamic)[dynamic([1, 2]), dynamic([2, 3])] | summarize make_set(a))) == 3`,
				`tostring(toscalar(datatable(x:long)[] | summarize make_set(x))) == "[]"`,
			},
		},
		{
			Sig:   "make_set_if(expr: scalar, predicate: bool, maxSize: integer constant?): dynamic",
			Doc:   "make_set_if makes an array of the different values of the rows for which the predicate is true.",
			Names: prefixed("set"),
			New:   filter(1, makeSet),
			Examples: []string{
				`array_length(toscalar(range x from 1 to 20 step 1 | summarize make_set_if(x % 3, x > 5))) == 3`,
				`tostring(toscalar(range x from 1 to 9 step 1 | summarize make_set_if(x, x > 9))) == "[]"`,
			},
		},
		{
			Sig:   "makeset(expr: scalar, maxSize: integer constant?): dynamic",
			Doc:   "makeset is the obsolete spelling of make_set; its maxSize is 128 unless given.",
			Names: prefixed("set"),
			New:   prepareCollection(maxElementsOld, func(limit int) Accumulator { return &set{limit: limit} }),
			Alias: "make_set",
			Examples: []string{
				`array_length(toscalar(range x from 1 to 200 step 1 | summarize makeset(x))) == 128`,
				`array_length(toscalar(range x from 1 to 200 step 1 | summarize makeset(x % 5))) == 5`,
			},
		},
		{
			Sig:   "make_bag(expr: bag, maxSize: integer constant?): dynamic",
			Doc:   "make_bag merges property bags into one of up to maxSize (1,048,576) keys. Of a key that occurs twice it keeps the first value; what is no bag is left out.",
			Names: prefixed("bag"),
			New:   makeBag,
			Examples: []string{
				`tostring(toscalar(datatable(b:dynamic)[dynamic({"a": 1}), dynamic(null), dynamic({"c": [2]})] | summarize make_bag(b))) == '{"a":1,"c":[2]}'`,
				`array_length(bag_keys(toscalar(range x from 1 to 9 step 1 | extend b = bag_pack(tostring(x % 3), 1) | summarize make_bag(b)))) == 3`,
			},
		},
		{
			Sig:   "make_bag_if(expr: bag, predicate: bool, maxSize: integer constant?): dynamic",
			Doc:   "make_bag_if merges the property bags of the rows for which the predicate is true.",
			Names: prefixed("bag"),
			New:   filter(1, makeBag),
			Examples: []string{
				`tostring(toscalar(datatable(b:dynamic, ok:bool)[dynamic({"a": 1}), true, dynamic({"c": 2}), false] | summarize make_bag_if(b, ok))) == '{"a":1}'`,
				`array_length(bag_keys(toscalar(range x from 1 to 9 step 1 | extend b = bag_pack(tostring(x), 1) | summarize make_bag_if(b, x > 7)))) == 2`,
			},
		},
		{
			Sig:   "make_dictionary(expr: bag, maxSize: integer constant?): dynamic",
			Doc:   "make_dictionary is an older name of make_bag.",
			Names: prefixed("dictionary"),
			New:   makeBag,
			Examples: []string{
				`tostring(toscalar(datatable(b:dynamic)[dynamic({"a": 1}), dynamic({"c": 2})] | summarize make_dictionary(b))) == '{"a":1,"c":2}'`,
				`array_length(bag_keys(toscalar(range x from 1 to 9 step 1 | extend b = bag_pack(tostring(x % 3), 1) | summarize make_dictionary(b)))) == 3`,
			},
		},
		{
			Sig:   "buildschema(expr: bag): dynamic",
			Doc:   "buildschema gives the least schema that admits all the values: a type's name, an array of what may stand, a bag of its keys' schemas, or {\"`indexer`\": …} for the elements of an array.",
			Names: prefixed("schema"),
			New:   always(scalar.Dynamic, func() Accumulator { return new(schema) }),
			Examples: []string{
				"tostring(toscalar(datatable(b:dynamic)[dynamic({\"x\": 1}), dynamic({\"x\": \"a\"})] | summarize buildschema(b))) == '{\"x\":[\"long\",\"string\"]}'",
				"tostring(toscalar(datatable(b:dynamic)[dynamic({\"x\": [1, 2]})] | summarize buildschema(b))) == '{\"x\":{\"`indexer`\":\"long\"}}'",
				`isnull(toscalar(datatable(b:dynamic)[] | summarize buildschema(b)))`,
			},
		},
	}
}

// prepareCollection prepares a collection whose size may be given as the second
// argument.
func prepareCollection(fallback int, make func(limit int) Accumulator) prepare {
	return func(args []function.Arg) (func() Accumulator, scalar.Type, error) {
		limit, err := integer(args, 1, "maxSize", int64(fallback), 0, maxElements)
		if err != nil {
			return nil, scalar.NoType, err
		}
		return func() Accumulator { return make(int(limit)) }, scalar.Dynamic, nil
	}
}

// list keeps the JSON text of the values in their order.
type list struct {
	text  []byte // the elements with a comma between them
	n     int
	limit int
	nulls bool
}

// Add appends a value. An array gives its elements, as the engine's own answers show
// (make_list of geo_h3cell_rings is one flat array).
func (l *list) Add(args []scalar.Value) {
	switch v := args[0]; {
	case l.nulls:
		l.append(v)
	case v.Kind() == scalar.Array:
		for element := range v.Elements() {
			l.append(element)
		}
	case !v.IsNull():
		l.append(v)
	}
}

func (l *list) append(v scalar.Value) {
	if l.n >= l.limit {
		return
	}
	if l.n > 0 {
		l.text = append(l.text, ',')
	}
	l.text = scalar.AppendJSON(l.text, v)
	l.n++
}

func (l *list) Merge(other Accumulator) {
	o := other.(*list)
	switch {
	case l.n == 0 && o.n <= l.limit:
		l.text, l.n = append(l.text, o.text...), o.n
	case o.n == 0:
	case l.n+o.n <= l.limit:
		l.text = append(append(l.text, ','), o.text...)
		l.n += o.n
	default:
		for v := range o.Result().Elements() {
			l.append(v)
		}
	}
}

func (l *list) Result() scalar.Value {
	b := make([]byte, 0, len(l.text)+2)
	b = append(append(append(b, '['), l.text...), ']')
	return scalar.RawJSON(string(b))
}

func (l *list) Size() int { return 48 + cap(l.text) }

func (l *list) MarshalBinary() ([]byte, error) { return l.Result().AppendBinary(nil), nil }

func (l *list) UnmarshalBinary(b []byte) error {
	in := reader{b: b}
	v := in.value()
	n, ok := v.Len()
	if !ok {
		return errEncoding
	}
	l.n = n
	l.text = []byte(v.JSON()[1 : len(v.JSON())-1])
	return in.close()
}

// set keeps different values in the order of their first rows.
type set struct {
	values []scalar.Value
	keys   map[string]struct{}
	size   int // of the values and the keys
	limit  int
	key    []byte
}

func (s *set) Add(args []scalar.Value) {
	if v := args[0]; v.Kind() != scalar.Array {
		s.insert(v)
		return
	}
	for v := range args[0].Elements() {
		s.insert(v)
	}
}

func (s *set) insert(v scalar.Value) {
	if v.IsNull() || len(s.values) >= s.limit {
		return
	}
	s.key = scalar.AppendKey(s.key[:0], v)
	if _, ok := s.keys[string(s.key)]; ok {
		return
	}
	if s.keys == nil {
		s.keys = make(map[string]struct{})
	}
	s.keys[string(s.key)] = struct{}{}
	v = v.Clone()
	s.values = append(s.values, v)
	s.size += v.Size() + len(s.key) + 24
}

func (s *set) Merge(other Accumulator) {
	for _, v := range other.(*set).values {
		s.insert(v)
	}
}

func (s *set) Result() scalar.Value { return scalar.NewArray(s.values) }
func (s *set) Size() int            { return 64 + s.size }

func (s *set) MarshalBinary() ([]byte, error) { return appendValues(nil, s.values), nil }

func (s *set) UnmarshalBinary(b []byte) error {
	*s = set{limit: s.limit}
	in := reader{b: b}
	for _, v := range in.values() {
		s.insert(v)
	}
	return in.close()
}

// bag merges property bags; the first value of a key stays.
type bag struct {
	keys   []string
	values []scalar.Value
	seen   map[string]struct{}
	size   int // of the keys and the values
	limit  int
}

func (m *bag) Add(args []scalar.Value) {
	for key, v := range args[0].Entries() {
		m.insert(key, v)
	}
}

func (m *bag) insert(key string, v scalar.Value) {
	if _, ok := m.seen[key]; ok || len(m.keys) >= m.limit {
		return
	}
	if m.seen == nil {
		m.seen = make(map[string]struct{})
	}
	own := strings.Clone(key)
	v = v.Clone()
	m.seen[own] = struct{}{}
	m.keys = append(m.keys, own)
	m.values = append(m.values, v)
	m.size += v.Size() + len(own) + 40
}

func (m *bag) Merge(other Accumulator) {
	o := other.(*bag)
	for i, key := range o.keys {
		m.insert(key, o.values[i])
	}
}

func (m *bag) Result() scalar.Value { return scalar.NewBag(m.keys, m.values) }
func (m *bag) Size() int            { return 96 + m.size }

func (m *bag) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint(nil, uint64(len(m.keys)))
	for i, key := range m.keys {
		b = m.values[i].AppendBinary(appendText(b, []byte(key)))
	}
	return b, nil
}

func (m *bag) UnmarshalBinary(b []byte) error {
	*m = bag{limit: m.limit}
	in := reader{b: b}
	for n := in.uint(); n > 0 && !in.bad; n-- {
		m.insert(string(in.text()), in.value())
	}
	return in.close()
}
