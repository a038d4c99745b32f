package function

import (
	"cmp"
	"math"
	"slices"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"
)

// snapping moves edges to few vertices, the sites, no two of which are nearer than a
// radius. Each edge becomes the chain of the sites that are nearest to it along its
// way and within the radius of it. This is the snap rounding of S2, which S2 for Go
// lacks and on which the simplified shapes of the engine rest.
type snapping struct {
	radius s1.Angle
	limit  s1.ChordAngle // the radius
	slack  s1.ChordAngle // the radius and the rounding of a point on an edge
	apart  s1.ChordAngle // how near a snapped edge may come to a site that it leaves out
	strays s1.Angle      // how far a snapped edge may stray from its input
	reach  s1.ChordAngle // how far a site may be that bears on an edge
	longer s1.ChordAngle // only edges of this length and more can stray too far

	edges []edge
	sites []s2.Point
	near  [][]int // per edge, the sites within reach, the nearest to its start first
}

// strayShare is the share of the radius that S2 lets the middle of a snapped edge
// stray, as the middle of a geodesic moves farther than its ends.
const strayShare = 1.1

// snapRounding bounds, as an angle, how far a point that is computed on an edge is off.
const snapRounding = 1e-15

// snapPasses bounds how often edges are snapped again for sites that were put in.
const snapPasses = 100

// snap chooses the sites for edges and collects those near each edge.
func snap(edges []edge, radius s1.Angle) *snapping {
	strays := radius * strayShare
	s := &snapping{
		radius: radius,
		limit:  s1.ChordAngleFromAngle(radius),
		slack:  s1.ChordAngleFromAngle(radius + snapRounding),
		apart:  s1.ChordAngleFromAngle(radius / 2),
		strays: strays,
		reach:  s1.ChordAngleFromAngle(strays + radius/2),
		longer: s1.ChordAngleFromAngle(s1.Angle(2 * math.Acos(math.Sin(radius.Radians())/math.Sin(strays.Radians())))),
		edges:  edges,
	}
	s.chooseSites()
	s.collectNear()
	s.separate()
	return s
}

// chooseSites takes, in the order of the leaf cells, each vertex that is farther than
// the radius from the sites before it.
func (s *snapping) chooseSites() {
	level := s2.MinWidthMetric.MaxLevel(s.radius.Radians())
	inCell := map[s2.CellID][]int{}
	for _, p := range byCell(verticesOf(s.edges)) {
		var cell s2.CellID // stands for all cells where the radius is wider than any
		var beside []s2.CellID
		if level > 0 {
			cell = s2.CellFromPoint(p).ID().Parent(level)
			beside = cell.AllNeighbors(level)
		}
		taken := s.anyWithin(p, inCell[cell])
		for _, n := range beside {
			taken = taken || s.anyWithin(p, inCell[n])
		}
		if !taken {
			inCell[cell] = append(inCell[cell], len(s.sites))
			s.sites = append(s.sites, p)
		}
	}
}

func verticesOf(edges []edge) []s2.Point {
	points := make([]s2.Point, 0, 2*len(edges))
	for _, e := range edges {
		points = append(points, e.a, e.b)
	}
	return points
}

// byCell puts points into the order of the leaf cells that hold them, each once.
func byCell(points []s2.Point) []s2.Point {
	type held struct {
		cell  s2.CellID
		point s2.Point
	}
	order := make([]held, len(points))
	for i, p := range points {
		order[i] = held{s2.CellFromPoint(p).ID(), p}
	}
	slices.SortFunc(order, func(a, b held) int {
		return cmp.Or(cmp.Compare(a.cell, b.cell), a.point.Cmp(b.point.Vector))
	})
	sorted := make([]s2.Point, len(order))
	for i, h := range order {
		sorted[i] = h.point
	}
	return slices.Compact(sorted)
}

func (s *snapping) anyWithin(p s2.Point, sites []int) bool {
	for _, i := range sites {
		if s2.CompareDistance(p, s.sites[i], s.limit) <= 0 {
			return true
		}
	}
	return false
}

