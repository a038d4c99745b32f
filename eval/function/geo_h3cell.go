package function

import (
	"slices"
	"strconv"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// h3cellFunctions hold those that follow from the digits of a cell's index. Those
// that need the geometry of the icosahedron are refused.
func h3cellFunctions() []Function {
	const grid = "the geometry of the H3 grid is not part of this engine"
	return []Function{
		{
			Sig:  "geo_h3cell_level(h3cell: string): int",
			Doc:  "The resolution of an H3 cell, from 0 to 15.",
			Bind: geo(scalar.Int, func(c *geoCall) scalar.Value { return scalar.NewInt(int32(c.h3cell(0).resolution())) }),
			Examples: []string{
				`geo_h3cell_level("862a1072fffffff") == 6`,
				`isnull(geo_h3cell_level("abc"))`,
			},
		},
		{
			Sig:  "geo_h3cell_parent(h3cell: string, resolution: number?): string",
			Doc:  "The cell of a coarser resolution, or of the next, that holds an H3 cell.",
			Bind: geo(scalar.String, h3cellParent),
			Examples: []string{
				`geo_h3cell_parent("862a1072fffffff") == "852a1073fffffff"`,
				`geo_h3cell_parent("862a1072fffffff", 1) == "812a3ffffffffff"`,
				`isempty(geo_h3cell_parent("862a1072fffffff", 15))`,
			},
		},
		{
			Sig:  "geo_h3cell_children(h3cell: string, resolution: number?): dynamic",
			Doc:  "The cells of a finer resolution, or of the next, in an H3 cell; null beyond five resolutions.",
			Bind: geo(scalar.Dynamic, h3cellChildren),
			Examples: []string{
				`geo_h3cell_children("862a1072fffffff")[0] == "872a10728ffffff"`,
				`array_length(geo_h3cell_children("862a1072fffffff", 9)) == 343`,
				`isnull(geo_h3cell_children("abc"))`,
			},
		},
		{Sig: "geo_h3cell_neighbors(h3cell: string): dynamic", Doc: "The H3 cells around one.", Refused: grid},
		{Sig: "geo_h3cell_rings(h3cell: string, distance: number): dynamic", Doc: "The H3 cells around one, ring by ring.", Refused: grid},
		{Sig: "geo_h3cell_to_central_point(h3cell: string): dynamic", Doc: "The point in the middle of an H3 cell.", Refused: grid},
		{Sig: "geo_h3cell_to_polygon(h3cell: string): dynamic", Doc: "The outline of an H3 cell.", Refused: grid},
		{Sig: "geo_point_to_h3cell(longitude: number, latitude: number, resolution: number?): string", Doc: "The H3 cell that holds a point.", Refused: grid},
		{Sig: "geo_polygon_to_h3cells(polygon: bag, resolution: number?, radius: number?): dynamic", Doc: "The H3 cells that cover a polygon.", Refused: grid},
	}
}

// h3cell is the index of an H3 cell. From the top: 1 reserved bit, 4 bits of mode
// (1 for a cell), 3 reserved, 4 of resolution, 7 of base cell, and 15 digits of 3
// bits, the unused of which are all ones.
type h3cell uint64

const (
	maxH3Resolution  = 15
	h3BaseCells      = 122
	h3Unused         = 7
	h3ChildrenLevels = 5
)

func (h h3cell) resolution() int { return int(h >> 52 & 15) }

func (h h3cell) base() int { return int(h >> 45 & 127) }

// digit is the child taken at a resolution, from 1 to 15.
func (h h3cell) digit(resolution int) int { return int(h >> (3 * (maxH3Resolution - resolution)) & 7) }

func (h h3cell) withDigit(resolution, digit int) h3cell {
	shift := 3 * (maxH3Resolution - resolution)
	return h&^(7<<shift) | h3cell(digit)<<shift
}

func (h h3cell) withResolution(r int) h3cell { return h&^(15<<52) | h3cell(r)<<52 }

func (h h3cell) String() string { return strconv.FormatUint(uint64(h), 16) }

// pentagon reports whether the cell is the centre of one of the twelve base cells
// that have five sides and so lack the child 1.
func (h h3cell) pentagon() bool {
	pentagons := [...]int{4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117}
	if !slices.Contains(pentagons[:], h.base()) {
		return false
	}
	for r := 1; r <= h.resolution(); r++ {
		if h.digit(r) != 0 {
			return false
		}
	}
	return true
}

func (h h3cell) valid() bool {
	if h>>56 != 8 || h.base() >= h3BaseCells {
		return false
	}
	for r := 1; r <= maxH3Resolution; r++ {
		if unused := r > h.resolution(); (h.digit(r) == h3Unused) != unused {
			return false
		}
		if r <= h.resolution() && h.digit(r) == 1 && h.parent(r-1).pentagon() {
			return false
		}
	}
	return true
}

func (h h3cell) parent(resolution int) h3cell {
	for r := resolution + 1; r <= h.resolution(); r++ {
		h = h.withDigit(r, h3Unused)
	}
	return h.withResolution(resolution)
}

// children appends the cells of a resolution in the cell, in order.
func (h h3cell) children(resolution int, cells []h3cell) []h3cell {
	if h.resolution() == resolution {
		return append(cells, h)
	}
	next := h.resolution() + 1
	for digit := range h3Unused {
		if digit == 1 && h.pentagon() {
			continue
		}
		cells = h.withResolution(next).withDigit(next, digit).children(resolution, cells)
	}
	return cells
}

// h3cell reads a cell's index in hexadecimal.
func (c *geoCall) h3cell(i int) h3cell {
	n, err := strconv.ParseUint(c.args[i].Str(), 16, 64)
	if err != nil || !h3cell(n).valid() {
		c.bad = true
	}
	return h3cell(n)
}

func h3cellParent(c *geoCall) scalar.Value {
	cell := c.h3cell(0)
	resolution := int(c.option(1, 0, maxH3Resolution, float64(cell.resolution()-1)))
	if c.bad || resolution < 0 || resolution >= cell.resolution() {
		c.bad = true
		return scalar.Value{}
	}
	return scalar.NewString(cell.parent(resolution).String())
}

func h3cellChildren(c *geoCall) scalar.Value {
	cell := c.h3cell(0)
	resolution := int(c.option(1, 1, maxH3Resolution, float64(cell.resolution()+1)))
	if levels := resolution - cell.resolution(); c.bad || levels < 1 || levels > h3ChildrenLevels || resolution > maxH3Resolution {
		c.bad = true
		return scalar.Value{}
	}
	var b scalar.ArrayBuilder
	for _, child := range cell.children(resolution, nil) {
		b.Append(scalar.NewString(child.String()))
	}
	return b.Value()
}
