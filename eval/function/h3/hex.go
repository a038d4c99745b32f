package h3

import (
	"math"

	"github.com/golang/geo/r2"
)

// hex is the centre of a cell in the honeycomb on a face: how far it lies from the
// centre of the face along the axis i and along j, 120 degrees counter-clockwise
// from it. The axis k, 120 degrees on, is the opposite of their sum.
//
// The honeycombs of even resolutions stand alike on the face. Those of odd ones are
// turned counter-clockwise by apertureTurn, so that a step to a finer resolution
// turns one way and the next step back.
type hex struct{ i, j int }

func (h hex) add(o hex) hex { return hex{h.i + o.i, h.j + o.j} }

func (h hex) minus(o hex) hex { return hex{h.i - o.i, h.j - o.j} }

func (h hex) times(n int) hex { return hex{h.i * n, h.j * n} }

// turn turns counter-clockwise around the origin, in sixths of a circle.
func (h hex) turn(sixths int) hex {
	for range sixths {
		h = hex{h.i - h.j, h.i}
	}
	return h
}

// ijk writes the place with steps along the three axes, none negative and one zero.
func (h hex) ijk() (i, j, k int) {
	least := min(h.i, h.j, 0)
	return h.i - least, h.j - least, -least
}

// finer is the place in the honeycomb of a resolution of what stands at h in that
// before it.
func (h hex) finer(resolution int) hex {
	if odd(resolution) {
		return hex{2*h.i + h.j, 3*h.j - h.i}
	}
	return hex{3*h.i - h.j, h.i + 2*h.j}
}

// coarser is the place of the parent of a cell of a resolution.
func (h hex) coarser(resolution int) hex {
	if odd(resolution) {
		return hex{seventh(3*h.i - h.j), seventh(h.i + 2*h.j)}
	}
	return hex{seventh(2*h.i + h.j), seventh(3*h.j - h.i)}
}

func odd(resolution int) bool { return resolution%2 == 1 }

// seventh is the whole number nearest to n/7.
func seventh(n int) int { return int(math.Floor(float64(2*n+7) / 14)) }

// step is the way from the centre of a cell to its neighbour, or its child, of a digit.
func (d digit) step() hex {
	i, j, k := int(d>>2&1), int(d>>1&1), int(d&1)
	return hex{i - k, j - k}
}

// digit is the inverse of step, for the origin and the six places around it.
func (h hex) digit() digit {
	i, j, k := h.ijk()
	return digit(i<<2 | j<<1 | k)
}

func (d digit) turn(sixths int) digit { return turned[d][sixths] }

// turned holds each digit turned by each number of sixths of a circle.
var turned = func() (t [unused][6]digit) {
	for d := range t {
		for n := range t[d] {
			t[d][n] = digit(d).step().turn(n).digit()
		}
	}
	return t
}()

// plane is the place in the plane whose x axis is i, where neighbours are 1 apart.
func (h hex) plane() r2.Point {
	return r2.Point{X: float64(h.i) - float64(h.j)/2, Y: float64(h.j) * math.Sqrt(3) / 2}
}

// nearestHex is the cell that a point of the plane lies in.
func nearestHex(p r2.Point) hex {
	j := 2 * p.Y / math.Sqrt(3)
	i := p.X + j/2
	// On axes that sum to zero, the one that rounding moved most gives way.
	x, y, z := math.Round(i), math.Round(-j), math.Round(j-i)
	switch dx, dy, dz := math.Abs(x-i), math.Abs(y+j), math.Abs(z-j+i); {
	case dx > dy && dx > dz:
		x = -y - z
	case dy > dz:
		y = -x - z
	}
	return hex{int(x), -int(y)}
}
