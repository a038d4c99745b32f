package function

import (
	"math"
	"math/rand/v2"
	"testing"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// checkBuffer holds a buffer to its radius, in metres: points nearer to the shape by
// more than the tolerance lie in it, farther ones outside, and its boundary between.
func checkBuffer(t *testing.T, what string, v scalar.Value, around []s2.Point, radius, tolerance float64, distance func(s2.Point) float64) {
	t.Helper()
	p := readPolygon(v)
	if p == nil {
		t.Errorf("%s: the buffer is %s", what, scalar.ToString(v))
		return
	}
	slack := tolerance + 1e-5
	for _, e := range edgesOf(p) {
		for _, q := range []s2.Point{e.a, e.middle()} {
			if d := distance(q); math.Abs(d-radius) > slack {
				t.Errorf("%s: the boundary is %v metres off, want %v within %v", what, d, radius, tolerance)
			}
		}
	}
	r := rand.New(rand.NewPCG(5, 9))
	for _, c := range around {
		if !p.ContainsPoint(c) {
			t.Errorf("%s: the buffer lacks a point of the shape", what)
		}
		for range 20 {
			aside := s2.Ortho(c)
			course := s2.Rotate(aside, c, s1.Angle(r.Float64()*2*math.Pi))
			q := onRay(c, course, 2*r.Float64()*radius/earthRadius)
			switch d, in := distance(q), p.ContainsPoint(q); {
			case d < radius-slack && !in:
				t.Errorf("%s: a point %v metres off lies outside the radius of %v", what, d, radius)
			case d > radius+slack && in:
				t.Errorf("%s: a point %v metres off lies within the radius of %v", what, d, radius)
			}
		}
	}
}

// The vertices of the buffer of a point lie at the radius, as far from each other as
// the tolerance allows.
func TestGeoPointBuffer(t *testing.T) {
	for i := range 60 {
		longitude, latitude := float64(i*53%360-180), float64(i*29%180-90)
		radius := math.Pow(10, float64(i%7))
		tolerance := radius * math.Pow(10, -float64(i%5)-0.5)
		v := callGeo(t, "geo_point_buffer", scalar.NewReal(longitude), scalar.NewReal(latitude), scalar.NewReal(radius), scalar.NewReal(tolerance))
		centre := degrees(longitude, latitude)
		distance := func(p s2.Point) float64 { return metres(p.Distance(centre)) }
		checkBuffer(t, "a point", v, []s2.Point{centre}, radius, tolerance, distance)
		p := readPolygon(v)
		if p == nil {
			continue
		}
		for _, e := range edgesOf(p) {
			if d := distance(e.a); math.Abs(d-radius) > 1e-6 {
				t.Errorf("a vertex is %v metres off, want %v", d, radius)
			}
		}
		wide := 2 * math.Acos(1-tolerance/radius) // the angle of an edge on a plane
		if n := p.NumEdges(); radius < 1e5 && math.Abs(float64(n)-2*math.Pi/wide) > 1 {
			t.Errorf("%d vertices, want %v", n, 2*math.Pi/wide)
		}
	}
}

func TestGeoLineBuffer(t *testing.T) {
	for seed := range uint64(45) {
		line := wander(seed, int(2+seed%30), 0.01)
		radius := 100 * math.Pow(1.2, float64(seed)) // from a tenth of an edge to most of the line
		tolerance := radius / math.Pow(2, float64(1+seed%8))
		v := callGeo(t, "geo_line_buffer", lineGeometry(line), scalar.NewReal(radius), scalar.NewReal(tolerance))
		lines := readLines(lineGeometry(line))
		checkBuffer(t, "a line", v, line[0], radius, tolerance, func(p s2.Point) float64 { return distanceTo(lines, p) })
	}
}

func TestGeoPolygonBuffer(t *testing.T) {
	for seed := range uint64(20) {
		radius := 100 * math.Pow(1.45, float64(seed))
		tolerance := radius / math.Pow(2, float64(1+seed%8))
		shape := geometry("Polygon", scalar.NewArray([]scalar.Value{scalar.NewArray(starOf(seed, 50, 0.05)), scalar.NewArray(starOf(seed, 20, 0.02))}))
		p := readPolygon(shape)
		v := callGeo(t, "geo_polygon_buffer", shape, scalar.NewReal(radius), scalar.NewReal(tolerance))
		distance := func(q s2.Point) float64 { return metres(q.Distance(closestInPolygon(p, q))) }
		checkBuffer(t, "a polygon", v, p.Loop(0).Vertices(), radius, tolerance, distance)
		if n, _ := v.Field("coordinates").Len(); radius < 1000 && n != 2 {
			t.Errorf("the buffer has %d rings, want its hole", n)
		}
	}
}

// A line that doubles back, passes a point twice or goes around has one buffer.
func TestGeoLineBufferOfDegenerateLines(t *testing.T) {
	for _, text := range []string{
		`{"type":"LineString","coordinates":[[0,0],[1,0],[0,0]]}`,
		`{"type":"LineString","coordinates":[[0,0],[1,0],[2,0],[3,0]]}`,
		`{"type":"LineString","coordinates":[[10,50],[11,50.5],[10.5,50.25],[12,51]]}`,
		`{"type":"LineString","coordinates":[[0,0],[1,0],[1,1],[0,1],[0,0]]}`,
		`{"type":"LineString","coordinates":[[0,0],[1,1],[1,0],[0,1]]}`,
		`{"type":"LineString","coordinates":[[179.5,0],[-179.5,0.1]]}`,
		`{"type":"LineString","coordinates":[[0,89.9],[90,89.9],[180,89.9],[-90,89.9]]}`,
		`{"type":"MultiLineString","coordinates":[[[0,0],[1,1]],[[0,0],[1,1]],[[1,0],[0,1]]]}`,
	} {
		line := scalar.ParseJSON(text)
		lines := readLines(line)
		v := callGeo(t, "geo_line_buffer", line, scalar.NewReal(5000), scalar.NewReal(50))
		checkBuffer(t, text, v, *lines[0], 5000, 50, func(p s2.Point) float64 { return distanceTo(lines, p) })
	}
}

func TestGeoBufferLimits(t *testing.T) {
	real := scalar.NewReal
	for _, args := range [][]scalar.Value{
		{real(1), real(1), real(0)}, {real(1), real(1), real(-5)}, {real(1), real(1), real(math.Inf(1))}, {real(1), real(1), real(math.NaN())},
		{real(1), real(100), real(5)}, {real(1), real(1), real(3e7)}, {real(1), real(1), real(1000), real(0)}, {real(1), real(1), real(1000), real(-1)},
		{real(1), real(1), real(1000), real(0.0009)}, {real(1), real(1), scalar.Null(scalar.Real)}, {real(1), real(1), real(1e-300)},
	} {
		if v := callGeo(t, "geo_point_buffer", args...); !v.IsNull() {
			t.Errorf("geo_point_buffer(%v) = %s, want null", args, scalar.ToString(v))
		}
	}
	// A tolerance beyond the radius stands for the widest one, that of a triangle.
	for _, tolerance := range []float64{1, 10, 1e9} {
		v := callGeo(t, "geo_point_buffer", real(1), real(1), real(1), real(tolerance))
		if p := readPolygon(v); p == nil || p.NumEdges() != 3 {
			t.Errorf("with a tolerance of %v the buffer is %s, want a triangle", tolerance, scalar.ToString(v))
		}
	}
	// A buffer may be wider than a hemisphere.
	wide := callGeo(t, "geo_line_buffer", scalar.ParseJSON(`{"type":"LineString","coordinates":[[0,0],[10,10]]}`), real(1.2e7), real(1e5))
	if n, _ := wide.Field("coordinates").At(0).Len(); n < 10 {
		t.Errorf("the buffer is %s", scalar.ToString(wide))
	}
}

// A buffer that is put together from those of parts covers what one drawn at once does.
func TestGeoBufferInParts(t *testing.T) {
	line := wander(4, 400, 90/111000.0)
	radius, tolerance := 5000.0, 50.0
	b := newBufferer(radius/earthRadius, tolerance/radius)
	for _, l := range line {
		b.addLine(l)
	}
	if b.polygon() != nil {
		t.Error("the curve is drawn at once, so that the test holds nothing to account")
	}
	lines := readLines(lineGeometry(line))
	v := callGeo(t, "geo_line_buffer", lineGeometry(line), scalar.NewReal(radius), scalar.NewReal(tolerance))
	checkBuffer(t, "a line in parts", v, line[0][:50], radius, tolerance, func(p s2.Point) float64 { return distanceTo(lines, p) })

	shape := geometry("Polygon", scalar.NewArray([]scalar.Value{scalar.NewArray(starOf(4, 400, 0.05))}))
	p := readPolygon(shape)
	v = callGeo(t, "geo_polygon_buffer", shape, scalar.NewReal(radius), scalar.NewReal(tolerance))
	distance := func(q s2.Point) float64 { return metres(q.Distance(closestInPolygon(p, q))) }
	checkBuffer(t, "a polygon in parts", v, p.Loop(0).Vertices()[:50], radius, tolerance, distance)
}
