package function

import (
	"cmp"
	"math"
	"slices"

	"github.com/golang/geo/s2"
)

// graphEdge leads from a vertex to another, both known by their numbers. It stands
// for input edges, whose numbers ascend.
type graphEdge struct {
	from, to int
	inputs   []int
}

// first is the least number of an input edge: what stands for none comes last.
func (e graphEdge) first() int {
	if len(e.inputs) == 0 {
		return math.MaxInt
	}
	return e.inputs[0]
}

// edgeGraph is a set of directed edges, in the order of the vertices that they leave
// and then of those that they reach. Loops and paths of it follow the input: they
// stand in its order and begin where it begins, as those of S2 do, on which the
// positions of the engine's answers depend.
type edgeGraph struct {
	vertices []s2.Point
	edges    []graphEdge
	starts   []int // per vertex, where the edges that leave it begin
}

func newEdgeGraph(vertices []s2.Point, edges []graphEdge) *edgeGraph {
	slices.SortStableFunc(edges, func(a, b graphEdge) int {
		return cmp.Or(cmp.Compare(a.from, b.from), cmp.Compare(a.to, b.to))
	})
	g := &edgeGraph{vertices: vertices, edges: edges, starts: make([]int, len(vertices)+1)}
	for _, e := range edges {
		g.starts[e.from+1]++
	}
	for v := range vertices {
		g.starts[v+1] += g.starts[v]
	}
	return g
}

// graphOf makes a graph of pieces of edges.
func graphOf(pieces []piece) *edgeGraph {
	edges := make([]edge, len(pieces))
	for i, p := range pieces {
		edges[i] = p.edge
	}
	points := byCell(verticesOf(edges))
	number := make(map[s2.Point]int, len(points))
	for i, p := range points {
		number[p] = i
	}
	joined := make([]graphEdge, len(pieces))
	for i, p := range pieces {
		joined[i] = graphEdge{number[p.a], number[p.b], []int{p.of}}
	}
	return newEdgeGraph(points, joined)
}

// leaving gives the range of the edges that leave a vertex.
func (g *edgeGraph) leaving(v int) (from, to int) { return g.starts[v], g.starts[v+1] }

// between gives the range of the edges that lead from a vertex to another.
func (g *edgeGraph) between(v, w int) (from, to int) {
	from, end := g.leaving(v)
	for from < end && g.edges[from].to < w {
		from++
	}
	for to = from; to < end && g.edges[to].to == w; to++ {
	}
	return from, to
}

// byTarget lists the edges in the order of the vertices that they reach and then of
// those that they leave.
func (g *edgeGraph) byTarget() []int {
	order := make([]int, len(g.edges))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int {
		a, b := g.edges[i], g.edges[j]
		return cmp.Or(cmp.Compare(a.to, b.to), cmp.Compare(a.from, b.from))
	})
	return order
}

// spoke is an edge as seen from one of its vertices.
type spoke struct {
	edge, far, rank int
	incoming        bool
}

// leftTurns gives, for each edge, that which leaves its end next in clockwise order:
// the edge after it on the boundary of what lies on its left. -1 stands for none.
func (g *edgeGraph) leftTurns() []int {
	turns := make([]int, len(g.edges))
	for i := range turns {
		turns[i] = -1
	}
	incoming := g.byTarget()
	in := 0
	var spokes []spoke
	for v := range g.vertices {
		spokes = spokes[:0]
		out, end := g.leaving(v)
		for out < end || in < len(incoming) && g.edges[incoming[in]].to == v {
			far := math.MaxInt
			if out < end {
				far = g.edges[out].to
			}
			if in < len(incoming) && g.edges[incoming[in]].to == v {
				far = min(far, g.edges[incoming[in]].from)
			}
			outs, ins := out, in
			for ; out < end && g.edges[out].to == far; out++ {
			}
			for ; in < len(incoming) && g.edges[incoming[in]].to == v && g.edges[incoming[in]].from == far; in++ {
			}
			spokes = appendSpokes(spokes, far, outs, out, incoming[ins:in])
		}
		g.pairTurns(v, spokes, turns)
	}
	return turns
}

// appendSpokes lists the edges between a vertex and another clockwise around it: the
// surplus of those that come in, then those that go out and come in by turns, so that
// both ends see the same order.
func appendSpokes(spokes []spoke, far, out, outEnd int, in []int) []spoke {
	rank := 0
	add := func(edge int, incoming bool) {
		spokes = append(spokes, spoke{edge, far, rank, incoming})
		rank++
	}
	for ; len(in) > outEnd-out; in = in[:len(in)-1] {
		add(in[len(in)-1], true)
	}
	for ; out < outEnd; out++ {
		add(out, false)
		if len(in) > 0 {
			add(in[len(in)-1], true)
			in = in[:len(in)-1]
		}
	}
	return spokes
}

