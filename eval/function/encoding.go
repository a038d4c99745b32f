package function

import (
	"encoding/base64"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// encodingFunctions turn text and bytes into other notations and back.
func encodingFunctions() []Function {
	list := base64Functions()
	list = append(list, codePointFunctions()...)
	list = append(list, compressionFunctions()...)
	return append(list, urlEncodingFunctions()...)
}

func base64Functions() []Function {
	return []Function{
		{
			Sig:  "base64_encode_tostring(string: string): string",
			Doc:  "The base64 form of a string's bytes.",
			Impl: F1(base64Encode),
			Examples: []string{
				`base64_encode_tostring("Kusto") == "S3VzdG8="`,
				`base64_encode_tostring("") == ""`,
			},
		},
		{
			Sig:      "base64_encodestring(string: string): string",
			Doc:      "The former spelling of base64_encode_tostring.",
			Alias:    "base64_encode_tostring",
			Examples: []string{`base64_encodestring("Kusto") == "S3VzdG8="`, `base64_encodestring("") == ""`},
		},
		{
			Sig:  "base64_decode_tostring(base64_string: string): string",
			Doc:  "The string that a base64 text stands for; an empty one where the text is not base64, or its bytes are not UTF-8.",
			Impl: F1(base64DecodeText),
			Examples: []string{
				`base64_decode_tostring("S3VzdG8=") == "Kusto"`,
				`base64_decode_tostring("U3RyaW5n0KHR0tGA0L7Rh9C60LA=") == ""`,
				`base64_decode_tostring("S3Vz!") == ""`,
			},
		},
		{
			Sig:      "base64_decodestring(base64_string: string): string",
			Doc:      "The former spelling of base64_decode_tostring.",
			Alias:    "base64_decode_tostring",
			Examples: []string{`base64_decodestring("S3VzdG8=") == "Kusto"`, `base64_decodestring("") == ""`},
		},
		{
			Sig:  "base64_decode_toarray(base64_string: string): dynamic",
			Doc:  "The bytes that a base64 text stands for, as an array of numbers; null where it is not base64.",
			Impl: F1(base64DecodeArray),
			Examples: []string{
				`tostring(base64_decode_toarray("S3VzdG8=")) == "[75,117,115,116,111]"`,
				`isnull(base64_decode_toarray("S3Vz!"))`,
			},
		},
		{
			Sig:  "base64_encode_fromarray(base64_string_decoded_as_array: array): string",
			Doc:  "The base64 form of an array of bytes; an empty string where an element is no byte.",
			Impl: F1(base64EncodeArray),
			Examples: []string{
				`base64_encode_fromarray(dynamic([75, 117, 115, 116, 111])) == "S3VzdG8="`,
				`base64_encode_fromarray(dynamic([256])) == ""`,
			},
		},
		{
			Sig:  "base64_encode_fromguid(guid: guid): string",
			Doc:  "The base64 form of a guid's 16 bytes, in the order in which .NET lays them out.",
			Impl: F1(base64EncodeGuid),
			Examples: []string{
				`base64_encode_fromguid(guid(10e99626-bc2b-4c75-bb3e-fe606de25700)) == "JpbpECu8dUy7Pv5gbeJXAA=="`,
				`base64_encode_fromguid(guid(null)) == ""`,
			},
		},
		{
			Sig:  "base64_decode_toguid(base64_string: string): guid",
			Doc:  "The guid whose 16 bytes, in the order of .NET, a base64 text holds; null for any other text.",
			Impl: N1(base64DecodeGuid),
			Examples: []string{
				`base64_decode_toguid("JpbpECu8dUy7Pv5gbeJXAA==") == guid(10e99626-bc2b-4c75-bb3e-fe606de25700)`,
				`isnull(base64_decode_toguid("abcd1231"))`,
			},
		},
	}
}

func base64Encode(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }

func base64DecodeText(s string) string {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || !utf8.Valid(b) {
		return ""
	}
	return string(b)
}

func base64DecodeArray(s string) scalar.Value {
	decoded, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return scalar.Null(scalar.Dynamic)
	}
	var list scalar.ArrayBuilder
	for _, b := range decoded {
		list.Append(scalar.NewLong(int64(b)))
	}
	return list.Value()
}

func base64EncodeArray(list scalar.Value) string {
	var decoded []byte
	for v := range list.Elements() {
		b, ok := scalar.ToLong(v)
		if !ok || b < 0 || b > 255 {
			return ""
		}
		decoded = append(decoded, byte(b))
	}
	return base64.StdEncoding.EncodeToString(decoded)
}

