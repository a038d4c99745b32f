package eval

import (
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// bindGraphMarkComponents numbers the components of a graph, from 0 in the order of its nodes,
// in a property of the nodes. A weak component is of nodes that edges connect in any direction,
// a strong one of nodes that can reach one another (Kusto docs, "graph-mark-components operator").
func (b *binder) bindGraphMarkComponents(op *kql.GraphMarkComponents, in *relation) *relation {
	property, number := "ComponentId", weakComponents
	for _, p := range op.Params {
		word := ""
		if name, ok := p.Value.(*kql.Name); ok {
			word = name.Name
		}
		switch {
		case p.Name.Name == "with_component_id" && word != "":
			property = word
		case p.Name.Name == "kind" && word == "strong":
			number = strongComponents
		case p.Name.Name != "kind" || word != "weak":
			b.fail(p, "KS005", "Expected kind=weak, kind=strong, or with_component_id and a name", "")
		}
	}
	if slices.ContainsFunc(in.graph.nodes, func(c Column) bool { return c.Name == property }) {
		return b.nothing(op, "KS171", "the nodes have a property '"+property+"' already", "choose another with with_component_id")
	}
	out := *in.graph
	out.nodes = append(slices.Clone(out.nodes), Column{property, scalar.Long})
	out.make = func(e env) *graph {
		g := in.graph.make(e)
		if g == nil || !e.hold(64*len(g.nodes)) {
			return nil
		}
		numbers := number(e, g)
		if e.run.err != nil {
			return nil
		}
		marked := *g
		marked.nodes = slices.Clone(g.nodes)
		renumbered := make(map[int]int64)
		for i, n := range numbers {
			id, known := renumbered[n]
			if !known {
				id = int64(len(renumbered))
				renumbered[n] = id
			}
			node := &marked.nodes[i]
			node.row = append(slices.Clip(node.row), scalar.NewLong(id))
		}
		return &marked
	}
	return out.relation()
}

// weakComponents gives each node the number of its component.
func weakComponents(e env, g *graph) []int {
	numbers := unnumbered(g)
	for i := range g.nodes {
		if numbers[i] < 0 {
			reach(e, g, i, eitherWay, numbers, i, nil)
		}
	}
	return numbers
}

// strongComponents gives each node the number of its component: the nodes that reach the last
// one left by a search along the edges, by another against them (Kosaraju's way).
func strongComponents(e env, g *graph) []int {
	var left []int
	met := unnumbered(g)
	for i := range g.nodes {
		if met[i] < 0 {
			reach(e, g, i, along, met, i, func(node int) { left = append(left, node) })
		}
	}
	numbers := unnumbered(g)
	for _, node := range slices.Backward(left) {
		if numbers[node] < 0 {
			reach(e, g, node, against, numbers, node, nil)
		}
	}
	return numbers
}

func unnumbered(g *graph) []int {
	numbers := make([]int, len(g.nodes))
	for i := range numbers {
		numbers[i] = -1
	}
	return numbers
}

// reach numbers the nodes that can be reached from one and have no number, deep first. It
// tells of each node as the search leaves it.
func reach(e env, g *graph, start int, d direction, numbers []int, number int, leave func(int)) {
	type visit struct {
		node int
		next []int
	}
	enter := func(node int) visit {
		numbers[node] = number
		var next []int
		for _, to := range g.neighbours(node, d) {
			next = append(next, to)
		}
		return visit{node, next}
	}
	stack := []visit{enter(start)}
	for len(stack) > 0 {
		if !e.run.tick() {
			return
		}
		top := &stack[len(stack)-1]
		if len(top.next) == 0 {
			if leave != nil {
				leave(top.node)
			}
			stack = stack[:len(stack)-1]
			continue
		}
		node := top.next[0]
		top.next = top.next[1:]
		if numbers[node] < 0 {
			stack = append(stack, enter(node))
		}
	}
}
