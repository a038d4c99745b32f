package function

import (
	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoSimplifyFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_line_simplify(lineString: bag, tolerance: number?): dynamic",
			Doc:  "A line, or several, with the chains of edges that are nearly straight replaced by single ones. Vertices nearer to each other than the tolerance, in metres, 0 to 7783653 or 10, become one; every vertex of the line stays within the tolerance of the result. Null where nothing is left.",
			Bind: geo(scalar.Dynamic, simplifiedLine),
			Examples: []string{
				`array_length(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[-73.97033169865608,40.789063020152824],[-73.97039607167244,40.78897975920816],[-73.9704617857933,40.78888837512432],[-73.97052884101868,40.7887949601531],[-73.9706052839756,40.788698498903564],[-73.97065222263336,40.78862640672032],[-73.97072866559029,40.78852791445617],[-73.97079303860664,40.788434498977836]]}), 10).coordinates) == 2`,
				`array_length(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[0,0],[1,0],[1,1]]}), 0).coordinates) == 3`,
				`isnull(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[1,1]]})))`,
				`isnull(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), -1))`,
				`isnull(geo_line_simplify(dynamic({"type":"LineString","coordinates":[[1.1,1.1],[1.2,1.2]]}), 100000))`,
			},
		},
		{
			Sig:  "geo_polygon_simplify(polygon: bag, tolerance: number?): dynamic",
			Doc:  "A polygon, or the union of several, with the chains of edges that are nearly straight replaced by single ones. Vertices nearer to each other than the tolerance, in metres, 0 to 7783653 or 10, become one; every vertex of the polygon that does not vanish stays within the tolerance of the result. Null where nothing is left.",
			Bind: geo(scalar.Dynamic, simplifiedPolygon),
			Examples: []string{
				`array_length(geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[-73.94885122776031,40.79673476355657],[-73.94885927438736,40.79692258628347],[-73.94887939095497,40.79692055577034],[-73.9488673210144,40.79693476936093],[-73.94888743758202,40.79693476936093],[-73.9488834142685,40.796959135509105],[-73.94890084862709,40.79695304397289],[-73.94906312227248,40.79710736271788],[-73.94923612475395,40.7968708081794],[-73.94885122776031,40.79673476355657]]]})).coordinates[0]) == 4`,
				`isnull(geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[5,48],[5,48]]]})))`,
				`isnull(geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[5,48],[0,50],[0,47],[4,47],[5,48]]]}), -0.1))`,
				`isnull(geo_polygon_simplify(dynamic({"type":"Polygon","coordinates":[[[5,48],[0,50],[0,47],[4,47],[5,48]]]}), 1000000))`,
			},
		},
	}
}

// simplifyLimit is the widest tolerance: S2 snaps within 70 degrees at most.
const simplifyLimit = 70 * float64(s1.Degree) * earthRadius

// simplifyRadius reads the tolerance as an angle.
func (c *geoCall) simplifyRadius(i int) s1.Angle {
	return s1.Angle(c.option(i, 0, simplifyLimit, 10) / earthRadius)
}

func simplifiedLine(c *geoCall) scalar.Value {
	lines, radius := c.lines(0), c.simplifyRadius(1)
	if c.bad {
		return scalar.Value{}
	}
	g := newEdgeGraph(simplified(edgesOfLines(lines), radius))
	var left [][]s2.Point
	for _, path := range g.paths() {
		left = append(left, append(g.points(path), g.vertices[g.edges[path[len(path)-1]].to]))
	}
	c.bad = len(left) == 0
	return lineGeometry(left)
}

func simplifiedPolygon(c *geoCall) scalar.Value {
	p, radius := c.polygon(0), c.simplifyRadius(1)
	if c.bad {
		return scalar.Value{}
	}
	vertices, edges := simplified(edgesOf(p), radius)
	left := newEdgeGraph(vertices, withoutSiblings(edges)).polygon()
	c.bad = left.IsEmpty()
	return polygonGeometry(left)
}
