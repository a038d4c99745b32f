package eval_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// probe is a query with the names and types of its result, from Microsoft's analyzer.
type probe struct {
	ID      string
	Section string
	Query   string
	Columns []struct{ Name, Type string } `json:"expected_columns"`
	Schema  json.RawMessage
	Open    bool
}

// probesFloor is how many probes pass; fewer is a step back.
const probesFloor = 2500

func TestConformanceProbes(t *testing.T) {
	passed, total := 0, 0
	sections := map[string][2]int{}
	for _, c := range readCases[probe](t, "probes.jsonl") {
		total++
		err := checkProbe(c)
		s := sections[c.Section]
		s[1]++
		if err == nil {
			passed++
			s[0]++
		} else {
			t.Logf("%s: %v: %s", c.ID, err, c.Query)
		}
		sections[c.Section] = s
	}
	t.Logf("by section: %v", sections)
	t.Logf("probes.jsonl: %d of %d cases pass (%.1f%%)", passed, total, 100*float64(passed)/float64(total))
	if passed < probesFloor {
		t.Errorf("%d probes pass, want %d at least", passed, probesFloor)
	}
}

// probeTables are the tables that a probe brings along, as {table: (column:type, …)}.
func probeTables(schema json.RawMessage) (eval.TableMap, error) {
	tables := eval.TableMap{}
	if len(schema) == 0 {
		return tables, nil
	}
	for name, cols := range scalar.RawJSON(string(schema)).Entries() {
		tab := eval.RecordTable(name, nil)
		for _, decl := range strings.Split(strings.Trim(cols.Str(), "()"), ",") {
			col, typ, _ := strings.Cut(strings.TrimSpace(decl), ":")
			t, ok := scalar.ParseType(typ)
			if !ok {
				return nil, fmt.Errorf("%s: no type %q", name, typ)
			}
			tab.Columns = append(tab.Columns, eval.Column{Name: col, Type: t})
		}
		tables[name] = tab
	}
	return tables, nil
}

func checkProbe(c probe) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic: %v", p)
		}
	}()
	tables, err := probeTables(c.Schema)
	if err != nil {
		return err
	}
	p, err := eval.Compile(c.Query, eval.WithSchemas(tables))
	if err != nil {
		return err
	}
	cols := p.Columns()
	if len(cols) != len(c.Columns) {
		return fmt.Errorf("got %v, want %v", cols, c.Columns)
	}
	for i, col := range cols {
		if col.Name != c.Columns[i].Name || col.Type.String() != c.Columns[i].Type {
			return fmt.Errorf("column %d: got %s:%s, want %s:%s", i, col.Name, col.Type, c.Columns[i].Name, c.Columns[i].Type)
		}
	}
	return nil
}
