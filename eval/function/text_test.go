package function

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// callText calls a function as a bound call does, with constants given as a JSON
// array, and returns the JSON form of the answer.
func callText(t *testing.T, name, arguments string) string {
	t.Helper()
	e, ok := Lookup(name)
	if !ok {
		t.Fatalf("%s is not declared", name)
	}
	var args []Arg
	var values []scalar.Value
	for v := range scalar.ParseJSON(arguments).Elements() {
		if k := v.Kind(); k == scalar.String || k == scalar.Long || k == scalar.Real || k == scalar.Bool {
			v = scalar.Convert(v, k)
		}
		args = append(args, Arg{Type: v.Type(), Const: true, Value: v})
		values = append(values, v)
	}
	impl := e.Impl
	if e.Bind != nil {
		var err error
		if impl, err = e.Bind(args); err != nil {
			return "error: " + err.Error()
		}
	}
	for i, p := range impl.Params {
		if p != scalar.NoType {
			values[i] = scalar.Convert(values[i], p)
		}
	}
	return string(scalar.AppendJSON(nil, impl.Call(values)))
}

var textCases = []struct{ function, args, want string }{
	{"strlen", `["⒦⒰⒮⒯⒪"]`, `5`},
	{"substring", `["123456", 1]`, `"23456"`},
	{"substring", `["123456", 2, 2]`, `"34"`},
	{"substring", `["123456", -2, 2]`, `"56"`},
	{"substring", `["123456", -9, 2]`, `"12"`},
	{"substring", `["aé漢b", 1, 2]`, `"é漢"`},
	{"substring", `["abc", 1, -1]`, `""`},
	{"strcat", `["a", 1, null, true]`, `"a1True"`},
	{"strcat_delim", `["-", 1, "2", "A"]`, `"1-2-A"`},
	{"strrep", `[123, 3, "."]`, `"123.123.123"`},
	{"strrep", `["abc", 9223372036854775807]`, `""`},
	{"reverse", `["aé漢"]`, `"漢éa"`},
	{"strcmp", `["abcde", "abc"]`, `1`},
	{"indexof", `["abcdefg", "cde"]`, `2`},
	{"indexof", `["abcdefg", "cde", 1, 4]`, `2`},
	{"indexof", `["abcdefg", "cde", 1, 2]`, `2`},
	{"indexof", `["abcdefg", "cde", 3, 4]`, `-1`},
	{"indexof", `["abcdefg", "cde", -5]`, `2`},
	{"indexof", `[1234567, 5, 1, 4]`, `4`},
	{"indexof", `["abcdefg", "cde", 2, -1]`, `2`},
	{"indexof", `["abcdefgabcdefg", "cde", 1, 10, 2]`, `9`},
	{"indexof", `["abcdefgabcdefg", "cde", 1, -1, 3]`, `-1`},
	{"indexof", `["漢漢x", "x"]`, `2`},
	{"indexof", `["", ""]`, `0`},
	{"countof", `["aaaa", "aa"]`, `3`},
	{"countof", `["ababa", "aba", "regex"]`, `1`},
	{"countof", `["abc", "(", "regex"]`, "error: regular expression \"(\": error parsing regexp: missing closing ): `(`"},
	{"has_any_index", `["this is an example", ["not", "example"]]`, `1`},
	{"has_any_index", `["this is an example", ["exam", "an"]]`, `1`},
	{"split", `["a__b", "_"]`, `["a","","b"]`},
	{"split", `["", "_"]`, `[""]`},
	{"split", `["aaa_bbb_ccc", "_", 1]`, `["bbb"]`},
	{"split", `["aaa_bbb_ccc", "_", 3]`, `[]`},
	{"split", `["abc", ""]`, `["abc"]`},
	{"replace_strings", `["A magic trick can turn a cat into a dog", ["cat", "dog"], ["dog", "pigeon"]]`, `"A magic trick can turn a dog into a pigeon"`},
	{"replace_strings", `["This is", ["is", "This"], ["was", "This"]]`, `"Thwas was"`},
	{"replace_strings", `["This is", ["This", "is"], [12345, "was"]]`, `"This was"`},
	{"translate", `["krasp", "otsku", "spark"]`, `"kusto"`},
	{"translate", `["abc", "", "ab"]`, `""`},

	{"extract", `["User: ([^,]+)", 1, "User: James, Age: 29"]`, `"James"`},
	{"extract", `["(a)|(b)", 2, "a"]`, `""`},
	{"extract", `["-(\\d{2})-", 1, "15-12-2024", "int"]`, `12`},
	{"extract", `["x(.)", 1, "abc", "long"]`, `null`},
	{"extract", `["x(.)", 1, "abc", "string"]`, `""`},
	{"extract", `["{.*}", 0, "a {\"b\":[1]}", "dynamic"]`, `{"b":[1]}`},
	{"extract", `["a", 3, "a"]`, `""`},
	{"extract_all", `["(\\w)(\\w+)(\\w)", "82b8be2d-dfa7"]`, `[["8","2b8be2","d"],["d","fa","7"]]`},
	{"extract_all", `["(?P<key>\\w+)=(?<value>\\w+)", ["value", 1], "a=1,b=2"]`, `[["1","a"],["2","b"]]`},
	{"extract_all", `["(x)", "abc"]`, `null`},
	{"indexof_regex", `["abcabc", "a.c", 0, 9, 2]`, `3`},
	{"indexof_regex", `["ababaa", "a.a", 0, -1, 2]`, `-1`},
	{"indexof_regex", `["abcabc", "a.c", -1]`, `null`},
	{"regex_quote", `["(so$me.Te^xt)"]`, `"\\(so\\$me\\.Te\\^xt\\)"`},
	{"replace_regex", `["Number is 1", "is (\\d+)", "was: \\1 \\0 $1 \\\\ \\9"]`, `"Number was: 1 is 1 $1 \\ "`},
	{"replace", `["b*", "-", "abc"]`, `"-a-c-"`},
	{"trim", `["--", "--https://bing.com--"]`, `"https://bing.com"`},
	{"trim", `["[^\\w]+", "-  Te st1// $"]`, `"Te st1"`},
	{"trim", `["-", "--https://bing.com--"]`, `"https://bing.com"`},
	{"trim", `["a|b", "abxab"]`, `"x"`},
	{"trim_start", `["a", "aab"]`, `"ab"`},
	{"trim_end", `[".com", "bing.com"]`, `"bing"`},
	{"trim_end", `["\\s+", "  x  "]`, `"  x"`},

	{"base64_decode_tostring", `["U3RyaW5n0KHR0tGA0L7Rh9C60LA="]`, `""`},
	{"base64_decode_toarray", `["S3VzdG8="]`, `[75,117,115,116,111]`},
	{"base64_encode_fromarray", `[[75,117,115,116,111]]`, `"S3VzdG8="`},
	{"base64_encode_fromarray", `[null]`, `""`},
	{"base64_decode_toguid", `["JpbpECu8dUy7Pv5gbeJXAA=="]`, `"10e99626-bc2b-4c75-bb3e-fe606de25700"`},
	{"base64_decode_toguid", `["abcd1231"]`, `null`},
	{"unicode_codepoints_to_string", `[75, [117, 115], 116, 111]`, `"Kusto"`},
	{"tohex", `[-256]`, `"ffffffffffffff00"`},
	{"tohex", `[256, 8]`, `"00000100"`},
	{"gzip_compress_to_base64_string", `["1234567890qwertyuiop"]`, `"H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="`},
	{"zlib_compress_to_base64_string", `["1234567890qwertyuiop"]`, `"eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="`},
	{"gzip_decompress_from_base64_string", `["H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="]`, `"1234567890qwertyuiop"`},
	{"zlib_decompress_from_base64_string", `["eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4="]`, `"Test string 123"`},
	{"zlib_decompress_from_base64_string", `["x0x0x0"]`, `""`},
	{"url_encode", `["https://www.bing.com/hello world/"]`, `"https%3a%2f%2fwww.bing.com%2fhello+world%2f"`},
	{"url_encode_component", `["a b/"]`, `"a%20b%2f"`},
	{"url_decode", `["a%3a+%zz%"]`, `"a: %zz%"`},
	{"punycode_from_string", `["académie-française"]`, `"acadmie-franaise-npb1a"`},
	{"punycode_from_string", `["艺术"]`, `"cqv902d"`},
	{"punycode_to_string", `["acadmie-franaise-npb1a"]`, `"académie-française"`},
	{"punycode_domain_to_string", `["Lê Lợi。Thuận Thiên。com"]`, `"xn--L Li-gpa4517b.xn--Thun Thin-s4a7194f.com"`},
	{"punycode_domain_to_string", `["Kaledvoulc'h.Artorījos.edu"]`, `"Kaledvoulc'h.xn--Artorjos-ejb.edu"`},
	{"punycode_domain_from_string", `["xn--Ry-lja8c.xn--Jng-uta63a.xn--Bng-9ka.com"]`, `"Rúyì.Jīngū.Bàng.com"`},
	{"hash", `["World"]`, `1846988464401551951`},
	{"hash", `["World", 100]`, `51`},
	{"hash_md5", `["World"]`, `"f5a7924e621e84c9280a9a27e1bcb7f6"`},
	{"hash_sha1", `["World"]`, `"70c07ec18ef89c5309bbb0937f3a6342411e1fdd"`},
	{"hash_sha256", `["World"]`, `"78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"`},

	{"parse_ipv4", `["192.168.1.1/24"]`, `3232235776`},
	{"parse_ipv4", `["255.255.255.255/31"]`, `4294967294`},
	{"parse_ipv4", `["1.2.3"]`, `null`},
	{"parse_ipv4_mask", `["192.1.168.2", 31]`, `3221334018`},
	{"ipv4_compare", `["192.168.1.1/30", "192.168.1.255/24"]`, `0`},
	{"ipv4_compare", `["192.168.1.1", "192.168.1.255", 33]`, `null`},
	{"ipv4_is_match", `["192.168.1.1", "192.168.1.0", 31]`, `true`},
	{"ipv4_is_match", `["192.168.1.1", "::1"]`, `null`},
	{"ipv4_is_in_range", `["192.168.1.1", "192.168.1.255/24"]`, `true`},
	{"ipv4_is_in_any_range", `["8.8.8.8", ["10.0.0.0/8", "x", "8.8.8.0/24"]]`, `true`},
	{"ipv4_is_in_any_range", `["8.8.8.8", "10.0.0.0/8", "9.0.0.0/8"]`, `false`},
	{"ipv4_is_in_any_range", `["", "10.0.0.0/8"]`, `null`},
	{"ipv4_is_private", `["10.1.2.3"]`, `true`},
	{"ipv4_is_private", `["172.32.0.1"]`, `false`},
	{"ipv4_is_private", `["127.0.0.1"]`, `false`},
	{"ipv4_is_private", `[""]`, `null`},
	{"ipv4_netmask_suffix", `["127.0.0.1/16"]`, `16`},
	{"ipv4_range_to_cidr_list", `["1.1.128.0", "1.1.140.255"]`, `["1.1.128.0/21","1.1.136.0/22","1.1.140.0/24"]`},
	{"ipv4_range_to_cidr_list", `["0.0.0.0", "255.255.255.255"]`, `["0.0.0.0/0"]`},
	{"ipv4_range_to_cidr_list", `["255.255.255.255", "255.255.255.255"]`, `["255.255.255.255/32"]`},
	{"format_ipv4", `["192.168.1.1/24", 32]`, `"192.168.1.0"`},
	{"format_ipv4", `[3232236031, 24]`, `"192.168.1.0"`},
	{"format_ipv4_mask", `["192.168.1.1", 24]`, `"192.168.1.0/24"`},
	{"format_ipv4_mask", `["192.168.1.1/24", -1]`, `""`},
	{"parse_ipv6", `["192.168.255.255/24"]`, `"0000:0000:0000:0000:0000:ffff:c0a8:ff00"`},
	{"parse_ipv6_mask", `["192.168.255.255/24", 124]`, `"0000:0000:0000:0000:0000:ffff:c0a8:ff00"`},
	{"ipv6_compare", `["fe80::85d:e82c:9446:7994/127", "fe80::85d:e82c:9446:7995"]`, `0`},
	{"ipv6_is_match", `["192.168.1.1", "::ffff:c0a8:0101"]`, `true`},
	{"ipv6_is_in_range", `["a5e:f127:8a9d:146d:e102:b5d3:c755:abcd", "0:0:0:0:0:ffff:c0a8:ac/60"]`, `false`},
	{"has_ipv4", `["05:04:54 127.0.0.1 GET", "127.0.0.1"]`, `true`},
	{"has_ipv4", `["05:04:54127.0.0.1 GET", "127.0.0.1"]`, `false`},
	{"has_ipv4", `["127.0.0.11 and 127.0.0.1.", "127.0.0.1"]`, `true`},
	{"has_ipv4", `["127.0.0.256", "127.0.0.256"]`, `false`},
	{"has_ipv4_prefix", `["at 127.0.0.1 GET", "127.0"]`, `false`},
	{"has_ipv4_prefix", `["at 10.127.0.1 GET", "127.0."]`, `false`},
	{"has_any_ipv4_prefix", `["at 127.0.0.1 GET", ["192.168.", "127.0."]]`, `true`},

	{"parse_url", `["scheme://username:password@host:1234/this/is/a/path?k1=v1&k2=v2#fragment"]`, `{"Scheme":"scheme","Host":"host","Port":"1234","Path":"/this/is/a/path","Username":"username","Password":"password","Query Parameters":{"k1":"v1","k2":"v2"},"Fragment":"fragment"}`},
	{"parse_url", `[""]`, `{"Scheme":"","Host":"","Port":"","Path":"","Username":"","Password":"","Query Parameters":{},"Fragment":""}`},
	{"parse_urlquery", `["k1=v1&k2=&k1=x"]`, `{"Query Parameters":{"k1":"v1","k2":""}}`},
	{"parse_path", `["C:\\temp\\file.txt"]`, `{"Scheme":"","RootPath":"C:","DirectoryPath":"C:\\temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":""}`},
	{"parse_path", `["\\\\shared\\users\\temp\\file.txt.gz"]`, `{"Scheme":"","RootPath":"","DirectoryPath":"\\\\shared\\users\\temp","DirectoryName":"temp","Filename":"file.txt.gz","Extension":"gz","AlternateDataStreamName":""}`},
	{"parse_path", `["file://C:/temp/file.txt:some.exe"]`, `{"Scheme":"file","RootPath":"C:","DirectoryPath":"C:/temp","DirectoryName":"temp","Filename":"file.txt","Extension":"txt","AlternateDataStreamName":"some.exe"}`},
	{"parse_command_line", `["echo \"hello world!\"", "windows"]`, `["echo","hello world!"]`},
	{"parse_command_line", `["\"C:\\Program Files\\x.exe\" \"\" a\\\\b \"c\\\\\" d\\\"e \"f\"\"g\"", "windows"]`, `["C:\\Program Files\\x.exe","","a\\\\b","c\\","d\"e","f\"g"]`},
	{"parse_csv", `["aa,\"b,b,b\",cc,\"say \"\"hi\"\"\",\"line1\nline2\""]`, `["aa","b,b,b","cc","say \"hi\"","line1\nline2"]`},
	{"parse_csv", `["a,,\r\nb"]`, `["a","",""]`},
	{"parse_version", `["1"]`, `"1000000000000000000000000"`},
	{"parse_version", `["1.2.x"]`, `null`},
	{"parse_xml", `["<?xml version='1.0' encoding='utf-16'?><duration><value>118.0</value><n>7</n></duration>"]`, `{"duration":{"value":118.0,"n":7}}`},
	{"parse_xml", `["<e a='1'>t<b>x</b><c/><b>y</b></e>"]`, `{"e":{"@a":"1","#text":"t","b":["x","y"],"c":null}}`},
	{"parse_xml", `["<e><f></e></f>"]`, `null`},
	{"parse_xml", `["abc"]`, `null`},
	{"parse_user_agent", `["Mozilla/5.0 (Windows; U; en-US) AppleWebKit/531.9 (KHTML, like Gecko) AdobeAIR/2.5.1", "browser"]`, `{"Browser":{"Family":"AdobeAIR","MajorVersion":"2","MinorVersion":"5","Patch":"1"}}`},
}

