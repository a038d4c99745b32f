package function

import (
	"math"

	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoBufferFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_point_buffer(longitude: number, latitude: number, radius: number, tolerance: number?): dynamic",
			Doc:  "The polygon around the points within a radius, in metres, of a point. Its vertices lie at the radius, and its edges come nearer by the tolerance, in metres, or 10, at most: not less than a millionth of the radius, and lowered where it exceeds it. Null for a radius that is not positive or that reaches around the globe.",
			Bind: geo(scalar.Dynamic, bufferOfPoint),
			Examples: []string{
				`array_length(geo_point_buffer(-115.1745008278, 36.1497251277, 20000).coordinates[0]) == 101`,
				`geo_polygon_area(geo_point_buffer(10, 10, 1000, 1)) between (0.99 * 3141592 .. 3141593.0)`,
				`array_length(geo_point_buffer(10, 10, 5).coordinates[0]) == 4`,
				`isnull(geo_point_buffer(200, 1, 0.1))`,
				`isnull(geo_point_buffer(10, 10, -1))`,
				`isnull(geo_point_buffer(10, 10, 1000, 0.0001))`,
			},
		},
		{
			Sig:  "geo_line_buffer(lineString: bag, radius: number, tolerance: number?): dynamic",
			Doc:  "The polygon around the points within a radius, in metres, of a line or of several. Its boundary keeps to the radius within the tolerance, in metres, or 10: not less than a millionth of the radius, and lowered where it exceeds it. Null for a radius that is not positive or that reaches around the globe.",
			Bind: geo(scalar.Dynamic, bufferOfLine),
			Examples: []string{
				`array_length(geo_line_buffer(dynamic({"type":"LineString","coordinates":[[-80.66634997047466,24.894526340592122],[-80.67373241820246,24.890808090321286]]}), 4, 0.1).coordinates[0]) == 19`,
				`geo_point_in_polygon(1, 0.001, geo_line_buffer(dynamic({"type":"LineString","coordinates":[[0,0],[2,0]]}), 200))`,
				`isnull(geo_line_buffer(dynamic({"type":"LineString"}), 5))`,
				`isnull(geo_line_buffer(dynamic({"type":"LineString","coordinates":[[0,0],[1,1]]}), 0))`,
			},
		},
		{
			Sig:  "geo_polygon_buffer(polygon: bag, radius: number, tolerance: number?): dynamic",
			Doc:  "The polygon around the points within a radius, in metres, of a polygon or of the union of several. Its boundary keeps to the radius within the tolerance, in metres, or 10: not less than a millionth of the radius, and lowered where it exceeds it. Null for a radius that is not positive or that reaches around the globe.",
			Bind: geo(scalar.Dynamic, bufferOfPolygon),
			Examples: []string{
				`array_length(geo_polygon_buffer(dynamic({"type":"Polygon","coordinates":[[[139.813757,35.719666],[139.72558,35.71813],[139.727471,35.653231],[139.818721,35.657264],[139.813757,35.719666]]]}), 10000).coordinates[0]) == 77`,
				`array_length(geo_polygon_buffer(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]],[[0.4,0.4],[0.4,0.6],[0.6,0.6],[0.4,0.4]]]}), 20000).coordinates) == 1`,
				`isnull(geo_polygon_buffer(dynamic({"type":"p"}), 1))`,
				`isnull(geo_polygon_buffer(dynamic({"type":"Polygon","coordinates":[[[10,10],[0,10],[0,0],[10,10]]]}), 0))`,
			},
		},
	}
}

// bufferShares bound the share of the radius that the tolerance may be. The engine
// computes the share with 24 bits, which shows in the ninth digit of its positions.
const leastBufferShare, mostBufferShare = 1e-6, 1 - 0x1p-24

// buffer reads the radius and the tolerance after it.
func (c *geoCall) buffer(i int) *bufferer {
	radius := c.real(i)
	tolerance := c.option(i+1, 0, math.MaxFloat64, 10)
	if !(radius > 0) || tolerance/radius < leastBufferShare {
		c.bad = true
		return nil
	}
	angle, share := radius/earthRadius, float64(float32(min(tolerance/radius, mostBufferShare)))
	if angle*(1+share) >= math.Pi {
		c.bad = true
		return nil
	}
	return newBufferer(angle, share)
}

// widened writes a buffer. That of the whole globe has no boundary to write.
func (c *geoCall) widened(p *s2.Polygon) scalar.Value {
	c.bad = p.IsEmpty() || p.IsFull()
	return polygonGeometry(p)
}

func bufferOfPoint(c *geoCall) scalar.Value {
	p, b := c.point(0), c.buffer(2)
	if c.bad {
		return scalar.Value{}
	}
	b.addPoint(p)
	return c.widened(b.polygon())
}

func bufferOfLine(c *geoCall) scalar.Value {
	lines, b := c.lines(0), c.buffer(1)
	if c.bad {
		return scalar.Value{}
	}
	vertices := make([][]s2.Point, len(lines))
	for i, line := range lines {
		vertices[i] = *line
	}
	return c.widened(b.around(vertices))
}

func bufferOfPolygon(c *geoCall) scalar.Value {
	p, b := c.polygon(0), c.buffer(1)
	if c.bad {
		return scalar.Value{}
	}
	rings := ringsOf(p)
	for _, ring := range rings {
		b.addRing(ring)
	}
	if p.ContainsPoint(b.ref) {
		b.winding++
	}
	wide := b.polygon()
	if wide == nil {
		for i, ring := range rings {
			rings[i] = append(ring, ring[0])
		}
		wide = b.union(p, b.around(rings))
	}
	return c.widened(wide)
}
