package function

import (
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoOverlayFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_intersection_2polygons(polygon1: bag, polygon2: bag): dynamic",
			Doc:  "What two polygons have in common: a polygon, points where they touch, or an empty collection.",
			Bind: geo(scalar.Dynamic, intersectionOfPolygons),
			Examples: []string{
				`tostring(geo_intersection_2polygons(dynamic({"type":"Polygon","coordinates":[[[2,45],[0,45],[1,44],[2,45]]]}), dynamic({"type":"Polygon","coordinates":[[[3,44],[3,45],[2,43],[3,44]]]}))) == '{"type":"GeometryCollection","geometries":[]}'`,
				`geo_intersection_2polygons(dynamic({"type":"Polygon","coordinates":[[[2,45],[0,45],[1,44],[2,45]]]}), dynamic({"type":"Polygon","coordinates":[[[3,44],[2,45],[2,43],[3,44]]]})).type == "Point"`,
				`isnull(geo_intersection_2polygons(dynamic({"type":"Polygon"}), dynamic({"type":"Polygon","coordinates":[[[2,45],[0,45],[1,44],[2,45]]]})))`,
			},
		},
		{
			Sig:  "geo_intersection_line_with_polygon(lineString: bag, polygon: bag): dynamic",
			Doc:  "The stretches of a line that lie in a polygon, or an empty collection.",
			Bind: geo(scalar.Dynamic, intersectionOfLine),
			Examples: []string{
				`geo_intersection_line_with_polygon(dynamic({"type":"LineString","coordinates":[[2,-1],[2,1]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]})).type == "LineString"`,
				`tostring(geo_intersection_line_with_polygon(dynamic({"type":"LineString","coordinates":[[20,-1],[20,1]]}), dynamic({"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]})).geometries) == "[]"`,
			},
		},
		{
			Sig:  "geo_intersection_2lines(lineString1: bag, lineString2: bag): dynamic",
			Doc:  "What two lines have in common: points where they cross or touch, edges that they share, or an empty collection.",
			Bind: geo(scalar.Dynamic, intersectionOfLines),
			Examples: []string{
				`abs(toreal(geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[-73.978929,40.785155],[-73.980903,40.782621]]}), dynamic({"type":"LineString","coordinates":[[-73.985195,40.788275],[-73.974552,40.779761]]})).coordinates[1]) - 40.7839892897722) < 0.0000001`,
				`geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]})).type == "LineString"`,
				`tostring(geo_intersection_2lines(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), dynamic({"type":"LineString","coordinates":[[3,3],[4,4]]})).geometries) == "[]"`,
			},
		},
		{
			Sig:  "geo_union_polygons_array(polygons: array): dynamic",
			Doc:  "The union of the polygons of an array.",
			Bind: geo(scalar.Dynamic, unionOfPolygons),
			Examples: []string{
				`array_length(geo_union_polygons_array(dynamic([{"type":"Polygon","coordinates":[[[0,0],[3,0],[3,3],[0,0]]]},{"type":"Polygon","coordinates":[[[20,1],[25,1],[25,4],[20,1]]]}])).coordinates) == 2`,
				`isnull(geo_union_polygons_array(dynamic([{"type":"Polygon","coordinates":[[[0,0]]]}])))`,
			},
		},
	}
}

func intersectionOfPolygons(c *geoCall) scalar.Value {
	a, b := c.polygon(0), c.polygon(1)
	if c.bad {
		return scalar.Value{}
	}
	common := overlay(a, b, true)
	var parts []scalar.Value
	for _, p := range touching(a, b, common) {
		parts = append(parts, pointGeometry(p))
	}
	if !common.IsEmpty() {
		parts = append(parts, polygonGeometry(common))
	}
	return oneOrCollection(parts)
}

// touching lists the vertices that two polygons share outside what they have in
// common.
func touching(a, b, common *s2.Polygon) []s2.Point {
	in := map[s2.Point]bool{}
	for _, e := range edgesOf(b) {
		in[e.a] = true
	}
	for _, e := range edgesOf(common) {
		in[e.a] = false
	}
	var points []s2.Point
	for _, e := range edgesOf(a) {
		if in[e.a] {
			points = append(points, e.a)
		}
	}
	return points
}

// oneOrCollection is the only geometry, or a collection of none or several.
func oneOrCollection(parts []scalar.Value) scalar.Value {
	if len(parts) == 1 {
		return parts[0]
	}
	return collection(parts)
}

func intersectionOfLine(c *geoCall) scalar.Value {
	p := c.polygon(1)
	var lines [][]s2.Point
	for _, line := range c.lines(0) {
		lines = append(lines, clip(line, p)...)
	}
	if len(lines) == 0 {
		return collection(nil)
	}
	return lineGeometry(lines)
}

func intersectionOfLines(c *geoCall) scalar.Value {
	var points []s2.Point
	var shared [][]s2.Point
	seen := map[s2.Point]bool{}
	meet := func(p s2.Point) {
		if !seen[p] {
			seen[p] = true
			points = append(points, p)
		}
	}
	as, bs := edgesOfLines(c.lines(0)), edgesOfLines(c.lines(1))
	for _, a := range as {
		for _, b := range bs {
			if a.a == b.a && a.b == b.b || a.a == b.b && a.b == b.a {
				shared = append(shared, []s2.Point{a.a, a.b})
				seen[a.a], seen[a.b] = true, true
			}
		}
	}
	for _, a := range as {
		for _, b := range bs {
			switch {
			case s2.CrossingSign(a.a, a.b, b.a, b.b) == s2.Cross:
				meet(s2.Intersection(a.a, a.b, b.a, b.b))
			case a.a == b.a || a.a == b.b:
				meet(a.a)
			case a.b == b.a || a.b == b.b:
				meet(a.b)
			}
		}
	}
	var parts []scalar.Value
	if len(points) > 0 {
		ends := make([]scalar.Value, len(points))
		for i, p := range points {
			ends[i] = position(p)
		}
		parts = append(parts, multiple("Point", ends))
	}
	if len(shared) > 0 {
		parts = append(parts, lineGeometry(shared))
	}
	return oneOrCollection(parts)
}

func edgesOfLines(lines []*s2.Polyline) []edge {
	var edges []edge
	for _, line := range lines {
		edges = append(edges, edgesOf(line)...)
	}
	return edges
}

func unionOfPolygons(c *geoCall) scalar.Value {
	var polygons []*s2.Polygon
	for v := range c.args[0].Elements() {
		p := readPolygon(v)
		c.bad = c.bad || p == nil
		polygons = append(polygons, p)
	}
	if c.bad || len(polygons) == 0 {
		c.bad = true
		return scalar.Value{}
	}
	return polygonGeometry(unionOf(polygons))
}
