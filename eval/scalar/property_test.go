package scalar

import (
	"bytes"
	"math"
	"slices"
	"testing"
	"testing/quick"
	"time"
)

// sampleValues returns values of every type and kind, with the edges of each.
func sampleValues(t testing.TB) []Value {
	vals := []Value{
		NewBool(false), NewBool(true),
		NewInt(math.MinInt32), NewInt(-1), NewInt(0), NewInt(1), NewInt(math.MaxInt32),
		NewLong(math.MinInt64), NewLong(-1), NewLong(0), NewLong(1), NewLong(1 << 53), NewLong(1<<53 + 1), NewLong(math.MaxInt64),
		NewReal(math.Inf(-1)), NewReal(-0.5), NewReal(math.Copysign(0, -1)), NewReal(0), NewReal(1), NewReal(1.5),
		NewReal(1 << 53), NewReal(1 << 63), NewReal(1e300), NewReal(math.Inf(1)), NewReal(math.NaN()), NewReal(-math.NaN()),
		NewDateTime(MinInstant), NewDateTime(MaxInstant), NewTimeSpan(-1), NewTimeSpan(0), NewTimeSpan(math.MinInt64),
		NewGuid(UUID{}), NewGuid(UUID{0: 255}),
		NewString(""), NewString("a"), NewString("A"), NewString("ab"), NewString("null"), NewString("a\x00"), NewString("1"),
		ParseJSON(`"a"`), ParseJSON("1"), ParseJSON("1.0"), ParseJSON("2.5"), ParseJSON("true"),
		ParseJSON("[]"), ParseJSON("[1, 2]"), ParseJSON("[1,2]"), ParseJSON("[1,2.0]"), ParseJSON("{}"), ParseJSON(`{"a":1}`), ParseJSON(`{"a":2}`),
	}
	for _, text := range []string{"0", "1", "-1.5", "0.5", "1e300", "1e-300", "12345678901234567890123456789.01"} {
		vals = append(vals, parseValue(t, "decimal", text))
	}
	for typ := Bool; typ <= Dynamic; typ++ {
		vals = append(vals, Null(typ))
	}
	return vals
}

func TestCompareIsATotalOrder(t *testing.T) {
	vals := sampleValues(t)
	for _, a := range vals {
		for _, b := range vals {
			if Compare(a, b) != -Compare(b, a) {
				t.Fatalf("Compare(%v, %v) = %d, and %d the other way", a, b, Compare(a, b), Compare(b, a))
			}
			if Equal(a, b) != (Compare(a, b) == 0) && !isNaN(a) {
				t.Fatalf("Equal(%v, %v) = %v but Compare = %d", a, b, Equal(a, b), Compare(a, b))
			}
			for _, c := range vals {
				if Compare(a, b) <= 0 && Compare(b, c) <= 0 && Compare(a, c) > 0 {
					t.Fatalf("%v <= %v <= %v, but not the first and the last", a, b, c)
				}
			}
		}
	}
}

func TestCompareOrder(t *testing.T) {
	want := []Value{Null(Real), NewReal(math.NaN()), NewReal(math.Inf(-1)), NewReal(-1), NewReal(0), NewReal(math.Inf(1))}
	got := []Value{want[4], want[1], want[5], want[0], want[3], want[2]}
	slices.SortFunc(got, Compare)
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("place %d has %v, want %v", i, got[i], want[i])
		}
	}
	if Equal(NewReal(math.NaN()), NewReal(math.NaN())) {
		t.Error("NaN equals NaN")
	}
}

func TestKeysAgreeWithEqual(t *testing.T) {
	vals := sampleValues(t)
	for _, a := range vals {
		for _, b := range vals {
			if a.Type() != b.Type() {
				continue
			}
			same := bytes.Equal(AppendKey(nil, a), AppendKey(nil, b))
			if same != (Compare(a, b) == 0) {
				t.Errorf("keys of %v and %v are the same: %v", a, b, same)
			}
		}
	}
	one := AppendKey(nil, NewLong(1))
	for _, v := range []Value{NewInt(1), NewReal(1), parseValue(t, "decimal", "1.00"), ParseJSON("1")} {
		if !bytes.Equal(AppendKey(nil, v), one) {
			t.Errorf("the key of %v %v is not that of 1", v.Type(), v)
		}
	}
}

func TestKeysEndByThemselves(t *testing.T) {
	vals := sampleValues(t)
	for _, a := range vals {
		for _, b := range vals {
			short, long := AppendKey(nil, a), AppendKey(nil, b)
			if len(short) < len(long) && bytes.HasPrefix(long, short) {
				t.Errorf("the key of %v starts that of %v", a, b)
			}
		}
	}
}

func TestBinaryRoundTrip(t *testing.T) {
	var all []byte
	vals := sampleValues(t)
	for _, v := range vals {
		all = v.AppendBinary(all)
	}
	for _, want := range vals {
		var got Value
		var err error
		if got, all, err = DecodeBinary(all); err != nil || got != want {
			t.Fatalf("got %v, %v, want %v", got, err, want)
		}
	}
	if len(all) != 0 {
		t.Errorf("%d bytes left", len(all))
	}
}

