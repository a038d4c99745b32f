package aggregate

import "encoding/binary"

// maxSchemaDepth bounds the nesting that UnmarshalBinary follows; no JSON text
// that scalar.ParseJSON reads is deeper.
const maxSchemaDepth = 10_001

func (s *schema) MarshalBinary() ([]byte, error) { return s.appendState(nil), nil }

// appendState appends the types as bits, with two more for bag and array, then
// the fields and the elements.
func (s *schema) appendState(b []byte) []byte {
	var bits uint64
	for kind, seen := range s.types {
		if seen {
			bits |= 1 << kind
		}
	}
	if s.isBag {
		bits |= bagBit
	}
	if s.elements != nil {
		bits |= arrayBit
	}
	b = binary.AppendUvarint(b, bits)
	if s.isBag {
		b = binary.AppendUvarint(b, uint64(len(s.keys)))
		for _, key := range s.keys {
			b = s.fields[key].appendState(appendText(b, []byte(key)))
		}
	}
	if s.elements != nil {
		b = s.elements.appendState(b)
	}
	return b
}

const (
	bagBit   = 1 << 30
	arrayBit = 1 << 31
)

func (s *schema) UnmarshalBinary(b []byte) error {
	*s = schema{}
	in := reader{b: b}
	s.readState(&in, maxSchemaDepth)
	return in.close()
}

func (s *schema) readState(in *reader, depth int) {
	if depth == 0 {
		in.fail()
		return
	}
	bits := in.uint()
	for kind := range s.types {
		s.types[kind] = bits&(1<<kind) != 0
	}
	if s.isBag = bits&bagBit != 0; s.isBag {
		for n := in.uint(); n > 0 && !in.bad; n-- {
			s.field(string(in.text())).readState(in, depth-1)
		}
	}
	if bits&arrayBit != 0 {
		s.array().readState(in, depth-1)
	}
}
