package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// graphPlan is a graph while it is bound: the properties of its nodes and of its edges, and
// how it is made when the query runs. make gives nil where the run has failed.
type graphPlan struct {
	nodes, edges []Column
	make         func(env) *graph
}

// relation is a relation that stands for the graph. It has no rows: only the operators of
// graphs take it.
func (p *graphPlan) relation() *relation {
	return &relation{seg: newSegment(), rows: noRows, graph: p}
}

// materializedGraph is a graph made once a run, however often it is read.
func (b *binder) materializedGraph(p *graphPlan) *relation {
	key := new(int)
	b.once(key)
	out := *p
	out.make = func(e env) *graph {
		return once(e.run, key, func() *graph { return p.make(e) })
	}
	return out.relation()
}

// nodeSource is a table of nodes: its columns, and where each stands among the properties.
type nodeSource struct {
	rel       *relation
	id        *expr
	values    []*expr
	places    []int
	partition *expr
}

// graphSource is a bound make-graph.
type graphSource struct {
	edges      *relation
	from, to   *expr
	values     []*expr
	nodes      []nodeSource
	cols       []Column // the properties of nodes
	ids        []int    // those of them that identify a node
	partition  *expr    // of an edge; nil where there is one graph
	undirected bool
}

// bindMakeGraph makes a graph of a table of edges, and of tables of nodes. A node that only
// edges tell of has no property but its id. Rows with one id make one node (Kusto docs,
// "make-graph operator").
func (b *binder) bindMakeGraph(op *kql.MakeGraph, in *relation) *relation {
	s := &graphSource{edges: in, undirected: !op.Directed, values: in.values()}
	s.from, s.to = b.nodeID(op.From, in), b.nodeID(op.To, in)
	for _, n := range op.Nodes {
		s.nodes = append(s.nodes, b.nodeSource(n, s))
	}
	if op.NodeID != nil {
		s.ids = append(s.ids, s.property(Column{op.NodeID.Name, s.from.typ}))
	}
	if op.Pipe != nil {
		return b.partitionedGraph(op, s)
	}
	out := s.plan(s.whole).relation()
	out.bad = s.from.typ == scalar.NoType || s.to.typ == scalar.NoType
	return out
}

func (s *graphSource) plan(make func(env) *graph) *graphPlan {
	return &graphPlan{nodes: s.cols, edges: s.edges.schema(), make: make}
}

// nodeID binds a column that identifies nodes.
func (b *binder) nodeID(x kql.Expr, in *relation) *expr {
	e := settledText(b.expr(x, in))
	if e.typ == scalar.Dynamic {
		return b.fail(x, "KS240", "a node cannot be identified by a dynamic value", "convert it with tostring() or tolong()")
	}
	return e
}

// nodeSource binds a table of nodes.
func (b *binder) nodeSource(n *kql.GraphNodes, s *graphSource) nodeSource {
	rel := b.tabular(n.Table)
	src := nodeSource{rel: rel, id: unknown()}
	if rel.bad {
		return src
	}
	src.id, src.values = b.nodeID(n.On, rel), rel.values()
	for _, c := range rel.schema() {
		src.places = append(src.places, s.property(c))
	}
	if i := rel.find(src.id.name); i >= 0 {
		s.ids = append(s.ids, src.places[i])
	}
	return src
}

// property gives the place of a property of nodes. One that two tables have with different
// types is dynamic.
func (s *graphSource) property(c Column) int {
	for i, old := range s.cols {
		if old.Name == c.Name {
			if old.Type != c.Type {
				s.cols[i].Type = scalar.Dynamic
			}
			return i
		}
	}
	s.cols = append(s.cols, c)
	return len(s.cols) - 1
}

// blank gives the properties of a node of a table, before those of its row are filled in.
func (s *graphSource) blank(scalar.Value) []scalar.Value {
	row := make([]scalar.Value, len(s.cols))
	for i, c := range s.cols {
		row[i] = scalar.Null(c.Type)
	}
	return row
}

