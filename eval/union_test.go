package eval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
)

// TestUnionOfManyLegs compares a union of many legs, whose columns keep nothing for the legs without them, with the same legs
// joined by small unions.
func TestUnionOfManyLegs(t *testing.T) {
	const legs = 60
	leg := func(i int) string {
		return fmt.Sprintf("(print n = %d, a%d = 'leg%d' | extend b%d = toupper(a%d), c = iff(%d %% 2 == 0, 'even', ''))", i, i%7, i, i%5, i%7, i)
	}
	var all, tens []string
	for i := range legs {
		all = append(all, leg(i))
	}
	for i := 0; i < legs; i += 10 {
		tens = append(tens, "(union "+strings.Join(all[i:i+10], ", ")+")")
	}
	result := func(list []string) []string {
		t.Helper()
		query := "union " + strings.Join(list, ", ") + " | where isnull(n) or n != 3 | extend what = strcat(a0, b1, c) | sort by n asc" +
			" | project n, a0, a1, a2, a3, a4, a5, a6, b0, b1, b2, b3, b4, c, what, none = isempty(a6)"
		program, err := eval.Compile(query)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := program.Collect(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for _, row := range rows {
			lines = append(lines, fmt.Sprint(row))
		}
		return lines
	}
	got, want := result(all), result(tens)
	if diff := cmp.Diff(want, got); diff != "" || len(got) != legs-1 {
		t.Errorf("%d rows; (-small unions +one)\n%s", len(got), diff)
	}
	if first := got[0]; !strings.Contains(first, "leg0") || !strings.Contains(first, "LEG0") || !strings.Contains(first, "even") {
		t.Errorf("the first row is %s", first)
	}
}
