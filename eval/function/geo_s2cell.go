package function

import (
	"math"
	"slices"

	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func s2cellFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_point_to_s2cell(longitude: number, latitude: number, level: number?): string",
			Doc:  "The token of the S2 cell that holds a point, of a level from 0 to 30, or 11.",
			Bind: geo(scalar.String, s2cellOfPoint),
			Examples: []string{
				`geo_point_to_s2cell(-80.195829, 25.802215, 8) == "88d9b"`,
				`geo_point_to_s2cell(300, 1, 8) == ""`,
			},
		},
		{
			Sig:  "geo_s2cell_to_central_point(s2cell: string): dynamic",
			Doc:  "The point in the middle of an S2 cell.",
			Bind: geo(scalar.Dynamic, func(c *geoCall) scalar.Value { return pointGeometry(c.s2cell(0).Point()) }),
			Examples: []string{
				`geo_point_to_s2cell(toreal(geo_s2cell_to_central_point("89c259").coordinates[0]), toreal(geo_s2cell_to_central_point("89c259").coordinates[1]), 10) == "89c259"`,
				`isnull(geo_s2cell_to_central_point("a"))`,
			},
		},
		{
			Sig:  "geo_s2cell_to_polygon(s2cell: string): dynamic",
			Doc:  "The outline of an S2 cell.",
			Bind: geo(scalar.Dynamic, s2cellPolygon),
			Examples: []string{
				`abs(toreal(geo_s2cell_to_polygon("89c259").coordinates[0][1][1]) - 40.7222262918358) < 0.00000001`,
				`isnull(geo_s2cell_to_polygon("a"))`,
			},
		},
		{
			Sig:  "geo_s2cell_neighbors(s2cell: string): dynamic",
			Doc:  "The S2 cells of the same level around one, in no set order.",
			Bind: geo(scalar.Dynamic, s2cellNeighbours),
			Examples: []string{
				`tostring(array_sort_asc(geo_s2cell_neighbors("89c259"))) == '["89c251","89c257","89c25b","89c25d","89c25f","89c2f5","89c2f7","89c2f9"]'`,
				`isnull(geo_s2cell_neighbors("a"))`,
			},
		},
		{
			Sig:  "geo_line_to_s2cells(lineString: bag, level: number?, radius: number?): dynamic",
			Doc:  "The S2 cells of a level, or 11, that a line passes; null where there are more than 65536.",
			Bind: onlyZero(2, noBuffer, geo(scalar.Dynamic, cellsOfLine)),
			Examples: []string{
				`array_length(geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[-0.14,51.5019],[-0.1408,51.5001]]}), 5)) == 1`,
				`isnull(geo_line_to_s2cells(dynamic({"type":"LineString","coordinates":[[0,0]]})))`,
			},
		},
		{
			Sig:  "geo_polygon_to_s2cells(polygon: bag, level: number?, radius: number?): dynamic",
			Doc:  "The S2 cells of a level, or 11, that cover a polygon; null where there are more than 65536.",
			Bind: onlyZero(2, noBuffer, geo(scalar.Dynamic, cellsOfPolygon)),
			Examples: []string{
				`array_length(geo_polygon_to_s2cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[0,50],[100,50],[0,0]]]}), 5)) == 286`,
				`isnull(geo_polygon_to_s2cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[0,50],[100,50],[0,0]]]}), 30))`,
			},
		},
	}
}

const (
	maxS2Level   = 30
	s2Level      = 11
	maxCoverSize = 65536
	noBuffer     = "radius has to be 0: shapes are not widened"
)

func s2cellOfPoint(c *geoCall) scalar.Value {
	level := c.option(2, 0, maxS2Level, s2Level)
	return scalar.NewString(s2.CellFromPoint(c.point(0)).ID().Parent(int(level)).ToToken())
}

// s2cell reads a cell's token.
func (c *geoCall) s2cell(i int) s2.CellID {
	cell := s2.CellIDFromToken(c.args[i].Str())
	if !cell.IsValid() {
		c.bad = true
		return s2.CellIDFromFace(0)
	}
	return cell
}

func s2cellPolygon(c *geoCall) scalar.Value {
	return polygonGeometry(s2.PolygonFromCell(s2.CellFromCellID(c.s2cell(0))))
}

func s2cellNeighbours(c *geoCall) scalar.Value {
	cell := c.s2cell(0)
	return tokens(cell.AllNeighbors(cell.Level()))
}

func tokens(cells []s2.CellID) scalar.Value {
	var b scalar.ArrayBuilder
	for _, cell := range cells {
		b.Append(scalar.NewString(cell.ToToken()))
	}
	return b.Value()
}

func cellsOfLine(c *geoCall) scalar.Value {
	level := int(c.option(1, 0, maxS2Level, s2Level))
	var cells []s2.CellID
	for _, line := range c.lines(0) {
		if length := line.Length(); float64(length) > maxCoverSize*s2.MaxDiagMetric.Value(level) {
			c.bad = true
			return scalar.Value{}
		}
		cells = append(cells, cover(line, level)...)
	}
	slices.Sort(cells)
	return c.covering(slices.Compact(cells))
}

func cellsOfPolygon(c *geoCall) scalar.Value {
	level := int(c.option(1, 0, maxS2Level, s2Level))
	p := c.polygon(0)
	if c.bad || p.Area() > maxCoverSize*s2.MaxAreaMetric.Value(level) || float64(perimeter(p)) > maxCoverSize*s2.MaxDiagMetric.Value(level) {
		c.bad = true
		return scalar.Value{}
	}
	return c.covering(cover(p, level))
}

// covering is null where the cells are too many.
func (c *geoCall) covering(cells []s2.CellID) scalar.Value {
	c.bad = c.bad || len(cells) > maxCoverSize
	return tokens(cells)
}

func cover(region s2.Region, level int) []s2.CellID {
	coverer := s2.RegionCoverer{MinLevel: level, MaxLevel: level, LevelMod: 1, MaxCells: math.MaxInt32}
	return coverer.Covering(region)
}
