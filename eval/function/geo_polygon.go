package function

import (
	"math"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoPolygonFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_point_in_polygon(longitude: number, latitude: number, polygon: bag): bool",
			Doc:  "Whether a point lies in a polygon or in any of several.",
			Bind: geo(scalar.Bool, pointInPolygon),
			Examples: []string{
				`geo_point_in_polygon(2, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]}))`,
				`not(geo_point_in_polygon(1, 2, dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]})))`,
				`isnull(geo_point_in_polygon(1, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]})))`,
			},
		},
		{
			Sig: "geo_polygon_area(polygon: bag): real",
			Doc: "The area of a polygon, or of the union of several, in square metres.",
			Bind: geo(scalar.Real, func(c *geoCall) scalar.Value {
				return scalar.NewReal(area(c.polygon(0)) * earthRadius * earthRadius)
			}),
			Examples: []string{
				`abs(geo_polygon_area(dynamic({"type":"Polygon","coordinates":[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]})) - 3475207.28346606) < 0.001`,
				`isnull(geo_polygon_area(dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]})))`,
			},
		},
		{
			Sig:  "geo_polygon_perimeter(polygon: bag): real",
			Doc:  "The length of the boundary of a polygon, or of the union of several, in metres.",
			Bind: geo(scalar.Real, func(c *geoCall) scalar.Value { return scalar.NewReal(metres(perimeter(c.polygon(0)))) }),
			Examples: []string{
				`abs(geo_polygon_perimeter(dynamic({"type":"Polygon","coordinates":[[[0,0],[90,0],[0,90],[0,0]]]})) - 30022677.9) < 100`,
				`isnull(geo_polygon_perimeter(dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]})))`,
			},
		},
		{
			Sig:  "geo_polygon_centroid(polygon: bag): dynamic",
			Doc:  "The centre of a polygon, or of the union of several, weighted by area.",
			Bind: geo(scalar.Dynamic, func(c *geoCall) scalar.Value { return c.centre(c.polygon(0).Centroid()) }),
			Examples: []string{
				`abs(toreal(geo_polygon_centroid(dynamic({"type":"Polygon","coordinates":[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]})).coordinates[0]) + 73.9657356899076) < 0.00000001`,
				`isnull(geo_polygon_centroid(dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,10],[0,0]]]})))`,
			},
		},
		{
			Sig:  "geo_distance_point_to_polygon(longitude: number, latitude: number, polygon: bag): real",
			Doc:  "The least distance, in metres, between a point and a polygon; 0 for a point in it.",
			Bind: geo(scalar.Real, distanceToPolygon),
			Examples: []string{
				`abs(geo_distance_point_to_polygon(-73.9839, 40.7705, dynamic({"type":"Polygon","coordinates":[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]})) - 259.940756070596) < 0.0001`,
				`isnull(geo_distance_point_to_polygon(500, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,1],[0,0]]]})))`,
			},
		},
		{
			Sig:  "geo_closest_point_on_polygon(longitude: number, latitude: number, polygon: bag): dynamic",
			Doc:  "The point of a polygon that is closest to another: that itself where it lies in the polygon.",
			Bind: geo(scalar.Dynamic, closestOnPolygon),
			Examples: []string{
				`abs(toreal(geo_closest_point_on_polygon(-73.9839, 40.7705, dynamic({"type":"Polygon","coordinates":[[[-73.9495,40.7969],[-73.95807266235352,40.80068603561921],[-73.98201942443848,40.76825672305777],[-73.97317886352539,40.76455136505513],[-73.9495,40.7969]]]})).coordinates[1]) - 40.7693594528432) < 0.0000001`,
				`isnull(geo_closest_point_on_polygon(500, 1, dynamic({"type":"Polygon","coordinates":[[[0,0],[10,10],[10,1],[0,0]]]})))`,
			},
		},
		{
			Sig:  "geo_intersects_2polygons(polygon1: bag, polygon2: bag): bool",
			Doc:  "Whether two polygons, or any two of several, have a point in common.",
			Bind: geo(scalar.Bool, polygonsMeet),
			Examples: []string{
				`geo_intersects_2polygons(dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]}), dynamic({"type":"Polygon","coordinates":[[[2,1],[5,1],[5,4],[2,1]]]}))`,
				`not(geo_intersects_2polygons(dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]}), dynamic({"type":"Polygon","coordinates":[[[20,1],[25,1],[25,4],[20,1]]]})))`,
			},
		},
		{
			Sig:  "geo_intersects_line_with_polygon(lineString: bag, polygon: bag): bool",
			Doc:  "Whether a line and a polygon, or any of several, have a point in common.",
			Bind: geo(scalar.Bool, lineMeetsPolygon),
			Examples: []string{
				`geo_intersects_line_with_polygon(dynamic({"type":"LineString","coordinates":[[2,-1],[2,1]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]}))`,
				`not(geo_intersects_line_with_polygon(dynamic({"type":"LineString","coordinates":[[20,-1],[20,1]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]})))`,
			},
		},
	}
}

func pointInPolygon(c *geoCall) scalar.Value {
	return scalar.NewBool(c.polygon(2).ContainsPoint(c.point(0)))
}

// area is the area of a polygon in steradians: the signed sum of the triangles that
// its edges make with a vertex of their loop. S2 for Go sums them with an error that
// shows in the eighth digit of a small polygon.
func area(p *s2.Polygon) float64 {
	var sum float64
	for _, loop := range p.Loops() {
		if loop.NumVertices() < 3 {
			return loop.Area()
		}
		for i := 1; i < loop.NumVertices()-1; i++ {
			a, b, c := loop.OrientedVertex(0), loop.OrientedVertex(i), loop.OrientedVertex(i+1)
			volume := a.Dot(b.Sub(a.Vector).Cross(c.Sub(a.Vector)))
			sum += 2 * math.Atan2(volume, 1+a.Dot(b.Vector)+b.Dot(c.Vector)+c.Dot(a.Vector))
		}
	}
	return sum
}

func perimeter(p *s2.Polygon) s1.Angle {
	var length s1.Angle
	for i := range p.NumEdges() {
		e := p.Edge(i)
		length += e.V0.Distance(e.V1)
	}
	return length
}

func distanceToPolygon(c *geoCall) scalar.Value {
	p := c.point(0)
	return scalar.NewReal(metres(p.Distance(closestInPolygon(c.polygon(2), p))))
}

func closestOnPolygon(c *geoCall) scalar.Value {
	p := c.point(0)
	return pointGeometry(closestInPolygon(c.polygon(2), p))
}

func closestInPolygon(polygon *s2.Polygon, p s2.Point) s2.Point {
	if polygon.ContainsPoint(p) {
		return p
	}
	return closestOf(outline(polygon), p)
}

// outline is the boundary of a polygon as closed lines.
func outline(p *s2.Polygon) []*s2.Polyline {
	var lines []*s2.Polyline
	for _, loop := range p.Loops() {
		line := make(s2.Polyline, loop.NumVertices()+1)
		for i := range line {
			line[i] = loop.OrientedVertex(i)
		}
		lines = append(lines, &line)
	}
	return lines
}

func polygonsMeet(c *geoCall) scalar.Value {
	a, b := c.polygon(0), c.polygon(1)
	return scalar.NewBool(a.Intersects(b) || linesMeet(outline(a), outline(b)))
}

func lineMeetsPolygon(c *geoCall) scalar.Value {
	lines, p := c.lines(0), c.polygon(1)
	meets := linesMeet(lines, outline(p))
	for _, line := range lines {
		meets = meets || p.ContainsPoint((*line)[0])
	}
	return scalar.NewBool(meets)
}
