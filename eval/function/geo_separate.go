package function

import (
	"math"
	"slices"

	"github.com/golang/geo/s2"
)

// separate puts further sites on edges that come too near to a site which they leave
// out, or which stray too far from their input, until none does.
func (s *snapping) separate() {
	todo := make([]int, len(s.edges))
	for i := range todo {
		todo[i] = i
	}
	for pass := 0; len(todo) > 0 && pass < snapPasses; pass++ {
		again := map[int]bool{}
		for _, e := range todo {
			delete(again, e)
			s.check(e, again)
		}
		todo = todo[:0]
		for e := range again {
			todo = append(todo, e)
		}
		slices.Sort(todo)
	}
}

// check looks at the chain of an edge and marks the edges near a new site.
func (s *snapping) check(e int, again map[int]bool) {
	chain := s.chain(e)
	if len(chain) == 0 {
		return
	}
	near := slices.Clone(s.near[e])
	next := 0
	for j := 0; j < len(near); j++ {
		site := near[j]
		if site == chain[next] {
			if next++; next == len(chain) {
				return
			}
			piece := edge{s.sites[chain[next-1]], s.sites[chain[next]]}
			if s2.ChordAngleBetweenPoints(piece.a, piece.b) >= s.longer && s.straysFrom(piece, s.edges[e]) {
				line := s.edges[e]
				middle := s2.Project(piece.a, line.a, line.b).Add(s2.Project(piece.b, line.a, line.b).Vector)
				s.addSite(s.separation(s2.Point{Vector: middle.Normalize()}, piece, line), again)
				return
			}
			continue
		}
		if next == 0 {
			continue
		}
		piece := edge{s.sites[chain[next-1]], s.sites[chain[next]]}
		if d, _ := s2.UpdateMinDistance(s.sites[site], piece.a, piece.b, s.apart.Successor()); d < s.apart {
			s.addSite(s.separation(s.sites[site], piece, s.edges[e]), again)
			for j+1 < len(near) && near[j+1] != chain[next] {
				j++
			}
		}
	}
}

// straysFrom says whether a point of a snapped edge is too far from its input: an end,
// or one of the two points whose great circle is farthest from that of the input.
func (s *snapping) straysFrom(piece, line edge) bool {
	far := func(p s2.Point) bool { return s2.DistanceFromSegment(p, line.a, line.b) > s.strays }
	if far(piece.a) || far(piece.b) {
		return true
	}
	normal := piece.a.PointCross(piece.b).Normalize()
	tilted := line.a.PointCross(line.b).Normalize()
	peak := tilted.Sub(normal.Mul(tilted.Dot(normal)))
	if peak.Norm2() == 0 {
		return false
	}
	for _, sign := range []float64{1, -1} {
		p := s2.Point{Vector: peak.Mul(sign).Normalize()}
		on := normal.Cross(piece.a.Vector).Dot(p.Vector) >= 0 && piece.b.Cross(normal).Dot(p.Vector) >= 0
		if on && far(p) {
			return true
		}
	}
	return false
}

// separation is the point of an edge, in the gap between what the ends of a snapped
// piece cover of it, that is closest to a site.
func (s *snapping) separation(site s2.Point, piece, line edge) s2.Point {
	p := s2.Project(site, line.a, line.b)
	from, to := s.covered(piece.a, line, 1), s.covered(piece.b, line, -1)
	along := line.b.Sub(line.a.Vector)
	switch {
	case p.Sub(from.Vector).Dot(along) < 0:
		return from
	case to.Sub(p.Vector).Dot(along) < 0:
		return to
	}
	return p
}

// covered is the last point of the great circle of an edge, or the first one for a
// sign of -1, that lies within the radius of a site.
func (s *snapping) covered(site s2.Point, line edge, sign float64) s2.Point {
	normal := line.a.PointCross(line.b).Normalize()
	height := normal.Dot(site.Vector)
	foot := site.Sub(normal.Mul(height)).Normalize()
	sin2 := (math.Pow(math.Sin(s.radius.Radians()), 2) - height*height) / (1 - height*height)
	half := math.Asin(math.Sqrt(min(1, max(0, sin2))))
	return s2.Point{Vector: foot.Mul(math.Cos(half)).Add(normal.Cross(foot).Mul(sign * math.Sin(half))).Normalize()}
}

// addSite puts a site in and marks the edges that it bears on.
func (s *snapping) addSite(p s2.Point, again map[int]bool) {
	if slices.Contains(s.sites, p) {
		return
	}
	id := len(s.sites)
	s.sites = append(s.sites, p)
	for e, line := range s.edges {
		if nearEdge(p, line, s.reach) {
			at, _ := slices.BinarySearchFunc(s.near[e], id, s.byDistance(line.a))
			s.near[e] = slices.Insert(s.near[e], at, id)
			again[e] = true
		}
	}
}
