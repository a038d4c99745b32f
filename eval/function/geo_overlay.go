package function

import (
	"cmp"
	"slices"

	"github.com/golang/geo/s2"
)

// edge is a directed edge, or a piece of one, of a line or of a boundary, which has
// the polygon on its left.
type edge struct{ a, b s2.Point }

func (e edge) middle() s2.Point { return s2.Interpolate(0.5, e.a, e.b) }

// edgesOf lists the edges of a line or a polygon.
func edgesOf(shape s2.Shape) []edge {
	edges := make([]edge, shape.NumEdges())
	for i := range edges {
		e := shape.Edge(i)
		edges[i] = edge{e.V0, e.V1}
	}
	return edges
}

// piece is an edge, or a piece of one, and the number of that edge.
type piece struct {
	edge
	of int
}

// cut splits edges where others cross them.
func cut(edges, others []edge) []piece {
	index := s2.NewShapeIndex()
	shape := shapeOf(others)
	index.Add(shape)
	query := s2.NewCrossingEdgeQuery(index)
	var pieces []piece
	for i, e := range edges {
		points := []s2.Point{e.b}
		for _, j := range query.Crossings(e.a, e.b, shape, s2.CrossingTypeInterior) {
			points = append(points, s2.Intersection(e.a, e.b, others[j].a, others[j].b))
		}
		slices.SortFunc(points, func(p, q s2.Point) int { return cmp.Compare(e.a.Distance(p), e.a.Distance(q)) })
		from := e.a
		for _, p := range points {
			if p != from {
				pieces = append(pieces, piece{edge{from, p}, i})
				from = p
			}
		}
	}
	return pieces
}

// overlay is the union of two polygons, or their intersection: the pieces of each
// boundary that lie outside the other polygon, or inside it, joined into loops.
// A piece that both share stays once where both lie on the same side of it.
func overlay(a, b *s2.Polygon, inside bool) *s2.Polygon {
	edgesA, edgesB := edgesOf(a), edgesOf(b)
	piecesA, piecesB := cut(edgesA, edgesB), cut(edgesB, edgesA)
	inA, inB := setOf(piecesA), setOf(piecesB)
	var pieces []piece
	for _, e := range piecesA {
		if inB[e.edge] || !inB[edge{e.b, e.a}] && b.ContainsPoint(e.middle()) == inside {
			pieces = append(pieces, e)
		}
	}
	for _, e := range piecesB {
		if !inA[e.edge] && !inA[edge{e.b, e.a}] && a.ContainsPoint(e.middle()) == inside {
			pieces = append(pieces, piece{e.edge, len(edgesA) + e.of})
		}
	}
	return graphOf(pieces).polygon()
}

func setOf(pieces []piece) map[edge]bool {
	set := make(map[edge]bool, len(pieces))
	for _, p := range pieces {
		set[p.edge] = true
	}
	return set
}

// unionOf joins polygons; nil where there are none. As in S2, the two with the
// fewest vertices are joined first, which settles where a loop begins.
func unionOf(polygons []*s2.Polygon) *s2.Polygon {
	if len(polygons) == 0 {
		return nil
	}
	queue := slices.Clone(polygons)
	for len(queue) > 1 {
		slices.SortStableFunc(queue, func(a, b *s2.Polygon) int { return cmp.Compare(a.NumEdges(), b.NumEdges()) })
		queue = append(queue[2:], overlay(queue[0], queue[1], false))
	}
	return queue[0]
}

// clip gives the stretches of a line that lie in a polygon.
func clip(line *s2.Polyline, p *s2.Polygon) [][]s2.Point {
	var lines [][]s2.Point
	joined := false
	for _, e := range cut(edgesOf(line), edgesOf(p)) {
		inside := p.ContainsPoint(e.middle())
		switch {
		case inside && joined:
			lines[len(lines)-1] = append(lines[len(lines)-1], e.b)
		case inside:
			lines = append(lines, []s2.Point{e.a, e.b})
		}
		joined = inside
	}
	return lines
}
