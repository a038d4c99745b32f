package h3

import (
	"math"

	"github.com/golang/geo/r2"
	"github.com/golang/geo/r3"
	"github.com/golang/geo/s2"
)

// face is a face of the icosahedron: its centre on the sphere, and the directions
// of the axis i and of that at a right angle to it, counter-clockwise.
type face struct {
	center, x, y r3.Vector
	corners      [3]int
	across       [3]crossing
}

// side is that between the corners that the axes i and j point at, and so on.
type side int

const (
	sideIJ side = iota
	sideJK
	sideKI
)

// outwards is the direction from the centre of a face to the middle of a side.
func (s side) outwards() digit { return [...]digit{digitIJ, digitJK, digitIK}[s] }

// crossing tells how a place beyond a side is written on the face that lies there:
// turned around the origin, in sixths of a circle, and moved by a vector, which is
// given for resolution 0.
type crossing struct {
	face  int
	turns int
	shift hex
}

// The icosahedron is that of Fuller's Dymaxion map, which has all its corners at
// sea: where its northern corner lies, and the azimuth from there to the centre of
// face 0, in radians.
const (
	northLatitude  = 1.1292280282732161
	northLongitude = 0.18389136451249280
	northAzimuth   = 1.5653448064716168
)

const (
	northCorner = 0
	southCorner = 11
)

// upper and lower number the five corners around each pole, counter-clockwise seen from the north.
func upper(n int) int { return 1 + (n+5)%5 }
func lower(n int) int { return 6 + (n+5)%5 }

// corners are the corners of the icosahedron on the sphere.
var corners = func() (c [12]r3.Vector) {
	north := s2.PointFromLatLng(s2.LatLng{Lat: northLatitude, Lng: northLongitude}).Vector
	east := r3.Vector{Z: 1}.Cross(north).Normalize()
	up := north.Cross(east)
	c[northCorner], c[southCorner] = north, north.Mul(-1)
	for n := range 5 {
		sin, cos := math.Sincos(northAzimuth - math.Pi/5 - 2*math.Pi/5*float64(n))
		out := up.Mul(cos).Add(east.Mul(sin))
		c[upper(n)] = north.Add(out.Mul(2)).Normalize()
		c[lower(n-2)] = c[upper(n)].Mul(-1)
	}
	return c
}()

// faces are the faces of the icosahedron: five around the north, five and five
// that stand on their heads and feet below them, five around the south.
var faces = func() (all [20]face) {
	for n := range 5 {
		all[n].corners = [3]int{northCorner, upper(n - 1), upper(n)}
		all[n+5].corners = [3]int{lower(n), upper(n), upper(n - 1)}
		all[n+10].corners = [3]int{upper(n), lower(n), lower(n + 1)}
		all[n+15].corners = [3]int{southCorner, lower(n + 1), lower(n)}
	}
	for n := range all {
		f := &all[n]
		i, j, k := corners[f.corners[0]], corners[f.corners[1]], corners[f.corners[2]]
		f.center = i.Add(j).Add(k).Normalize()
		f.x = i.Sub(f.center.Mul(i.Dot(f.center))).Normalize()
		f.y = f.center.Cross(f.x)
		for s := range f.across {
			f.across[s] = crossingOf(&all, f, side(s))
		}
	}
	return all
}()

// crossingOf finds the face that has the corners of a side in the other order.
func crossingOf(all *[20]face, f *face, s side) crossing {
	for n := range all {
		for back := range sideKI + 1 {
			if c := all[n].corners; c[back] == f.corners[(s+1)%3] && c[(back+1)%3] == f.corners[s] {
				return crossing{face: n, turns: int(3+2*(back-s)+6) % 6, shift: back.outwards().step().times(2)}
			}
		}
	}
	panic("h3: a face without a neighbour")
}

// faceUnit is the distance between neighbours of resolution 0 on the plane that
// touches the sphere at the centre of a face: 1 by the square of the golden ratio.
var faceUnit = (3 - math.Sqrt(5)) / 2

// apertureTurn is the angle by which the honeycomb of odd resolutions is turned.
var apertureTurn = r2.Point{X: 5 / math.Sqrt(28), Y: math.Sqrt(3.0 / 28)}

// scale is the distance between neighbours of resolution 0, in those of another.
func scale(resolution int) float64 {
	return math.Pow(7, float64(resolution/2)) * [...]float64{1, math.Sqrt(7)}[resolution%2]
}

// project takes a point of the sphere to the plane of the face nearest to it, in
// the axes and the unit of a resolution.
func project(p r3.Vector, resolution int) (int, r2.Point) {
	nearest := 0
	for n := range faces {
		if faces[n].center.Dot(p) > faces[nearest].center.Dot(p) {
			nearest = n
		}
	}
	f := &faces[nearest]
	on := r2.Point{X: f.x.Dot(p), Y: f.y.Dot(p)}.Mul(scale(resolution) / (f.center.Dot(p) * faceUnit))
	if odd(resolution) {
		on = r2.Point{X: on.Dot(apertureTurn), Y: apertureTurn.Cross(on)}
	}
	return nearest, on
}

// unproject is the inverse of project.
func unproject(n int, on r2.Point, resolution int) s2.Point {
	if odd(resolution) {
		on = r2.Point{X: on.X*apertureTurn.X - on.Y*apertureTurn.Y, Y: on.X*apertureTurn.Y + on.Y*apertureTurn.X}
	}
	on = on.Mul(faceUnit / scale(resolution))
	f := &faces[n]
	return s2.Point{Vector: f.center.Add(f.x.Mul(on.X)).Add(f.y.Mul(on.Y)).Normalize()}
}
