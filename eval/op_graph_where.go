package eval

import "github.com/seed-2512943d/picket/kql"

// bindGraphWhereNodes keeps the nodes for which a predicate is true, and the edges between
// them. The analyzer binds no property in the predicate, without which it says nothing.
func (b *binder) bindGraphWhereNodes(op *kql.GraphWhereNodes, in *relation) *relation {
	return b.graphWhere(op.Predicate, &graphVariable{plan: in.graph, node: true}, func(e env, g *graph, keep func(int) bool) *graph {
		return g.part(e, keep, func(int) bool { return true })
	})
}

// bindGraphWhereEdges keeps the edges for which a predicate is true, and the nodes at their ends.
func (b *binder) bindGraphWhereEdges(op *kql.GraphWhereEdges, in *relation) *relation {
	return b.graphWhere(op.Predicate, &graphVariable{plan: in.graph}, func(e env, g *graph, keep func(int) bool) *graph {
		kept, ends := make([]bool, len(g.edges)), make([]bool, len(g.nodes))
		for i, edge := range g.edges {
			if kept[i] = keep(i); kept[i] {
				ends[edge.from], ends[edge.to] = true, true
			}
		}
		return g.part(e, func(i int) bool { return ends[i] }, func(i int) bool { return kept[i] })
	})
}

func (b *binder) graphWhere(predicate kql.Expr, v *graphVariable, part func(e env, g *graph, keep func(int) bool) *graph) *relation {
	rel := v.elements()
	test := b.predicate(predicate, rel).truth()
	out := *v.plan
	out.make = func(e env) *graph {
		g := v.plan.make(e)
		if g == nil {
			return nil
		}
		f := elementFrame(rel, e, g)
		return part(e, g, func(i int) bool { return test(f.stand(i)) })
	}
	return out.relation()
}
