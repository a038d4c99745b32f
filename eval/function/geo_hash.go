package function

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geohashFunctions() []Function {
	return []Function{
		{
			Sig:  "geo_point_to_geohash(longitude: number, latitude: number, accuracy: number?): string",
			Doc:  "The geohash of a point, of so many characters: 1 to 18, or 5.",
			Bind: geo(scalar.String, geohashOfPoint),
			Examples: []string{
				`geo_point_to_geohash(-80.195829, 25.802215, 8) == "dhwfz15h"`,
				`geo_point_to_geohash(-122.303404, 47.570482) == "c23n8"`,
				`geo_point_to_geohash(200, 1, 8) == ""`,
			},
		},
		{
			Sig:  "geo_geohash_to_central_point(geohash: string): dynamic",
			Doc:  "The point in the middle of a geohash.",
			Bind: geo(scalar.Dynamic, geohashCentre),
			Examples: []string{
				`tostring(geo_geohash_to_central_point("sunny").coordinates) == "[42.47314453125,23.70849609375]"`,
				`isnull(geo_geohash_to_central_point("a"))`,
			},
		},
		{
			Sig:  "geo_geohash_to_polygon(geohash: string): dynamic",
			Doc:  "The rectangle of a geohash.",
			Bind: geo(scalar.Dynamic, geohashPolygon),
			Examples: []string{
				`tostring(geo_geohash_to_polygon("dr5ru").coordinates[0][2]) == "[-73.9599609375,40.78125]"`,
				`isnull(geo_geohash_to_polygon("a"))`,
			},
		},
		{
			Sig:  "geo_geohash_neighbors(geohash: string): dynamic",
			Doc:  "The geohashes around a geohash.",
			Bind: geo(scalar.Dynamic, geohashNeighbours),
			Examples: []string{
				`tostring(geo_geohash_neighbors("sunny")) == '["sunnt","sunpj","sunnx","sunpn","sunnv","sunpp","sunnz","sunnw"]'`,
				`isnull(geo_geohash_neighbors("a"))`,
			},
		},
	}
}

const (
	geohashAlphabet = "0123456789bcdefghjkmnpqrstuvwxyz"
	maxGeohash      = 18
)

// geohashBox is the rectangle of a geohash: its south-west corner and its size,
// in degrees.
type geohashBox struct {
	west, south, width, height float64
}

// geohash names the box of a size that holds a point. Each character takes five
// halvings, which alternate between longitude and latitude.
func geohash(longitude, latitude float64, length int) string {
	box := geohashBox{-180, -90, 360, 180}
	var b strings.Builder
	east := true
	for range length {
		digit := 0
		for range 5 {
			digit <<= 1
			if box.halve(east, east && longitude >= box.west+box.width/2 || !east && latitude >= box.south+box.height/2) {
				digit |= 1
			}
			east = !east
		}
		b.WriteByte(geohashAlphabet[digit])
	}
	return b.String()
}

// halve keeps the upper or the lower half along an axis, and says which.
func (box *geohashBox) halve(east, upper bool) bool {
	origin, size := &box.south, &box.height
	if east {
		origin, size = &box.west, &box.width
	}
	*size /= 2
	if upper {
		*origin += *size
	}
	return upper
}

// geohash reads the box of a geohash.
func (c *geoCall) geohash(i int) geohashBox {
	text := c.args[i].Str()
	box := geohashBox{-180, -90, 360, 180}
	if text == "" || len(text) > maxGeohash {
		c.bad = true
	}
	east := true
	for i := range min(len(text), maxGeohash) {
		digit := strings.IndexByte(geohashAlphabet, text[i])
		if digit < 0 {
			c.bad = true
			break
		}
		for bit := 4; bit >= 0; bit-- {
			box.halve(east, digit>>bit&1 == 1)
			east = !east
		}
	}
	return box
}

func geohashOfPoint(c *geoCall) scalar.Value {
	c.point(0)
	length := c.option(2, 1, maxGeohash, 5)
	if c.bad {
		return scalar.Value{}
	}
	return scalar.NewString(geohash(c.real(0), c.real(1), int(length)))
}

func geohashCentre(c *geoCall) scalar.Value {
	box := c.geohash(0)
	return geometry("Point", plane(box.west+box.width/2, box.south+box.height/2))
}

func plane(longitude, latitude float64) scalar.Value {
	return scalar.NewArray([]scalar.Value{scalar.NewReal(longitude), scalar.NewReal(latitude)})
}

func geohashPolygon(c *geoCall) scalar.Value {
	box := c.geohash(0)
	east, north := box.west+box.width, box.south+box.height
	return geometry("Polygon", scalar.NewArray([]scalar.Value{scalar.NewArray([]scalar.Value{
		plane(box.west, box.south), plane(east, box.south), plane(east, north), plane(box.west, north), plane(box.west, box.south),
	})}))
}

// geohashNeighbours lists the boxes around one in the engine's order. Longitude
// goes round; beyond a pole there is no box.
func geohashNeighbours(c *geoCall) scalar.Value {
	box := c.geohash(0)
	if c.bad {
		return scalar.Value{}
	}
	var b scalar.ArrayBuilder
	for _, step := range [...][2]float64{{-1, -1}, {-1, 1}, {1, -1}, {0, 1}, {-1, 0}, {1, 1}, {1, 0}, {0, -1}} {
		longitude := box.west + box.width*(step[0]+0.5)
		latitude := box.south + box.height*(step[1]+0.5)
		switch {
		case latitude < -90 || latitude > 90:
			continue
		case longitude < -180:
			longitude += 360
		case longitude > 180:
			longitude -= 360
		}
		b.Append(scalar.NewString(geohash(longitude, latitude, len(c.args[0].Str()))))
	}
	return b.Value()
}
