package eval_test

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// diary writes down what an observer is told.
type diary struct{ lines []string }

func (d *diary) add(format string, args ...any) {
	d.lines = append(d.lines, fmt.Sprintf(format, args...))
}

func (d *diary) Row(at kql.Node) { d.add("row %s", strings.TrimSpace(kql.Canonical(at))) }

func (d *diary) Choice(call *kql.Call, value int) { d.add("%s takes %d", call.Func.Name, value) }

func (d *diary) Sight(s eval.Sight) {
	var text strings.Builder
	for i, leaf := range s.Leaves {
		truth := s.Truth(i)
		if truth == eval.Untold {
			fmt.Fprintf(&text, ", %s ?", kql.Canonical(leaf.Expr))
			continue
		}
		names := map[eval.Truth]string{eval.True: "true", eval.False: "false", eval.Unknown: "null"}
		fmt.Fprintf(&text, ", %s %s for %q", kql.Canonical(leaf.Expr), names[truth], scalar.ToString(s.Value(i)))
		for j, element := range leaf.Elements {
			fmt.Fprintf(&text, " %s=%v", scalar.ToString(element), s.Matches(i, j))
		}
	}
	d.add("sees %v: %s", s.Passed, text.String()[2:])
}

func observe(t testing.TB, query string, options ...eval.Option) []string {
	t.Helper()
	program, err := eval.Compile(query, append(options, eval.Observable())...)
	if err != nil {
		t.Fatal(err)
	}
	d := new(diary)
	if _, err := program.Observe(d).Collect(context.Background(), nil); err != nil {
		t.Fatal(err)
	}
	return d.lines
}

func TestObserve(t *testing.T) {
	for _, test := range []struct {
		name, query string
		want        []string
	}{
		{"every leaf is told of, whatever those before it are", `print a = 1, b = "x" | where a == 2 and (b =~ "X" or not(isempty(b)))`, []string{
			`row print a = 1, b = "x"`,
			`sees false: a == 2 false for "1", b =~ "X" true for "x", isempty(b) false for "x"`,
		}},
		{"a column that looks at other rows", `range n from 1 to 2 step 1 | serialize before = prev(n) | where before == 1 | count`, []string{
			"row range n from 1 to 2 step 1", "row range n from 1 to 2 step 1",
			"row serialize before = prev(n)", `sees false: before == 1 false for ""`,
			"row serialize before = prev(n)", `sees true: before == 1 true for "1"`, "row where before == 1", "row count",
		}},
		{"null is not true, and not() does not make it so", `print a = "x" | where not(ipv4_is_private(a))`, []string{
			`row print a = "x"`, `sees false: ipv4_is_private(a) null for "x"`,
		}},
		{"each element of a list", `let l = dynamic(["a", "b"]); print s = "b c" | where s has_any (l, "d") | count`, []string{
			`row print s = "b c"`,
			`sees true: s has_any (l, "d") true for "b c" a=false b=true d=false`,
			`row where s has_any (l, "d")`,
			`row count`,
		}},
		{"branches", `range n from 1 to 2 step 1 | extend s = iff(n == 1, "one", case(n == 3, "three", "more")) | project s`, []string{
			"row range n from 1 to 2 step 1", "row extend s = iff(n == 1, \"one\", case(n == 3, \"three\", \"more\"))", "row project s",
			`sees true: n == 1 true for "1"`, "iff takes 0",
			"row range n from 1 to 2 step 1", "row extend s = iff(n == 1, \"one\", case(n == 3, \"three\", \"more\"))", "row project s",
			`sees false: n == 1 false for "2"`, "iff takes 1", `sees false: n == 3 false for "2"`, "case takes 1",
		}},
		{"a leaf that must be computed once a row", `range n from 1 to 1 step 1 | serialize | where row_number() == 1 | count`, []string{
			"row range n from 1 to 1 step 1", "row serialize", "sees true: row_number() == 1 ?", "row where row_number() == 1", "row count",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, observe(t, test.query)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// oneFunction is a workspace with one stored function.
type oneFunction struct{}

func (oneFunction) StoredFunction(name string) (eval.StoredFunction, bool) {
	return eval.StoredFunction{Name: name, Params: "()", Body: "print a = 1 | where a == 1"}, name == "Stored"
}

func TestObserveLeavesStoredFunctionsOut(t *testing.T) {
	want := []string{"row Stored", "sees true: a == 1 true for \"1\"", "row where a == 1"}
	if diff := cmp.Diff(want, observe(t, "Stored | where a == 1", eval.WithFunctions(oneFunction{}))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func ExampleProgram_Observe() {
	program, err := eval.Compile(`range n from 1 to 3 step 1 | where n > 1 and n != 3 | count`, eval.Observable())
	if err != nil {
		fmt.Println(err)
		return
	}
	d := new(diary)
	if _, err := program.Observe(d).Collect(context.Background(), nil); err != nil {
		fmt.Println(err)
	}
	for _, line := range d.lines {
		if strings.HasPrefix(line, "sees") {
			fmt.Println(line)
		}
	}
	// Output:
	// sees false: n > 1 false for "1", n != 3 true for "1"
	// sees true: n > 1 true for "2", n != 3 true for "2"
	// sees false: n > 1 true for "3", n != 3 false for "3"
}
