package ingest

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds the history a zstd frame may ask the decoder to keep.
const maxWindow = 256 << 20

// Decompress recognises gzip, zstd and bzip2 by their first bytes and returns the plain text, with a
// function that releases the decoder. Files of several members or frames are read to the end.
func Decompress(src io.Reader) (io.Reader, func(), error) {
	buffered := bufio.NewReader(src)
	magic, err := buffered.Peek(4)
	if err != nil && err != io.EOF {
		return nil, nil, err
	}
	switch {
	case isGzip(magic):
		text, err := gzip.NewReader(buffered)
		if err != nil {
			return nil, nil, err
		}
		return text, func() { text.Close() }, nil
	case isZstd(magic):
		text, err := zstd.NewReader(buffered, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, nil, err
		}
		return text, text.Close, nil
	case isBzip2(magic):
		return bzip2.NewReader(buffered), func() {}, nil
	}
	return buffered, func() {}, nil
}

func isGzip(magic []byte) bool { return bytes.HasPrefix(magic, []byte{0x1f, 0x8b}) }

func isBzip2(magic []byte) bool { return bytes.HasPrefix(magic, []byte("BZh")) }

func isZstd(magic []byte) bool { return bytes.HasPrefix(magic, []byte{0x28, 0xb5, 0x2f, 0xfd}) }