// queryError is more than S2 is off, as an angle, where it rules sites out.
const queryError = s1.Angle(1e-13)

// collectNear finds the sites within reach of each edge.
func (s *snapping) collectNear() {
	index := s2.NewShapeIndex()
	points := s2.PointVector(s.sites)
	index.Add(&points)
	query := s2.NewClosestEdgeQuery(index, s2.NewClosestEdgeQueryOptions().IncludeInteriors(false).DistanceLimit(s1.ChordAngleFromAngle(s.reach.Angle()+queryError)))
	s.near = make([][]int, len(s.edges))
	for i, e := range s.edges {
		for _, r := range query.FindEdges(s2.NewMinDistanceToEdgeTarget(s2.Edge{V0: e.a, V1: e.b})) {
			s.near[i] = append(s.near[i], int(r.EdgeID()))
		}
		slices.SortFunc(s.near[i], s.byDistance(e.a))
	}
}

// byDistance orders sites by their distance from a point.
func (s *snapping) byDistance(from s2.Point) func(i, j int) int {
	return func(i, j int) int {
		return cmp.Or(s2.CompareDistances(from, s.sites[i], s.sites[j]), cmp.Compare(i, j))
	}
}

// chain is the sites that an edge passes: those that are nearest to any of its points
// that lie within the radius of a site. Along an edge, the nearest of two sites
// changes once at most, so that the sites in the order of their distance from its
// start make up a stack of turns.
func (s *snapping) chain(e int) []int {
	line := s.edges[e]
	type turn struct {
		site int
		from float64 // the angle from the start of the edge
	}
	x, y, length := alongEdge(line)
	at := func(angle float64) s2.Point {
		return s2.Point{Vector: x.Mul(math.Cos(angle)).Add(y.Mul(math.Sin(angle))).Normalize()}
	}
	var turns []turn
	for _, site := range s.near[e] {
		if !nearEdge(s.sites[site], line, s.slack) {
			continue
		}
		from, nearer := 0.0, true
		for len(turns) > 0 {
			last := turns[len(turns)-1]
			if s2.CompareDistances(line.b, s.sites[last.site], s.sites[site]) <= 0 {
				nearer = false
				break
			}
			d := bisector(s.sites[last.site], s.sites[site])
			from = min(max(0, math.Atan2(d.Dot(x.Vector), -d.Dot(y.Vector))), length)
			if from > last.from || len(turns) == 1 {
				break // the first site is the nearest of all to the start
			}
			turns = turns[:len(turns)-1]
			from = 0
		}
		if nearer {
			turns = append(turns, turn{site, from})
		}
	}
	var chain []int
	for i, t := range turns {
		to := length
		if i+1 < len(turns) {
			to = turns[i+1].from
		}
		p := s.sites[t.site]
		closest := math.Atan2(p.Dot(y.Vector), p.Dot(x.Vector))
		closest = min(max(closest, t.from), to)
		ends := i == 0 || i == len(turns)-1 // the ends of an edge are near a site always
		if ends || s2.ChordAngleBetweenPoints(p, at(closest)) <= s.slack {
			chain = append(chain, t.site)
		}
	}
	return chain
}

// bisector is at right angles to the points that are equally far from two, and points
// to the first. Their difference would serve, but for how points are off unit length.
func bisector(p, q s2.Point) s2.Point {
	return s2.Point{Vector: p.Add(q.Vector).Cross(p.PointCross(q).Vector)}
}

// alongEdge gives the directions of the start of an edge and of the point a quarter
// turn after it, and the length.
func alongEdge(e edge) (x, y s2.Point, length float64) {
	normal := e.a.PointCross(e.b)
	return e.a, s2.Point{Vector: normal.Cross(e.a.Vector).Normalize()}, e.a.Distance(e.b).Radians()
}

// nearEdge says whether a point lies within a distance of an edge.
func nearEdge(p s2.Point, e edge, limit s1.ChordAngle) bool {
	d, _ := s2.UpdateMinDistance(p, e.a, e.b, s1.InfChordAngle())
	return d <= limit
}
