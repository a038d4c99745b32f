// Package h3 is the H3 grid: the sphere divided into hexagons, and twelve
// pentagons, of sixteen resolutions, each cell of one with seven of the next around
// its centre.
//
// The grid stands on an icosahedron (icosahedron.go). On the plane of each of its
// faces the cells of a resolution are a honeycomb (hex.go); the 122 cells of
// resolution 0 (base.go) are the roots of the cells' indexes (cell.go), which
// place.go takes to and from a place on a face. Boundaries, neighbours and the
// cells in a polygon follow from these (boundary.go, ring.go, polygon.go).
//
// What the grid is comes from H3's description (h3geo.org/docs) and its reference
// implementation, github.com/uber/h3, which is C; the order of the cells in a ring
// and in a polygon, and the vertex that a boundary starts at, are that one's too.
package h3

import (
	"math/bits"
	"strconv"
)

// Cell is the index of a cell. From the top: 1 reserved bit, 4 bits of mode (1 for
// a cell), 3 reserved, 4 of resolution, 7 of base cell, and 15 digits of 3 bits, the
// child taken at each resolution; the digits past the cell's own are all ones.
type Cell uint64

// MaxResolution is that of the smallest cells, of about a square metre.
const MaxResolution = 15

// The digits of an index are bit sets of the axes i, j and k, along which a child
// lies from the centre of its parent.
const (
	center digit = iota
	digitK
	digitJ
	digitJK
	digitI
	digitIK
	digitIJ
	unused
)

type digit uint8

// Parse reads an index in hexadecimal; false where it is no valid cell.
func Parse(s string) (Cell, bool) {
	n, err := strconv.ParseUint(s, 16, 64)
	if err != nil || !Cell(n).valid() {
		return 0, false
	}
	return Cell(n), true
}

// String is the index in hexadecimal.
func (c Cell) String() string { return strconv.FormatUint(uint64(c), 16) }

// baseCell makes the index of a cell of resolution 0.
func baseCell(b int) Cell { return 1<<59 | Cell(b)<<45 | trailing(0) }

func (c Cell) valid() bool {
	if c>>56 != 8 || c.base() >= baseCells {
		return false
	}
	for r := 1; r <= MaxResolution; r++ {
		if (c.digit(r) == unused) != (r > c.Resolution()) {
			return false
		}
	}
	return !c.onPentagonBase() || c.leading() != digitK
}

// Resolution is that of the cell, from 0 to MaxResolution.
func (c Cell) Resolution() int { return int(c >> 52 & 15) }

func (c Cell) base() int { return int(c >> 45 & 127) }

// digit is the child taken at a resolution, from 1 on.
func (c Cell) digit(resolution int) digit { return digit(c >> digitShift(resolution) & 7) }

func (c Cell) withDigit(resolution int, d digit) Cell {
	shift := digitShift(resolution)
	return c&^(7<<shift) | Cell(d)<<shift
}

func (c Cell) withBase(b int) Cell { return c&^(127<<45) | Cell(b)<<45 }

func (c Cell) withResolution(r int) Cell { return c&^(15<<52) | Cell(r)<<52 }

func digitShift(resolution int) int { return 3 * (MaxResolution - resolution) }

// leading is the first digit that is not the centre; center where there is none.
func (c Cell) leading() digit {
	digits := c & (1<<45 - 1) >> digitShift(c.Resolution()) << digitShift(c.Resolution())
	if digits == 0 {
		return center
	}
	return c.digit(MaxResolution - (bits.Len64(uint64(digits))-1)/3)
}

func (c Cell) onPentagonBase() bool { return bases[c.base()].pentagon }

// Pentagon reports whether the cell has five sides. Such a cell lacks the child K.
func (c Cell) Pentagon() bool { return c.onPentagonBase() && c.leading() == center }

// Parent is the cell of a coarser resolution, or its own, that the cell descends from.
func (c Cell) Parent(resolution int) Cell {
	return (c | trailing(resolution)).withResolution(resolution)
}

// trailing has all ones in the digits past a resolution.
func trailing(resolution int) Cell { return 1<<digitShift(resolution) - 1 }

// Children are the cells of a finer resolution, or its own, that descend from the
// cell, in the order of their indexes.
func (c Cell) Children(resolution int) []Cell { return c.appendChildren(nil, resolution) }

func (c Cell) appendChildren(cells []Cell, resolution int) []Cell {
	if c.Resolution() == resolution {
		return append(cells, c)
	}
	next := c.Resolution() + 1
	for d := center; d < unused; d++ {
		if d == digitK && c.Pentagon() {
			continue
		}
		cells = c.withResolution(next).withDigit(next, d).appendChildren(cells, resolution)
	}
	return cells
}

// turn turns the cell counter-clockwise around the centre of its base cell, in
// sixths of a circle. Around a pentagon a turn steps over the child K that it lacks.
func (c Cell) turn(sixths int) Cell {
	for range sixths {
		if c = c.turnHexagon(1); c.onPentagonBase() && c.leading() == digitK {
			c = c.turnHexagon(1)
		}
	}
	return c
}

// turnHexagon turns as if the base cell had six sides.
func (c Cell) turnHexagon(sixths int) Cell {
	for r := 1; r <= c.Resolution(); r++ {
		c = c.withDigit(r, c.digit(r).turn(sixths))
	}
	return c
}
