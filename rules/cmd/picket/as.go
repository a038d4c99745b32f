package main

import (
	"fmt"
	"strings"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// anyTable stands for the tables whose format is not said.
const anyTable = ""

// formats reads the flags that say how tables' records are written.
func (d *data) formats() (map[string]ingest.Format, error) {
	formats := map[string]ingest.Format{}
	for _, flag := range d.As {
		table, name, ok := strings.Cut(flag, "=")
		if !ok {
			table, name = anyTable, flag
		}
		format, err := ingest.ParseFormat(name)
		if err != nil {
			return nil, fmt.Errorf("--as %s: %w", flag, err)
		}
		formats[table] = format
	}
	return formats, nil
}

// formatNames lists the formats that --as takes.
func formatNames() string {
	var names []string
	for _, format := range ingest.Formats() {
		names = append(names, format.String())
	}
	return strings.Join(names, ", ")
}
