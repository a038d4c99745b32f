package eval

import (
	"bytes"
	"testing"

	"github.com/tidwall/gjson"
)

// fuzzKeys are the columns that FuzzRecord asks for: plain ones, one that JSON must escape, one beyond ASCII, the empty one.
var fuzzKeys = []string{"a", "b", "EventName", "SourceIpAddress", `q"\`, "é", ""}

// FuzzRecord holds the scan of records to gjson. Each line of the input is a record; the records go through one scan, which
// carries the keys it expects from one to the next, and are asked for their columns in an order that the input gives.
func FuzzRecord(f *testing.F) {
	for _, seed := range []string{
		`{"a":1,"b":"x","EventName":"CreateKey"}` + "\n" + `{"a":2,"b":"y","EventName":"PutKeyPolicy"}`,
		`{ "a" : {"b":[1,{"a":"}"}]} , "b" :null }` + "\n" + `{"b":1,"a":2}` + "\n" + `{"a":1}`,
		`{"\u0061":1,"a":2,"q\"\\":3,"\u00e9":4,"é":5,"":6}`,
		`{"a":"\"","b":"\\","EventName":"a\\\"b"}` + "\n" + `{"a":"\"","b":`,
		`{"a":1,"a":2}` + "\n" + `{"b":1,"a":2,"b":3}` + "\n" + `[1]` + "\n" + `"a"` + "\n" + `{}` + "\n" + `{"a"}` + "\n" + `{"a":tru`,
		"{\"EventName\"\t:\r\"x\",\t\"a\":-1.5e3}" + "\n" + `{"EventName":"x","SourceIpAddress":"12345678","a":[]}`,
	} {
		f.Add([]byte(seed), uint8(0))
		f.Add([]byte(seed), uint8(5))
	}
	f.Fuzz(func(t *testing.T, data []byte, order uint8) {
		var plan recordPlan
		for _, key := range fuzzKeys {
			plan.want(key)
		}
		scan := plan.newRecord()
		for line := range bytes.SplitSeq(data, []byte("\n")) {
			text := string(line)
			scan.reset(text)
			valid := gjson.Valid(text) && text[0] == '{'
			for n := range fuzzKeys {
				i := (n + int(order)) % len(fuzzKeys)
				if order >= 128 {
					i = len(fuzzKeys) - 1 - i
				}
				got := scan.raw(i)
				if want := firstMember(text, fuzzKeys[i]); valid && got != want {
					t.Errorf("%s\ncolumn %q is %q, by gjson %q", text, fuzzKeys[i], got, want)
				}
			}
		}
	})
}

// firstMember is the JSON text of the first member of an object that has a name.
func firstMember(object, name string) (raw string) {
	gjson.Parse(object).ForEach(func(key, value gjson.Result) bool {
		if key.String() == name {
			raw = value.Raw
			return false
		}
		return true
	})
	return raw
}

// TestCutRecord wants of a record that ends too early the columns that are whole, and nothing of the one it was cut in: a number
// may go on behind its last digit.
func TestCutRecord(t *testing.T) {
	const whole = `{"a":"x\"y","b":{"c":[1,"]"]},"EventName":12}`
	var plan recordPlan
	for _, key := range fuzzKeys[:3] {
		plan.want(key)
	}
	scan := plan.newRecord()
	for end := range whole {
		text := whole[:end]
		scan.reset(text)
		for i, key := range fuzzKeys[:3] {
			want := firstMember(whole, key)
			at := bytes.Index([]byte(whole), []byte(`"`+key+`":`)) + len(key) + 3
			if at+len(want) >= end && key == "EventName" || at+len(want) > end {
				want = ""
			}
			if got := scan.raw(i); got != want {
				t.Errorf("%s: column %s is %q, want %q", text, key, got, want)
			}
		}
	}
}
