package aggregate

import (
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
)

// TestHashSetIsASet holds the set to a map over hashes that crowd into few
// slots, that come again, and 0.
func TestHashSetIsASet(t *testing.T) {
	r := rand.New(rand.NewPCG(11, 12))
	for _, spread := range []uint64{1, 3, 1 << 6, 1 << 20} {
		var set hashSet
		want := map[uint64]bool{}
		for range 5_000 {
			hash := r.Uint64N(2_000) * spread
			set.add(hash)
			want[hash] = true
			if set.len() != len(want) {
				t.Fatalf("spread %d: the set has %d hashes, not %d", spread, set.len(), len(want))
			}
		}
		if !slices.Equal(set.sorted(), slices.Sorted(maps.Keys(want))) {
			t.Errorf("spread %d: the set has other hashes than were put into it", spread)
		}
	}
}
