package function

import (
	"net/netip"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// ipTextFunctions look for IPv4 addresses inside text.
func ipTextFunctions() []Function {
	return []Function{
		{
			Sig:  "has_ipv4(source: stringordynamic, ip: string): bool",
			Doc:  "Whether a text holds an IPv4 address with no letter or digit next to it.",
			Impl: F2(hasIPv4),
			Examples: []string{
				`has_ipv4("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0.0.1")`,
				`has_ipv4("Source address is 10.1.2.3:1234", "10.1.2.3")`,
				`not(has_ipv4("05:04:54 127.0.0.256 GET /favicon.ico 404", "127.0.0.256"))`,
				`not(has_ipv4("05:04:54127.0.0.1 GET /favicon.ico 404", "127.0.0.1"))`,
			},
		},
		{
			Sig: "has_any_ipv4(source: stringordynamic, ips: array): bool\n" +
				"has_any_ipv4(source: stringordynamic, ips: string{1,*}): bool",
			Doc:  "Whether a text holds any of some IPv4 addresses with no letter or digit next to it.",
			Impl: Raw(hasAnyText(hasIPv4)),
			Examples: []string{
				`has_any_ipv4("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0.0.1", "127.0.0.2")`,
				`has_any_ipv4("05:04:54 127.0.0.1 GET /favicon.ico 404", dynamic(["127.0.0.1", "127.0.0.2"]))`,
				`not(has_any_ipv4("05:04:54 127.0.0.1 GET /favicon.ico 404", dynamic([])))`,
			},
		},
		{
			Sig:  "has_ipv4_prefix(source: stringordynamic, ip_prefix: string): bool",
			Doc:  "Whether a text holds an IPv4 address that starts with a prefix: a whole address, or its first parts with the dot after them.",
			Impl: F2(hasIPv4Prefix),
			Examples: []string{
				`has_ipv4_prefix("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0.")`,
				`not(has_ipv4_prefix("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0"))`,
				`not(has_ipv4_prefix("05:04:54 127.0.0.256 GET /favicon.ico 404", "127.0."))`,
				`not(has_ipv4_prefix("05:04:54127.0.0.1 GET /favicon.ico 404", "127.0."))`,
			},
		},
		{
			Sig: "has_any_ipv4_prefix(source: stringordynamic, ip_prefixes: array): bool\n" +
				"has_any_ipv4_prefix(source: stringordynamic, ip_prefixes: string{1,*}): bool",
			Doc:  "Whether a text holds an IPv4 address that starts with any of some prefixes.",
			Impl: Raw(hasAnyText(hasIPv4Prefix)),
			Examples: []string{
				`has_any_ipv4_prefix("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0.", "192.168.")`,
				`has_any_ipv4_prefix("05:04:54 127.0.0.1 GET /favicon.ico 404", dynamic(["127.0.", "192.168."]))`,
				`not(has_any_ipv4_prefix("05:04:54 127.0.0.1 GET /favicon.ico 404", "127.0"))`,
			},
		},
	}
}

// hasAnyText asks has for each of the texts after the first argument.
func hasAnyText(has func(s, lookup string) bool) func([]scalar.Value) scalar.Value {
	return func(args []scalar.Value) scalar.Value {
		s := scalar.ToString(args[0])
		for _, lookup := range flatTexts(args[1:]) {
			if has(s, lookup) {
				return scalar.NewBool(true)
			}
		}
		return scalar.NewBool(false)
	}
}

func hasIPv4(s, ip string) bool {
	return isIPv4(ip) && anyAddress(s, ip, func(addr string) bool { return addr == ip })
}

func hasIPv4Prefix(s, prefix string) bool {
	if !strings.HasSuffix(prefix, ".") {
		return hasIPv4(s, prefix)
	}
	return anyAddress(s, prefix, isIPv4)
}

func isIPv4(s string) bool {
	addr, err := netip.ParseAddr(s)
	return err == nil && addr.Is4()
}

// anyAddress finds where s holds start with the beginning of an address before
// it, and reports whether what follows makes an address that is accepted.
func anyAddress(s, start string, accept func(addr string) bool) bool {
	for from := 0; ; from++ {
		i := strings.Index(s[from:], start)
		if i < 0 {
			return false
		}
		from += i
		if addr := addressAt(s, from); addr != "" && accept(addr) {
			return true
		}
	}
}

// addressAt is the run of digits and dots of s from i on, less a dot at its end;
// "" where the run does not begin at i, or letters touch it.
func addressAt(s string, i int) string {
	if i > 0 && alphanumeric(s[i-1]) || i > 1 && s[i-1] == '.' && isDigit(s[i-2]) {
		return ""
	}
	end := i
	for end < len(s) && (s[end] == '.' || isDigit(s[end])) {
		end++
	}
	if end < len(s) && alphanumeric(s[end]) {
		return ""
	}
	return strings.TrimRight(s[i:end], ".")
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// alphanumeric takes every byte of a character beyond ASCII for a letter's.
func alphanumeric(c byte) bool {
	return isDigit(c) || c|0x20 >= 'a' && c|0x20 <= 'z' || c >= 0x80
}
