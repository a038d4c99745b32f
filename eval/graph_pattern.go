package eval

import (
	"math"
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// graphPattern is a bound pattern: chains of nodes and edges, and what must be true of them.
type graphPattern struct {
	plan   *graphPlan
	rel    *relation // its variables, as columns
	nodes  int       // how many slots of nodes there are
	start  int       // the slot at which the search begins
	chains []patternChain
	hops   []patternHop // the edges; the slot of an edge is its place here
	cycles string       // all, none or unique_edges
	steps  []patternStep
	// tests are the conjuncts of where, by when all that they read is found: at the start,
	// or after a step.
	tests [][]*conjunct
}

// patternChain is one sequence of a pattern: the slots of its nodes, one more than its edges.
type patternChain struct {
	nodes []int
	first int // its first edge
}

// patternHop is an edge of a pattern, or a path of min to max edges.
type patternHop struct {
	chain    int
	from, to int // slots of nodes
	way      direction
	path     bool
	min, max int
	each     []*onEach // predicates that every edge meets
}

// patternStep is a step of the search: it goes along an edge of the pattern, or back.
type patternStep struct {
	hop    int
	back   bool
	enters bool // it begins at a node that no step of its chain has come to
}

// conjunct is a part of where, with the variables that it may read.
type conjunct struct {
	test func(*frame) bool
	vars []*graphVariable
}

// readsOnly reports whether a conjunct reads no variables but nodes of these slots.
func (c *conjunct) readsOnly(slots ...int) bool {
	return !slices.ContainsFunc(c.vars, func(v *graphVariable) bool { return !v.node || !slices.Contains(slots, v.slot) })
}

// bindPattern binds a pattern and its predicate.
func (b *binder) bindPattern(at kql.Node, patterns []*kql.GraphPattern, where kql.Expr, in *relation) *graphPattern {
	p := &graphPattern{plan: in.graph, cycles: "unique_edges", rel: &relation{seg: newSegment(), rows: noRows, scope: &graphScope{}}}
	for _, chain := range patterns {
		c := patternChain{first: len(p.hops)}
		c.nodes = append(c.nodes, b.patternNode(p, chain.Start))
		for _, hop := range chain.Steps {
			b.patternHop(p, hop, &c)
		}
		p.chains = append(p.chains, c)
	}
	var tests []*conjunct
	if where != nil {
		for _, x := range conjuncts(where) {
			if c := b.patternConjunct(p, x); c != nil {
				tests = append(tests, c)
			}
		}
	}
	p.begin(tests)
	if !p.order(tests) {
		b.fail(at, "", "the sequences of a pattern must be connected", "let them share a node")
	}
	return p
}

// patternVariable files a name of the pattern.
func (b *binder) patternVariable(p *graphPattern, name *kql.Ident, v *graphVariable) {
	v.plan = p.plan
	if p.rel.find(name.Name) >= 0 {
		b.fail(name, "KS171", "'"+name.Name+"' stands in the pattern already", "give the edge another name")
		return
	}
	p.rel.cols = append(p.rel.cols, &column{name: name.Name, typ: scalar.Dynamic, x: v.whole()})
}

// patternNode gives the slot of a node. A name that stands there again is the same node.
func (b *binder) patternNode(p *graphPattern, n *kql.GraphNode) int {
	if n.Name != nil {
		if i := p.rel.find(n.Name.Name); i >= 0 {
			if v := p.rel.cols[i].x.variable; v.node {
				return v.slot
			}
		}
	}
	slot := p.nodes
	p.nodes++
	if n.Name != nil {
		b.patternVariable(p, n.Name, &graphVariable{node: true, slot: slot})
	}
	return slot
}

// patternHop binds an edge and the node that it leads to.
func (b *binder) patternHop(p *graphPattern, hop *kql.GraphHop, c *patternChain) {
	h := patternHop{chain: len(p.chains), from: c.nodes[len(c.nodes)-1], min: 1, max: 1}
	switch {
	case hop.Left && hop.Right && hop.Edge == nil:
		b.fail(hop, "KS238", "an edge is -->, <-- or --", "write -- for an edge of either direction")
	case hop.Left == hop.Right:
		h.way = eitherWay
	case hop.Left:
		h.way = against
	default:
		h.way = along
	}
	if e := hop.Edge; e != nil {
		if h.path = e.Repeat; h.path {
			h.min, h.max = b.pathLength(e.Min, 1), b.pathLength(e.Max, math.MaxInt32)
			if h.min > h.max {
				b.fail(e, "", "a path of "+strconv.Itoa(h.min)+".."+strconv.Itoa(h.max)+" edges has no length", "")
			}
		}
		if e.Name != nil {
			b.patternVariable(p, e.Name, &graphVariable{path: h.path, slot: len(p.hops)})
		}
	}
	h.to = b.patternNode(p, hop.Node)
	c.nodes = append(c.nodes, h.to)
	p.hops = append(p.hops, h)
}

// pathLength binds an end of a path's range.
func (b *binder) pathLength(x kql.Expr, otherwise int) int {
	if x == nil {
		return otherwise
	}
	e := b.expr(x, nil)
	if e.typ == scalar.NoType {
		return otherwise
	}
	if e.konst == nil || !e.typ.Integer() || e.konst.IsNull() || e.konst.Long() < 0 {
		b.fail(x, "KS221", "the length of a path must be a whole number", "")
		return otherwise
	}
	return int(min(e.konst.Long(), math.MaxInt32))
}

// patternConjunct binds a part of where. all(e, …) over the edges of a path becomes a test of
// each edge as the path grows, and gives nil.
func (b *binder) patternConjunct(p *graphPattern, x kql.Expr) *conjunct {
	if v := b.pathRead(p, x); v != nil {
		o := b.onPath(p, v, x, b.predicate)
		if o == nil {
			return nil
		}
		vars := p.variables(x)
		if !slices.ContainsFunc(vars, func(other *graphVariable) bool { return other != v }) {
			h := &p.hops[v.slot]
			h.each = append(h.each, o)
			return nil
		}
		return &conjunct{o.quantified(true).truth(), vars}
	}
	if call, ok := unparen(x).(*kql.Call); ok && call.Func.Name == "all" && len(call.Args) == 2 {
		name, ok := unparen(call.Args[0]).(*kql.Name)
		if ok && len(p.variables(call.Args[1])) == 0 {
			i := p.rel.find(name.Name)
			if i >= 0 && p.rel.cols[i].x.variable.path {
				if o := b.each(call, p.rel, b.predicate); o != nil {
					h := &p.hops[o.variable.slot]
					h.each = append(h.each, o)
				}
				return nil
			}
		}
	}
	return &conjunct{b.predicate(x, p.rel).truth(), p.variables(x)}
}

// pathRead finds the path of which an expression reads a property, as e.w, and not within map, all or any. Such an
// expression is one over each edge: a condition holds for all, and a value is an array.
func (b *binder) pathRead(p *graphPattern, x kql.Expr) *graphVariable {
	var path *graphVariable
	kql.Inspect(x, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Call:
			return n.Func.Name != "map" && n.Func.Name != "all" && n.Func.Name != "any"
		case *kql.Member:
			v := p.pathNamed(n.X)
			if v != nil && path != nil && v != path {
				b.fail(n, "", "an expression reads the edges of one path at a time", "gather the others with map(), or test them with all() or any()")
			}
			if v != nil {
				path = v
			}
		}
		return true
	})
	return path
}

