package function

import (
	"math"

	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/function/h3"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func h3cellFunctions() []Function {
	const square = `dynamic({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]})`
	return []Function{
		{
			Sig:  "geo_point_to_h3cell(longitude: number, latitude: number, resolution: number?): string",
			Doc:  "The H3 cell that holds a point, of a resolution from 0 to 15, or 6; empty for an invalid point or resolution.",
			Bind: geo(scalar.String, h3cellOfPoint),
			Examples: []string{
				`geo_point_to_h3cell(-74.04450446039874, 40.689250859314974, 6) == "862a1072fffffff"`,
				`geo_point_to_h3cell(-74.04450446039874, 40.689250859314974) == "862a1072fffffff"`,
				`geo_point_to_h3cell(180, 90, 15) == "8f0326233ab0399" and geo_point_to_h3cell(180, 0, 7) == geo_point_to_h3cell(-180, 0, 7)`,
				`geo_point_to_h3cell(300, 1, 8) == "" and geo_point_to_h3cell(1, 1, 16) == "" and geo_point_to_h3cell(1, 1, int(null)) == ""`,
			},
		},
		{
			Sig:  "geo_h3cell_level(h3cell: string): int",
			Doc:  "The resolution of an H3 cell, from 0 to 15; null for an invalid cell.",
			Bind: geo(scalar.Int, func(c *geoCall) scalar.Value { return scalar.NewInt(int32(c.h3cell(0).Resolution())) }),
			Examples: []string{
				`geo_h3cell_level("862a1072fffffff") == 6`,
				`isnull(geo_h3cell_level("abc"))`,
			},
		},
		{
			Sig:  "geo_h3cell_parent(h3cell: string, resolution: number?): string",
			Doc:  "The cell of a coarser resolution, or of the next, that an H3 cell descends from; empty for an invalid cell or a resolution that is not coarser.",
			Bind: geo(scalar.String, h3cellParent),
			Examples: []string{
				`geo_h3cell_parent("862a1072fffffff") == "852a1073fffffff"`,
				`geo_h3cell_parent("862a1072fffffff", 1) == "812a3ffffffffff"`,
				`isempty(geo_h3cell_parent("862a1072fffffff", 15))`,
			},
		},
		{
			Sig:  "geo_h3cell_children(h3cell: string, resolution: number?): dynamic",
			Doc:  "The cells of a finer resolution, or of the next, that descend from an H3 cell; null for an invalid cell and beyond five resolutions.",
			Bind: geo(scalar.Dynamic, h3cellChildren),
			Examples: []string{
				`geo_h3cell_children("862a1072fffffff")[0] == "872a10728ffffff"`,
				`array_length(geo_h3cell_children("862a1072fffffff", 9)) == 343`,
				`array_length(geo_h3cell_children("8009fffffffffff")) == 6`,
				`isnull(geo_h3cell_children("abc"))`,
			},
		},
		{
			Sig:  "geo_h3cell_neighbors(h3cell: string): dynamic",
			Doc:  "The six H3 cells around one, or the five around a pentagon, in no set order; null for an invalid cell.",
			Bind: geo(scalar.Dynamic, h3cellNeighbours),
			Examples: []string{
				`tostring(geo_h3cell_neighbors("862a1072fffffff")) == '["862a10777ffffff","862a100d7ffffff","862a100dfffffff","862a1070fffffff","862a10707ffffff","862a10727ffffff"]'`,
				`array_length(geo_h3cell_neighbors("8009fffffffffff")) == 5`,
				`isnull(geo_h3cell_neighbors("abc"))`,
			},
		},
		{
			Sig:  "geo_h3cell_rings(h3cell: string, distance: number): dynamic",
			Doc:  "The H3 cells around one, an array for each distance in cells from 0 to the one given, counter-clockwise; null for an invalid cell or a distance outside 0 to 142. A ring that meets a pentagon has fewer cells, in no set order.",
			Bind: geo(scalar.Dynamic, h3cellRings),
			Examples: []string{
				`tostring(geo_h3cell_rings("861f8894fffffff", 1)) == '[["861f8894fffffff"],["861f88947ffffff","861f8895fffffff","861f88867ffffff","861f8d497ffffff","861f8d4b7ffffff","861f8896fffffff"]]'`,
				`array_length(geo_h3cell_rings("861f8894fffffff", 3)[3]) == 18`,
				`array_length(geo_h3cell_rings("8009fffffffffff", 2)[2]) == 10`,
				`isnull(geo_h3cell_rings("abc", 3)) and isnull(geo_h3cell_rings("861f8894fffffff", 143)) and isnull(geo_h3cell_rings("861f8894fffffff", -1))`,
			},
		},
		{
			Sig:  "geo_h3cell_to_central_point(h3cell: string): dynamic",
			Doc:  "The point in the middle of an H3 cell, in GeoJSON; null for an invalid cell.",
			Bind: geo(scalar.Dynamic, func(c *geoCall) scalar.Value { return pointGeometry(c.h3cell(0).Center()) }),
			Examples: []string{
				`round(toreal(geo_h3cell_to_central_point("862a1072fffffff").coordinates[0]), 9) == -74.016008480`,
				`round(toreal(geo_h3cell_to_central_point("862a1072fffffff").coordinates[1]), 9) == 40.704167908`,
				`isnull(geo_h3cell_to_central_point("1"))`,
			},
		},
		{
			Sig:  "geo_h3cell_to_polygon(h3cell: string): dynamic",
			Doc:  "The outline of an H3 cell, counter-clockwise, in GeoJSON; null for an invalid cell. A cell that lies across an edge of H3's icosahedron has more vertices than sides.",
			Bind: geo(scalar.Dynamic, h3cellPolygon),
			Examples: []string{
				`array_length(geo_h3cell_to_polygon("862a1072fffffff").coordinates[0]) == 7`,
				`round(toreal(geo_h3cell_to_polygon("862a1072fffffff").coordinates[0][0][0]), 9) == -74.002274465`,
				`array_length(geo_h3cell_to_polygon("81083ffffffffff").coordinates[0]) == 11`,
				`geo_point_in_polygon(-74.0445, 40.6892, geo_h3cell_to_polygon("862a1072fffffff"))`,
				`isnull(geo_h3cell_to_polygon("@"))`,
			},
		},
		{
			Sig:  "geo_polygon_to_h3cells(polygon: bag, resolution: number?, radius: number?): dynamic",
			Doc:  "The H3 cells of a resolution, or 6, whose centres lie in a polygon, the edges of which are straight on a plane map, in no set order; null for an invalid polygon or resolution and where there are more than 61680.",
			Bind: onlyZero(2, noBuffer, geo(scalar.Dynamic, h3cellsInPolygon)),
			Examples: []string{
				`array_length(geo_polygon_to_h3cells(` + square + `)) == 459`,
				`tostring(geo_polygon_to_h3cells(` + square + `, 3)) == '["83754efffffffff"]' and array_length(geo_polygon_to_h3cells(` + square + `, 2)) == 0`,
				`isnull(geo_polygon_to_h3cells(` + square + `, 15)) and isnull(geo_polygon_to_h3cells(` + square + `, 16))`,
				`isnull(geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,1]]]})))`,
			},
		},
	}
}

