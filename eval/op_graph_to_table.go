package eval

import (
	"iter"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindGraphToTable makes a table of the nodes or of the edges of a graph, or both, each under
// a name that later statements read (Kusto docs, "graph-to-table operator").
func (b *binder) bindGraphToTable(op *kql.GraphToTable, in *relation) *relation {
	if len(op.Outputs) > 2 {
		return b.nothing(op, "KS230", "graph-to-table makes two tables at most: nodes and edges", "")
	}
	out := &relation{seg: newSegment(), rows: noRows}
	for _, output := range op.Outputs {
		table := b.graphTable(output, in.graph)
		if output.As != nil {
			table.name = output.As.Name
			b.scope.names[output.As.Name] = binding{table: table}
		} else if len(op.Outputs) > 1 {
			b.fail(output, "KS273", "each of several tables needs a name", "write nodes as Nodes, edges as Edges")
		}
		out.tables, out.bad = append(out.tables, table), out.bad || table.bad
	}
	if len(op.Outputs) == 1 {
		return out.tables[0]
	}
	return out
}

// graphTable is the table of a graph's nodes or edges. The ids of nodes are hashes.
func (b *binder) graphTable(output *kql.GraphOutput, plan *graphPlan) *relation {
	nodes := output.Entity == "nodes"
	var cols []Column
	var ends []bool // of an edge: whether the column is the id of its source
	for _, p := range output.Params {
		name, ok := p.Value.(*kql.Name)
		known := p.Name.Name == "with_node_id" && nodes || (p.Name.Name == "with_source_id" || p.Name.Name == "with_target_id") && !nodes
		if !ok || !known {
			b.fail(p, "KS005", "Expected with_node_id of nodes, with_source_id or with_target_id of edges, and the name of a column", "")
			continue
		}
		cols = append(cols, Column{name.Name, scalar.Long})
		ends = append(ends, p.Name.Name == "with_source_id")
	}
	own := plan.edges
	if nodes {
		own = plan.nodes
	}
	for _, c := range cols {
		if slices.ContainsFunc(own, func(o Column) bool { return o.Name == c.Name }) {
			return b.nothing(output, "KS171", "the "+output.Entity+" have a property '"+c.Name+"' already", "choose another name")
		}
	}
	cols = append(cols, own...)
	if nodes {
		return b.held(cols, func(e env) iter.Seq[[]scalar.Value] {
			return func(yield func([]scalar.Value) bool) {
				g := plan.make(e)
				if g == nil {
					return
				}
				var row []scalar.Value
				for _, n := range g.nodes {
					row = row[:0]
					for range ends {
						row = append(row, hashOf(n))
					}
					if !yield(append(row, n.row...)) {
						return
					}
				}
			}
		})
	}
	return b.held(cols, func(e env) iter.Seq[[]scalar.Value] {
		return func(yield func([]scalar.Value) bool) {
			g := plan.make(e)
			if g == nil {
				return
			}
			var row []scalar.Value
			for _, edge := range g.edges {
				row = row[:0]
				for _, source := range ends {
					n := edge.to
					if source {
						n = edge.from
					}
					row = append(row, hashOf(g.nodes[n]))
				}
				if !yield(append(row, edge.row...)) {
					return
				}
			}
		}
	})
}

// hashOf is the hash of a node's id.
func hashOf(n graphNode) scalar.Value { return scalar.NewLong(scalar.XXHash64(n.id)) }
