package h3

import (
	"iter"
	"math"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"
)

// ring is a closed line, straight between its vertices on the map of longitudes and
// latitudes, and the box around it.
type ring struct {
	vertices                 []s2.LatLng
	south, north, west, east s1.Angle
	// wraps is set where the ring crosses the antimeridian; west is more than east then.
	wraps bool
	// bands are the numbers of the edges that pass each of equal parts of the box,
	// from south to north, so that a point is not compared with all.
	bands [64][]int
}

func newRing(vertices []s2.LatLng) ring {
	r := ring{vertices: vertices, south: math.Pi, north: -math.Pi, west: 2 * math.Pi, east: -2 * math.Pi}
	for from, to := range r.edges() {
		r.wraps = r.wraps || math.Abs(float64(from.Lng-to.Lng)) > math.Pi
	}
	for _, v := range vertices {
		r.south, r.north = min(r.south, v.Lat), max(r.north, v.Lat)
		r.west, r.east = min(r.west, r.unwrap(v.Lng)), max(r.east, r.unwrap(v.Lng))
	}
	if r.wraps {
		r.east -= 2 * math.Pi
	}
	for n := range vertices {
		from, to := r.edge(n)
		for band := r.band(min(from.Lat, to.Lat) - ulp); band <= r.band(max(from.Lat, to.Lat)+ulp); band++ {
			r.bands[band] = append(r.bands[band], n)
		}
	}
	return r
}

// band is the number of the band of a latitude.
func (r *ring) band(latitude s1.Angle) int {
	share := float64((latitude - r.south) / max(r.north-r.south, ulp))
	return int(min(max(share, 0)*float64(len(r.bands)), float64(len(r.bands)-1)))
}

// edge is the two ends of an edge.
func (r *ring) edge(n int) (from, to s2.LatLng) {
	return r.vertices[n], r.vertices[(n+1)%len(r.vertices)]
}

// edges are the two ends of each edge.
func (r *ring) edges() iter.Seq2[s2.LatLng, s2.LatLng] {
	return func(yield func(from, to s2.LatLng) bool) {
		for n := range r.vertices {
			if !yield(r.edge(n)) {
				return
			}
		}
	}
}

// unwrap makes longitudes of a ring that crosses the antimeridian run on past it.
func (r *ring) unwrap(longitude s1.Angle) s1.Angle {
	if r.wraps && longitude < 0 {
		return longitude + 2*math.Pi
	}
	return longitude
}

// ulp is the distance from 1 to the next number.
const ulp = 0x1p-52

// contains counts the edges east of a point. A point of the latitude of a vertex is
// taken to lie just north of it, and one of its longitude just west of it, so that
// of two polygons with an edge in common one has each point.
func (r *ring) contains(p s2.LatLng) bool {
	lat, lng := p.Lat, r.unwrap(p.Lng)
	if lat < r.south || lat > r.north || lng < r.west || lng > r.unwrap(r.east) {
		return false
	}
	inside := false
	for _, n := range r.bands[r.band(lat)] {
		low, high := r.edge(n)
		if low.Lat > high.Lat {
			low, high = high, low
		}
		if lat == low.Lat || lat == high.Lat {
			lat += ulp
		}
		if lat < low.Lat || lat > high.Lat {
			continue
		}
		from, to := r.unwrap(low.Lng), r.unwrap(high.Lng)
		if lng == from || lng == to {
			lng -= ulp
		}
		share := float64((lat - low.Lat) / (high.Lat - low.Lat))
		if between(from, to, share) > lng {
			inside = !inside
		}
	}
	return inside
}

// between is the value a share of the way from one to another.
func between(from, to s1.Angle, share float64) s1.Angle { return from + (to-from)*s1.Angle(share) }
