package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	stdio "io"
	"iter"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// batchTime and batchSteps bound one query of a batch.
const (
	batchTime  = 5 * time.Second
	batchSteps = 100_000_000 // edges gone along in graphs
)

// batchError is what a query that fails is answered with. Code is Kusto's, or one of input, timeout, limit, data and
// internal; line and column are 0 where the error has no place in the query.
type batchError struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// batch answers the queries that stand on the lines of standard input.
func batch(ctx context.Context, io *streams, w *rules.Workspace, options []eval.Option) error {
	options = append(options, eval.WithLimits(eval.Limits{Memory: w.Memory, Steps: batchSteps}))
	in, out := bufio.NewReader(io.in), bufio.NewWriter(io.out)
	for {
		line, err := in.ReadBytes('\n')
		if len(bytes.TrimSpace(line)) > 0 {
			if _, err := out.Write(append(answer(ctx, line, w, options), '\n')); err != nil {
				return err
			}
			if err := out.Flush(); err != nil {
				return err
			}
		}
		if err == stdio.EOF {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// answer runs the query of one line.
func answer(ctx context.Context, line []byte, w *rules.Workspace, options []eval.Option) []byte {
	var question struct {
		ID    json.RawMessage `json:"id"`
		Query *string         `json:"query"`
	}
	failure := func(e batchError) []byte {
		text, err := json.Marshal(e)
		if err != nil {
			text = []byte("{}")
		}
		return append(append(opening(question.ID), `,"error":`...), append(text, '}')...)
	}
	if err := json.Unmarshal(line, &question); err != nil {
		return failure(batchError{Code: "input", Message: "the line is no JSON object with id and query: " + err.Error()})
	}
	if question.Query == nil {
		return failure(batchError{Code: "input", Message: "the line has no query"})
	}
	ctx, cancel := context.WithTimeout(ctx, batchTime)
	defer cancel()
	b := opening(question.ID)
	err := rules.Guard(func() (err error) {
		b, err = appendResult(ctx, b, *question.Query, w, options)
		return err
	})
	if err != nil {
		return failure(batchErrorOf(err, *question.Query))
	}
	return b
}

// opening begins an answer with the id of its question.
func opening(id json.RawMessage) []byte {
	if id == nil {
		id = json.RawMessage("null")
	}
	return append([]byte(`{"id":`), id...)
}

// appendResult appends the columns and rows of a query's result. Of several tables, as of fork, they are those of the first of the last
// statement, and tables holds all of them with their names.
func appendResult(ctx context.Context, b []byte, query string, w *rules.Workspace, options []eval.Option) ([]byte, error) {
	program, err := eval.Compile(query, options...)
	if err == nil {
		program, err = program.Resolve(ctx, w)
	}
	if err != nil {
		return nil, err
	}
	var names []string
	var texts [][]byte
	for table, rows := range program.RunAll(ctx, w) {
		text, err := appendTable(nil, table.Columns, rows, w.Strict)
		if err != nil {
			return nil, err
		}
		names, texts = append(names, table.Name), append(texts, text)
	}
	b = append(append(b, ','), texts[program.PrimaryResult()]...)
	if len(texts) > 1 {
		b = append(b, `,"tables":[`...)
		for i, text := range texts {
			if i > 0 {
				b = append(b, ',')
			}
			b = scalar.AppendJSON(append(b, `{"name":`...), scalar.NewString(names[i]).AsDynamic())
			b = append(append(append(b, ','), text...), '}')
		}
		b = append(b, ']')
	}
	return append(b, '}'), nil
}

// appendTable appends the columns and rows of a table.
func appendTable(b []byte, columns []eval.Column, rows iter.Seq2[eval.Row, error], strict bool) ([]byte, error) {
	b = append(b, `"columns":[`...)
	for i, c := range columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = scalar.AppendJSON(append(b, `{"name":`...), scalar.NewString(c.Name).AsDynamic())
		b = append(append(append(b, `,"type":"`...), c.Type.String()...), `"}`...)
	}
	b = append(b, `],"rows":[`...)
	n := 0
	for row, err := range rows {
		if err != nil {
			var bad *ingest.BadRecord
			if !strict && errors.As(err, &bad) {
				continue
			}
			return nil, err
		}
		if n++; n > 1 {
			b = append(b, ',')
		}
		b = append(b, '[')
		for i, v := range row {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendValue(b, v)
		}
		b = append(b, ']')
	}
	return append(b, ']'), nil
}

// batchErrorOf turns an error into an answer.
func batchErrorOf(err error, query string) batchError {
	var faults kql.Errors
	var limit *eval.LimitError
	var internal *rules.InternalError
	e := batchError{Code: "data", Message: err.Error()}
	switch {
	case errors.As(err, &faults) && len(faults) > 0:
		e.Code, e.Message = faults[0].Code, faults[0].Message
		e.Line, e.Column = kql.NewSource(query).Position(faults[0].Span.Start)
	case errors.Is(err, context.DeadlineExceeded):
		e.Code, e.Message = "timeout", "the query did not end within "+batchTime.String()
	case errors.As(err, &limit):
		e.Code, e.Line, e.Column = "limit", limit.Line, limit.Column
	case errors.As(err, &internal):
		e.Code = "internal"
	}
	return e
}
