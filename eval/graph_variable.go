package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// match is a place of a graph that looks like a pattern. A slot that is not filled yet holds
// -1 among the nodes and nil among the edges.
type match struct {
	graph *graph
	nodes []int   // by the slots of a pattern's nodes
	edges [][]int // by its edges, in the order of the pattern: one edge, or those of a path
	inner [][]int // by its edges: the nodes between the edges of a path
}

// graphVariable is what a name of a pattern stands for: a node, an edge, the edges of a path,
// or the nodes within one.
type graphVariable struct {
	plan *graphPlan
	node bool
	path bool // it stands for several, in their order
	slot int
	hops int // how many rows further out the match is
}

// properties gives the columns of a variable.
func (v *graphVariable) properties() []Column {
	if v.node {
		return v.plan.nodes
	}
	return v.plan.edges
}

// members gives the match and the nodes or edges in it that the variable stands for.
func (v *graphVariable) members(f *frame) (*match, []int) {
	for range v.hops {
		f = f.outer
	}
	m := f.match
	switch {
	case !v.node:
		return m, m.edges[v.slot]
	case v.path:
		return m, m.inner[v.slot]
	case m.nodes[v.slot] < 0:
		return m, nil
	}
	return m, m.nodes[v.slot : v.slot+1]
}

// row gives the properties of a member.
func (v *graphVariable) row(g *graph, i int) []scalar.Value {
	if v.node {
		return g.nodes[i].row
	}
	return g.edges[i].row
}

// outward is the variable seen from so many subqueries further in.
func (v *graphVariable) outward(hops int) *graphVariable {
	if v == nil {
		return nil
	}
	out := *v
	out.hops += hops
	return &out
}

// property reads the i-th property of a node or an edge, or an array of it of several.
func (v *graphVariable) property(i int) *expr {
	c := v.properties()[i]
	if v.path {
		x := ofValue(scalar.Dynamic, func(f *frame) scalar.Value {
			var list scalar.ArrayBuilder
			m, ids := v.members(f)
			for _, id := range ids {
				list.Append(v.row(m.graph, id)[i])
			}
			return list.Value()
		})
		x.reads = true
		return x
	}
	null := scalar.Null(c.Type)
	x := ofValue(c.Type, func(f *frame) scalar.Value {
		m, ids := v.members(f)
		if len(ids) == 0 {
			return null
		}
		return v.row(m.graph, ids[0])[i]
	})
	x.cheap, x.reads = true, true
	return x
}

// whole is the variable itself: a bag of its properties, or an array of such bags.
func (v *graphVariable) whole() *expr {
	cols := v.properties()
	names := make([]string, len(cols))
	for i, c := range cols {
		names[i] = c.Name
	}
	x := ofValue(scalar.Dynamic, func(f *frame) scalar.Value {
		m, ids := v.members(f)
		bags := make([]scalar.Value, len(ids))
		for i, id := range ids {
			bags[i] = scalar.NewBag(names, v.row(m.graph, id))
		}
		switch {
		case v.path:
			return scalar.NewArray(bags)
		case len(bags) == 0:
			return scalar.Null(scalar.Dynamic)
		}
		return bags[0]
	})
	x.reads, x.variable = true, v
	return x
}

// graphMember binds a property of a variable: n.name.
func (b *binder) graphMember(x *kql.Member, base *expr) *expr {
	v, name := base.variable, x.Name.Name
	for i, c := range v.properties() {
		if c.Name == name {
			out := v.property(i)
			out.name = base.name + "_" + name
			return out
		}
	}
	var names []string
	for _, c := range v.properties() {
		names = append(names, c.Name)
	}
	if b.undecided() {
		return unknown()
	}
	return b.fail(x.Name, "KS142", "'"+base.name+"' has no property '"+name+"'", didYouMean(name, names))
}

// elements is a relation whose rows are nodes or edges, for what is evaluated on each: its
// columns are their properties.
func (v *graphVariable) elements() *relation {
	self := &graphVariable{plan: v.plan, node: v.node}
	rel := &relation{seg: newSegment(), rows: noRows, scope: &graphScope{self}}
	for i, c := range v.properties() {
		rel.cols = append(rel.cols, &column{name: c.Name, typ: c.Type, x: self.property(i)})
	}
	return rel
}

// elementFrame is a frame for the rows of elements.
func elementFrame(rel *relation, e env, g *graph) *frame {
	f := rel.seg.frame(e)
	f.match = &match{graph: g, nodes: make([]int, 1), edges: [][]int{make([]int, 1)}}
	return f
}

// stand moves a frame on to a node or an edge.
func (f *frame) stand(i int) *frame {
	f.match.nodes[0], f.match.edges[0][0] = i, i
	f.next(0)
	return f
}