func TestTextFunctions(t *testing.T) {
	for _, c := range textCases {
		if got := callText(t, c.function, c.args); got != c.want {
			t.Errorf("%s%s\n got %s\nwant %s", c.function, c.args, got, c.want)
		}
	}
}

// A document nested deeper than any log is refused before its size takes hold.
func TestParseXMLDeep(t *testing.T) {
	nested := func(depth int) string {
		return strings.Repeat("<a>", depth) + "x" + strings.Repeat("</a>", depth)
	}
	if v := parseXML(nested(maxXMLDepth)); v.IsNull() {
		t.Errorf("depth %d gives null", maxXMLDepth)
	}
	if v := parseXML(nested(100_000)); !v.IsNull() {
		t.Errorf("depth 100000 gives %v", v.Kind())
	}
}

// Whatever the text, a function that takes it apart gives valid JSON.
func FuzzTextFunctions(f *testing.F) {
	for _, c := range textCases {
		f.Add(c.args)
	}
	names := []string{
		"parse_url", "parse_urlquery", "parse_path", "parse_csv", "parse_version", "parse_xml",
		"parse_ipv4", "parse_ipv6", "ipv4_is_private", "url_decode", "url_encode", "reverse", "regex_quote",
		"base64_decode_tostring", "base64_decode_toarray", "base64_decode_toguid", "gzip_decompress_from_base64_string",
		"zlib_decompress_from_base64_string", "punycode_from_string", "punycode_to_string",
		"punycode_domain_to_string", "punycode_domain_from_string", "unicode_codepoints_from_string",
	}
	f.Fuzz(func(t *testing.T, s string) {
		in := string(scalar.AppendJSON(nil, scalar.NewArray([]scalar.Value{scalar.NewString(s)})))
		for _, name := range names {
			if got := callText(t, name, in); !json.Valid([]byte(got)) {
				t.Errorf("%s(%q) = %s", name, s, got)
			}
		}
		line := string(scalar.AppendJSON(nil, scalar.NewArray([]scalar.Value{scalar.NewString(s), scalar.NewString("windows")})))
		if got := callText(t, "parse_command_line", line); !json.Valid([]byte(got)) {
			t.Errorf("parse_command_line(%q) = %s", s, got)
		}
	})
}
