package rules

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"
)

// AddExternalData lets a file stand in for an address that queries read with externaldata. The address is that in the query, without
// what follows a semicolon there, which is a secret; nothing is ever fetched. The file has the format that the query says.
func (w *Workspace) AddExternalData(address, path string) error {
	info, err := os.Stat(path)
	if err == nil && info.IsDir() {
		err = fmt.Errorf("%s: is a directory", path)
	}
	w.external[withoutSecret(address)] = path
	return err
}

// ExternalData opens the file that stands in for an address.
func (w *Workspace) ExternalData(_ context.Context, address string) (io.ReadCloser, error) {
	path, ok := w.external[withoutSecret(address)]
	switch {
	case ok:
		return os.Open(path)
	case w.EmptyExternalData:
		return io.NopCloser(strings.NewReader("")), nil
	}
	return nil, &NoExternalData{withoutSecret(address)}
}

// NoExternalData is the error of a run whose query reads an address with externaldata for which no file stands in.
type NoExternalData struct{ Address string }

// Error says how a file is named.
func (e *NoExternalData) Error() string {
	return "no file stands in for this address; name one with --external ADDRESS=FILE, or AddExternalData"
}

// withoutSecret cuts what a connection string holds besides the address.
func withoutSecret(address string) string {
	address, _, _ = strings.Cut(address, ";")
	return address
}
