package h3

import (
	"cmp"
	"slices"
)

const (
	baseCells = 122
	noCell    = -1
)

// base is a cell of resolution 0.
type base struct {
	// home is the place whose axes the digits of its descendants follow, of the
	// several where the cell lies on a side or a corner of a face.
	home     place
	pentagon bool
	// polar is set for the pentagons at the north and the south corner, whose
	// neighbours all have the axis i towards them.
	polar bool
}

// orientation is a base cell as seen from a face or from another cell: turns is how
// many sixths of a circle the axes there are turned, counter-clockwise, into its own.
type orientation struct{ cell, turns int }

func (o orientation) turn(sixths int) orientation {
	return orientation{o.cell, (o.turns + sixths + 6) % 6}
}

// bases are the cells of resolution 0, from north to south.
var bases = func() (all [baseCells]base) {
	homes := homes()
	slices.SortFunc(homes, func(a, b place) int { return cmp.Compare(b.point(0).Z, a.point(0).Z) })
	for n, home := range homes {
		corner := home.hex == cornerI
		all[n] = base{home: home, pentagon: corner, polar: corner && (home.face == 0 || home.face == 19)}
	}
	return all
}()

// homes are the places of the base cells. Each face is home to its centre, to the
// cells next to it along an axis and to those on some of its sides. A corner is at
// home where the axis i points at it: for the poles, in the first and the last face.
func homes() []place {
	sides := [...][]digit{{digitIJ, digitJK}, {digitIK}, {digitIJ}, {digitJK, digitIK}}
	var all []place
	for n := range faces {
		for _, d := range append([]digit{center, digitI, digitJ, digitK}, sides[n/5]...) {
			all = append(all, place{n, d.step()})
		}
		if n == 0 || n/5 == 1 || n/5 == 2 || n == 19 {
			all = append(all, place{n, cornerI})
		}
	}
	return all
}

// cornerI is the place of the corner that the axis i points at.
var cornerI = digitI.step().times(2)

// view is the base cells as seen from a face, by their places' steps along i, j and k.
type view [3][3][3]orientation

func (v *view) at(h hex) *orientation {
	i, j, k := h.ijk()
	return &v[i][j][k]
}

// views are the base cells as seen from each face, out to two steps from its centre.
var views = func() (all [len(faces)]view) {
	for n, b := range bases {
		o := orientation{n, 0}
		*all[b.home.face].at(b.home.hex) = o
		if b.pentagon {
			viewCorner(&all, o)
		} else if s, over := b.home.beyond(1); over == 0 {
			next := b.home.cross(s, 1)
			*all[next.face].at(next.hex) = o.turn(-faces[b.home.face].across[s].turns)
		}
	}
	for n := range all {
		for i := range 3 {
			for j := range 3 {
				for k := range 3 {
					if p := (place{n, hex{i - k, j - k}}); min(i, j, k) == 0 && i+j+k > 2 {
						settled, turns := p.settle(1)
						all[n][i][j][k] = all[settled.face].at(settled.hex).turn(turns)
					}
				}
			}
		}
	}
	return all
}()

// viewCorner sets how the faces around a corner see the pentagon there. The five
// of them leave a sixth of a circle between the fifth and the first. For the poles
// it lies there; for the others, it lies between the second and the third.
func viewCorner(all *[len(faces)]view, o orientation) {
	b := &bases[o.cell]
	p, turns := b.home, 0
	for n := 1; n < 5; n++ {
		corner := slices.Index(faces[p.face].corners[:], faces[b.home.face].corners[0])
		s := side(corner+2) % 3
		turns -= faces[p.face].across[s].turns
		if n == 2 && !b.polar {
			turns++
		}
		p = p.cross(s, 1)
		*all[p.face].at(p.hex) = o.turn(turns % 6)
	}
}

// neighbours are the base cells a step of each digit away from each. A pentagon
// has none along k; its neighbour there is the one along ik.
var neighbours = func() (all [baseCells][unused]orientation) {
	for n, b := range bases {
		for d := digitK; d < unused; d++ {
			from := place{b.home.face, b.home.add(d.step())}
			turns := 0
			if b.pentagon && d&digitI != 0 {
				from, turns = from.settle(1)
			}
			all[n][d] = views[from.face].at(from.hex).turn(turns)
		}
		if b.pentagon {
			all[n][digitIK] = all[n][digitK].turn(-1)
			all[n][digitK] = orientation{cell: noCell}
		}
	}
	return all
}()
