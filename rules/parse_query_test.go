package rules

import "testing"

// A query in a file of its own has its places in that file.
func TestParseQueryKnowsPlaces(t *testing.T) {
	r := ParseQuery("q.kql", []byte("\xef\xbb\xbfSigninLogs\r\n| where ä == 1\r\n| take 1"))
	if r.Kind != Hunting || r.Query != "SigninLogs\n| where ä == 1\n| take 1" {
		t.Errorf("%s %q", r.Kind, r.Query)
	}
	for offset, want := range map[int][2]int{0: {1, 1}, 11: {2, 1}, 19: {2, 9}, 21: {2, 10}, 27: {3, 1}, 99: {3, 9}} {
		if line, column := r.QueryPos.At(offset); [2]int{line, column} != want {
			t.Errorf("offset %d is at %d:%d, want %v", offset, line, column, want)
		}
	}
}
