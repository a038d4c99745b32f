package function

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// wander makes a line of short edges that turn little by little. Seeds make it anew.
func wander(seed uint64, vertices int, step float64) [][]s2.Point {
	r := rand.New(rand.NewPCG(seed, 7))
	longitude, latitude, course := r.Float64()*300-150, r.Float64()*120-60, r.Float64()*2*math.Pi
	var line []s2.Point
	for range vertices {
		line = append(line, degrees(longitude, latitude))
		course += r.NormFloat64() * 0.4
		longitude += step * math.Cos(course)
		latitude += step * math.Sin(course)
	}
	return [][]s2.Point{line}
}

// starOf makes a ring around a point whose vertices lie at uneven distances.
func starOf(seed uint64, vertices int, radius float64) []scalar.Value {
	r := rand.New(rand.NewPCG(seed, 11))
	longitude, latitude := r.Float64()*300-150, r.Float64()*120-60
	ring := make([]scalar.Value, vertices+1)
	for i := range vertices {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(vertices))
		far := radius * (0.99 + 0.02*r.Float64())
		ring[i] = position(degrees(longitude+far*cos, latitude+far*sin))
	}
	ring[vertices] = ring[0]
	return ring
}

// distanceTo is how far, in metres, a point is from the nearest of lines.
func distanceTo(lines []*s2.Polyline, p s2.Point) float64 {
	return metres(p.Distance(closestOf(lines, p)))
}

// A simplified line consists of vertices of the line, which are farther than the
// tolerance from each other, and passes within it of the others.
func TestGeoLineSimplifyKeepsWithinTolerance(t *testing.T) {
	for seed := range uint64(40) {
		tolerance := 100 * math.Pow(1.2, float64(seed%12))
		line := wander(seed, 60, 90/111000.0)
		v := callGeo(t, "geo_line_simplify", lineGeometry(line), scalar.NewReal(tolerance))
		result := readLines(v)
		if result == nil {
			t.Errorf("seed %d: the result is %s", seed, scalar.ToString(v))
			continue
		}
		kept := 0
		for _, l := range result {
			kept += len(*l)
			for i, p := range *l {
				if !slices.ContainsFunc(line[0], func(q s2.Point) bool { return p.Distance(q) < 1e-14 }) {
					t.Errorf("seed %d: %v is no vertex of the line", seed, p)
				}
				if i > 0 && metres(p.Distance((*l)[i-1])) <= tolerance {
					t.Errorf("seed %d: two vertices are %v metres apart, within %v", seed, metres(p.Distance((*l)[i-1])), tolerance)
				}
			}
		}
		if kept >= len(line[0])-20 {
			t.Errorf("seed %d: %d of %d vertices are left", seed, kept, len(line[0]))
		}
		for _, p := range line[0] {
			if d := distanceTo(result, p); d > tolerance*(1+1e-9) {
				t.Errorf("seed %d: a vertex is %v metres off, more than %v", seed, d, tolerance)
			}
		}
	}
}

func TestGeoPolygonSimplifyKeepsWithinTolerance(t *testing.T) {
	for seed := range uint64(40) {
		tolerance := 200 * math.Pow(1.3, float64(seed%10))
		shape := geometry("Polygon", scalar.NewArray([]scalar.Value{scalar.NewArray(starOf(seed, 120, 0.05))}))
		v := callGeo(t, "geo_polygon_simplify", shape, scalar.NewReal(tolerance))
		p := readPolygon(v)
		if p == nil {
			t.Errorf("seed %d: the result is %s", seed, scalar.ToString(v))
			continue
		}
		if p.NumEdges() >= 120 {
			t.Errorf("seed %d: %d of 120 vertices are left", seed, p.NumEdges())
		}
		for _, q := range readPolygon(shape).Loop(0).Vertices() {
			if d := distanceTo(outline(p), q); d > tolerance*(1+1e-9) {
				t.Errorf("seed %d: a vertex is %v metres off, more than %v", seed, d, tolerance)
			}
		}
	}
}

