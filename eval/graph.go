package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// graph is a property graph in memory. Nodes and edges are told by their places in it.
type graph struct {
	nodes      []graphNode
	edges      []graphEdge
	undirected bool
}

// graphNode is a node: the value that identifies it, its properties in the order of the
// graph's columns, and its edges.
type graphNode struct {
	id      scalar.Value
	row     []scalar.Value
	out, in []int // the edges that leave it, and those that enter it
}

// graphEdge is an edge between two nodes with its properties.
type graphEdge struct {
	from, to int
	row      []scalar.Value
}

// direction is the way in which an edge is gone along.
type direction uint8

const (
	along direction = 1 << iota
	against
	eitherWay = along | against
)

// reversed is the direction seen from the other end.
func (d direction) reversed() direction {
	if d == eitherWay {
		return d
	}
	return eitherWay &^ d
}

// addEdge adds an edge between two nodes of the graph.
func (g *graph) addEdge(from, to int, row []scalar.Value) {
	n := len(g.edges)
	g.edges = append(g.edges, graphEdge{from, to, row})
	g.nodes[from].out = append(g.nodes[from].out, n)
	g.nodes[to].in = append(g.nodes[to].in, n)
}

// neighbours yields the edges of a node that can be gone along in a direction, each with the
// node at its other end. The edges of an undirected graph are gone along either way.
func (g *graph) neighbours(node int, d direction) iter.Seq2[int, int] {
	if g.undirected {
		d = eitherWay
	}
	return func(yield func(edge, node int) bool) {
		n := &g.nodes[node]
		if d&along != 0 {
			for _, e := range n.out {
				if !yield(e, g.edges[e].to) {
					return
				}
			}
		}
		if d&against != 0 {
			for _, e := range n.in {
				loop := g.edges[e].from == node && d&along != 0 // it came with those that leave
				if !loop && !yield(e, g.edges[e].from) {
					return
				}
			}
		}
	}
}

// degree counts the edges that enter a node or leave it; those of an undirected graph do both.
func (g *graph) degree(node int, d direction) int {
	n := &g.nodes[node]
	switch {
	case g.undirected:
		return len(n.in) + len(n.out)
	case d == against:
		return len(n.in)
	}
	return len(n.out)
}

// part gives the graph of the nodes and edges that are kept. An edge needs both of its nodes.
func (g *graph) part(e env, keepNode, keepEdge func(int) bool) *graph {
	out := &graph{undirected: g.undirected}
	place := make([]int, len(g.nodes))
	for i, n := range g.nodes {
		place[i] = -1
		if !e.run.tick() {
			return nil
		}
		if keepNode(i) {
			place[i] = len(out.nodes)
			out.nodes = append(out.nodes, graphNode{id: n.id, row: n.row})
		}
	}
	for i, edge := range g.edges {
		if !e.run.tick() {
			return nil
		}
		if from, to := place[edge.from], place[edge.to]; from >= 0 && to >= 0 && keepEdge(i) {
			out.addEdge(from, to, edge.row)
		}
	}
	if !e.hold(nodeSize*len(out.nodes) + edgeSize*len(out.edges)) {
		return nil
	}
	return out
}

// These are the bytes that a node and an edge take besides their values.
const (
	nodeSize = 128
	edgeSize = 64
)

// graphBuilder makes a graph of rows.
type graphBuilder struct {
	graph graph
	index map[string]int // the nodes by the keys of their ids
	key   []byte
}

// node gives the place of the node with an id. One that is new gets the properties of fresh.
func (b *graphBuilder) node(e env, id scalar.Value, fresh func(id scalar.Value) []scalar.Value) int {
	b.key = scalar.AppendKey(b.key[:0], id)
	if i, ok := b.index[string(b.key)]; ok {
		return i
	}
	i := len(b.graph.nodes)
	b.index[string(b.key)] = i
	row := fresh(id)
	size := nodeSize + len(b.key) + id.Size()
	for _, v := range row {
		size += v.Size()
	}
	e.hold(size)
	b.graph.nodes = append(b.graph.nodes, graphNode{id: id, row: row})
	return i
}

// describe gives a node properties. Of two values of one property the first stays.
func (b *graphBuilder) describe(e env, node int, at []int, values []scalar.Value) {
	row, size := b.graph.nodes[node].row, 0
	for i, v := range values {
		if old := row[at[i]]; old.IsNull() || old.Type() == scalar.String && old.Str() == "" {
			row[at[i]] = scalar.Coerce(v, row[at[i]].Type())
			size += v.Size()
		}
	}
	e.hold(size)
}
