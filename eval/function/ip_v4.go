package function

import (
	"encoding/binary"
	"math/bits"
	"net/netip"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func ipv4Functions() []Function {
	return []Function{
		{
			Sig:  "parse_ipv4(ip: string): long",
			Doc:  "An IPv4 address as a number, after its /suffix, if any, has masked it; null for any other text.",
			Impl: N1(func(ip string) (int64, bool) { r, ok := parseIP4(ip); return ipv4Number(r.masked(r.bits)), ok }),
			Examples: []string{
				`parse_ipv4("192.168.1.1") == 3232235777`,
				`parse_ipv4("192.168.1.1/24") == 3232235776`,
				`parse_ipv4("255.255.255.255/31") == 4294967294`,
				`isnull(parse_ipv4("256.1.1.1"))`,
			},
		},
		{
			Sig:  "parse_ipv4_mask(ip: string, prefix: long): long",
			Doc:  "An IPv4 address, masked to so many leading bits, as a number.",
			Impl: N2(parseIPv4Mask),
			Examples: []string{
				`parse_ipv4_mask("127.0.0.1", 24) == 2130706432`,
				`parse_ipv4_mask("192.1.168.2", 31) == 3221334018`,
				`isnull(parse_ipv4_mask("127.0.0.1", 33))`,
			},
		},
		{
			Sig:  "ipv4_compare(ip1: string, ip2: string, prefix: long?): long",
			Doc:  "The order of two IPv4 addresses, -1, 0 or 1, by the leading bits that the least of their prefixes and the given one leaves.",
			Impl: comparison(parseIP4, 32, orderValue),
			Examples: []string{
				`ipv4_compare("192.168.1.1/24", "192.168.1.255") == 0`,
				`ipv4_compare("192.168.1.1", "192.168.1.0", 31) == 0`,
				`ipv4_compare("192.168.1.1", "192.168.1.2") == -1`,
				`isnull(ipv4_compare("x", "192.168.1.2"))`,
			},
		},
		{
			Sig:  "ipv4_is_match(ip1: string, ip2: string, prefix: long?): bool",
			Doc:  "Whether two IPv4 addresses are equal in the leading bits that the least of their prefixes and the given one leaves.",
			Impl: comparison(parseIP4, 32, matchValue),
			Examples: []string{
				`ipv4_is_match("192.168.1.1/24", "192.168.1.255")`,
				`ipv4_is_match("192.168.1.1", "192.168.1.0", 31)`,
				`not(ipv4_is_match("192.168.1.1", "192.168.1.2"))`,
				`isnull(ipv4_is_match("192.168.1.1", ""))`,
			},
		},
		{
			Sig:  "ipv4_is_in_range(ip: string, ip_range: string): bool",
			Doc:  "Whether an IPv4 address lies in a range in CIDR notation.",
			Impl: inRange(parseIP4),
			Examples: []string{
				`ipv4_is_in_range("192.168.1.1", "192.168.1.1")`,
				`ipv4_is_in_range("192.168.1.1", "192.168.1.255/24")`,
				`not(ipv4_is_in_range("192.168.2.1", "192.168.1.255/24"))`,
				`isnull(ipv4_is_in_range("x", "192.168.1.255/24"))`,
			},
		},
		{
			Sig: "ipv4_is_in_any_range(ip: stringordynamic, ranges: array): bool\n" +
				"ipv4_is_in_any_range(ip: stringordynamic, ranges: string{1,*}): bool",
			Doc:  "Whether an IPv4 address lies in any of some ranges in CIDR notation.",
			Bind: inAnyRange(parseIP4),
			Examples: []string{
				`ipv4_is_in_any_range("192.168.1.6", "192.168.1.1/24", "10.0.0.1/8", "127.1.0.1/16")`,
				`ipv4_is_in_any_range("127.0.0.1", dynamic(["127.0.0.1", "192.168.1.1"]))`,
				`not(ipv4_is_in_any_range("8.8.8.8", dynamic(["127.0.0.1", "192.168.1.1"])))`,
			},
		},
		{
			Sig:  "ipv4_is_private(ip: string): bool",
			Doc:  "Whether an IPv4 address belongs to a private network: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16.",
			Impl: N1(isPrivate),
			Examples: []string{
				`ipv4_is_private("192.168.1.1/24")`,
				`ipv4_is_private("10.1.2.3/24")`,
				`not(ipv4_is_private("202.1.2.3"))`,
				`not(ipv4_is_private("127.0.0.1"))`,
				`isnull(ipv4_is_private("fe80::1"))`,
			},
		},
		{
			Sig:  "ipv4_netmask_suffix(ip: string): long",
			Doc:  "The prefix length of an IPv4 address in CIDR notation, 32 where it has none.",
			Impl: N1(func(ip string) (int64, bool) { r, ok := parseIP4(ip); return int64(r.bits - v4Bits), ok }),
			Examples: []string{
				`ipv4_netmask_suffix("10.1.2.3") == 32`,
				`ipv4_netmask_suffix("192.168.1.1/24") == 24`,
				`isnull(ipv4_netmask_suffix("x"))`,
			},
		},
		{
			Sig:  "ipv4_range_to_cidr_list(start_ip: string, end_ip: string): dynamic",
			Doc:  "The least list of CIDR ranges that covers the IPv4 addresses from one to another; null where there is none.",
			Impl: F2(cidrList),
			Examples: []string{
				`tostring(ipv4_range_to_cidr_list("1.1.128.0", "1.1.140.255")) == '["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]'`,
				`tostring(ipv4_range_to_cidr_list("0.0.0.0", "255.255.255.255")) == '["0.0.0.0/0"]'`,
			},
		},
		{
			Sig:  "format_ipv4(ip: scalar, prefix: long?): string",
			Doc:  "An IPv4 address, given as text or number, masked and written with dots; an empty string where it is none.",
			Impl: Raw(formatIPv4),
			Examples: []string{
				`format_ipv4("192.168.1.1", 24) == "192.168.1.0"`,
				`format_ipv4(3232236031, 24) == "192.168.1.0"`,
				`format_ipv4("192.168.1.1/24", 32) == "192.168.1.0"`,
				`format_ipv4("192.168.1.1/24", -1) == ""`,
			},
		},
		{
			Sig:  "format_ipv4_mask(ip: scalar, prefix: long): string",
			Doc:  "An IPv4 address, given as text or number, masked and written in CIDR notation; an empty string where it is none.",
			Impl: Raw(formatIPv4Mask),
			Examples: []string{
				`format_ipv4_mask("192.168.1.1", 24) == "192.168.1.0/24"`,
				`format_ipv4_mask(3232236031, 24) == "192.168.1.0/24"`,
				`format_ipv4_mask("192.168.1.1/24", 32) == "192.168.1.0/24"`,
				`format_ipv4_mask("192.168.1.1/24", -1) == ""`,
			},
		},
	}
}

func parseIPv4Mask(ip string, prefix int64) (int64, bool) {
	r, ok := parseIP4(ip)
	if !ok || prefix < 0 || prefix > 32 {
		return 0, false
	}
	return ipv4Number(r.masked(min(r.bits, int(prefix)+v4Bits))), true
}

func isPrivate(ip string) (private, ok bool) {
	r, ok := parseIP4(ip)
	if !ok {
		return false, false
	}
	return r.masked(r.bits).Unmap().IsPrivate(), true
}

func cidrList(start, end string) scalar.Value {
	a, ok := parseIP4(start)
	b, ok2 := parseIP4(end)
	if !ok || !ok2 {
		return scalar.Null(scalar.Dynamic)
	}
	from, to := uint64(ipv4Number(a.addr)), uint64(ipv4Number(b.addr))
	if from > to {
		return scalar.Null(scalar.Dynamic)
	}
	var list scalar.ArrayBuilder
	for from <= to {
		// The largest block that starts here, and does not pass the end.
		size := min(bits.TrailingZeros64(from|1<<32), bits.Len64(to-from+1)-1)
		list.Append(scalar.NewString(addr4(from) + "/" + strconv.Itoa(32-size)))
		from += 1 << size
	}
	return list.Value()
}

// addr4 writes the number of an IPv4 address with dots.
func addr4(n uint64) string {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], uint32(n))
	return netip.AddrFrom4(b).String()
}

// maskedIPv4 reads the arguments of format_ipv4 and format_ipv4_mask.
func maskedIPv4(args []scalar.Value) (addr string, prefix int, ok bool) {
	text := scalar.ToString(args[0])
	if n, isNumber := scalar.ToLong(args[0]); isNumber && args[0].Kind().Integer() {
		if n < 0 || n > 0xffffffff {
			return "", 0, false
		}
		text = addr4(uint64(n))
	}
	r, ok := parseIP4(text)
	if !ok {
		return "", 0, false
	}
	if len(args) > 1 {
		n := args[1].Long()
		if args[1].IsNull() || n < 0 || n > 32 {
			return "", 0, false
		}
		r.bits = min(r.bits, int(n)+v4Bits)
	}
	return r.masked(r.bits).Unmap().String(), r.bits - v4Bits, true
}

func formatIPv4(args []scalar.Value) scalar.Value {
	addr, _, _ := maskedIPv4(args)
	return scalar.NewString(addr)
}

func formatIPv4Mask(args []scalar.Value) scalar.Value {
	addr, prefix, ok := maskedIPv4(args)
	if !ok {
		return scalar.NewString("")
	}
	return scalar.NewString(addr + "/" + strconv.Itoa(prefix))
}
