package scalar

import (
	"bufio"
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"
)

func TestCompactJSON(t *testing.T) {
	for _, row := range readTable(t, "json.tsv", 2) {
		got := string(AppendJSON(nil, ParseJSON(row[0])))
		if got != row[1] {
			t.Errorf("AppendJSON(ParseJSON(%q)) = %s, want %s", row[0], got, row[1])
		}
		// Compact text stays as it is, infinities apart, which JSON knows as strings.
		if again := string(AppendJSON(nil, ParseJSON(got))); again != got {
			t.Errorf("%s changes to %s", got, again)
		}
	}
}

func TestParseJSONOfOtherText(t *testing.T) {
	tests := []struct {
		text string
		kind Type
	}{
		{"", NoType}, {" \n", NoType}, {"null", NoType},
		{"abc", String}, {`"abc"`, String}, {"{", String}, {"[1,]", String}, {"{a:1}", String}, {"1 2", String}, {"NaN", String},
		{"1", Long}, {"1.0", Real}, {"true", Bool}, {"[]", Array}, {" {} ", Bag},
		{strings.Repeat("[", 100) + strings.Repeat("]", 100), Array},
		{strings.Repeat("[", 2*maxDepth) + strings.Repeat("]", 2*maxDepth), String},
		{strings.Repeat("[", 1<<22), String},
	}
	for _, test := range tests {
		v := ParseJSON(test.text)
		if v.Kind() != test.kind || v.Type() != Dynamic {
			t.Errorf("ParseJSON(%.20q) is a %s of kind %s, want %s", test.text, v.Type(), v.Kind(), test.kind)
		}
		if v.Kind() == String && test.text[0] != '"' && v.Str() != test.text {
			t.Errorf("ParseJSON(%.20q) changes the text", test.text)
		}
	}
}

