package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/kql"
)

// bindGraphMatch finds the places of a graph that look like a pattern, and makes a row of each.
// Without project it gives the part of the graph that lies in such places (Kusto docs,
// "graph-match operator").
func (b *binder) bindGraphMatch(op *kql.GraphMatch, in *relation) *relation {
	p := b.bindPattern(op, op.Patterns, op.Where, in)
	for _, param := range op.Params {
		switch param.Name {
		case "cycles":
			p.cycles = parameterText(param)
		case "with_match_id":
			b.fail(param, "", "with_match_id is not supported", "number the rows with row_number()")
		}
	}
	places := func(e env, yield func(*graphSearch) bool) {
		if g := in.graph.make(e); g != nil {
			s := p.search(e, g)
			s.found = func() bool { return yield(s) }
			s.run()
		}
	}
	if op.Project == nil {
		return matchedPart(in.graph, places).relation()
	}
	return b.projectMatches(p, op.Project, places)
}

// projectMatches makes rows of the places that a search finds.
func (b *binder) projectMatches(p *graphPattern, project []*kql.NamedExpr, places func(env, func(*graphSearch) bool)) *relation {
	names := newNaming(nil)
	out := &relation{seg: p.rel.seg}
	for _, item := range project {
		x := *b.memoized(b.matchValue(p, item.X), out.seg)
		x.variable = nil // a row holds properties, not a place in a graph
		for _, part := range b.parts(item, &x) {
			if name, ok := b.columnName(part.item, part.x, names); ok {
				out.cols = append(out.cols, &column{name: name, typ: part.x.typ, x: part.x})
			}
		}
	}
	out.rows = func(e env) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			places(e, func(s *graphSearch) bool {
				s.frame.next(0)
				return yield(s.frame)
			})
		}
	}
	return out
}

// matchValue binds an expression over the places that a search finds. The analyzer types all(), any() and array_length() of
// a path dynamic and the latter wrong; the documentation has them as a truth and a length, which are of use.
func (b *binder) matchValue(p *graphPattern, x kql.Expr) *expr {
	v := b.pathRead(p, x)
	if v == nil {
		return b.expr(x, p.rel)
	}
	o := b.onPath(p, v, x, b.expr)
	if o == nil {
		return unknown()
	}
	out := o.array()
	out.name = o.x.name
	return out
}

// matchedPart is the graph of all nodes and edges that lie in a place found.
func matchedPart(in *graphPlan, places func(env, func(*graphSearch) bool)) *graphPlan {
	out := *in
	out.make = func(e env) *graph {
		var g *graph
		nodes, edges := make(map[int]bool), make(map[int]bool)
		places(e, func(s *graphSearch) bool {
			g = s.match.graph
			for _, n := range s.match.nodes {
				nodes[n] = true
			}
			for i := range s.match.edges {
				for _, n := range s.match.inner[i] {
					nodes[n] = true
				}
				for _, edge := range s.match.edges[i] {
					edges[edge] = true
				}
			}
			return true
		})
		if g == nil {
			g = new(graph)
		}
		return g.part(e, func(i int) bool { return nodes[i] }, func(i int) bool { return edges[i] })
	}
	return &out
}
