package ruletest

import (
	"slices"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
)

// recorder counts what happens in runs. It is an eval.Observer.
type recorder struct {
	rows    map[kql.Node]int
	leaves  map[kql.Expr]*leafCount
	choices map[*kql.Call][]int
}

// leafCount is what was seen of a leaf.
type leafCount struct {
	yes, no    int // rows of which it holds, and of which it does not
	decided    int // rows of which it alone decided, by failing where all others passed; of alternatives, by passing alone
	hits       []int
	unknown    int      // rows that did not pass and of which it is null
	rejections int      // rows that did not pass and of which it is not what it should be
	rejected   []string // some of the values of these
}

func newRecorder() *recorder {
	return &recorder{map[kql.Node]int{}, map[kql.Expr]*leafCount{}, map[*kql.Call][]int{}}
}

// Row implements eval.Observer.
func (r *recorder) Row(at kql.Node) { r.rows[at]++ }

// Choice implements eval.Observer.
func (r *recorder) Choice(call *kql.Call, value int) {
	for len(r.choices[call]) <= value {
		r.choices[call] = append(r.choices[call], 0)
	}
	r.choices[call][value]++
}

// maxRejected is how many different values are kept of those that a leaf rejected.
const maxRejected = 3

// Sight implements eval.Observer.
func (r *recorder) Sight(s eval.Sight) {
	leaves := leavesOf(s.Expr)
	holds, truth := make([]bool, len(s.Leaves)), make([]eval.Truth, len(s.Leaves))
	for i := range s.Leaves {
		truth[i] = s.Truth(i)
		if truth[i] == eval.Untold {
			return
		}
		holds[i] = truth[i] == eval.True
	}
	for i, l := range leaves {
		count := r.leaf(s.Leaves[i].Expr)
		if holds[i] {
			count.yes++
		} else {
			count.no++
		}
		flipped := slices.Clone(holds)
		flipped[i] = !flipped[i]
		if holdsWhole(s.Expr, flipped) != s.Passed && s.Passed == l.either {
			count.decided++
		}
		for len(count.hits) < len(s.Leaves[i].Elements) {
			count.hits = append(count.hits, 0)
		}
		for j := range count.hits {
			if s.Matches(i, j) {
				count.hits[j]++
			}
		}
		if !s.Passed && (holds[i] != l.wanted() || truth[i] == eval.Unknown) {
			count.reject(s, i, truth[i])
		}
	}
}

func (r *recorder) leaf(x kql.Expr) *leafCount {
	if r.leaves[x] == nil {
		r.leaves[x] = new(leafCount)
	}
	return r.leaves[x]
}

func (c *leafCount) reject(s eval.Sight, leaf int, truth eval.Truth) {
	c.rejections++
	if truth == eval.Unknown {
		c.unknown++
	}
	if s.Leaves[leaf].Subject == nil || len(c.rejected) == maxRejected {
		return
	}
	if text := fullText(plainValue(s.Value(leaf))); !slices.Contains(c.rejected, text) {
		c.rejected = append(c.rejected, text)
	}
}

// add adds what another recorder counted.
func (r *recorder) add(other *recorder) {
	for n, rows := range other.rows {
		r.rows[n] += rows
	}
	for x, c := range other.leaves {
		to := r.leaf(x)
		to.yes, to.no, to.decided = to.yes+c.yes, to.no+c.no, to.decided+c.decided
		to.hits = sums(to.hits, c.hits)
	}
	for call, taken := range other.choices {
		r.choices[call] = sums(r.choices[call], taken)
	}
}

// sums adds up counts of the same things.
func sums(a, b []int) []int {
	out := make([]int, max(len(a), len(b)))
	copy(out, a)
	for i, n := range b {
		out[i] += n
	}
	return out
}
