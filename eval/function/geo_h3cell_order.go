package function

import (
	"encoding/binary"
	"slices"

	"github.com/seed-2512943d/picket/eval/function/h3"
)

// inSetOrder drops the cells that stand earlier too and puts the others in the order
// of the engine's answers. That is the order of the set of tokens that it keeps them
// in, a hash table of the GNU C++ library whose nodes are one list: a token is put
// first in the list, or before the others of its bucket. Recorded answers, of six
// and of thirteen cells, stand in just this order.
func inSetOrder(cells []h3.Cell) []h3.Cell {
	buckets := setBuckets(len(cells))
	members := make(map[uint64][]h3.Cell, len(cells))
	var order []uint64
	for _, c := range cells {
		bucket := setHash(c.String()) % buckets
		if members[bucket] == nil {
			order = append(order, bucket)
		}
		if !slices.Contains(members[bucket], c) {
			members[bucket] = append(members[bucket], c)
		}
	}
	list := make([]h3.Cell, 0, len(cells))
	for _, bucket := range order {
		list = append(list, members[bucket]...)
	}
	slices.Reverse(list)
	return list
}

// setSizes are the numbers of buckets that the library's tables have.
var setSizes = []uint64{
	2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 103, 109, 113, 127, 137, 139,
	149, 157, 167, 179, 193, 199, 211, 227, 241, 257, 277, 293, 313, 337, 359, 383, 409, 439, 467, 503, 541, 577, 619, 661, 709, 761,
	823, 887, 953, 1031, 1109, 1193, 1289, 1381, 1493, 1613, 1741, 1879, 2029, 2179, 2357, 2549, 2753, 2971, 3209, 3469, 3739, 4027,
	4349, 4703, 5087, 5503, 5953, 6427, 6949, 7517, 8123, 8783, 9497, 10273, 11113, 12011, 12983, 14033, 15173, 16411, 17749, 19183,
	20753, 22447, 24281, 26267, 28411, 30727, 33223, 35933, 38873, 42043, 45481, 49201, 53201, 57557, 62233,
}

// setBuckets is the size of the table that has room for a number of tokens, of
// maxH3Cells at most.
func setBuckets(tokens int) uint64 {
	at, _ := slices.BinarySearch(setSizes, uint64(tokens))
	return setSizes[at]
}

// setHash is the library's hash of a string: MurmurHash64A with a seed of its own.
func setHash(s string) uint64 {
	const (
		seed = 0xc70f6907
		m    = 0xc6a4a7935bd1e995
	)
	mix := func(n uint64) uint64 { return n ^ n>>47 }
	n := uint64(len(s))
	hash := seed ^ n*m
	for ; len(s) >= 8; s = s[8:] {
		hash = (hash ^ mix(binary.LittleEndian.Uint64([]byte(s))*m)*m) * m
	}
	if len(s) > 0 {
		var rest [8]byte
		copy(rest[:], s)
		hash = (hash ^ binary.LittleEndian.Uint64(rest[:])) * m
	}
	return mix(mix(hash) * m)
}
