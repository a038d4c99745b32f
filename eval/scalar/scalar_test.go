package scalar

import (
	"bufio"
	"os"
	"strings"
	"testing"
)

// readTable returns the rows of a tab-separated file in testdata, each of the
// given number of cells. The first line, a comment, names the columns.
func readTable(t testing.TB, name string, cells int) [][]string {
	t.Helper()
	file, err := os.Open("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows [][]string
	for lines := bufio.NewScanner(file); lines.Scan(); {
		if strings.HasPrefix(lines.Text(), "# ") {
			continue
		}
		row := strings.Split(lines.Text(), "\t")
		if len(row) != cells {
			t.Fatalf("%s: %q has %d cells, want %d", name, lines.Text(), len(row), cells)
		}
		rows = append(rows, row)
	}
	if len(rows) < 10 {
		t.Fatalf("%s: only %d rows", name, len(rows))
	}
	return rows
}

// parseValue returns the value of a named type that text stands for.
func parseValue(t testing.TB, typeName, text string) Value {
	t.Helper()
	typ, ok := ParseType(typeName)
	if !ok {
		t.Fatalf("no type %q", typeName)
	}
	if typ == Dynamic {
		return ParseJSON(text)
	}
	v := Convert(NewString(text), typ)
	if v.IsNull() {
		t.Fatalf("%s(%s) is null", typeName, text)
	}
	return v
}

// show returns the text of v, or null for a null.
func show(v Value) string {
	if v.IsNull() {
		return "null"
	}
	return ToString(v)
}

func TestConvert(t *testing.T) {
	for _, row := range readTable(t, "convert.tsv", 4) {
		from := parseValue(t, row[0], row[1])
		to, _ := ParseType(row[2])
		got := Convert(from, to)
		if show(got) != row[3] || got.Type() != to {
			t.Errorf("Convert(%s(%s), %s) = %s %s, want %s", row[0], row[1], row[2], got.Type(), show(got), row[3])
		}
	}
}

func TestArithmetic(t *testing.T) {
	for _, row := range readTable(t, "arithmetic.tsv", 7) {
		a, b := parseValue(t, row[0], row[1]), parseValue(t, row[3], row[4])
		result, _ := ParseType(row[5])
		got := Arithmetic(row[2][0], a, b, result)
		if show(got) != row[6] || got.Type() != result {
			t.Errorf("%v: got %s %s", row, got.Type(), show(got))
		}
	}
}

func TestParseDateTime(t *testing.T) {
	for _, row := range readTable(t, "datetime.tsv", 2) {
		got := "null"
		if instant, ok := ParseDateTime(row[0]); ok {
			got = string(AppendDateTime(nil, instant, false))
		}
		if got != row[1] {
			t.Errorf("ParseDateTime(%q) = %s, want %s", row[0], got, row[1])
		}
	}
}

func TestParseTimeSpan(t *testing.T) {
	for _, row := range readTable(t, "timespan.tsv", 2) {
		got := "null"
		if span, ok := ParseTimeSpan(row[0]); ok {
			got = string(AppendTimeSpan(nil, span))
			if again, ok := ParseTimeSpan(got); !ok || again != span {
				t.Errorf("ParseTimeSpan(%q) = %d, %v, want %d", got, again, ok, span)
			}
		}
		if got != row[1] {
			t.Errorf("ParseTimeSpan(%q) = %s, want %s", row[0], got, row[1])
		}
	}
}

var predicates = map[string]func(s, needle string) bool{
	"=~": EqualFold, "contains": ContainsFold, "contains_cs": Contains,
	"startswith": StartsWithFold, "endswith": EndsWithFold,
	"has": Has, "has_cs": HasCS,
	"hasprefix": HasPrefix, "hasprefix_cs": HasPrefixCS,
	"hassuffix": HasSuffix, "hassuffix_cs": HasSuffixCS,
}

func TestPredicates(t *testing.T) {
	seen := map[string]bool{}
	for _, row := range readTable(t, "predicates.tsv", 4) {
		predicate := predicates[row[0]]
		if predicate == nil {
			t.Fatalf("no predicate %q", row[0])
		}
		seen[row[0]] = true
		if got := predicate(row[1], row[2]); got != (row[3] == "true") {
			t.Errorf("%q %s %q = %v", row[1], row[0], row[2], got)
		}
	}
	if len(seen) != len(predicates) {
		t.Errorf("the table covers %d predicates of %d", len(seen), len(predicates))
	}
}

func TestPredicatesDoNotAllocate(t *testing.T) {
	text := "powershell.exe -enc Straße \u212Aey " + strings.Repeat("lorem IPSUM ", 20)
	needles := []string{"nothing", "SKey", "straße", "\xff"}
	allocations := testing.AllocsPerRun(100, func() {
		for _, needle := range needles {
			for _, predicate := range predicates {
				predicate(text, needle)
			}
		}
		HasAny(text, needles)
		HasAll(text, needles)
	})
	if allocations != 0 {
		t.Errorf("%v allocations", allocations)
	}
}

func TestHasAnyAndAll(t *testing.T) {
	tests := []struct {
		text     string
		needles  []string
		any, all bool
	}{
		{"North America", []string{"south", "AMERICA"}, true, false},
		{"North America", []string{"north", "america"}, true, true},
		{"North America", []string{"nor", "ame"}, false, false},
		{"North America", nil, false, true},
	}
	for _, test := range tests {
		if got := HasAny(test.text, test.needles); got != test.any {
			t.Errorf("%q has_any %q = %v", test.text, test.needles, got)
		}
		if got := HasAll(test.text, test.needles); got != test.all {
			t.Errorf("%q has_all %q = %v", test.text, test.needles, got)
		}
	}
}