func TestDecodeBinaryOfBrokenBytes(t *testing.T) {
	for _, v := range sampleValues(t) {
		whole := v.AppendBinary(nil)
		for n := range whole {
			if _, _, err := DecodeBinary(whole[:n]); err == nil {
				t.Errorf("%v decodes from %d bytes of %d", v, n, len(whole))
			}
		}
	}
	for _, b := range [][]byte{
		{byte(Long), byte(Bool), 1, 0, 0, 0, 0, 0, 0, 0},
		{byte(Bool), byte(Bool), 2, 0, 0, 0, 0, 0, 0, 0},
		{byte(DateTime), byte(DateTime), 255, 255, 255, 255, 255, 255, 255, 255},
		{byte(Decimal), byte(Decimal), 1, 'x'},
		{byte(Guid), byte(Guid), 1, 'x'},
		{byte(Dynamic), byte(Array), 2, '{', '}'},
		{byte(Dynamic), byte(Bag), 1, '{'},
		{byte(String), byte(NoType)},
		{byte(Dynamic), byte(Dynamic), 0},
		{200, 200, 0},
	} {
		if v, _, err := DecodeBinary(b); err == nil {
			t.Errorf("%v decodes to %v", b, v)
		}
	}
}

func TestDynamicRoundTrip(t *testing.T) {
	property := func(s string, n int64, f float64) bool {
		array := NewArray([]Value{NewString(s), NewLong(n), NewReal(f)})
		bag := NewBag([]string{s}, []Value{array})
		got := ParseJSON(bag.JSON())
		if !Equal(got, bag) {
			return false
		}
		for _, array = range got.Entries() {
		}
		text := string([]rune(s)) // bytes that are not UTF-8 become U+FFFD
		return array.At(0).Str() == text && Equal(array.At(1), NewLong(n)) && Equal(array.At(2), NewReal(f)) && array.At(2).Kind() == Real
	}
	if err := quick.Check(property, nil); err != nil {
		t.Error(err)
	}
}

func TestTimesAgreeWithTheStandardLibrary(t *testing.T) {
	property := func(n uint64) bool {
		instant := Instant(n % uint64(MaxInstant+1))
		std := instant.Time()
		y, m, d := instant.Date()
		date, ok := NewDate(y, m, d)
		full := string(AppendDateTime(nil, instant, true))
		parsed, parses := ParseDateTime(string(AppendDateTime(nil, instant, false)))
		return FromTime(std) == instant &&
			y == std.Year() && m == int(std.Month()) && d == std.Day() &&
			ok && date == instant-instant%TicksPerDay &&
			full == std.Format("2006-01-02T15:04:05.0000000Z") &&
			parses && parsed == instant
	}
	if err := quick.Check(property, &quick.Config{MaxCount: 2000}); err != nil {
		t.Error(err)
	}
	for _, test := range []struct {
		time time.Time
		want Instant
	}{
		{time.Time{}, MinInstant},
		{time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), MinInstant},
		{time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC), MaxInstant},
		{time.Date(9999, 12, 31, 23, 59, 59, 999999999, time.UTC), MaxInstant},
		{time.Date(1, 1, 1, 1, 0, 0, 199, time.FixedZone("", 3600)), 1},
	} {
		if got := FromTime(test.time); got != test.want {
			t.Errorf("FromTime(%v) = %d, want %d", test.time, got, test.want)
		}
	}
}

func TestFoldingAgreesWithEqualFold(t *testing.T) {
	runes := []rune("aAkK\u212AsS\u017FÖöΣσςß1_ ")
	text := func(n uint64) string {
		var s []rune
		for ; n > 0; n /= uint64(len(runes)) {
			s = append(s, runes[n%uint64(len(runes))])
		}
		return string(s)
	}
	for n := uint64(1); n < 20000; n += 7 {
		s, needle := text(n*2654435761), text(n%2500)
		want := false
		for i := range s {
			for j := i; j <= len(s); j++ {
				want = want || EqualFold(s[i:j], needle)
			}
		}
		if got := ContainsFold(s, needle); got != want {
			t.Fatalf("%q contains %q = %v", s, needle, got)
		}
		if EqualFold(s, needle) && !(StartsWithFold(s, needle) && EndsWithFold(s, needle) && Has(s, needle)) {
			t.Fatalf("%q =~ %q, yet does not start or end with it", s, needle)
		}
	}
}

func TestHash(t *testing.T) {
	day, _ := ParseDateTime("2015-01-01")
	tests := []struct {
		value Value
		want  int64
	}{
		{NewString("World"), 1846988464401551951},
		{NewString("Hello"), 753694413698530628},
		{ParseJSON(`"World"`), 1846988464401551951},
		{NewDateTime(day), 1380966698541616202},
	}
	for _, test := range tests {
		if got := XXHash64(test.value); got != test.want {
			t.Errorf("XXHash64(%v) = %d, want %d", test.value, got, test.want)
		}
	}
}

