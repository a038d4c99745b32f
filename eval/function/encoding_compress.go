package function

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/base64"
	"encoding/binary"
	"hash/adler32"
	"hash/crc32"
	"io"

	"github.com/klauspost/compress/flate"
)

// compressionFunctions carry compressed text in base64.
func compressionFunctions() []Function {
	return []Function{
		{
			Sig:  "gzip_compress_to_base64_string(string: string): string",
			Doc:  "A string's bytes compressed by gzip, in base64.",
			Impl: F1(gzipCompress),
			Examples: []string{
				`gzip_compress_to_base64_string("1234567890qwertyuiop") == "H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA=="`,
				`gzip_decompress_from_base64_string(gzip_compress_to_base64_string("aaaaaaaaaaaaaaaa")) == "aaaaaaaaaaaaaaaa"`,
			},
		},
		{
			Sig:  "gzip_decompress_from_base64_string(string: string): string",
			Doc:  "The string that gzip data in base64 holds; an empty one where it holds none.",
			Impl: F1(gzipDecompress),
			Examples: []string{
				`gzip_decompress_from_base64_string("H4sIAAAAAAAA/wEUAOv/MTIzNDU2Nzg5MHF3ZXJ0eXVpb3A6m7f2FAAAAA==") == "1234567890qwertyuiop"`,
				`gzip_decompress_from_base64_string("x0x0x0") == ""`,
			},
		},
		{
			Sig:  "zlib_compress_to_base64_string(string: string): string",
			Doc:  "A string's bytes compressed by zlib, in base64.",
			Impl: F1(zlibCompress),
			Examples: []string{
				`zlib_compress_to_base64_string("1234567890qwertyuiop") == "eAEBFADr/zEyMzQ1Njc4OTBxd2VydHl1aW9wOAkGdw=="`,
				`zlib_decompress_from_base64_string(zlib_compress_to_base64_string("aaaaaaaaaaaaaaaa")) == "aaaaaaaaaaaaaaaa"`,
			},
		},
		{
			Sig:  "zlib_decompress_from_base64_string(string: string): string",
			Doc:  "The string that zlib data in base64 holds; an empty one where it holds none.",
			Impl: F1(zlibDecompress),
			Examples: []string{
				`zlib_decompress_from_base64_string("eJwLSS0uUSguKcrMS1cwNDIGACxqBQ4=") == "Test string 123"`,
				`zlib_decompress_from_base64_string("x0x0x0") == ""`,
			},
		},
	}
}

// deflate appends the compressed form of s. Kusto writes text that does not
// compress as one stored block; of Go's writers, the stateless one does too.
func deflate(to []byte, s string) []byte {
	b := bytes.NewBuffer(to)
	if err := flate.StatelessDeflate(b, []byte(s), true, nil); err != nil {
		panic(err) // a Buffer takes everything
	}
	return b.Bytes()
}

func gzipCompress(s string) string {
	const unknownSystem = 0xff
	b := deflate([]byte{0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, unknownSystem}, s)
	b = binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE([]byte(s)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(s)))
	return base64.StdEncoding.EncodeToString(b)
}

func zlibCompress(s string) string {
	b := deflate([]byte{0x78, 1}, s)
	b = binary.BigEndian.AppendUint32(b, adler32.Checksum([]byte(s)))
	return base64.StdEncoding.EncodeToString(b)
}

func gzipDecompress(s string) string {
	return decompress(s, func(r io.Reader) (io.ReadCloser, error) { return gzip.NewReader(r) })
}

func zlibDecompress(s string) string { return decompress(s, zlib.NewReader) }

// decompress reads at most maxText bytes, so that a small text that stands for a
// huge one gives an empty string and does not take all memory.
func decompress(s string, open func(io.Reader) (io.ReadCloser, error)) string {
	b, err := base64.StdEncoding.DecodeString(s)
	if err != nil {
		return ""
	}
	r, err := open(bytes.NewReader(b))
	if err != nil {
		return ""
	}
	defer r.Close()
	text, err := io.ReadAll(io.LimitReader(r, maxText+1))
	if err != nil || len(text) > maxText {
		return ""
	}
	return string(bytes.ToValidUTF8(text, []byte("\uFFFD")))
}
