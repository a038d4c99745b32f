// Stream runs a KQL query over records that arrive on standard input, one JSON object a
// line, and prints each row as it is found.
package main

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"iter"
	"log"
	"os"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

const query = `Events | where level in ("error", "fatal") | project service, message`

func main() {
	if err := stream(context.Background(), os.Stdin, os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func stream(ctx context.Context, in io.Reader, out io.Writer) error {
	text := func(name string) eval.Column { return eval.Column{Name: name, Type: scalar.String} }
	tables := eval.TableMap{"Events": {
		Name:    "Events",
		Columns: []eval.Column{text("service"), text("level"), text("message")},
		Records: lines(in),
	}}
	program, err := eval.Compile(query, eval.WithSchemas(tables))
	if err != nil {
		return err
	}
	for row, err := range program.Run(ctx, tables) {
		if err != nil {
			return err
		}
		fmt.Fprintf(out, "%s: %s\n", row[0].Str(), row[1].Str())
	}
	return nil
}

// lines yields the lines of in as records.
func lines(in io.Reader) func(context.Context) iter.Seq2[[]byte, error] {
	return func(context.Context) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			scanner := bufio.NewScanner(in)
			for scanner.Scan() {
				if !yield(scanner.Bytes(), nil) {
					return
				}
			}
			if err := scanner.Err(); err != nil {
				yield(nil, err)
			}
		}
	}
}