// pairTurns sorts the edges around a vertex clockwise and pairs each that comes in
// with the next that goes out.
func (g *edgeGraph) pairTurns(v int, spokes []spoke, turns []int) {
	if len(spokes) == 0 {
		return
	}
	least := spokes[0].far
	slices.SortStableFunc(spokes[1:], func(a, b spoke) int {
		switch {
		case a.far == b.far:
			return cmp.Compare(a.rank, b.rank)
		case a.far == least:
			return -1
		case b.far == least:
			return 1
		case s2.OrderedCCW(g.vertices[a.far], g.vertices[b.far], g.vertices[least], g.vertices[v]):
			return 1
		}
		return -1
	})
	var ins, outs []int
	for _, s := range spokes {
		switch {
		case s.incoming:
			ins = append(ins, s.edge)
		case len(ins) > 0:
			turns[ins[len(ins)-1]] = s.edge
			ins = ins[:len(ins)-1]
		default:
			outs = append(outs, s.edge)
		}
	}
	for i := 0; i < len(outs) && len(ins) > 0; i++ {
		turns[ins[len(ins)-1]] = outs[i]
		ins = ins[:len(ins)-1]
	}
}

// loops joins the edges into loops that pass no vertex twice.
func (g *edgeGraph) loops() [][]int {
	turns := g.leftTurns()
	at := make([]int, len(g.vertices)) // the place of a vertex on the path, from 1
	var loops [][]int
	var path []int
	for start := range g.edges {
		for e := start; turns[e] >= 0; {
			next := turns[e]
			turns[e] = -1
			path = append(path, e)
			at[g.edges[e].from] = len(path)
			if from := at[g.edges[e].to]; from > 0 {
				loop := slices.Clone(path[from-1:])
				path = path[:from-1]
				for _, e := range loop {
					at[g.edges[e].from] = 0
				}
				loops = append(loops, g.fromStart(loop))
			}
			e = next
		}
		for _, e := range path { // edges without a loop
			at[g.edges[e].from] = 0
		}
		path = path[:0]
	}
	g.sortChains(loops)
	return loops
}

// fromStart turns a loop so that the edge with the highest input ends it: the last in
// turn where several pieces of that input stand together.
func (g *edgeGraph) fromStart(loop []int) []int {
	last, gap := 0, false
	for i := 1; i < len(loop); i++ {
		switch c := cmp.Compare(g.edges[loop[i]].first(), g.edges[loop[last]].first()); {
		case c < 0:
			gap = true
		case c > 0 || !gap:
			last, gap = i, false
		}
	}
	return slices.Concat(loop[last+1:], loop[:last+1])
}

// sortChains puts chains into the order of the input.
func (g *edgeGraph) sortChains(chains [][]int) {
	slices.SortFunc(chains, func(a, b []int) int {
		return cmp.Or(cmp.Compare(g.edges[a[0]].first(), g.edges[b[0]].first()), cmp.Compare(a[0], b[0]))
	})
}

// paths joins the edges into lines that end where other lines begin, end or cross.
func (g *edgeGraph) paths() [][]int {
	in := make([]int, len(g.vertices))
	for _, e := range g.edges {
		in[e.to]++
	}
	inner := func(v int) bool { return in[v] == 1 && g.starts[v+1]-g.starts[v] == 1 }
	order := make([]int, len(g.edges))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(g.edges[i].first(), g.edges[j].first()) })
	used := make([]bool, len(g.edges))
	follow := func(e int) []int {
		var path []int
		for start := g.edges[e].from; ; e = g.starts[g.edges[e].to] {
			path = append(path, e)
			used[e] = true
			if v := g.edges[e].to; v == start || !inner(v) {
				return path
			}
		}
	}
	var paths [][]int
	for _, e := range order {
		if !used[e] && !inner(g.edges[e].from) {
			paths = append(paths, follow(e))
		}
	}
	for _, e := range order { // what is left are rings
		if !used[e] {
			paths = append(paths, g.fromStart(follow(e)))
		}
	}
	g.sortChains(paths)
	return paths
}

// withoutSiblings drops the pairs of edges that lead back and forth, which bound no
// area.
func withoutSiblings(edges []graphEdge) []graphEdge {
	count := make(map[[2]int]int, len(edges))
	inputs := make(map[[2]int][]int, len(edges))
	for _, e := range edges {
		k := [2]int{e.from, e.to}
		count[k]++
		inputs[k] = append(inputs[k], e.inputs...)
	}
	var kept []graphEdge
	seen := make(map[[2]int]bool, len(edges))
	for _, e := range edges {
		k := [2]int{e.from, e.to}
		if seen[k] {
			continue
		}
		seen[k] = true
		slices.Sort(inputs[k])
		for range count[k] - count[[2]int{e.to, e.from}] {
			kept = append(kept, graphEdge{e.from, e.to, inputs[k]})
		}
	}
	return kept
}

// points are the vertices that the edges of a chain leave.
func (g *edgeGraph) points(chain []int) []s2.Point {
	points := make([]s2.Point, len(chain), len(chain)+1)
	for i, e := range chain {
		points[i] = g.vertices[g.edges[e].from]
	}
	return points
}

// polygon is what the loops of the graph bound, on their left.
func (g *edgeGraph) polygon() *s2.Polygon {
	var loops []*s2.Loop
	for _, chain := range g.loops() {
		if len(chain) >= 3 {
			loops = append(loops, s2.LoopFromPoints(g.points(chain)))
		}
	}
	return s2.PolygonFromOrientedLoops(loops)
}
