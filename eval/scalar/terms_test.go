package scalar

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// TestNeedles holds prepared needles to the search for each of them, over texts made of pieces in which terms meet.
func TestNeedles(t *testing.T) {
	pieces := []string{"net", "NET", "user", "net1", "1", "-", " ", ".", "_", "key", "secret", "add", "user", strings.Repeat("x", 63), strings.Repeat("x", 64)}
	needles := []string{"net", "User", "KEY", "secret", "add", "net user", "-", "", "é", "1", "netuser", strings.Repeat("X", 63), strings.Repeat("x", 64), "\u212aey"}
	random := rand.New(rand.NewPCG(1, 2))
	any, all := 0, 0
	for range 20000 {
		var s strings.Builder
		for range random.IntN(40) {
			s.WriteString(pieces[random.IntN(len(pieces))])
			s.WriteString([]string{"", " ", ","}[random.IntN(3)])
		}
		var some []string
		for range random.IntN(12) {
			some = append(some, needles[random.IntN(len(needles))])
		}
		if random.IntN(4) == 0 {
			s.WriteString([]string{"é", "\u212aey", "\u017fecret", "\xff"}[random.IntN(4)])
		}
		n := NewNeedles(some)
		if got, want := n.HasAny(s.String()), HasAny(s.String(), some); got != want {
			t.Fatalf("%q has_any %q: %t, want %t", s.String(), some, got, want)
		} else if got && n.terms != nil {
			any++
		}
		if got, want := n.HasAll(s.String()), HasAll(s.String(), some); got != want {
			t.Fatalf("%q has_all %q: %t, want %t", s.String(), some, got, want)
		} else if got && n.terms != nil {
			all++
		}
	}
	if any < 1000 || all < 5 {
		t.Errorf("only %d texts had any, %d all", any, all)
	}
}

func BenchmarkHasAny(b *testing.B) {
	for _, count := range []int{1, 3, 10, 50} {
		var needles []string
		for i := range count {
			needles = append(needles, fmt.Sprintf("mimikatz%d", i))
		}
		b.Run(fmt.Sprintf("%d/each", count), func(b *testing.B) {
			for b.Loop() {
				HasAny(benchText, needles)
			}
		})
		b.Run(fmt.Sprintf("%d/cut", count), func(b *testing.B) {
			n := NewNeedles(needles)
			b.ReportAllocs()
			for b.Loop() {
				n.HasAny(benchText)
			}
		})
	}
}