// bare gives the properties of a node that only edges tell of: its id.
func (s *graphSource) bare(id scalar.Value) []scalar.Value {
	row := s.blank(id)
	for _, i := range s.ids {
		row[i] = scalar.Convert(id, s.cols[i].Type)
	}
	return row
}

// whole makes one graph of all nodes and edges. A plugin whose columns the rows decide looks at it before there are
// parts.
func (s *graphSource) whole(e env) *graph {
	graphs := s.read(e, false)
	if e.run.err != nil {
		return nil
	}
	return graphs[0]
}

// read makes the graphs: one, or one for each value of the partition column, in the order in
// which these are first met.
func (s *graphSource) read(e env, parts bool) []*graph {
	var graphs []*graph
	builders := make(map[string]*graphBuilder)
	var key []byte
	builder := func(partition *expr, f *frame) *graphBuilder {
		if key = key[:0]; parts {
			key = scalar.AppendKey(key, partition.value(f))
		}
		b := builders[string(key)]
		if b == nil {
			b = &graphBuilder{index: make(map[string]int)}
			b.graph.undirected = s.undirected
			builders[string(key)] = b
			graphs = append(graphs, &b.graph)
		}
		return b
	}
	if !parts {
		builder(nil, nil) // a graph without edges is one too
	}
	for _, n := range s.nodes {
		for f := range n.rel.rows(e) {
			b := builder(n.partition, f)
			node := b.node(e, n.id.value(f).Clone(), s.blank)
			b.describe(e, node, n.places, cloned(n.values, f))
			if e.run.err != nil {
				return nil
			}
		}
	}
	for f := range s.edges.rows(e) {
		b := builder(s.partition, f)
		from, to := b.node(e, s.from.value(f).Clone(), s.bare), b.node(e, s.to.value(f).Clone(), s.bare)
		row := cloned(s.values, f)
		size := edgeSize
		for _, v := range row {
			size += v.Size()
		}
		if !e.hold(size) {
			return nil
		}
		b.graph.addEdge(from, to, row)
	}
	return graphs
}

// cloned gives the values of expressions on a row, to be kept.
func cloned(xs []*expr, f *frame) []scalar.Value {
	row := make([]scalar.Value, len(xs))
	for i, x := range xs {
		row[i] = x.value(f).Clone()
	}
	return row
}

// partitionedGraph makes a graph for each value of a column, which edges and nodes have, and
// runs operators over each.
func (b *binder) partitionedGraph(op *kql.MakeGraph, s *graphSource) *relation {
	s.partition = settledText(b.expr(op.Partitioned, s.edges))
	for i := range s.nodes {
		if n := &s.nodes[i]; !n.rel.bad {
			n.partition = converted(settledText(b.expr(op.Partitioned, n.rel)), s.partition.typ)
		}
	}
	each := s.plan(func(e env) *graph {
		if g, ok := e.run.known[s].(*graph); ok {
			return g
		}
		return s.whole(e)
	}).relation()
	var sub *relation
	b.scope = b.scope.child()
	again := b.repeated(func() { sub = b.subquery(op.Pipe, each) })
	b.scope = b.scope.parent
	if sub.bad {
		return sub
	}
	out := &relation{seg: newSegment(), open: sub.open}
	for _, c := range sub.cols {
		out.cols = append(out.cols, legColumn(c))
	}
	out.rows = func(e env) iter.Seq[*frame] {
		return func(yield func(*frame) bool) {
			around := e.run.known[s]
			defer func() { e.run.known[s] = around }()
			f := out.seg.frame(e)
			for _, g := range s.read(e, true) {
				e.run.known[s] = g
				e.run.forget(again)
				for f.leg = range sub.rows(e) {
					f.next(0)
					if !yield(f) {
						return
					}
				}
			}
		}
	}
	return out
}
