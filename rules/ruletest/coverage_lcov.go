package ruletest

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteLCOV writes coverage in the format of lcov, which editors and coverage services read: a line of a rule counts as often as rows came to the
// predicates that begin on it, each predicate is a branch point with a branch for true and one for false, and so is each iff and case.
func WriteLCOV(w io.Writer, coverage []*Coverage) error {
	var text strings.Builder
	for _, c := range coverage {
		c.lcov(&text)
	}
	_, err := io.WriteString(w, text.String())
	return err
}

func (c *Coverage) lcov(text *strings.Builder) {
	fmt.Fprintf(text, "TN:\nSF:%s\n", c.Path)
	hits := map[int]int{}
	var found, hit int
	branch := func(line, block, branch, taken int) {
		fmt.Fprintf(text, "BRDA:%d,%d,%d,%d\n", line, block, branch, taken)
		found++
		if taken > 0 {
			hit++
		}
		hits[line] = max(hits[line], taken)
	}
	block := 0
	for _, p := range c.Predicates {
		branch(p.Line, block, 0, p.True)
		branch(p.Line, block, 1, p.False)
		hits[p.Line] = max(hits[p.Line], p.True+p.False)
		block++
	}
	for i, b := range c.Branches {
		n := 0
		for k := i; k > 0 && c.Branches[k-1].Text == b.Text; k-- {
			n++
		}
		branch(b.Line, block, n, b.Taken)
		if i+1 == len(c.Branches) || c.Branches[i+1].Text != b.Text {
			block++
		}
	}
	fmt.Fprintf(text, "BRF:%d\nBRH:%d\n", found, hit)
	lines, reached := keysOfInt(hits), 0
	for _, line := range lines {
		fmt.Fprintf(text, "DA:%d,%d\n", line, hits[line])
		if hits[line] > 0 {
			reached++
		}
	}
	fmt.Fprintf(text, "LF:%d\nLH:%d\nend_of_record\n", len(lines), reached)
}

func keysOfInt(m map[int]int) []int {
	var keys []int
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	return keys
}
