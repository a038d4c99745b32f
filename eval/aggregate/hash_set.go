package aggregate

import (
	"iter"
	"slices"
)

// hashSet is a set of 64-bit hashes: an open table probed slot by slot. Its
// keys being hashes already, it does without the hashing of a map, which is the
// greater part of what counting different values would cost.
type hashSet struct {
	slots []uint64 // a power of two of them, at most three quarters in use; 0 is a free one
	used  int      // how many slots are in use
	zero  bool     // whether the hash 0 is in the set
}

// len is how many hashes are in the set.
func (s *hashSet) len() int {
	if s.zero {
		return s.used + 1
	}
	return s.used
}

// add puts a hash into the set.
func (s *hashSet) add(hash uint64) {
	if hash == 0 {
		s.zero = true
		return
	}
	if 4*s.used >= 3*len(s.slots) {
		s.grow()
	}
	if s.put(hash) {
		s.used++
	}
}

// put files a hash in a table that has room, and reports whether it is new.
func (s *hashSet) put(hash uint64) bool {
	mask := uint64(len(s.slots) - 1)
	for i := hash & mask; ; i = (i + 1) & mask {
		switch s.slots[i] {
		case hash:
			return false
		case 0:
			s.slots[i] = hash
			return true
		}
	}
}

// grow doubles the table.
func (s *hashSet) grow() {
	old := s.slots
	s.slots = make([]uint64, max(8, 2*len(old)))
	// Fresh memory that is read before it is written is mapped twice, and all processors are interrupted in between.
	clear(s.slots)
	for _, hash := range old {
		if hash != 0 {
			s.put(hash)
		}
	}
}

// all gives the hashes in no order that means anything.
func (s *hashSet) all() iter.Seq[uint64] {
	return func(yield func(uint64) bool) {
		if s.zero && !yield(0) {
			return
		}
		for _, hash := range s.slots {
			if hash != 0 && !yield(hash) {
				return
			}
		}
	}
}

// sorted gives the hashes from the least to the greatest.
func (s *hashSet) sorted() []uint64 { return slices.Sorted(s.all()) }
