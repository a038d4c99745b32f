package function

import (
	"strings"

	"golang.org/x/net/idna"
)

// urlEncodingFunctions escape text for addresses and name hosts in ASCII.
func urlEncodingFunctions() []Function {
	return []Function{
		{
			Sig:  "url_encode(url: string): string",
			Doc:  "A text escaped for the query of an address: a blank becomes +, other characters that need it %xx.",
			Impl: F1(func(s string) string { return urlEncode(s, "+") }),
			Examples: []string{
				`url_encode("https://www.bing.com/hello world/") == "https%3a%2f%2fwww.bing.com%2fhello+world%2f"`,
				`url_encode("a b/") == "a+b%2f"`,
			},
		},
		{
			Sig:  "url_encode_component(url: string): string",
			Doc:  "A text escaped for a part of an address: a blank becomes %20, as other characters that need it become %xx.",
			Impl: F1(func(s string) string { return urlEncode(s, "%20") }),
			Examples: []string{
				`url_encode_component("https://www.bing.com/hello world/") == "https%3a%2f%2fwww.bing.com%2fhello%20world%2f"`,
				`url_encode_component("") == ""`,
			},
		},
		{
			Sig:  "url_decode(encoded_url: string): string",
			Doc:  "A text without the escapes of an address; what is no escape stays as it is.",
			Impl: F1(urlDecode),
			Examples: []string{
				`url_decode("https%3a%2f%2fwww.bing.com%2f") == "https://www.bing.com/"`,
				`url_decode("100%") == "100%"`,
			},
		},
		{
			Sig:  "punycode_from_string(string: string): string",
			Doc:  "The punycode form of a text, without the xn-- of a host name.",
			Impl: F1(punycodeEncode),
			Examples: []string{
				`punycode_from_string("académie-française") == "acadmie-franaise-npb1a"`,
				`punycode_from_string("艺术") == "cqv902d"`,
			},
		},
		{
			Sig:  "punycode_to_string(string: string): string",
			Doc:  "The text that a punycode form without xn-- stands for; an empty string where it is none.",
			Impl: F1(punycodeDecode),
			Examples: []string{
				`punycode_to_string("acadmie-franaise-npb1a") == "académie-française"`,
				`punycode_to_string("é") == ""`,
			},
		},
		{
			Sig:  "punycode_domain_to_string(string: string): string",
			Doc:  "A host name with each part that is not ASCII in its punycode form.",
			Impl: F1(domainEncode),
			Examples: []string{
				`punycode_domain_to_string("Riðill｡Skáldskaparmál｡org") == "xn--Riill-jta.xn--Skldskaparml-dbbj.org"`,
				`punycode_domain_to_string("www.bing.com") == "www.bing.com"`,
			},
		},
		{
			Sig:  "punycode_domain_from_string(string: string): string",
			Doc:  "A host name with each part that is in punycode decoded; an empty string where one does not decode.",
			Impl: F1(domainDecode),
			Examples: []string{
				`punycode_domain_from_string("xn--Ge-mia.Bulg.edu") == "Gáe.Bulg.edu"`,
				`punycode_domain_from_string("www.bing.com") == "www.bing.com"`,
			},
		},
	}
}

// urlEncode leaves letters, digits and the marks -_.!*() alone, as .NET does.
func urlEncode(s, blank string) string {
	const hex = "0123456789abcdef"
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', strings.IndexByte("-_.!*()", c) >= 0:
			b.WriteByte(c)
		case c == ' ':
			b.WriteString(blank)
		default:
			b.WriteByte('%')
			b.WriteByte(hex[c>>4])
			b.WriteByte(hex[c&15])
		}
	}
	return b.String()
}

func urlDecode(s string) string {
	if strings.IndexByte(s, '%') < 0 && strings.IndexByte(s, '+') < 0 {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '+':
			c = ' '
		case c == '%' && i+2 < len(s):
			high, ok := hexDigit(s[i+1])
			low, ok2 := hexDigit(s[i+2])
			if ok && ok2 {
				c = high<<4 | low
				i += 2
			}
		}
		b = append(b, c)
	}
	return strings.ToValidUTF8(string(b), "\uFFFD")
}

func hexDigit(c byte) (byte, bool) {
	switch {
	case c >= '0' && c <= '9':
		return c - '0', true
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return c | 0x20 - 'a' + 10, true
	}
	return 0, false
}

const punycodePrefix = "xn--"

func punycodeEncode(s string) string {
	if isASCII(s) {
		if s == "" {
			return ""
		}
		return s + "-" // what RFC 3492 gives; the library leaves such text alone
	}
	encoded, err := idna.Punycode.ToASCII(s)
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(encoded, punycodePrefix)
}

func punycodeDecode(s string) string {
	if s == "" || !isASCII(s) {
		return ""
	}
	decoded, err := idna.Punycode.ToUnicode(punycodePrefix + s)
	if err != nil {
		return ""
	}
	return decoded
}

func isASCII(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// fullStops are the other characters that separate the parts of a host name.
var fullStops = [...]string{"。", "．", "｡"}

func domainEncode(s string) string {
	for _, stop := range fullStops {
		s = strings.ReplaceAll(s, stop, ".")
	}
	parts := strings.Split(s, ".")
	for i, part := range parts {
		if !isASCII(part) {
			parts[i] = punycodePrefix + punycodeEncode(part)
		}
	}
	return strings.Join(parts, ".")
}

func domainDecode(s string) string {
	parts := strings.Split(s, ".")
	for i, part := range parts {
		if encoded, ok := strings.CutPrefix(part, punycodePrefix); ok {
			if parts[i] = punycodeDecode(encoded); parts[i] == "" {
				return ""
			}
		}
	}
	return strings.Join(parts, ".")
}