func TestCoerce(t *testing.T) {
	tests := []struct {
		from Value
		to   Type
		want Value
	}{
		{NewInt(1), Long, NewLong(1)},
		{NewLong(1), Real, NewReal(1)},
		{NewLong(7), Int, NewInt(7)},
		{NewLong(1 << 40), Int, Null(Int)},
		{NewLong(2), Decimal, NewDecimal(DecFromLong(2))},
		{NewInt(1), Dynamic, ParseJSON("1")},
		{NewString("1"), Dynamic, ParseJSON(`"1"`)},
		{ParseJSON("1"), Long, NewLong(1)},
		{ParseJSON("1"), Real, NewReal(1)},
		{ParseJSON(`"a"`), String, NewString("a")},
		{ParseJSON("1"), String, Null(String)},
		{NewString("1"), Long, Null(Long)},
		{Null(Long), Real, Null(Real)},
		{Null(Dynamic), String, NewString("")},
	}
	for _, test := range tests {
		if got := Coerce(test.from, test.to); got != test.want {
			t.Errorf("Coerce(%v %v, %v) = %v, want %v", test.from.Type(), test.from, test.to, got, test.want)
		}
	}
}

func TestRoundDec(t *testing.T) {
	tests := []struct {
		text   string
		places int
		want   string
	}{
		{"2.345", 2, "2.35"}, {"-2.345", 2, "-2.35"}, {"2.5", 0, "3"}, {"1250", -2, "1300"}, {"1.2", 5, "1.2"}, {"0", 3, "0"}, {"49", -2, "0"},
	}
	for _, test := range tests {
		d, _ := ParseDecimal(test.text)
		if got, ok := RoundDec(d, test.places); !ok || got.String() != test.want {
			t.Errorf("RoundDec(%s, %d) = %s, %v, want %s", test.text, test.places, got, ok, test.want)
		}
	}
}

func FuzzParseDateTime(f *testing.F) {
	for _, row := range readTable(f, "datetime.tsv", 2) {
		f.Add(row[0])
	}
	f.Fuzz(func(t *testing.T, s string) {
		instant, ok := ParseDateTime(s)
		if !ok {
			return
		}
		if !instant.Valid() {
			t.Fatalf("ParseDateTime(%q) = %d, out of range", s, instant)
		}
		text := string(AppendDateTime(nil, instant, true))
		if again, ok := ParseDateTime(text); !ok || again != instant {
			t.Errorf("%q gives %s, which gives %d, not %d", s, text, again, instant)
		}
	})
}

func FuzzParseTimeSpan(f *testing.F) {
	for _, row := range readTable(f, "timespan.tsv", 2) {
		f.Add(row[0])
	}
	f.Fuzz(func(t *testing.T, s string) {
		if span, ok := ParseTimeSpan(s); ok {
			text := string(AppendTimeSpan(nil, span))
			if again, ok := ParseTimeSpan(text); !ok || again != span {
				t.Errorf("%q gives %s, which gives %d, not %d", s, text, again, span)
			}
		}
	})
}

func FuzzParseDecimal(f *testing.F) {
	for _, text := range []string{"0", "-1.50", "1e6144", "1e-6144", "9999999999999999999999999999999999.5", ".5", "1e99999999999"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if d, ok := ParseDecimal(s); ok {
			if again, ok := ParseDecimal(d.String()); !ok || again != d {
				t.Errorf("%q gives %s, which gives %s", s, d, again)
			}
			if d.Neg().Neg() != d || d.Cmp(d) != 0 {
				t.Errorf("%s is not itself", d)
			}
			d.Long()
			RoundDec(d, 2)
		}
	})
}

func TestPackedRoundTrip(t *testing.T) {
	vals := append(sampleValues(t), Value{})
	var all []byte
	for _, v := range vals {
		all = v.AppendPacked(all)
	}
	got, rest := make([]Value, len(vals)), all
	for i, want := range vals {
		var ok bool
		if got[i], rest, ok = Unpack(rest); !ok || got[i] != want {
			t.Fatalf("got %#v, %v, want %#v", got[i], ok, want)
		}
	}
	if len(rest) != 0 {
		t.Errorf("%d bytes left", len(rest))
	}
	CloneAll(got)
	clear(all)
	if !slices.Equal(got, vals) {
		t.Error("the copies differ once the bytes that they were read from are written to")
	}
	for _, v := range vals {
		b := v.AppendPacked(nil)
		for n := range b {
			if _, _, ok := Unpack(b[:n]); ok {
				t.Errorf("%v is read from %d bytes of %d", v, n, len(b))
			}
		}
	}
}

func FuzzUnpack(f *testing.F) {
	f.Add([]byte{byte(String), 3, 'a', 'b', 'c', byte(Long), 2})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, b []byte) {
		for len(b) > 0 {
			v, rest, ok := Unpack(b)
			if !ok {
				return
			}
			_ = v.Type().String() + v.Kind().String()
			b = rest
		}
	})
}
