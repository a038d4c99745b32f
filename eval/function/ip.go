package function

import (
	"net/netip"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// ipFunctions work on IPv4 and IPv6 addresses in text form.
func ipFunctions() []Function {
	return append(append(ipv4Functions(), ipv6Functions()...), ipTextFunctions()...)
}

// ipRange is an address and how many of its leading bits count. An IPv4 address
// is kept as IPv6 keeps it, mapped, so that one code serves both.
type ipRange struct {
	addr netip.Addr
	bits int
	v4   bool
}

// v4Bits is how many bits stand before the IPv4 address in a mapped one.
const v4Bits = 96

// parseIP reads an address with or without a /suffix, of either kind.
func parseIP(s string) (r ipRange, ok bool) {
	text, suffix, hasSuffix := strings.Cut(s, "/")
	addr, err := netip.ParseAddr(text)
	if err != nil || addr.Zone() != "" {
		return r, false
	}
	r = ipRange{addr: netip.AddrFrom16(addr.As16()), bits: 128, v4: addr.Is4()}
	if !hasSuffix {
		return r, true
	}
	bits, ok := smallNumber(suffix)
	if r.v4 {
		bits += v4Bits
	}
	r.bits = bits
	return r, ok && bits <= 128
}

// parseIP4 is parseIP for functions that know IPv4 only.
func parseIP4(s string) (ipRange, bool) {
	r, ok := parseIP(s)
	return r, ok && r.v4
}

// smallNumber reads up to three digits.
func smallNumber(s string) (n int, ok bool) {
	if s == "" || len(s) > 3 {
		return 0, false
	}
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}

// masked is the address with the bits past the first n set to zero.
func (r ipRange) masked(n int) netip.Addr {
	p, err := r.addr.Prefix(n)
	if err != nil {
		return r.addr
	}
	return p.Addr()
}

// ipv4Number is an IPv4 address as a number.
func ipv4Number(a netip.Addr) int64 {
	b := a.As16()
	return int64(b[12])<<24 | int64(b[13])<<16 | int64(b[14])<<8 | int64(b[15])
}

// contains reports whether a lies in r; where a is a range too, the wider of the
// two decides.
func (r ipRange) contains(a ipRange) bool {
	n := min(r.bits, a.bits)
	return r.masked(n) == a.masked(n)
}

// ipParser is parseIP or parseIP4.
type ipParser func(string) (ipRange, bool)

// comparison makes ipvN_compare and ipvN_is_match out of what to do with the
// order of two addresses. full is the length of an address in bits.
func comparison(parse ipParser, full int64, answer func(order int) scalar.Value) Impl {
	return Raw(func(args []scalar.Value) scalar.Value {
		null := scalar.Null(answer(0).Type())
		a, ok := parse(args[0].Str())
		b, ok2 := parse(args[1].Str())
		if !ok || !ok2 {
			return null
		}
		n := min(a.bits, b.bits)
		if len(args) > 2 {
			prefix := args[2].Long()
			if args[2].IsNull() || prefix < 0 || prefix > full {
				return null
			}
			n = min(n, int(prefix+128-full))
		}
		return answer(a.masked(n).Compare(b.masked(n)))
	})
}

func orderValue(order int) scalar.Value { return scalar.NewLong(int64(order)) }
func matchValue(order int) scalar.Value { return scalar.NewBool(order == 0) }

// inRange makes ipvN_is_in_range.
func inRange(parse ipParser) Impl {
	return N2(func(ip, within string) (in, ok bool) {
		a, ok := parse(ip)
		r, ok2 := parse(within)
		return r.contains(a), ok && ok2
	})
}

// inAnyRange makes the binder of ipvN_is_in_any_range, whose ranges are texts or
// arrays of them. Constant ranges are read once. Ranges that are none are passed
// over; an address that is none gives null.
func inAnyRange(parse ipParser) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		find := func(ip scalar.Value, ranges []ipRange) scalar.Value {
			a, ok := parse(scalar.ToString(ip))
			if !ok {
				return scalar.Null(scalar.Bool)
			}
			for _, r := range ranges {
				if r.contains(a) {
					return scalar.NewBool(true)
				}
			}
			return scalar.NewBool(false)
		}
		if values, ok := constantValues(args[1:]); ok {
			fixed := parseRanges(parse, values)
			return Raw(func(args []scalar.Value) scalar.Value { return find(args[0], fixed) }), nil
		}
		return Raw(func(args []scalar.Value) scalar.Value {
			return find(args[0], parseRanges(parse, args[1:]))
		}), nil
	}
}

// constantValues gives the values of args if all are known when the call is bound.
func constantValues(args []Arg) (values []scalar.Value, ok bool) {
	for _, a := range args {
		if !a.Const {
			return nil, false
		}
		values = append(values, a.Value)
	}
	return values, true
}

func parseRanges(parse ipParser, values []scalar.Value) (ranges []ipRange) {
	for _, text := range flatTexts(values) {
		if r, ok := parse(text); ok {
			ranges = append(ranges, r)
		}
	}
	return ranges
}

// flatTexts lists the texts of values, an array's elements one by one.
func flatTexts(values []scalar.Value) (list []string) {
	for _, v := range values {
		if _, isArray := v.Len(); isArray {
			list = append(list, texts(v)...)
		} else {
			list = append(list, scalar.ToString(v))
		}
	}
	return list
}
