package function

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"

	"github.com/cespare/xxhash/v2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// hashFunctions give a number or a digest for a value.
func hashFunctions() []Function {
	return []Function{
		{
			Sig:  "hash_xxhash64(source: notdynamic, mod: integer?): long",
			Doc:  "The xxHash64 of a value, or its remainder by mod.",
			Impl: Raw(hashLong),
			Examples: []string{
				`hash_xxhash64("World") == 1846988464401551951`,
				`hash_xxhash64("World", 100) == 51`,
				`hash_xxhash64(datetime(2015-01-01)) == 1380966698541616202`,
			},
		},
		{
			Sig:  "hash(source: notdynamic, mod: integer?): long",
			Doc:  "A hash of a value, or its remainder by mod. The algorithm is that of hash_xxhash64.",
			Impl: Raw(hashLong),
			Examples: []string{
				`hash("World") == 1846988464401551951`,
				`hash("World", 100) == 51`,
				`hash(datetime(2015-01-01)) == 1380966698541616202`,
			},
		},
		{
			Sig:  "hash_combine(source: scalar{2,*}): long",
			Doc:  "One hash of several, in their order; what is no long is hashed first. The service does not publish how it mixes: its numbers are others, and it says that they hold within one query only.",
			Impl: Raw(func(args []scalar.Value) scalar.Value { return combined(args) }),
			Examples: []string{
				`hash_combine(1, 2) == hash_combine(1, 2)`,
				`hash_combine(1, 2) != hash_combine(2, 1)`,
				`hash_combine(hash("Hello"), hash("World")) == hash_many("Hello", "World")`,
			},
		},
		{
			Sig: "hash_many(source: notdynamic{1,*}): long",
			Doc: "One hash of several values: hash_combine() of the hash() of each, with the same reserve about its numbers.",
			Impl: Raw(func(args []scalar.Value) scalar.Value {
				hashes := make([]scalar.Value, len(args))
				for i, v := range args {
					hashes[i] = scalar.NewLong(scalar.XXHash64(v))
				}
				return combined(hashes)
			}),
			Examples: []string{
				`hash_many("Hello", "World") != hash_many("World", "Hello")`,
				`hash_many("ab", "c") != hash_many("a", "bc")`,
				`toscalar(datatable(a: string, b: long)["x", 1, "x", 1, "y", 1] | summarize dcount(hash_many(a, b))) == 2`,
			},
		},
		{
			Sig:  "hash_md5(source: notdynamic): string",
			Doc:  "The MD5 digest of a value's text, in hexadecimal.",
			Impl: F1(func(s string) string { d := md5.Sum([]byte(s)); return hex.EncodeToString(d[:]) }),
			Examples: []string{
				`hash_md5("World") == "f5a7924e621e84c9280a9a27e1bcb7f6"`,
				`hash_md5(datetime(2020-01-01)) == "786c530672d1f8db31fee25ea8a9390b"`,
			},
		},
		{
			Sig:  "hash_sha1(source: notdynamic): string",
			Doc:  "The SHA-1 digest of a value's text, in hexadecimal.",
			Impl: F1(func(s string) string { d := sha1.Sum([]byte(s)); return hex.EncodeToString(d[:]) }),
			Examples: []string{
				`hash_sha1("World") == "70c07ec18ef89c5309bbb0937f3a6342411e1fdd"`,
				`hash_sha1("") == "da39a3ee5e6b4b0d3255bfef95601890afd80709"`,
			},
		},
		{
			Sig:  "hash_sha256(source: notdynamic): string",
			Doc:  "The SHA-256 digest of a value's text, in hexadecimal.",
			Impl: F1(func(s string) string { d := sha256.Sum256([]byte(s)); return hex.EncodeToString(d[:]) }),
			Examples: []string{
				`hash_sha256("World") == "78ae647dc5544d227130a0682a51e30bc7777fbb6d8a8f17007463a3ecd1d524"`,
				`hash_sha256(datetime(2020-01-01)) == "ba666752dc1a20eb750b0eb64e780cc4c968bc9fb8813461c1d7e750f302d71d"`,
			},
		},
	}
}

// combined is the xxHash64 of the bytes of hashes, one after another. A null counts as a hash of its own.
func combined(hashes []scalar.Value) scalar.Value {
	b := make([]byte, 0, 64)
	for _, v := range hashes {
		h := v.Long()
		if v.IsNull() || v.Kind() != scalar.Long && v.Kind() != scalar.Int {
			h = scalar.XXHash64(v)
		}
		b = binary.LittleEndian.AppendUint64(b, uint64(h))
	}
	return scalar.NewLong(int64(xxhash.Sum64(b)))
}

func hashLong(args []scalar.Value) scalar.Value {
	h := scalar.XXHash64(args[0])
	if len(args) == 1 {
		return scalar.NewLong(h)
	}
	mod := args[1].Long()
	if args[1].IsNull() || mod <= 0 {
		return scalar.Null(scalar.Long)
	}
	if h %= mod; h < 0 {
		h += mod // as Kusto's own % does
	}
	return scalar.NewLong(h)
}
