package h3

import (
	"slices"

	"github.com/golang/geo/r2"
	"github.com/golang/geo/s2"
)

// Boundary is the vertices of the cell, counter-clockwise and not closed. A cell of
// an odd resolution has one more wherever a side of it crosses a side of a face,
// since what is straight on two faces has a bend between them.
func (c Cell) Boundary() []s2.Point {
	// Vertices are places in the honeycomb of a third of the size: that of the cell's
	// own resolution, or of the next where that is odd, so that sides of faces are
	// along its cells.
	even, at, vertex := c.Resolution(), c.place(), hex{2, 1}
	at.hex = at.times(3)
	if odd(even) {
		even++
		at.hex, vertex = at.finer(even), vertex.finer(even)
	}
	unit := 3 * cellsAcross(even)
	sides := 6
	if c.Pentagon() {
		sides = 5
	}
	places := make([]place, sides)
	for n := range places {
		places[n], _ = place{at.face, at.add(vertex.turn(n))}.settle(unit)
	}
	var points []s2.Point
	for n, p := range places {
		points = append(points, unproject(p.face, p.plane().Mul(1.0/3), even))
		if even == c.Resolution() {
			continue
		}
		if bend, ok := p.bend(places[(n+1)%sides], unit); ok {
			points = append(points, unproject(p.face, bend.Mul(1.0/3), even))
		}
	}
	return points
}

// bend is where the line to a place on a neighbouring face crosses the side between
// the faces, on the plane of p; false where there is no such point or one of the
// places is on the side.
func (p place) bend(to place, unit int) (r2.Point, bool) {
	s := slices.IndexFunc(faces[p.face].across[:], func(c crossing) bool { return c.face == to.face })
	if s < 0 {
		return r2.Point{}, false
	}
	back := slices.IndexFunc(faces[to.face].across[:], func(c crossing) bool { return c.face == p.face })
	end := to.cross(side(back), unit)
	from, past := p.towards(side(s)), end.towards(side(s))
	if from == 2*unit || past == 2*unit {
		return r2.Point{}, false
	}
	share := float64(2*unit-from) / float64(past-from)
	return p.plane().Add(end.plane().Sub(p.plane()).Mul(share)), true
}

// towards is twice how far the place lies from the centre in the direction of a
// side, which is itself at one unit.
func (h hex) towards(s side) int {
	return [...]int{h.i + h.j, h.j - 2*h.i, h.i - 2*h.j}[s]
}
