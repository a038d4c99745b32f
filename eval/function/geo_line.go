package function

import (
	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoLineFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_line_length(lineString: bag): real",
			Doc:  "The length of a line or of several, in metres.",
			Bind: geo(scalar.Real, lengthOfLine),
			Examples: []string{
				`abs(geo_line_length(dynamic({"type":"LineString","coordinates":[[-122.407628,47.578557],[-118.275287,34.019056]]})) - 1546754.35197381) < 0.0001`,
				`isnull(geo_line_length(dynamic({"type":"LineString","coordinates":[[1,1]]})))`,
			},
		},
		{
			Sig:  "geo_line_centroid(lineString: bag): dynamic",
			Doc:  "The centre of a line or of several, weighted by length.",
			Bind: geo(scalar.Dynamic, centroidOfLine),
			Examples: []string{
				`abs(toreal(geo_line_centroid(dynamic({"type":"LineString","coordinates":[[-73.95796,40.80042],[-73.97317,40.764486]]})).coordinates[1]) - 40.7824532496274) < 0.00000001`,
				`isnull(geo_line_centroid(dynamic({"type":"LineString","coordinates":[[1,1]]})))`,
			},
		},
		{
			Sig:  "geo_line_interpolate_point(lineString: bag, fraction: number): dynamic",
			Doc:  "The point at a fraction, from 0 to 1, of the length of a line.",
			Bind: geo(scalar.Dynamic, interpolatedPoint),
			Examples: []string{
				`abs(toreal(geo_line_interpolate_point(dynamic({"type":"LineString","coordinates":[[-73.95796,40.80042],[-73.97317,40.764486]]}), 0.25).coordinates[0]) + 73.9617640432183) < 0.00000001`,
				`isnull(geo_line_interpolate_point(dynamic({"type":"LineString","coordinates":[[1,1]]}), 0.5))`,
			},
		},
		{
			Sig:  "geo_line_locate_point(lineString: bag, longitude: number, latitude: number, use_spheroid: numberorbool?): real",
			Doc:  "The fraction of the length of a line at which it is closest to a point.",
			Bind: onSphere(3, geo(scalar.Real, locatedPoint)),
			Examples: []string{
				`abs(geo_line_locate_point(dynamic({"type":"LineString","coordinates":[[-73.95796,40.80042],[-73.97317,40.764486]]}), -73.965, 40.792) - 0.25560135100307) < 0.00000001`,
				`isnull(geo_line_locate_point(dynamic({"type":"LineString","coordinates":[[1,1]]}), 1, 1))`,
			},
		},
		{
			Sig:  "geo_distance_point_to_line(longitude: number, latitude: number, lineString: bag): real",
			Doc:  "The least distance, in metres, between a point and a line or several.",
			Bind: geo(scalar.Real, distanceToLine),
			Examples: []string{
				`geo_distance_point_to_line(1, 1, dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]})) == 0.0`,
				`isnull(geo_distance_point_to_line(1, 1, dynamic({"type":"LineString"})))`,
				`isnull(geo_distance_point_to_line(300, 3, dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]})))`,
			},
		},
		{
			Sig:  "geo_closest_point_on_line(longitude: number, latitude: number, lineString: bag): dynamic",
			Doc:  "The point on a line, or on several, that is closest to another.",
			Bind: geo(scalar.Dynamic, closestOnLine),
			Examples: []string{
				`abs(toreal(geo_closest_point_on_line(5, 5, dynamic({"type":"LineString","coordinates":[[0,0],[10,0]]})).coordinates[0]) - 5) < 0.0001`,
				`isnull(geo_closest_point_on_line(1, 1, dynamic({"type":"LineString"})))`,
			},
		},
		{
			Sig:  "geo_intersects_2lines(lineString1: bag, lineString2: bag): bool",
			Doc:  "Whether two lines, or any two of several, have a point in common.",
			Bind: geo(scalar.Bool, func(c *geoCall) scalar.Value { return scalar.NewBool(linesMeet(c.lines(0), c.lines(1))) }),
			Examples: []string{
				`geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[0,0],[2,2]]}), dynamic({"type":"LineString","coordinates":[[0,2],[2,0]]}))`,
				`not(geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), dynamic({"type":"LineString","coordinates":[[3,3],[4,4]]})))`,
				`isnull(geo_intersects_2lines(dynamic({"type":"LineString","coordinates":[[1,1]]}), dynamic({"type":"LineString","coordinates":[[3,3],[4,4]]})))`,
			},
		},
	}
}

func lengthOfLine(c *geoCall) scalar.Value {
	var length s1.Angle
	for _, line := range c.lines(0) {
		length += line.Length()
	}
	return scalar.NewReal(metres(length))
}

func centroidOfLine(c *geoCall) scalar.Value {
	var sum s2.Point
	for _, line := range c.lines(0) {
		sum.Vector = sum.Add(line.Centroid().Vector)
	}
	return c.centre(sum)
}

// centre is the point on the sphere above a weighted sum of points, which shapes
// that balance around the globe lack.
func (c *geoCall) centre(sum s2.Point) scalar.Value {
	c.bad = c.bad || sum.Norm2() == 0
	return pointGeometry(s2.Point{Vector: sum.Normalize()})
}

func interpolatedPoint(c *geoCall) scalar.Value {
	line, fraction := c.line(0), c.within(1, 0, 1)
	if c.bad {
		return scalar.Value{}
	}
	p, _ := line.Interpolate(fraction)
	return pointGeometry(p)
}

func locatedPoint(c *geoCall) scalar.Value {
	line, p := c.line(0), c.point(1)
	if c.bad {
		return scalar.Value{}
	}
	on, next := line.Project(p)
	return scalar.NewReal(line.Uninterpolate(on, next))
}

func distanceToLine(c *geoCall) scalar.Value {
	p := c.point(0)
	return scalar.NewReal(metres(p.Distance(closestOf(c.lines(2), p))))
}

func closestOnLine(c *geoCall) scalar.Value {
	p := c.point(0)
	return pointGeometry(closestOf(c.lines(2), p))
}

// closestOf is the point of lines that is closest to another, or that itself where
// there are no lines.
func closestOf(lines []*s2.Polyline, p s2.Point) s2.Point {
	closest, least := p, s1.InfAngle()
	for _, line := range lines {
		on, _ := line.Project(p)
		if d := p.Distance(on); d < least {
			closest, least = on, d
		}
	}
	return closest
}

func linesMeet(as, bs []*s2.Polyline) bool {
	for _, a := range as {
		for _, b := range bs {
			if a.Intersects(b) {
				return true
			}
		}
	}
	return false
}
