package function

import (
	"errors"
	"math"

	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoPointFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_distance_2points(p1_longitude: number, p1_latitude: number, p2_longitude: number, p2_latitude: number, use_spheroid: numberorbool?): real",
			Doc:  "The distance between two points, in metres on the sphere.",
			Bind: onSphere(4, geo(scalar.Real, distanceOfPoints)),
			Examples: []string{
				`abs(geo_distance_2points(-122.407628, 47.578557, -118.275287, 34.019056) - 1546754.35197381) < 0.0001`,
				`geo_distance_2points(1, 1, 1, 1) == 0.0`,
				`isnull(geo_distance_2points(300, 1, 1, 1))`,
			},
		},
		{
			Sig:  "geo_azimuth(p1_longitude: number, p1_latitude: number, p2_longitude: number, p2_latitude: number): real",
			Doc:  "The clockwise angle, from 0 to 2π, between true north and the line from the first point to the second; null where they are equal or opposite.",
			Bind: geo(scalar.Real, azimuthOfCall),
			Examples: []string{
				`abs(geo_azimuth(5, 10, 10, -40) - 3.05459939796449) < 0.00000001`,
				`isnull(geo_azimuth(5, 10, 5, 10))`,
			},
		},
		{
			Sig:  "geo_angle(p1_longitude: number, p1_latitude: number, p2_longitude: number, p2_latitude: number, p3_longitude: number, p3_latitude: number): real",
			Doc:  "The clockwise angle, from 0 to 2π, at the second point from the line to the first to the line to the third; null where two are equal or opposite.",
			Bind: geo(scalar.Real, angleOfCall),
			Examples: []string{
				`abs(geo_angle(0, 10, 0, 5, 3, -10) - 2.94493843406882) < 0.00000001`,
				`isnull(geo_angle(0, 10, 0, 10, 3, -10))`,
			},
		},
		{
			Sig:  "geo_point_in_circle(p_longitude: number, p_latitude: number, pc_longitude: number, pc_latitude: number, c_radius: number): bool",
			Doc:  "Whether a point lies within a radius, in metres, of another.",
			Bind: geo(scalar.Bool, pointInCircle),
			Examples: []string{
				`geo_point_in_circle(-122.143564, 47.535677, -122.100896, 47.527351, 3500)`,
				`not(geo_point_in_circle(-122.137575, 47.630683, -122.100896, 47.527351, 3500))`,
				`isnull(geo_point_in_circle(1, 1, 1, 1, -1))`,
			},
		},
	}
}

// onSphere refuses a call whose i-th argument asks for the spheroid.
func onSphere(i int, bind func([]Arg) (Impl, error)) func([]Arg) (Impl, error) {
	return onlyZero(i, "use_spheroid has to be false: distances are computed on the sphere", bind)
}

// onlyZero refuses a call whose i-th argument is anything but a constant false or 0.
func onlyZero(i int, why string, bind func([]Arg) (Impl, error)) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		if i < len(args) {
			if on, ok := scalar.ToBool(args[i].Value); !args[i].Const || !ok || on {
				return Impl{}, errors.New(why)
			}
		}
		return bind(args)
	}
}

func distanceOfPoints(c *geoCall) scalar.Value {
	return scalar.NewReal(metres(c.point(0).Distance(c.point(2))))
}

func azimuthOfCall(c *geoCall) scalar.Value {
	return scalar.NewReal(c.azimuth(c.point(0), c.point(2)))
}

func angleOfCall(c *geoCall) scalar.Value {
	p := c.point(2)
	return scalar.NewReal(clockwise(c.azimuth(p, c.point(4)) - c.azimuth(p, c.point(0))))
}

func pointInCircle(c *geoCall) scalar.Value {
	radius := c.within(4, 0, math.MaxFloat64)
	return scalar.NewBool(metres(c.point(0).Distance(c.point(2))) <= radius)
}

// azimuth is the bearing of b from a, which equal and opposite points lack.
func (c *geoCall) azimuth(a, b s2.Point) float64 {
	if a.ApproxEqual(b) || a.ApproxEqual(s2.Point{Vector: b.Mul(-1)}) {
		c.bad = true
		return 0
	}
	from, to := s2.LatLngFromPoint(a), s2.LatLngFromPoint(b)
	sin1, cos1 := math.Sincos(float64(from.Lat))
	sin2, cos2 := math.Sincos(float64(to.Lat))
	sin, cos := math.Sincos(float64(to.Lng - from.Lng))
	return clockwise(math.Atan2(sin*cos2, cos1*sin2-sin1*cos2*cos))
}

// clockwise brings an angle into the range from 0 to 2π.
func clockwise(angle float64) float64 {
	if angle < 0 {
		return angle + 2*math.Pi
	}
	return angle
}
