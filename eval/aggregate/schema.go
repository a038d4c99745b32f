package aggregate

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// schema is what buildschema has found at one place of the values: the scalar
// types, the keys of bags and the elements of arrays. Nulls say nothing.
type schema struct {
	types    [scalar.Bag]bool // by kind
	isBag    bool
	keys     []string // of the bags, in the order first seen
	fields   map[string]*schema
	elements *schema // of the arrays; nil if there was none
}

// indexer is the key under which the schema of an array's elements stands.
const indexer = "`indexer`"

func (s *schema) Add(args []scalar.Value) { s.see(args[0]) }

func (s *schema) see(v scalar.Value) {
	switch kind := v.Kind(); kind {
	case scalar.NoType:
	case scalar.Bag:
		s.isBag = true
		for key, field := range v.Entries() {
			s.field(key).see(field)
		}
	case scalar.Array:
		elements := s.array()
		for e := range v.Elements() {
			elements.see(e)
		}
	default:
		s.types[kind] = true
	}
}

// field gives the schema of a key.
func (s *schema) field(key string) *schema {
	if f := s.fields[key]; f != nil {
		return f
	}
	if s.fields == nil {
		s.fields = make(map[string]*schema)
	}
	f := new(schema)
	key = strings.Clone(key)
	s.keys = append(s.keys, key)
	s.fields[key] = f
	return f
}

// array gives the schema of the elements.
func (s *schema) array() *schema {
	if s.elements == nil {
		s.elements = new(schema)
	}
	return s.elements
}

func (s *schema) Merge(other Accumulator) { s.join(other.(*schema)) }

func (s *schema) join(o *schema) {
	for i, seen := range o.types {
		s.types[i] = s.types[i] || seen
	}
	s.isBag = s.isBag || o.isBag
	for _, key := range o.keys {
		s.field(key).join(o.fields[key])
	}
	if o.elements != nil {
		s.array().join(o.elements)
	}
}

// Result gives null if nothing has been seen, a single schema as it is and
// several in an array: bag, array, then the types by name.
func (s *schema) Result() scalar.Value {
	var parts []scalar.Value
	if s.isBag {
		values := make([]scalar.Value, len(s.keys))
		for i, key := range s.keys {
			values[i] = s.fields[key].Result()
		}
		parts = append(parts, scalar.NewBag(s.keys, values))
	}
	if s.elements != nil {
		parts = append(parts, scalar.NewBag([]string{indexer}, []scalar.Value{s.elements.Result()}))
	}
	for _, kind := range schemaTypes {
		if s.types[kind] {
			parts = append(parts, scalar.NewString(schemaName(kind)).AsDynamic())
		}
	}
	switch len(parts) {
	case 0:
		return scalar.Null(scalar.Dynamic)
	case 1:
		return parts[0]
	}
	return scalar.NewArray(parts)
}

// schemaTypes holds the kinds of scalars in the order of their names.
var schemaTypes = [...]scalar.Type{
	scalar.Bool, scalar.DateTime, scalar.Decimal, scalar.Real, scalar.Guid, scalar.Int, scalar.Long, scalar.String, scalar.TimeSpan,
}

// schemaName names a kind as buildschema does: a real is a "double".
func schemaName(kind scalar.Type) string {
	if kind == scalar.Real {
		return "double"
	}
	return kind.String()
}

func (s *schema) Size() int {
	size := 96
	for _, key := range s.keys {
		size += 40 + len(key) + s.fields[key].Size()
	}
	if s.elements != nil {
		size += s.elements.Size()
	}
	return size
}