// swapGuid changes between the order of a guid's text and that of .NET's bytes,
// which turns the first three groups round.
func swapGuid(g scalar.UUID) scalar.UUID {
	g[0], g[1], g[2], g[3] = g[3], g[2], g[1], g[0]
	g[4], g[5] = g[5], g[4]
	g[6], g[7] = g[7], g[6]
	return g
}

func base64EncodeGuid(g scalar.UUID) string {
	g = swapGuid(g)
	return base64.StdEncoding.EncodeToString(g[:])
}

func base64DecodeGuid(s string) (scalar.UUID, bool) {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil || len(b) != len(scalar.UUID{}) {
		return scalar.UUID{}, false
	}
	return swapGuid(scalar.UUID(b)), true
}

func codePointFunctions() []Function {
	return []Function{
		{
			Sig:  "unicode_codepoints_from_string(value: scalar): dynamic",
			Doc:  "The code points of a value's text, as an array of numbers.",
			Impl: F1(codePoints),
			Examples: []string{
				`tostring(unicode_codepoints_from_string("⒦⒰⒮⒯⒪")) == "[9382,9392,9390,9391,9386]"`,
				`tostring(unicode_codepoints_from_string("")) == "[]"`,
			},
		},
		{
			Sig:   "to_utf8(value: scalar): dynamic",
			Doc:   "The former spelling of unicode_codepoints_from_string.",
			Alias: "unicode_codepoints_from_string",
			Examples: []string{
				`tostring(to_utf8("Kusto")) == "[75,117,115,116,111]"`,
				`tostring(to_utf8("")) == "[]"`,
			},
		},
		{
			Sig:  "unicode_codepoints_to_string(value: integerorarray{1,*}): string",
			Doc:  "The string of the given code points, numbers or arrays of them.",
			Impl: Raw(fromCodePoints),
			Examples: []string{
				`unicode_codepoints_to_string(75, 117, 115, 116, 111) == "Kusto"`,
				`unicode_codepoints_to_string(dynamic([75, 117, 115]), 116, 111) == "Kusto"`,
				`unicode_codepoints_to_string(range(48, 57), range(65, 67)) == "0123456789ABC"`,
			},
		},
		{
			Sig:   "make_string(value: integerorarray{1,*}): string",
			Doc:   "The former spelling of unicode_codepoints_to_string.",
			Alias: "unicode_codepoints_to_string",
			Examples: []string{
				`make_string(75, 117, 115, 116, 111) == "Kusto"`,
				`make_string(dynamic([75, 10])) == "K\n"`,
			},
		},
		{
			Sig:   "tohex(value: integer, minLength: integer?): string",
			Doc:   "The hexadecimal digits of an integer, in two's complement of its own size where it is negative, padded with zeros to a length.",
			Names: NameRule{Kind: FirstArgument},
			Impl:  Raw(toHex),
			Examples: []string{
				`tohex(256) == "100"`,
				`tohex(-256) == "ffffffffffffff00"`,
				`tohex(toint(-256), 8) == "ffffff00"`,
				`tohex(256, 8) == "00000100"`,
				`tohex(256, 2) == "100"`,
			},
		},
	}
}

func codePoints(s string) scalar.Value {
	var list scalar.ArrayBuilder
	for _, r := range s {
		list.Append(scalar.NewLong(int64(r)))
	}
	return list.Value()
}

func fromCodePoints(args []scalar.Value) scalar.Value {
	var b strings.Builder
	write := func(v scalar.Value) {
		if n, ok := scalar.ToLong(v); ok && n == int64(rune(n)) && utf8.ValidRune(rune(n)) {
			b.WriteRune(rune(n))
		}
	}
	for _, a := range args {
		if _, isArray := a.Len(); !isArray {
			write(a)
			continue
		}
		for v := range a.Elements() {
			write(v)
		}
	}
	return scalar.NewString(b.String())
}

func toHex(args []scalar.Value) scalar.Value {
	if args[0].IsNull() {
		return scalar.NewString("")
	}
	n := uint64(args[0].Long())
	if args[0].Kind() == scalar.Int {
		n &= 0xffffffff
	}
	digits := strconv.FormatUint(n, 16)
	if len(args) > 1 {
		if missing := args[1].Long() - int64(len(digits)); missing > 0 && missing <= maxText {
			digits = strings.Repeat("0", int(missing)) + digits
		}
	}
	return scalar.NewString(digits)
}