const (
	h3Resolution     = 6
	h3ChildrenLevels = 5
	maxH3Distance    = 142
	// maxH3Cells is as many as fit in the megabyte that an array may take.
	maxH3Cells = 61680
)

// h3cell reads a cell's index in hexadecimal.
func (c *geoCall) h3cell(i int) h3.Cell {
	cell, ok := h3.Parse(c.args[i].Str())
	c.bad = c.bad || !ok
	return cell
}

func h3cellOfPoint(c *geoCall) scalar.Value {
	resolution := int(c.option(2, 0, h3.MaxResolution, h3Resolution))
	return scalar.NewString(h3.CellOf(c.point(0), resolution).String())
}

func h3cellParent(c *geoCall) scalar.Value {
	cell := c.h3cell(0)
	resolution := int(c.option(1, 0, h3.MaxResolution, float64(cell.Resolution()-1)))
	if c.bad || resolution < 0 || resolution >= cell.Resolution() {
		c.bad = true
		return scalar.Value{}
	}
	return scalar.NewString(cell.Parent(resolution).String())
}

func h3cellChildren(c *geoCall) scalar.Value {
	cell := c.h3cell(0)
	resolution := int(c.option(1, 1, h3.MaxResolution, float64(cell.Resolution()+1)))
	if levels := resolution - cell.Resolution(); c.bad || levels < 1 || levels > h3ChildrenLevels || resolution > h3.MaxResolution {
		c.bad = true
		return scalar.Value{}
	}
	return h3cellTokens(cell.Children(resolution))
}

func h3cellTokens(cells []h3.Cell) scalar.Value {
	var b scalar.ArrayBuilder
	for _, cell := range cells {
		b.Append(scalar.NewString(cell.String()))
	}
	return b.Value()
}

func h3cellNeighbours(c *geoCall) scalar.Value {
	cell := c.h3cell(0)
	if c.bad {
		return scalar.Value{}
	}
	return h3cellTokens(inSetOrder(cell.Rings(1)[1]))
}

func h3cellRings(c *geoCall) scalar.Value {
	cell, distance := c.h3cell(0), int(c.within(1, 0, maxH3Distance))
	if c.bad {
		return scalar.Value{}
	}
	var b scalar.ArrayBuilder
	for _, ring := range cell.Rings(distance) {
		b.Append(h3cellTokens(ring))
	}
	return b.Value()
}

func h3cellPolygon(c *geoCall) scalar.Value {
	cell := c.h3cell(0)
	if c.bad {
		return scalar.Value{}
	}
	boundary := cell.Boundary()
	return geometry("Polygon", scalar.NewArray([]scalar.Value{positions(append(boundary, boundary[0]))}))
}

func h3cellsInPolygon(c *geoCall) scalar.Value {
	c.polygon(0)
	resolution := int(c.option(1, 0, h3.MaxResolution, h3Resolution))
	if c.bad {
		return scalar.Value{}
	}
	var cells []h3.Cell
	for _, rings := range readPolygonPositions(c.args[0]) {
		var outlines [][]s2.LatLng
		for _, ring := range rings {
			var outline []s2.LatLng
			for _, p := range ring[1:] {
				outline = append(outline, s2.LatLngFromDegrees(p.Y, math.Remainder(p.X, 360)))
			}
			outlines = append(outlines, outline)
		}
		more, err := h3.CellsIn(outlines, resolution, maxH3Cells-len(cells))
		if err != nil {
			c.bad = true
			return scalar.Value{}
		}
		cells = append(cells, more...)
	}
	return h3cellTokens(inSetOrder(cells))
}
