package aggregate

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// kindTypes says which types the tests give to a parameter of a kind.
var kindTypes = map[string][]scalar.Type{
	"summable":      {scalar.Int, scalar.Long, scalar.Real, scalar.Decimal, scalar.TimeSpan, scalar.DateTime},
	"orderable":     {scalar.Bool, scalar.Int, scalar.Long, scalar.Real, scalar.Decimal, scalar.TimeSpan, scalar.DateTime, scalar.String},
	"scalar":        {scalar.Bool, scalar.Int, scalar.Long, scalar.Real, scalar.Decimal, scalar.TimeSpan, scalar.DateTime, scalar.Guid, scalar.String, scalar.Dynamic},
	"notdynamic":    {scalar.Bool, scalar.Long, scalar.Real, scalar.Guid, scalar.String},
	"notrealorbool": {scalar.Long, scalar.DateTime, scalar.Guid, scalar.String, scalar.Dynamic},
	"integer":       {scalar.Int, scalar.Long},
	"real":          {scalar.Real},
	"decimal":       {scalar.Decimal},
	"timespan":      {scalar.TimeSpan},
	"datetime":      {scalar.DateTime},
	"bag":           {scalar.Dynamic},
	"array":         {scalar.Dynamic},
	"bool":          {scalar.Bool},
}

// call is one way to call an aggregate: its arguments and, for each, how a
// random value of it is made.
type call struct {
	name string
	args []function.Arg
	make []func(r *rand.Rand) scalar.Value
}

// calls gives a call of every signature for every type of its first parameter.
func calls(t *testing.T, e *Entry) []call {
	var all []call
	for _, sig := range e.Signatures() {
		types := []scalar.Type{scalar.NoType}
		if len(sig.Params) > 0 {
			if types = kindTypes[sig.Params[0].Kind]; types == nil {
				t.Fatalf("%s: no test types for kind %q", e.Name, sig.Params[0].Kind)
			}
		}
		for _, first := range types {
			c := call{name: fmt.Sprintf("%s(%s)", e.Name, first)}
			for i, p := range sig.Params {
				c.add(t, e, p, i == 0, first)
			}
			all = append(all, c)
		}
	}
	return all
}

func (c *call) add(t *testing.T, e *Entry, p function.Param, isFirst bool, first scalar.Type) {
	constant := map[string]scalar.Value{
		"percentile":  scalar.NewReal(62.5),
		"percentiles": scalar.ParseJSON("[5, 50, 99.9]"),
		"maxSize":     scalar.NewLong(9),
		"accuracy":    scalar.NewLong(0),
	}
	if p.Need == "constant" {
		v, ok := constant[p.Name]
		if !ok {
			t.Fatalf("%s: no test constant for %s", e.Name, p.Name)
		}
		c.args = append(c.args, function.Arg{Type: v.Type(), Const: true, Value: v})
		c.make = append(c.make, func(*rand.Rand) scalar.Value { return v })
		return
	}
	typ := first
	if !isFirst {
		typ = kindTypes[p.Kind][0]
	}
	random := func(r *rand.Rand) scalar.Value { return randomValue(r, typ) }
	switch {
	case e.Name == "hll_merge":
		random = func(r *rand.Rand) scalar.Value { return randomSketch(r, "hll") }
	case p.Kind == "array":
		random = func(r *rand.Rand) scalar.Value { return randomSketch(r, "tdigest") }
	case p.Kind == "bag":
		random = randomBag
	}
	c.args = append(c.args, function.Arg{Type: typ})
	c.make = append(c.make, random)
}

// rows makes n rows, a fifth of whose values are null.
func (c *call) rows(r *rand.Rand, n int) [][]scalar.Value {
	rows := make([][]scalar.Value, n)
	for i := range rows {
		for j, f := range c.make {
			v := f(r)
			if !c.args[j].Const && r.IntN(5) == 0 {
				v = scalar.Null(v.Type())
			}
			rows[i] = append(rows[i], v)
		}
	}
	return rows
}

func randomValue(r *rand.Rand, t scalar.Type) scalar.Value {
	n := int64(r.IntN(40) - 10)
	switch t {
	case scalar.Bool:
		return scalar.NewBool(n > 5)
	case scalar.Real:
		return scalar.NewReal(float64(n) / 4)
	case scalar.Decimal:
		d, _ := scalar.ParseDecimal(fmt.Sprintf("%d.00000000000000000001", n))
		return scalar.NewDecimal(d)
	case scalar.DateTime:
		return scalar.NewDateTime(scalar.Instant(637_000_000_000_000_000 + n*scalar.TicksPerSecond))
	case scalar.Guid:
		return scalar.NewGuid(scalar.UUID{byte(n)})
	case scalar.String:
		return scalar.NewString(strings.Repeat("é", int(n+10)/3))
	case scalar.Dynamic:
		return scalar.ParseJSON([]string{`[1,2,"a"]`, `{"a":1}`, `"text"`, `7`, `7.5`, `[[3],3]`}[r.IntN(6)])
	}
	return ofWhole(t, n)
}

