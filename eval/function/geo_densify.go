package function

import (
	"math"

	"github.com/golang/geo/r2"
	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoDensifyFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_line_densify(lineString: bag, tolerance: number?, preserve_crossing: numberorbool?): dynamic",
			Doc:  "A line that is straight on a plane map, with points put in so that its geodesic edges stay within a tolerance, 0.1 to 10000 or 10 metres, of it.",
			Bind: geo(scalar.Dynamic, densifyLine),
			Examples: []string{
				`array_length(geo_line_densify(dynamic({"type":"LineString","coordinates":[[50,50],[51,51]]})).coordinates) == 9`,
				`isnull(geo_line_densify(dynamic({"type":"LineString","coordinates":[[1,1],[2,2]]}), 0))`,
			},
		},
		{
			Sig:  "geo_polygon_densify(polygon: bag, tolerance: number?, preserve_crossing: numberorbool?): dynamic",
			Doc:  "A polygon that is straight on a plane map, with points put in so that its geodesic edges stay within a tolerance, 0.1 to 10000 or 10 metres, of it.",
			Bind: geo(scalar.Dynamic, densifyPolygon),
			Examples: []string{
				`array_length(geo_polygon_densify(dynamic({"type":"Polygon","coordinates":[[[10,10],[11,10],[11,11],[10,11],[10,10]]]})).coordinates[0]) == 11`,
				`isnull(geo_polygon_densify(dynamic({"type":"Polygon","coordinates":[[[10,10],[11,10],[11,11],[10,11],[10,10]]]}), 0))`,
			},
		},
	}
}

// plateCarree is the plane of longitudes and latitudes without a wrap at the
// antimeridian: an edge from 300 to 1 runs westwards through all between.
type plateCarree struct{ s2.Projection }

func (plateCarree) WrapDistance() r2.Point { return r2.Point{} }

func (plateCarree) WrapDestination(_, b r2.Point) r2.Point { return b }

// tessellationScale is the share of the tolerance that S2 allows where it estimates
// the error of an edge, which S2 for Go leaves to its caller.
const tessellationScale = 0.8382999256988851

// densifier reads the tolerance and the crossing from the second argument on.
func (c *geoCall) densifier() *s2.EdgeTessellator {
	tolerance := c.option(1, 0.1, 10000, 10)
	plane := s2.NewPlateCarreeProjection(180)
	if !c.flag(2) {
		plane = plateCarree{plane}
	}
	return s2.NewEdgeTessellator(plane, s1.Angle(tolerance*tessellationScale/earthRadius))
}

func densify(positions []r2.Point, t *s2.EdgeTessellator) []s2.Point {
	var points []s2.Point
	for i := 1; i < len(positions); i++ {
		points = t.AppendUnprojected(positions[i-1], positions[i], points)
	}
	return points
}

func densifyLine(c *geoCall) scalar.Value {
	c.lines(0)
	t := c.densifier()
	if c.bad {
		return scalar.Value{}
	}
	var lines [][]s2.Point
	for _, positions := range readLinePositions(c.args[0]) {
		lines = append(lines, splitAtAntimeridian(densify(positions, t))...)
	}
	return lineGeometry(lines)
}

func densifyPolygon(c *geoCall) scalar.Value {
	c.polygon(0)
	t := c.densifier()
	if c.bad {
		return scalar.Value{}
	}
	var polygons []*s2.Polygon
	for _, rings := range readPolygonPositions(c.args[0]) {
		var loops []*s2.Loop
		for _, ring := range rings {
			vertices := densify(ring, t)
			loop := s2.LoopFromPoints(vertices[:len(vertices)-1])
			loop.Normalize()
			loops = append(loops, loop)
		}
		polygons = append(polygons, s2.PolygonFromLoops(loops))
	}
	return polygonGeometry(unionOf(polygons))
}

// antimeridianGap is how far, in degrees, the engine ends a line before ±180.
const antimeridianGap = 1e-12

// splitAtAntimeridian cuts a line where it crosses ±180, so that no edge on a map
// runs around the globe.
func splitAtAntimeridian(points []s2.Point) [][]s2.Point {
	lines := [][]s2.Point{points[:1:1]}
	for i, p := range points[1:] {
		from, to := s2.LatLngFromPoint(points[i]), s2.LatLngFromPoint(p)
		last := &lines[len(lines)-1]
		if math.Abs(float64(to.Lng-from.Lng)) <= math.Pi || math.Abs(float64(from.Lng)) == math.Pi || math.Abs(float64(to.Lng)) == math.Pi {
			*last = append(*last, p)
			continue
		}
		end := math.Copysign(180-antimeridianGap, float64(from.Lng))
		at := s2.LatLngFromPoint(s2.Intersection(points[i], p, degrees(180, -89), degrees(180, 89))).Lat.Degrees()
		*last = append(*last, degrees(end, at))
		lines = append(lines, []s2.Point{degrees(-end, at), p})
	}
	return lines
}
