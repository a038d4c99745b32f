package eval_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
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

// acceptedProbes are the queries that the analyzer refuses and that are right.
var acceptedProbes = exceptions{
	"T | summarize count(i), cnt()":                                  "the engine counts the rows where count() has an argument of any type: summarize-operator-08",
	"find in (Logs_A, Logs_B) where a == 1 project a, b, pack_all()": "the documentation of find has pack_all() in the list of columns, where the analyzer still wants pack(*)",
}

func TestConformanceRefusedProbes(t *testing.T) {
	refused, total := 0, 0
	accepted := make(map[string]error)
	for _, c := range readCases[refusedProbe](t, "probes_errors.jsonl") {
		total++
		if err := bindProbe(c.Query, c.Schema); err != nil {
			refused++
			continue
		}
		accepted[strings.TrimSpace(datatableOf.ReplaceAllString(c.Query, ""))] = fmt.Errorf("it is accepted, where the analyzer says %v %s", c.Codes, c.FirstError)
	}
	t.Logf("probes_errors.jsonl: %d of %d queries that the analyzer refuses are refused (%.1f%%)", refused, total, 100*float64(refused)/float64(total))
	acceptedProbes.check(t, accepted)
}

// datatableOf is the table that most of these queries begin with.
var datatableOf = regexp.MustCompile(`^let T = datatable[^;]*;`)

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