func randomBag(r *rand.Rand) scalar.Value {
	values := []string{`1`, `2.5`, `"text"`, `[1,"a"]`, `{"in":{"deep":true}}`, `null`}
	key := func() string { return string(rune('a' + r.IntN(12))) }
	return scalar.ParseJSON(fmt.Sprintf(`{"%s":%s,"%s":%s}`, key(), values[r.IntN(6)], key(), values[r.IntN(6)]))
}

// randomSketch gives a result of hll or tdigest over some longs.
func randomSketch(r *rand.Rand, name string) scalar.Value {
	e, _ := Lookup(name)
	fresh, _, err := e.New([]function.Arg{{Type: scalar.Long}})
	if err != nil {
		panic(err)
	}
	acc := fresh()
	for range 5 {
		acc.Add([]scalar.Value{randomValue(r, scalar.Long)})
	}
	return acc.Result()
}

// addReused adds rows whose texts lie in a buffer that is overwritten after each
// row, as those of a reader may.
func addReused(acc Accumulator, rows [][]scalar.Value) {
	for _, row := range rows {
		args := slices.Clone(row)
		var buffers [][]byte
		for i, v := range row {
			text := v.Str() + v.JSON()
			if text == "" {
				continue
			}
			buffer := []byte(text)
			buffers = append(buffers, buffer)
			args[i] = scalar.NewString(unsafe.String(&buffer[0], len(buffer)))
			if v.JSON() != "" {
				args[i] = scalar.RawJSON(args[i].Str())
			} else if v.Type() == scalar.Dynamic {
				args[i] = args[i].AsDynamic()
			}
		}
		acc.Add(args)
		for _, buffer := range buffers {
			for i := range buffer {
				buffer[i] = '#'
			}
		}
		clear(args)
	}
}

// same compares results by their JSON text, and reals within rounding.
func same(a, b scalar.Value) bool {
	if a.Kind() == scalar.Real && b.Kind() == scalar.Real && !math.IsNaN(a.Real()) {
		return math.Abs(a.Real()-b.Real()) <= 1e-9*max(1, math.Abs(a.Real()))
	}
	return a.Type() == b.Type() && text(a) == text(b)
}

func text(v scalar.Value) string { return string(scalar.AppendJSON(nil, v)) }

// eachCall runs a test for each call of each aggregate that New prepares.
func eachCall(t *testing.T, test func(t *testing.T, c call, fresh func() Accumulator, result scalar.Type)) {
	ran := 0
	for _, e := range All() {
		if e.New == nil {
			continue
		}
		for _, c := range calls(t, e) {
			fresh, result, err := e.New(c.args)
			if err != nil {
				t.Errorf("%s: %v", c.name, err)
				continue
			}
			ran++
			t.Run(c.name, func(t *testing.T) { test(t, c, fresh, result) })
		}
	}
	if ran < 100 {
		t.Errorf("only %d calls were tested", ran)
	}
}

func TestMergeIsAdding(t *testing.T) {
	eachCall(t, func(t *testing.T, c call, fresh func() Accumulator, result scalar.Type) {
		r := rand.New(rand.NewPCG(1, 2))
		rows := c.rows(r, 60)
		whole := fresh()
		for _, row := range rows {
			whole.Add(row)
		}
		want := whole.Result()
		if want.Type() != result {
			t.Errorf("result has type %s, not %s", want.Type(), result)
		}
		for _, cut := range []int{0, 1, 17, 59, 60} {
			left, right := fresh(), fresh()
			addReused(left, rows[:cut])
			addReused(right, rows[cut:])
			left.Merge(right)
			if got := left.Result(); !same(got, want) {
				t.Errorf("merged at %d: %s, added: %s", cut, text(got), text(want))
			}
			if left.Size() <= 0 {
				t.Errorf("size is %d", left.Size())
			}
		}
	})
}

// TestAnyOrder gives accumulators of which AnyOrder is true rows from the last to the first, and merges the later rows with the earlier ones.
func TestAnyOrder(t *testing.T) {
	found := 0
	eachCall(t, func(t *testing.T, c call, fresh func() Accumulator, result scalar.Type) {
		if !AnyOrder(fresh()) {
			return
		}
		found++
		rows := c.rows(rand.New(rand.NewPCG(13, 14)), 60)
		whole, backward, early, late := fresh(), fresh(), fresh(), fresh()
		addReused(whole, rows)
		addReused(early, rows[:23])
		addReused(late, rows[23:])
		late.Merge(early)
		slices.Reverse(rows)
		addReused(backward, rows)
		if want, got := whole.Result(), backward.Result(); !same(got, want) {
			t.Errorf("backwards: %s, not %s", text(got), text(want))
		}
		if want, got := whole.Result(), late.Result(); !same(got, want) {
			t.Errorf("merged with earlier rows: %s, not %s", text(got), text(want))
		}
	})
	if found < 40 {
		t.Errorf("only %d calls were tested", found)
	}
}

