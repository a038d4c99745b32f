package eval_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// TestRunRefusesSeveralTables: none of them may be dropped without a word.
func TestRunRefusesSeveralTables(t *testing.T) {
	p, err := eval.Compile("print x = 1 | fork (count) (take 1)")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Collect(context.Background(), nil); err == nil || !strings.Contains(err.Error(), "RunAll") {
		t.Errorf("one table of several comes out: %v", err)
	}
	if p, err = eval.Compile("print x = 1; print y = 2"); err != nil {
		t.Fatal(err)
	}
	if rows, err := p.Collect(context.Background(), nil); err != nil || rows[0][0].Long() != 2 || len(p.Results()) != 2 {
		t.Errorf("the last statement's table is not the result: %v %v", rows, err)
	}
}

// TestTablesOfOneRun: all tables are of one instant and of one reading of what differs from reading to reading.
func TestTablesOfOneRun(t *testing.T) {
	p, err := eval.Compile("print a = now(), b = rand() | fork (project a, b) (extend c = 1 | project a, b)")
	if err != nil {
		t.Fatal(err)
	}
	results, err := p.Dataset(context.Background(), nil)
	if err != nil || len(results) != 2 {
		t.Fatal(results, err)
	}
	for i := range 2 {
		if x, y := results[0].Rows[0][i], results[1].Rows[0][i]; !scalar.Equal(x, y) {
			t.Errorf("%v and %v differ", x, y)
		}
	}
}

// TestTheRunOfSeveralTablesEnds: an error in one table ends the run, and so does the context.
func TestTheRunOfSeveralTablesEnds(t *testing.T) {
	p, err := eval.Compile("range x from 1 to 100 step 1 | fork (extend s = current_database()) (count)")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.Dataset(context.Background(), nil); err == nil || !strings.Contains(err.Error(), "current_database()") {
		t.Errorf("the error does not come out: %v", err)
	}
	ctx, cancel := context.WithTimeout(context.Background(), 50*time.Millisecond)
	defer cancel()
	if p, err = eval.Compile("range x from 1 to 100000000000 step 1 | fork (summarize sum(x)) (count)"); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Dataset(ctx, nil); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("the run goes on: %v", err)
	}
}
