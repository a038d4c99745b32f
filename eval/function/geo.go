package function

import (
	"math"
	"slices"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// geoFunctions compute on the sphere of S2, on which the engine's figures are
// based: edges are geodesics and lengths are in metres.
func geoFunctions() []Function {
	return slices.Concat(geoPointFunctions(), geoWKTFunctions(), geohashFunctions(), s2cellFunctions(), h3cellFunctions(),
		geoLineFunctions(), geoPolygonFunctions(), geoDensifyFunctions(), geoOverlayFunctions(), geoSimplifyFunctions(), geoBufferFunctions(), geoRefusedFunctions())
}

// earthRadius is the radius of the sphere, in metres.
const earthRadius = 6371010.0

func metres(a s1.Angle) float64 { return float64(a) * earthRadius }

// geoCall reads the arguments of one call. Its readers set bad where an argument
// is null or invalid, which makes the call null.
type geoCall struct {
	args   []scalar.Value
	shapes []geoShape
	bad    bool
}

// geoShape is an argument that is the same for every row, read once.
type geoShape struct {
	constant bool
	lines    []*s2.Polyline
	polygon  *s2.Polygon
}

// geo makes the Bind of a function whose result is null for invalid arguments.
// Shapes that stand as constants are read once and not per row.
func geo(result scalar.Type, call func(c *geoCall) scalar.Value) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		shapes := make([]geoShape, len(args))
		for i, a := range args {
			if a.Const && a.Type == scalar.Dynamic {
				shapes[i] = geoShape{constant: true, lines: readLines(a.Value), polygon: readPolygon(a.Value)}
			}
		}
		return Raw(func(args []scalar.Value) scalar.Value {
			c := geoCall{args: args, shapes: shapes}
			if v := call(&c); !c.bad {
				return v
			}
			return scalar.Null(result)
		}), nil
	}
}

// real reads a finite number.
func (c *geoCall) real(i int) float64 {
	f, ok := scalar.ToReal(c.args[i])
	if !ok || math.IsNaN(f) || math.IsInf(f, 0) {
		c.bad = true
		return 0
	}
	return f
}

// within reads a number from least to most.
func (c *geoCall) within(i int, least, most float64) float64 {
	f := c.real(i)
	if f < least || f > most {
		c.bad = true
		return least
	}
	return f
}

// option reads a number from least to most that may be left out.
func (c *geoCall) option(i int, least, most, otherwise float64) float64 {
	if i >= len(c.args) {
		return otherwise
	}
	return c.within(i, least, most)
}

// flag reads a condition that may be left out.
func (c *geoCall) flag(i int) bool {
	if i >= len(c.args) {
		return false
	}
	b, ok := scalar.ToBool(c.args[i])
	c.bad = c.bad || !ok
	return b
}

// point reads a longitude and the latitude after it, in degrees.
func (c *geoCall) point(i int) s2.Point {
	return degrees(c.within(i, -180, 180), c.within(i+1, -90, 90))
}

// lines reads a LineString or a MultiLineString.
func (c *geoCall) lines(i int) []*s2.Polyline {
	lines := c.shapes[i].lines
	if !c.shapes[i].constant {
		lines = readLines(c.args[i])
	}
	c.bad = c.bad || lines == nil
	return lines
}

// line reads a LineString.
func (c *geoCall) line(i int) *s2.Polyline {
	lines := c.lines(i)
	if len(lines) != 1 {
		c.bad = true
		return &s2.Polyline{}
	}
	return lines[0]
}

// polygon reads a Polygon or a MultiPolygon.
func (c *geoCall) polygon(i int) *s2.Polygon {
	p := c.shapes[i].polygon
	if !c.shapes[i].constant {
		p = readPolygon(c.args[i])
	}
	if p == nil {
		c.bad = true
		return s2.PolygonFromLoops(nil)
	}
	return p
}

func degrees(longitude, latitude float64) s2.Point {
	return s2.PointFromLatLng(s2.LatLngFromDegrees(latitude, longitude))
}
