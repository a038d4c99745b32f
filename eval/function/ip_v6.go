package function

import (
	"encoding/hex"
	"net/netip"
)

func ipv6Functions() []Function {
	return []Function{
		{
			Sig:  "parse_ipv6(ip: string): string",
			Doc:  "An IPv6 or IPv4 address in full IPv6 notation, after its /suffix, if any, has masked it; an empty string for any other text.",
			Impl: F1(parseIPv6),
			Examples: []string{
				`parse_ipv6("127.0.0.1") == "0000:0000:0000:0000:0000:ffff:7f00:0001"`,
				`parse_ipv6("192.168.255.255/24") == "0000:0000:0000:0000:0000:ffff:c0a8:ff00"`,
				`parse_ipv6("fe80::85d:e82c:9446:7994") == "fe80:0000:0000:0000:085d:e82c:9446:7994"`,
				`parse_ipv6("x") == ""`,
			},
		},
		{
			Sig:  "parse_ipv6_mask(ip: string, prefix: long): string",
			Doc:  "An IPv6 or IPv4 address, masked to so many leading bits of 128, in full IPv6 notation.",
			Impl: F2(parseIPv6Mask),
			Examples: []string{
				`parse_ipv6_mask("192.168.255.255", 120) == "0000:0000:0000:0000:0000:ffff:c0a8:ff00"`,
				`parse_ipv6_mask("fe80::85d:e82c:9446:7994", 120) == "fe80:0000:0000:0000:085d:e82c:9446:7900"`,
				`parse_ipv6_mask("fe80::1", 129) == ""`,
			},
		},
		{
			Sig:  "ipv6_compare(ip1: string, ip2: string, prefix: long?): long",
			Doc:  "The order of two IPv6 or IPv4 addresses, -1, 0 or 1, by the leading bits that the least of their prefixes and the given one leaves.",
			Impl: comparison(parseIP, 128, orderValue),
			Examples: []string{
				`ipv6_compare("192.168.1.1/24", "192.168.1.255") == 0`,
				`ipv6_compare("fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7995", 127) == 0`,
				`ipv6_compare("fe80::85d:e82c:9446:7994", "fe80::85d:e82c:9446:7995") == -1`,
				`isnull(ipv6_compare("x", "fe80::1"))`,
			},
		},
		{
			Sig:  "ipv6_is_match(ip1: string, ip2: string, prefix: long?): bool",
			Doc:  "Whether two IPv6 or IPv4 addresses are equal in the leading bits that the least of their prefixes and the given one leaves.",
			Impl: comparison(parseIP, 128, matchValue),
			Examples: []string{
				`ipv6_is_match("192.168.1.1", "::ffff:c0a8:0101")`,
				`ipv6_is_match("fe80::85d:e82c:9446:7994/127", "fe80::85d:e82c:9446:7995")`,
				`not(ipv6_is_match("fe80::1", "fe80::2"))`,
			},
		},
		{
			Sig:  "ipv6_is_in_range(ip: string, ip_range: string): bool",
			Doc:  "Whether an IPv6 or IPv4 address lies in a range in CIDR notation.",
			Impl: inRange(parseIP),
			Examples: []string{
				`ipv6_is_in_range("a5e:f127:8a9d:146d:e102:b5d3:c755:abcd", "a5e:f127:8a9d:146d:e102:b5d3:c755:0000/112")`,
				`not(ipv6_is_in_range("a5e:f127:8a9d:146d:e102:b5d3:c755:abcd", "0:0:0:0:0:ffff:c0a8:ac/60"))`,
				`isnull(ipv6_is_in_range("x", "fe80::/64"))`,
			},
		},
		{
			Sig: "ipv6_is_in_any_range(ip: stringordynamic, ranges: array): bool\n" +
				"ipv6_is_in_any_range(ip: stringordynamic, ranges: string{1,*}): bool",
			Doc:  "Whether an IPv6 or IPv4 address lies in any of some ranges in CIDR notation.",
			Bind: inAnyRange(parseIP),
			Examples: []string{
				`ipv6_is_in_any_range("a5e:f127:8a9d:146d:e102:b5d3:c755:f6cd", dynamic(["a5e:f127:8a9d:146d:e102:b5d3:c755:0000/112", "192.168.1.1/24"]))`,
				`ipv6_is_in_any_range("192.168.1.6", "fe80::/64", "192.168.1.1/24")`,
				`not(ipv6_is_in_any_range("fe80::1", dynamic(["127.0.0.1"])))`,
			},
		},
	}
}

func parseIPv6(ip string) string {
	r, ok := parseIP(ip)
	if !ok {
		return ""
	}
	return fullIPv6(r.masked(r.bits))
}

func parseIPv6Mask(ip string, prefix int64) string {
	r, ok := parseIP(ip)
	if !ok || prefix < 0 || prefix > 128 {
		return ""
	}
	return fullIPv6(r.masked(min(r.bits, int(prefix))))
}

// fullIPv6 writes all 32 digits of an address in eight groups.
func fullIPv6(a netip.Addr) string {
	b := a.As16()
	digits := hex.EncodeToString(b[:])
	text := make([]byte, 0, 39)
	for i := 0; i < len(digits); i += 4 {
		if i > 0 {
			text = append(text, ':')
		}
		text = append(text, digits[i:i+4]...)
	}
	return string(text)
}
