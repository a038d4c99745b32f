package aggregate

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// hyperLogLog counts different 64-bit hashes: exactly while there are at most
// exactHashes of them, and by registers from then on.
type hyperLogLog struct {
	precision uint8 // the registers are 1<<precision
	hashes    hashSet
	registers []uint8 // nil while counting is exact
}

// exactHashes is how many hashes are kept before registers replace them.
const exactHashes = 1 << 16

// The precisions that a serialised sketch may have.
const (
	minPrecision = 4
	maxPrecision = 18
)

// insert counts a hash.
func (h *hyperLogLog) insert(hash uint64) {
	if h.registers != nil {
		h.register(hash)
		return
	}
	h.hashes.add(hash)
	if h.hashes.len() > exactHashes {
		h.condense()
	}
}

// condense turns kept hashes into registers.
func (h *hyperLogLog) condense() {
	if h.registers == nil {
		h.registers = make([]uint8, 1<<h.precision)
	}
	for hash := range h.hashes.all() {
		h.register(hash)
	}
	h.hashes = hashSet{}
}

// register files a hash: its first bits choose the register, which keeps the
// greatest position of the first set bit among the others.
func (h *hyperLogLog) register(hash uint64) {
	i := hash >> (64 - h.precision)
	rest := hash<<h.precision | 1<<(h.precision-1) // the guard bit bounds the rank
	h.registers[i] = max(h.registers[i], uint8(bits.LeadingZeros64(rest)+1))
}

// merge counts what other has counted. The result has the lesser precision.
func (h *hyperLogLog) merge(other *hyperLogLog) {
	if other.precision < h.precision {
		h.reduce(other.precision)
	}
	if other.registers != nil {
		h.condense()
		folded := hyperLogLog{precision: other.precision, registers: other.registers}
		folded.reduce(h.precision)
		for i, r := range folded.registers {
			h.registers[i] = max(h.registers[i], r)
		}
	}
	for hash := range other.hashes.all() {
		h.insert(hash)
	}
}

// reduce lowers the precision: the index bits that go become the first bits of
// those whose rank is kept.
func (h *hyperLogLog) reduce(precision uint8) {
	d := h.precision - precision
	h.precision = precision
	if d == 0 || h.registers == nil {
		return
	}
	folded := make([]uint8, 1<<precision)
	for i, rank := range h.registers {
		if rank == 0 {
			continue
		}
		if gone := uint64(i) & (1<<d - 1); gone != 0 {
			rank = d - uint8(bits.Len64(gone)) + 1
		} else {
			rank += d
		}
		folded[i>>d] = max(folded[i>>d], rank)
	}
	h.registers = folded
}

// estimate gives the number of different hashes. The registers are read by the
// improved estimator of Otmar Ertl, "New cardinality estimation algorithms for
// HyperLogLog sketches" (2017), which has no bias at any size.
func (h *hyperLogLog) estimate() int64 {
	if h.registers == nil {
		return int64(h.hashes.len())
	}
	var histogram [66]float64
	for _, r := range h.registers {
		histogram[r]++
	}
	m := float64(len(h.registers))
	q := 64 - int(h.precision)
	z := m * tau(1-histogram[q+1]/m)
	for k := q; k >= 1; k-- {
		z = 0.5 * (z + histogram[k])
	}
	z += m * sigma(histogram[0]/m)
	return int64(math.Round(m * m / (2 * math.Ln2 * z)))
}

// sigma is Ertl's correction for registers that are still empty.
func sigma(x float64) float64 {
	if x == 1 {
		return math.Inf(1)
	}
	y, z := 1.0, x
	for {
		x *= x
		last := z
		z += x * y
		y += y
		if z == last {
			return z
		}
	}
}

// tau is Ertl's correction for registers that are full.
func tau(x float64) float64 {
	if x == 0 || x == 1 {
		return 0
	}
	y, z := 1.0, 1-x
	for {
		x = math.Sqrt(x)
		last := z
		y *= 0.5
		z -= (1 - x) * (1 - x) * y
		if z == last {
			return z / 3
		}
	}
}

func (h *hyperLogLog) Size() int { return 80 + 8*len(h.hashes.slots) + len(h.registers) }

func (h *hyperLogLog) MarshalBinary() ([]byte, error) {
	b := appendText([]byte{h.precision}, h.registers)
	b = binary.AppendUvarint(b, uint64(h.hashes.len()))
	for _, hash := range h.hashes.sorted() {
		b = binary.BigEndian.AppendUint64(b, hash)
	}
	return b, nil
}

func (h *hyperLogLog) UnmarshalBinary(b []byte) error {
	if len(b) == 0 {
		return errEncoding
	}
	*h = hyperLogLog{precision: b[0]}
	in := reader{b: b[1:]}
	if h.registers = slices.Clone(in.text()); len(h.registers) == 0 {
		h.registers = nil
	}
	if !h.sound() {
		return errEncoding
	}
	for n := in.uint(); n > 0 && !in.bad; n-- {
		h.insert(in.fixed())
	}
	return in.close()
}

// sound reports whether precision and registers fit together.
func (h *hyperLogLog) sound() bool {
	if h.precision < minPrecision || h.precision > maxPrecision {
		return false
	}
	if h.registers == nil {
		return true
	}
	return len(h.registers) == 1<<h.precision && slices.Max(h.registers) <= 65-h.precision
}

// value gives the sketch as the dynamic that hll() results in:
//
//	[[65536, precision], ["hash", …], "registers in base64"]
func (h *hyperLogLog) value() scalar.Value {
	b := append([]byte("[["), strconv.Itoa(exactHashes)...)
	b = append(b, ',')
	b = strconv.AppendUint(b, uint64(h.precision), 10)
	b = append(b, "],["...)
	for i, hash := range h.hashes.sorted() {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '"')
		b = strconv.AppendUint(b, hash, 10)
		b = append(b, '"')
	}
	b = append(b, `],"`...)
	b = base64.StdEncoding.AppendEncode(b, h.registers)
	return scalar.RawJSON(string(append(b, `"]`...)))
}

// parseHyperLogLog reads what value wrote; ok is false for anything else.
func parseHyperLogLog(v scalar.Value) (h hyperLogLog, ok bool) {
	if n, ok := v.Len(); !ok || n != 3 {
		return h, false
	}
	precision := v.At(0).At(1).Long()
	if precision < minPrecision || precision > maxPrecision {
		return h, false
	}
	h.precision = uint8(precision)
	if text := v.At(2).Str(); text != "" {
		registers, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return h, false
		}
		h.registers = registers
	}
	if !h.sound() {
		return h, false
	}
	for e := range v.At(1).Elements() {
		hash, err := strconv.ParseUint(e.Str(), 10, 64)
		if err != nil {
			return h, false
		}
		h.insert(hash)
	}
	return h, true
}
