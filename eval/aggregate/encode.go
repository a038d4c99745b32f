package aggregate

import (
	"encoding/binary"
	"errors"
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// errEncoding is what UnmarshalBinary gives for bytes that MarshalBinary did
// not write.
var errEncoding = errors.New("aggregate: malformed accumulator state")

// appendReal appends the eight bytes of f.
func appendReal(b []byte, f float64) []byte {
	return binary.BigEndian.AppendUint64(b, math.Float64bits(f))
}

// appendText appends s behind its length.
func appendText(b []byte, s []byte) []byte {
	return append(binary.AppendUvarint(b, uint64(len(s))), s...)
}

// appendValues appends the values behind their number.
func appendValues(b []byte, values []scalar.Value) []byte {
	b = binary.AppendUvarint(b, uint64(len(values)))
	for _, v := range values {
		b = v.AppendBinary(b)
	}
	return b
}

// reader takes an accumulator's state apart. After a fault it reads zeros.
type reader struct {
	b   []byte
	bad bool
}

// fail notes a fault and empties the input.
func (r *reader) fail() { r.b, r.bad = nil, true }

func (r *reader) int() int64 {
	i, n := binary.Varint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return i
}

func (r *reader) uint() uint64 {
	i, n := binary.Uvarint(r.b)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.b = r.b[n:]
	return i
}

// fixed reads eight bytes.
func (r *reader) fixed() uint64 {
	if len(r.b) < 8 {
		r.fail()
		return 0
	}
	n := binary.BigEndian.Uint64(r.b)
	r.b = r.b[8:]
	return n
}

func (r *reader) real() float64 { return math.Float64frombits(r.fixed()) }

// text reads what appendText wrote. The bytes are those of the input.
func (r *reader) text() []byte {
	n := r.uint()
	if n > uint64(len(r.b)) {
		r.fail()
		return nil
	}
	s := r.b[:n]
	r.b = r.b[n:]
	return s
}

func (r *reader) value() scalar.Value {
	v, rest, err := scalar.DecodeBinary(r.b)
	if err != nil {
		r.fail()
		return scalar.Value{}
	}
	r.b = rest
	return v
}

func (r *reader) values() []scalar.Value {
	var values []scalar.Value
	for n := r.uint(); n > 0 && !r.bad; n-- {
		values = append(values, r.value())
	}
	return values
}

// close reports a fault, or bytes that were left over.
func (r *reader) close() error {
	if r.bad || len(r.b) > 0 {
		return errEncoding
	}
	return nil
}