func TestMarshalRoundTrip(t *testing.T) {
	eachCall(t, func(t *testing.T, c call, fresh func() Accumulator, result scalar.Type) {
		r := rand.New(rand.NewPCG(3, 4))
		for _, n := range []int{0, 1, 40} {
			rows, more := c.rows(r, n), c.rows(r, 20)
			acc, back := fresh(), fresh()
			for _, row := range rows {
				acc.Add(row)
			}
			state, err := acc.MarshalBinary()
			if err != nil {
				t.Fatal(err)
			}
			if err := back.UnmarshalBinary(state); err != nil {
				t.Fatalf("%d rows: %v", n, err)
			}
			clear(state) // the accumulator keeps nothing of it
			if got, want := back.Result(), acc.Result(); !same(got, want) {
				t.Errorf("%d rows came back as %s, were %s", n, text(got), text(want))
			}
			for _, row := range more {
				acc.Add(row)
				back.Add(row)
			}
			if got, want := back.Result(), acc.Result(); !same(got, want) {
				t.Errorf("%d rows went on to %s, not %s", n, text(got), text(want))
			}
		}
	})
}

// TestMalformedState feeds damaged states: they may give an error or another
// state, but nothing may panic.
func TestMalformedState(t *testing.T) {
	eachCall(t, func(t *testing.T, c call, fresh func() Accumulator, result scalar.Type) {
		r := rand.New(rand.NewPCG(5, 6))
		acc := fresh()
		for _, row := range c.rows(r, 12) {
			acc.Add(row)
		}
		state, err := acc.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		if err := fresh().UnmarshalBinary(append(slices.Clone(state), 0)); err == nil {
			t.Error("a byte too many gave no error")
		}
		for i := range min(len(state), 200) {
			damaged := slices.Clone(state)
			damaged[i] ^= byte(1 + r.IntN(255))
			for _, b := range [][]byte{state[:i], damaged} {
				back := fresh()
				if back.UnmarshalBinary(b) == nil {
					back.Merge(acc)
					_ = back.Result()
				}
			}
		}
	})
}

func TestDeclarations(t *testing.T) {
	for name, e := range All() {
		switch {
		case e.Doc == "":
			t.Errorf("%s has no doc", name)
		case e.Refused != "":
		case len(e.Examples) < 2:
			t.Errorf("%s has %d examples", name, len(e.Examples))
		case e.New == nil && !e.Special:
			t.Errorf("%s cannot be called", name)
		}
		if e.Alias != "" && All()[e.Alias] == nil {
			t.Errorf("%s is an alias of %s, which is not declared", name, e.Alias)
		}
	}
}

// TestOfficialAggregates holds the table against the list of the official
// analyzer.
func TestOfficialAggregates(t *testing.T) {
	const path = "../../../shared/conformance/official.json"
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("the conformance data is not here: %s", path)
	}
	var official struct {
		Aggregates []struct {
			Name       string
			Signatures []struct {
				MinArgs int `json:"min_args"`
			}
		}
	}
	if err == nil {
		err = json.Unmarshal(data, &official)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(official.Aggregates) < 60 {
		t.Fatalf("only %d aggregates in %s", len(official.Aggregates), path)
	}
	for _, o := range official.Aggregates {
		e, ok := Lookup(o.Name)
		if !ok {
			t.Errorf("%s is not declared", o.Name)
			continue
		}
		for _, s := range o.Signatures {
			if !slices.ContainsFunc(e.Signatures(), func(sig function.Signature) bool {
				least, most := sig.Arity()
				return least <= s.MinArgs && s.MinArgs <= most
			}) {
				t.Errorf("%s cannot be called with %d arguments", o.Name, s.MinArgs)
			}
		}
	}
}

func BenchmarkAdd(b *testing.B) {
	text := scalar.NewString("someone@example.com")
	for _, c := range []struct {
		aggregate string
		value     scalar.Value
	}{
		{"count", text}, {"sum", scalar.NewLong(7)}, {"avg", scalar.NewLong(7)}, {"max", text},
		{"dcount", text}, {"make_set", text}, {"stdev", scalar.NewReal(7)}, {"percentile", scalar.NewLong(7)},
	} {
		b.Run(c.aggregate, func(b *testing.B) {
			args := []function.Arg{{Type: c.value.Type()}}
			if c.aggregate == "percentile" {
				args = append(args, function.Arg{Type: scalar.Long, Const: true, Value: scalar.NewLong(95)})
			}
			fresh, _, err := All()[c.aggregate].New(args)
			if err != nil {
				b.Fatal(err)
			}
			acc, row := fresh(), []scalar.Value{c.value}
			b.ReportAllocs()
			for b.Loop() {
				acc.Add(row)
			}
		})
	}
}
