package function

import (
	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"
)

// woundAround is the polygon of the points around which closed curves, that may cross
// themselves and each other, wind counterclockwise more often than clockwise, given
// how often they do so around a point of reference. It gives up, with nil, on more
// crossings than a limit.
func woundAround(curves [][]s2.Point, ref s2.Point, winding, limit int) *s2.Polygon {
	edges := edgesOfCurves(curves)
	crossings, ok := crossingsOf(edges, limit)
	if !ok {
		return nil
	}
	g := arrangementOf(edges, crossings)
	w := &windingWalk{graph: g, turns: g.leftTurns(), siblings: g.byTarget(), ref: ref, winding: winding}
	w.visited = make([]bool, len(g.edges))
	for e := range g.edges {
		if !w.visited[e] {
			w.walk(e)
		}
	}
	if len(w.boundary) == 0 && w.winding > 0 {
		return s2.FullPolygon()
	}
	return newEdgeGraph(g.vertices, withoutSiblings(w.boundary)).polygon()
}

func edgesOfCurves(curves [][]s2.Point) []edge {
	var edges []edge
	for _, c := range curves {
		for i, p := range c {
			if next := c[(i+1)%len(c)]; p != next {
				edges = append(edges, edge{p, next})
			}
		}
	}
	return edges
}

// crossingError is how far apart points may be that stand for the same crossing: more
// than S2 is off where it computes one.
const crossingError = s1.Angle(2e-15)

// edgeShape makes edges a shape for an index of S2, which takes only its own.
type edgeShape struct {
	*s2.LaxPolyline
	edges []edge
}

func shapeOf(edges []edge) *edgeShape { return &edgeShape{s2.LaxPolylineFromPoints(nil), edges} }

func (s *edgeShape) NumEdges() int                        { return len(s.edges) }
func (s *edgeShape) Edge(i int) s2.Edge                   { return s2.Edge{V0: s.edges[i].a, V1: s.edges[i].b} }
func (s *edgeShape) NumChains() int                       { return len(s.edges) }
func (s *edgeShape) Chain(i int) s2.Chain                 { return s2.Chain{Start: i, Length: 1} }
func (s *edgeShape) ChainEdge(i, _ int) s2.Edge           { return s.Edge(i) }
func (s *edgeShape) ChainPosition(i int) s2.ChainPosition { return s2.ChainPosition{ChainID: i} }
func (s *edgeShape) IsEmpty() bool                        { return len(s.edges) == 0 }

// arrangementOf cuts edges at their crossings and where they pass a vertex. Of the pieces that lead
// from a vertex to another it makes one edge, and one back, each of which stands for
// as many edges as lead its way.
func arrangementOf(edges []edge, crossings []s2.Point) *edgeGraph {
	points := append(verticesOf(edges), crossings...)
	s := &snapping{
		slack: s1.ChordAngleFromAngle(crossingError),
		reach: s1.ChordAngleFromAngle(crossingError),
		edges: edges,
		sites: byCell(points),
	}
	s.collectNear()
	inputs := map[[2]int][]int{}
	for e := range edges {
		chain := s.chain(e)
		for i, to := range chain[1:] {
			there, back := [2]int{chain[i], to}, [2]int{to, chain[i]}
			inputs[there] = append(inputs[there], e)
			if _, has := inputs[back]; !has {
				inputs[back] = nil // the way back is an edge too, though no input goes it
			}
		}
	}
	merged := make([]graphEdge, 0, len(inputs))
	for ends, in := range inputs {
		merged = append(merged, graphEdge{ends[0], ends[1], in})
	}
	return newEdgeGraph(s.sites, merged)
}

// crossingsOf lists the points where the insides of two edges cross, unless there are
// more than a limit.
func crossingsOf(edges []edge, limit int) (points []s2.Point, ok bool) {
	index := s2.NewShapeIndex()
	shape := shapeOf(edges)
	index.Add(shape)
	query := s2.NewCrossingEdgeQuery(index)
	for i, e := range edges {
		for _, j := range query.Crossings(e.a, e.b, shape, s2.CrossingTypeInterior) {
			if i < j {
				points = append(points, s2.Intersection(e.a, e.b, edges[j].a, edges[j].b))
			}
		}
		if len(points) > limit {
			return nil, false
		}
	}
	return points, true
}

// windingWalk goes around the areas of an arrangement and collects the boundary of
// those that are wound around.
type windingWalk struct {
	graph    *edgeGraph
	turns    []int // the edge after an edge around the area on its left
	siblings []int // the edge that leads back
	visited  []bool
	ref      s2.Point
	winding  int // around ref
	boundary []graphEdge
}

// walk visits all areas that edges connect to the one on the left of an edge.
func (w *windingWalk) walk(start int) {
	g := w.graph
	v := g.edges[start].to
	w.moveTo(g.vertices[v])
	// A vertex belongs to one of the areas around it: that which holds a fixed
	// direction from the vertex.
	for range g.edges {
		next := w.turns[start]
		from, to := g.edges[start].from, g.edges[next].to
		if from == to || s2.AngleContainsVertex(g.vertices[from], g.vertices[v], g.vertices[to]) {
			break
		}
		start = w.siblings[next]
	}
	type area struct{ edge, winding int }
	for todo := []area{{start, w.winding}}; len(todo) > 0; {
		a := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for e := a.edge; !w.visited[e]; e = w.turns[e] {
			w.visited[e] = true
			back := w.siblings[e]
			beyond := a.winding - len(g.edges[e].inputs) + len(g.edges[back].inputs)
			if a.winding > 0 && beyond <= 0 {
				w.boundary = append(w.boundary, g.edges[e])
			}
			if !w.visited[back] {
				todo = append(todo, area{back, beyond})
			}
		}
	}
}

// moveTo moves the point of reference to a vertex: each edge that it crosses from right
// to left adds to how often the curves wind around it.
func (w *windingWalk) moveTo(p s2.Point) {
	for _, e := range w.graph.edges {
		if len(e.inputs) > 0 {
			a, b := w.graph.vertices[e.from], w.graph.vertices[e.to]
			w.winding += len(e.inputs) * signedCrossing(w.ref, p, a, b)
		}
	}
	w.ref = p
}

// signedCrossing is 1 where the edge from a to b crosses that from c to d from its
// right to its left, -1 where it does so from its left to its right. At a vertex that
// they share, the vertex counts to one side by a fixed direction from it.
func signedCrossing(a, b, c, d s2.Point) int {
	ordered := func(from, to, o s2.Point) bool { return s2.OrderedCCW(s2.Ortho(o), from, to, o) }
	switch crossing := s2.CrossingSign(a, b, c, d); {
	case crossing == s2.DoNotCross || a == b || c == d:
		return 0
	case crossing == s2.Cross:
		return int(s2.RobustSign(c, d, b))
	case a == c && (b == d || ordered(d, b, a)), b == d && ordered(c, a, b):
		return 1
	case a == d && (b == c || ordered(c, b, a)), b == c && ordered(d, a, b):
		return -1
	}
	return 0
}
