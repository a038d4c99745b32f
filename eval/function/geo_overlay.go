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

// cut splits edges where others cross them.
func cut(edges, others []edge) []edge {
	var pieces []edge
	for _, e := range edges {
		points := []s2.Point{e.b}
		for _, o := range others {
			if s2.CrossingSign(e.a, e.b, o.a, o.b) == s2.Cross {
				points = append(points, s2.Intersection(e.a, e.b, o.a, o.b))
			}
		}
		slices.SortFunc(points, func(p, q s2.Point) int { return cmp.Compare(e.a.Distance(p), e.a.Distance(q)) })
		from := e.a
		for _, p := range points {
			if p != from {
				pieces = append(pieces, edge{from, p})
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
	var pieces []edge
	for _, e := range piecesA {
		if inB[e] || !inB[edge{e.b, e.a}] && b.ContainsPoint(e.middle()) == inside {
			pieces = append(pieces, e)
		}
	}
	for _, e := range piecesB {
		if !inA[e] && !inA[edge{e.b, e.a}] && a.ContainsPoint(e.middle()) == inside {
			pieces = append(pieces, e)
		}
	}
	return polygonOfEdges(pieces)
}

func setOf(edges []edge) map[edge]bool {
	set := make(map[edge]bool, len(edges))
	for _, e := range edges {
		set[e] = true
	}
	return set
}

// polygonOfEdges joins edges end to end into the loops of a polygon. As in S2, a
// loop ends with that of its edges which stands last.
func polygonOfEdges(edges []edge) *s2.Polygon {
	from := map[s2.Point][]int{}
	for i, e := range edges {
		from[e.a] = append(from[e.a], i)
	}
	used := make([]bool, len(edges))
	var loops []*s2.Loop
	for start := range edges {
		var chain []int
		for i, ok := start, !used[start]; ok; i, ok = unused(from[edges[i].b], used) {
			used[i] = true
			chain = append(chain, i)
			if edges[i].b == edges[start].a {
				break
			}
		}
		if len(chain) < 3 || edges[chain[len(chain)-1]].b != edges[start].a {
			continue
		}
		first := slices.Index(chain, slices.Max(chain)) + 1
		vertices := make([]s2.Point, len(chain))
		for i := range chain {
			vertices[i] = edges[chain[(first+i)%len(chain)]].a
		}
		loops = append(loops, s2.LoopFromPoints(vertices))
	}
	return s2.PolygonFromOrientedLoops(loops)
}

func unused(edges []int, used []bool) (int, bool) {
	for _, i := range edges {
		if !used[i] {
			return i, true
		}
	}
	return 0, false
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