// Without a tolerance, and where vertices are far apart and no chain is straight, a
// shape stays as it is.
func TestGeoSimplifyLeavesWhatIsSimple(t *testing.T) {
	square := scalar.ParseJSON(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[0.4,0.4],[0.4,0.6],[0.6,0.6],[0.4,0.4]]]}`)
	whole := callGeo(t, "geo_polygon_area", square).Real()
	for _, tolerance := range []float64{0, 1, 100} {
		line := lineGeometry(wander(3, 30, 0.1))
		if got := callGeo(t, "geo_line_simplify", line, scalar.NewReal(tolerance)); tolerance < 1 && !samePositions(readLines(got), readLines(line)) {
			t.Errorf("tolerance %v: the line became %s", tolerance, got.JSON())
		}
		got := callGeo(t, "geo_polygon_simplify", square, scalar.NewReal(tolerance))
		if a := callGeo(t, "geo_polygon_area", got).Real(); math.Abs(a/whole-1) > 1e-9 {
			t.Errorf("tolerance %v: the area became %v of %v: %s", tolerance, a, whole, got.JSON())
		}
		if n, _ := got.Field("coordinates").Len(); n != 2 {
			t.Errorf("tolerance %v: the polygon has %d rings, want 2", tolerance, n)
		}
	}
}

func samePositions(a, b []*s2.Polyline) bool {
	return slices.EqualFunc(a, b, func(a, b *s2.Polyline) bool {
		return slices.EqualFunc(*a, *b, func(p, q s2.Point) bool { return p.Distance(q) < 1e-14 })
	})
}

// Lines that cross at a vertex are cut there; what is doubled back stays.
func TestGeoLineSimplifyCutsAtCrossings(t *testing.T) {
	cross := scalar.ParseJSON(`{"type":"MultiLineString","coordinates":[[[0,0],[1,1],[2,2]],[[0,2],[1,1],[2,0]]]}`)
	v := callGeo(t, "geo_line_simplify", cross, scalar.NewReal(10))
	if lines := readLines(v); len(lines) != 4 {
		t.Errorf("there are %d lines, want 4: %s", len(lines), v.JSON())
	}
	back := scalar.ParseJSON(`{"type":"LineString","coordinates":[[0,0],[1,0],[0,0]]}`)
	if v := callGeo(t, "geo_line_simplify", back, scalar.NewReal(1000)); len(readLines(v)) != 1 || len(*readLines(v)[0]) != 3 {
		t.Errorf("the line became %s", v.JSON())
	}
}

// The chain of an edge begins with the site that is nearest to its start and ends with
// that nearest to its end, so that the chains of a line hang together; and it has each
// site that is the nearest one to a point of the edge which it covers.
func TestSnappedEdgesPassTheNearestSites(t *testing.T) {
	for seed := range uint64(60) {
		line := s2.Polyline(wander(seed, 40, 0.01)[0])
		s := snap(edgesOf(&line), s1.Angle(0.002*float64(1+seed%20))*s1.Degree)
		for e := range s.edges {
			chain := s.chain(e)
			for i := range 201 {
				p := s2.Interpolate(float64(i)/200, s.edges[e].a, s.edges[e].b)
				nearest := 0
				for site := range s.sites {
					if p.Distance(s.sites[site]) < p.Distance(s.sites[nearest]) {
						nearest = site
					}
				}
				switch {
				case i == 0 && nearest != chain[0], i == 200 && nearest != chain[len(chain)-1]:
					t.Errorf("seed %d, edge %d: the chain %v has not %d at its end", seed, e, chain, nearest)
				case p.Distance(s.sites[nearest]) <= s.radius && !slices.Contains(chain, nearest):
					t.Errorf("seed %d, edge %d: the chain %v lacks %d", seed, e, chain, nearest)
				}
			}
		}
	}
}