// pathNamed gives the path that an expression names, if it does.
func (p *graphPattern) pathNamed(x kql.Expr) *graphVariable {
	if name, ok := unparen(x).(*kql.Name); ok {
		if i := p.rel.find(name.Name); i >= 0 && p.rel.cols[i].x.variable.path {
			return p.rel.cols[i].x.variable
		}
	}
	return nil
}

// onPath binds an expression over each edge of a path, whose name stands for the edge at hand.
func (b *binder) onPath(p *graphPattern, v *graphVariable, x kql.Expr, bind func(kql.Expr, *relation) *expr) *onEach {
	rel := v.elements()
	self := *rel.scope.self
	for _, c := range p.rel.cols {
		if c.x.variable == v {
			rel.cols = []*column{{name: c.name, typ: scalar.Dynamic, x: self.whole()}}
		}
	}
	return b.over(v, rel, x, p.rel, bind)
}

// variables gives the variables that an expression may read: all of them where it can read
// columns without naming them.
func (p *graphPattern) variables(x kql.Expr) []*graphVariable {
	var vars []*graphVariable
	kql.Inspect(x, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Name:
			if i := p.rel.find(n.Name); i >= 0 {
				vars = append(vars, p.rel.cols[i].x.variable)
			}
		case *kql.Call:
			if n.Func.Name == "pack_all" {
				vars = append(vars, p.all()...)
			}
		case *kql.Star:
			vars = append(vars, p.all()...)
		}
		return true
	})
	return vars
}

func (p *graphPattern) all() []*graphVariable {
	var vars []*graphVariable
	for _, c := range p.rel.cols {
		vars = append(vars, c.x.variable)
	}
	return vars
}

// begin chooses the node at which the search begins: one that a test of its own makes rare,
// else the first.
func (p *graphPattern) begin(tests []*conjunct) {
	for _, c := range tests {
		if len(c.vars) > 0 && c.vars[0].node && c.readsOnly(c.vars[0].slot) {
			p.start = c.vars[0].slot
			return
		}
	}
}

// order lays out the steps so that each begins at a node that is found already; false where
// there is no such order. It files the tests with the steps.
func (p *graphPattern) order(tests []*conjunct) bool {
	found := make([]int, p.nodes) // after which step a node is found; 0 is the start
	edge := make([]int, len(p.hops))
	for i := range found {
		found[i] = -1
	}
	found[p.start] = 0
	within := make([]map[int]bool, len(p.chains)) // the nodes that a chain's steps have come to
	for i := range within {
		within[i] = make(map[int]bool)
	}
	for range p.hops {
		next := 0
		for next < len(p.hops) && (edge[next] > 0 || found[p.hops[next].from] < 0 && found[p.hops[next].to] < 0) {
			next++
		}
		if next == len(p.hops) {
			return false
		}
		h := p.hops[next]
		step := patternStep{hop: next, back: found[h.from] < 0}
		begins := h.from
		if step.back {
			begins = h.to
		}
		step.enters = !within[h.chain][begins]
		within[h.chain][h.from], within[h.chain][h.to] = true, true
		p.steps = append(p.steps, step)
		edge[next] = len(p.steps)
		for _, n := range []int{h.from, h.to} {
			if found[n] < 0 {
				found[n] = len(p.steps)
			}
		}
	}
	if slices.Contains(found, -1) {
		return false
	}
	p.tests = make([][]*conjunct, len(p.steps)+1)
	for _, c := range tests {
		when := 0
		for _, v := range c.vars {
			if v.node {
				when = max(when, found[v.slot])
			} else {
				when = max(when, edge[v.slot])
			}
		}
		p.tests[when] = append(p.tests[when], c)
	}
	return true
}
