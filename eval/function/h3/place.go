package h3

import "github.com/golang/geo/s2"

// place is where a cell stands: a place in the honeycomb of a face.
type place struct {
	face int
	hex
}

// CellOf is the cell of a resolution, from 0 to MaxResolution, that holds a point.
func CellOf(p s2.Point, resolution int) Cell {
	face, on := project(p.Vector, resolution)
	return place{face, nearestHex(on)}.cell(resolution)
}

// Center is the point in the middle of the cell.
func (c Cell) Center() s2.Point { return c.place().point(c.Resolution()) }

// point is the centre of the cell on the sphere.
func (p place) point(resolution int) s2.Point { return unproject(p.face, p.plane(), resolution) }

// cell is the index of the cell of a resolution that stands at the place.
func (p place) cell(resolution int) Cell {
	c := baseCell(0).withResolution(resolution)
	for r := resolution; r > 0; r-- {
		parent := p.coarser(r)
		c = c.withDigit(r, p.minus(parent.finer(r)).digit())
		p.hex = parent
	}
	o := *views[p.face].at(p.hex)
	if c = c.withBase(o.cell); c.lacking() {
		c = c.leaveGap(p.face)
	}
	return c.turn(o.turns)
}

// lacking reports whether the index is of a child that a pentagon lacks.
func (c Cell) lacking() bool { return c.onPentagonBase() && c.leading() == digitK }

// leaveGap turns a cell out of the gap that stands for the child that a pentagon
// lacks, to the side of the gap that a face lies on.
func (c Cell) leaveGap(face int) Cell {
	if home := bases[c.base()].home; faces[face].corners[1] == faces[home.face].corners[0] {
		return c.turnHexagon(5)
	}
	return c.turnHexagon(1)
}

// place is where the cell stands, on the face that its centre lies on.
func (c Cell) place() place {
	b := &bases[c.base()]
	if b.pentagon && c.leading() == digitIK {
		c = c.turnHexagon(5)
	}
	p := b.home
	for r := 1; r <= c.Resolution(); r++ {
		p.hex = p.finer(r).add(c.digit(r).step())
	}
	even := c.Resolution()
	on := p
	if odd(even) {
		even++
		on.hex = p.finer(even)
	}
	unit := cellsAcross(even)
	s, over := on.beyond(unit)
	if over <= 0 {
		return p
	}
	if s == sideKI && b.pentagon && c.leading() == digitI {
		corner := cornerI.times(unit)
		on.hex = on.minus(corner).turn(5).add(corner)
	}
	on, _ = on.cross(s, unit).settle(unit)
	if even != c.Resolution() {
		on.hex = on.coarser(even)
	}
	return on
}

// cellsAcross is how many cells of an even resolution make one of resolution 0.
func cellsAcross(even int) int {
	n := 1
	for range even / 2 {
		n *= 7
	}
	return n
}

// beyond tells which side of the face the place lies towards and how far past that
// side: less than zero for a place inside, zero for one on the side. Unit is how
// many cells of the honeycomb make one of resolution 0.
func (p place) beyond(unit int) (side, int) {
	i, j, k := p.ijk()
	s := sideIJ
	switch {
	case k > 0 && j > 0:
		s = sideJK
	case k > 0:
		s = sideKI
	}
	return s, i + j + k - 2*unit
}

// cross writes the place on the face across a side.
func (p place) cross(s side, unit int) place {
	c := faces[p.face].across[s]
	return place{c.face, p.turn(c.turns).add(c.shift.times(unit))}
}

// settle writes a place that is beyond the sides of its face on the face where it
// lies, whose axes are turned against those of the first by a number of sixths.
func (p place) settle(unit int) (place, int) {
	turns := 0
	for {
		s, over := p.beyond(unit)
		if over <= 0 {
			return p, turns % 6
		}
		turns += faces[p.face].across[s].turns
		p = p.cross(s, unit)
	}
}