func TestPathAccess(t *testing.T) {
	doc := ParseJSON(`{"a":{"b":[10,20.0,"x"]},"a.b":1,"a*":2,"":3,"#":4,"@this":5,"q\"":6,"ключ":7,"A":8,"twice":1,"twice":2,"a":9,"n":null}`)
	field := func(keys ...string) Value {
		v := doc
		for _, key := range keys {
			v = v.Field(key)
		}
		return v
	}
	tests := []struct {
		name string
		got  Value
		want string
	}{
		{"nested", field("a", "b").At(0), "10"},
		{"real stays real", field("a", "b").At(1), "20.0"},
		{"last", field("a", "b").At(-1), `"x"`},
		{"first from the end", field("a", "b").At(-3), "10"},
		{"beyond", field("a", "b").At(3), "null"},
		{"beyond from the end", field("a", "b").At(-4), "null"},
		{"dot in key", field("a.b"), "1"},
		{"star in key", field("a*"), "2"},
		{"empty key", field(""), "3"},
		{"hash", field("#"), "4"},
		{"modifier", field("@this"), "5"},
		{"quote", field(`q"`), "6"},
		{"beyond ASCII", field("ключ"), "7"},
		{"case", field("A"), "8"},
		{"twice: first", field("twice"), "1"},
		{"null", field("n"), "null"},
		{"missing", field("zzz"), "null"},
		{"through a scalar", field("A", "b"), "null"},
		{"key of an array", field("a", "b").Field("0"), "null"},
		{"index of a bag", doc.At(0), "null"},
		{"of a long", NewLong(1).Field("a"), "null"},
	}
	for _, test := range tests {
		if got := string(AppendJSON(nil, test.got)); got != test.want || test.got.Type() != Dynamic {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if n, ok := field("a", "b").Len(); n != 3 || !ok {
		t.Errorf("Len = %d, %v", n, ok)
	}
	if _, ok := doc.Len(); ok {
		t.Error("a bag has a length")
	}
}

func TestEntriesKeepOrder(t *testing.T) {
	var keys []string
	for key := range ParseJSON(`{"z":1,"a":2,"\u006d":3}`).Entries() {
		keys = append(keys, key)
	}
	if want := []string{"z", "a", "m"}; !slices.Equal(keys, want) {
		t.Errorf("keys %q, want %q", keys, want)
	}
	for key := range ParseJSON(`{"z":1,"a":2}`).Entries() {
		if key != "z" {
			t.Errorf("goes on to %q after break", key)
		}
		break
	}
}

func TestBuilders(t *testing.T) {
	day, _ := ParseDateTime("2022-01-01")
	half, _ := ParseDecimal("0.50")
	vals := []Value{
		NewInt(1), NewReal(2), NewString("a\"\x01\xff"), NewBool(true), NewDateTime(day), NewTimeSpan(2 * TicksPerSecond),
		NewDecimal(half), NewGuid(UUID{15: 1}), Null(Long), Convert(NewString("nan"), Real), ParseJSON(`{ "k" : [ ] }`),
	}
	const want = `[1,2.0,"a\"\u0001` + "\uFFFD" + `",true,"2022-01-01T00:00:00.0000000Z","00:00:02","0.5",` +
		`"00000000-0000-0000-0000-000000000001",null,"NaN",{"k":[]}]`
	array := NewArray(vals)
	if array.JSON() != want {
		t.Errorf("NewArray gives\n%s, want\n%s", array.JSON(), want)
	}
	if !json.Valid([]byte(array.JSON())) {
		t.Error("NewArray gives invalid JSON")
	}
	if got := NewBag([]string{"b", `"`}, vals[:2]).JSON(); got != `{"b":1,"\"":2.0}` {
		t.Errorf("NewBag gives %s", got)
	}
	if array, bag := NewArray(nil).JSON(), NewBag(nil, nil).JSON(); array != "[]" || bag != "{}" {
		t.Errorf("empty: %s %s", array, bag)
	}

	var b ArrayBuilder
	b.Append(NewLong(1))
	first := b.Value()
	b.Append(NewLong(2))
	second := b.Value()
	b.Reset()
	b.Append(NewLong(3))
	if third := b.Value(); first.JSON() != "[1]" || second.JSON() != "[1,2]" || third.JSON() != "[3]" || b.Len() != 1 {
		t.Errorf("a builder that goes on gives %s %s %s", first.JSON(), second.JSON(), third.JSON())
	}
}

// TestEngineCells checks that cells which the real engine printed come back from
// this package character for character.
func TestEngineCells(t *testing.T) {
	file, err := os.Open("../../../shared/conformance/engine.jsonl")
	if os.IsNotExist(err) {
		t.Skip("the recorded answers of the engine are not at ../shared beside the repository")
	} else if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	checked := map[string]int{}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var answer struct {
			ID      string
			Columns []struct{ Type string }
			Rows    [][]json.RawMessage
		}
		if err := json.Unmarshal(lines.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		for _, row := range answer.Rows {
			for i, cell := range row {
				typ := answer.Columns[i].Type
				got, ok := reprint(typ, string(cell))
				if !ok {
					continue
				}
				checked[typ]++
				if want := compact(string(cell)); got != want {
					t.Errorf("%s: %s %s comes back as %s", answer.ID, typ, want, got)
				}
			}
		}
	}
	for _, typ := range []string{"datetime", "timespan", "guid", "decimal", "real", "dynamic"} {
		if checked[typ] == 0 {
			t.Errorf("no %s in the recorded answers", typ)
		}
	}
}

// reprint reads a cell by its type and prints it as the result of a query does.
func reprint(typeName, cell string) (string, bool) {
	typ, _ := ParseType(typeName)
	raw := RawJSON(cell)
	if raw.IsNull() {
		return "", false
	}
	v := Convert(raw, typ)
	switch typ {
	case DateTime:
		return `"` + string(AppendDateTime(nil, v.DateTime(), false)) + `"`, true
	case TimeSpan, Guid, Decimal, Real, Dynamic:
		return string(AppendJSON(nil, v)), true
	}
	return "", false
}

func FuzzParseJSON(f *testing.F) {
	for _, row := range readTable(f, "json.tsv", 2) {
		f.Add(row[0])
	}
	f.Add(`{"a":[1,{"b":null}]`)
	f.Add("[\"\xff\"]")
	f.Fuzz(func(t *testing.T, s string) {
		v := ParseJSON(s)
		text := AppendJSON(nil, v)
		if v.Kind() == Array || v.Kind() == Bag {
			if !json.Valid([]byte(s)) {
				t.Errorf("%q passes for JSON", s)
			}
		}
		if !json.Valid(text) {
			t.Errorf("%q becomes invalid JSON %q", s, text)
		}
		if again := AppendJSON(nil, RawJSON(string(text))); string(again) != string(text) {
			t.Errorf("%q becomes %q, then %q", s, text, again)
		}
		for key, field := range v.Entries() {
			v.Field(key)
			field.At(-1)
		}
		// Text that only claims to be JSON may give any value, but no panic.
		lax := RawJSON(s)
		AppendKey(nil, lax)
		lax.Field("a")
		lax.Len()
	})
}
