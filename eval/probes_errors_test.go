package eval_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/seed-2512943d/picket/eval"
)

// refusedProbe is a query that Microsoft's analyzer refuses, with the codes of its errors.
type refusedProbe struct {
	Section    string
	Query      string
	Schema     json.RawMessage
	Codes      []string
	FirstError string `json:"first_error"`
}

// refusedFloor is how many of these queries are refused; fewer is a step back.
const refusedFloor = 1291

func TestConformanceRefusedProbes(t *testing.T) {
	refused, total := 0, 0
	for _, c := range readCases[refusedProbe](t, "probes_errors.jsonl") {
		total++
		if err := bindProbe(c.Query, c.Schema); err != nil {
			refused++
			continue
		}
		t.Logf("%s: %v %s: %s", c.Section, c.Codes, c.FirstError, c.Query)
	}
	t.Logf("probes_errors.jsonl: %d of %d queries that the analyzer refuses are refused (%.1f%%)", refused, total, 100*float64(refused)/float64(total))
	if refused < refusedFloor {
		t.Errorf("%d are refused, want %d at least", refused, refusedFloor)
	}
}

// bindProbe binds a query over the tables that it brings along.
func bindProbe(query string, schema json.RawMessage) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	tables, err := probeTables(schema)
	if err != nil {
		return err
	}
	_, err = eval.Compile(query, eval.WithSchemas(tables))
	return err
}
