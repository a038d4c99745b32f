package ruletest

import (
	"errors"
	"io/fs"
	"os"
	"strings"

	"github.com/tidwall/gjson"
)

// snapshotPath is the file that holds the rows which the test expects, an object a line.
func (j job) snapshotPath() string {
	return beside(j.suite.Path, j.test.expect.snapshot.text)
}

// snapshot writes the rows of an outcome as a snapshot file holds them.
func (o *outcome) snapshot() string {
	var text strings.Builder
	for _, row := range o.rows {
		text.WriteString(rowJSON(o.columns, row) + "\n")
	}
	return text.String()
}

// compareSnapshot compares the rows with those of the snapshot file, in any order.
func (j job) compareSnapshot(o *outcome) []Mismatch {
	n := j.test.expect.snapshot.node
	text, err := os.ReadFile(j.snapshotPath())
	if errors.Is(err, fs.ErrNotExist) {
		return []Mismatch{{n.Line, "there is no snapshot " + j.test.expect.snapshot.text + "; --update writes it", ""}}
	} else if err != nil {
		return []Mismatch{{n.Line, err.Error(), ""}}
	}
	want, got := lines(string(text)), lines(o.snapshot())
	match := assign(len(want), len(got), func(i, k int) bool { return sameJSON(gjson.Parse(want[i]), gjson.Parse(got[k])) })
	taken := make([]bool, len(got))
	for _, k := range match {
		if k >= 0 {
			taken[k] = true
		}
	}
	var diff strings.Builder
	for i, k := range match {
		if k < 0 {
			diff.WriteString("  - " + shown(plainText(want[i])) + "\n")
		}
	}
	for k, line := range got {
		if !taken[k] {
			diff.WriteString("  + " + shown(plainText(line)) + "\n")
		}
	}
	if diff.Len() == 0 {
		return nil
	}
	return []Mismatch{{n.Line, "the rows are not those of the snapshot " + j.test.expect.snapshot.text, diff.String()}}
}

func lines(text string) []string {
	text = strings.TrimSuffix(text, "\n")
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}
