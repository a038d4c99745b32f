package h3

import (
	"errors"
	"maps"
	"math"
	"slices"

	"github.com/golang/geo/s2"
)

// ErrTooMany is the error of CellsIn for a polygon of more cells than its limit.
var ErrTooMany = errors.New("h3: too many cells")

// CellsIn are the cells of a resolution whose centres lie in a polygon: within its
// first ring and within none of the others, which are its holes. Its edges are
// straight on the map of longitudes and latitudes; a ring with an edge of more than
// 180 degrees of longitude crosses the antimeridian. Rings are not closed.
//
// More than limit cells, and an outline that is long beyond all proportion, are
// ErrTooMany. The cells are in the order of the reference implementation's table.
func CellsIn(rings [][]s2.LatLng, resolution, limit int) ([]Cell, error) {
	if len(rings) == 0 {
		return nil, nil
	}
	var p polygon
	for _, vertices := range rings {
		p = append(p, newRing(vertices))
	}
	search, err := p.outline(resolution, 4*limit)
	if err != nil {
		return nil, err
	}
	var cells []Cell
	tried := map[Cell]bool{}
	for len(search) > 0 {
		first := len(cells)
		for _, c := range search {
			for _, next := range c.disk(1).cells {
				if next == 0 || tried[next] {
					continue
				}
				tried[next] = true
				if p.contains(next.Center()) {
					cells = append(cells, next)
				}
			}
			if len(cells) > limit {
				return nil, ErrTooMany
			}
		}
		search = cells[first:]
	}
	return tableOrder(cells, p.tableSize(resolution)), nil
}

// tableOrder puts cells in the order of a table in which each stands in the slot
// that its index gives or the next that is free.
func tableOrder(cells []Cell, size uint64) []Cell {
	size = max(size, uint64(len(cells)))
	table := make(map[uint64]Cell, len(cells))
	for _, c := range cells {
		slot := uint64(c) % size
		for table[slot] != 0 {
			slot = (slot + 1) % size
		}
		table[slot] = c
	}
	ordered := make([]Cell, 0, len(cells))
	for _, slot := range slices.Sorted(maps.Keys(table)) {
		ordered = append(ordered, table[slot])
	}
	return ordered
}

// polygon is an outer ring and holes.
type polygon []ring

// contains reports whether a point lies within the polygon.
func (p polygon) contains(point s2.Point) bool {
	at := s2.LatLngFromPoint(point)
	for n := range p {
		if p[n].contains(at) != (n == 0) {
			return false
		}
	}
	return true
}

// outline is the cells that points along the rings, close enough for no cell's
// neighbour to be missed, lie in.
func (p polygon) outline(resolution, limit int) ([]Cell, error) {
	var cells []Cell
	seen := map[Cell]bool{}
	apart := 2 * pentagonRadius(resolution)
	points := 0.0
	for n := range p {
		r := &p[n]
		for from, to := range r.edges() {
			count := max(1, math.Ceil(from.Distance(to).Radians()/apart))
			if points += count; points > float64(limit) {
				return nil, ErrTooMany
			}
			for i := range int(count) {
				share := float64(i) / count
				at := s2.LatLng{Lat: between(from.Lat, to.Lat, share), Lng: between(r.unwrap(from.Lng), r.unwrap(to.Lng), share)}
				if c := CellOf(s2.PointFromLatLng(at), resolution); !seen[c] {
					seen[c] = true
					cells = append(cells, c)
				}
			}
		}
	}
	return cells, nil
}

// tableSize is the reference implementation's estimate of how many cells there are
// at most in the box around the outer ring, on which the order of cells depends.
func (p polygon) tableSize(resolution int) uint64 {
	outer, vertices := &p[0], 0
	for _, r := range p {
		vertices += len(r.vertices)
	}
	diagonal := s2.LatLng{Lat: outer.north, Lng: outer.east}.Distance(s2.LatLng{Lat: outer.south, Lng: outer.west}).Radians()
	width, height := math.Abs(float64(outer.east-outer.west)), float64(outer.north-outer.south)
	ratio := 3.0
	if least := min(width, height); least > 0 {
		ratio = min(ratio, max(width, height)/least)
	}
	radius := pentagonRadius(resolution)
	const smallest = 0.8 * 2.59807621135 // of the area of a cell, to the square of its radius
	estimate := max(1, math.Ceil(diagonal*diagonal/ratio/(smallest*radius*radius)))
	return max(uint64(estimate), uint64(vertices)) + 12
}

// pentagonRadius is how far, in radians, the vertices of the smallest cells of a
// resolution, which are the pentagons, are from the centre.
func pentagonRadius(resolution int) float64 {
	northernmost := slices.IndexFunc(bases[:], func(b base) bool { return b.pentagon })
	c := baseCell(northernmost)
	for r := 1; r <= resolution; r++ {
		c = c.withResolution(r).withDigit(r, center)
	}
	return float64(c.Center().Distance(c.Boundary()[0]))
}
