package eval_test

import (
	"context"
	"errors"
	"testing"

	"github.com/seed-2512943d/picket/eval"
)

// TestGraphLimits runs searches that would take too long: each ends with the limit that it meets.
func TestGraphLimits(t *testing.T) {
	const dense = `let nodes = range i from 1 to 30 step 1 | extend k = 1;
let g = nodes | join kind=inner (nodes | project j = i, k) on k | make-graph i --> j with_node_id=id;
g | `
	const chain = "range i from 1 to 20000 step 1 | extend j = i + 1 | make-graph i --> j with_node_id=id | "
	for name, c := range map[string]struct{ query, want string }{
		"paths of a dense graph": {
			dense + "graph-match (p)-[e*1..20]->(q) project p.id | count",
			"the query needs more than its limit of steps in graphs (100000)",
		},
		"all shortest paths of a length": {
			dense + "graph-shortest-paths output=all (p)-[e*12..20]->(q) project p.id | count",
			"the query needs more than its limit of steps in graphs (100000)",
		},
		"a long path": {
			chain + "graph-match (p)-[e*1..20000]->(q) where p.id == 1 project q.id | count",
			"the query needs more than its limit of edges of a path in a graph (10000)",
		},
		"a long shortest path": {
			chain + "graph-shortest-paths (p)-[e*1..20000]->(q) where p.id == 1 and q.id == 20001 project q.id | count",
			"the query needs more than its limit of edges of a path in a graph (10000)",
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := eval.Compile(c.query, eval.WithLimits(eval.Limits{Steps: 100_000}))
			if err != nil {
				t.Fatal(err)
			}
			_, err = p.Collect(context.Background(), nil)
			var limit *eval.LimitError
			if !errors.As(err, &limit) || err.Error() != c.want {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}
