package function

import (
	"github.com/golang/geo/r2"
	"github.com/golang/geo/s2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// readLines reads a GeoJSON LineString or MultiLineString; nil where it is none.
func readLines(v scalar.Value) []*s2.Polyline {
	var lines []*s2.Polyline
	for _, positions := range readLinePositions(v) {
		line := make(s2.Polyline, len(positions))
		for i, p := range positions {
			line[i] = degrees(p.X, p.Y)
		}
		if line.Validate() != nil {
			return nil
		}
		lines = append(lines, &line)
	}
	return lines
}

// readLinePositions reads the longitudes (X) and latitudes (Y) of lines.
func readLinePositions(v scalar.Value) [][]r2.Point {
	coordinates := v.Field("coordinates")
	switch v.Field("type").Str() {
	case "LineString":
		if line := readPositions(coordinates); len(line) >= 2 {
			return [][]r2.Point{line}
		}
	case "MultiLineString":
		var lines [][]r2.Point
		for c := range coordinates.Elements() {
			line := readPositions(c)
			if len(line) < 2 {
				return nil
			}
			lines = append(lines, line)
		}
		return lines
	}
	return nil
}

// readPolygonPositions reads the rings of polygons, which are closed.
func readPolygonPositions(v scalar.Value) [][][]r2.Point {
	coordinates := v.Field("coordinates")
	switch v.Field("type").Str() {
	case "Polygon":
		if rings := readRings(coordinates); rings != nil {
			return [][][]r2.Point{rings}
		}
	case "MultiPolygon":
		var polygons [][][]r2.Point
		for c := range coordinates.Elements() {
			rings := readRings(c)
			if rings == nil {
				return nil
			}
			polygons = append(polygons, rings)
		}
		return polygons
	}
	return nil
}

func readRings(v scalar.Value) [][]r2.Point {
	var rings [][]r2.Point
	for c := range v.Elements() {
		ring := readPositions(c)
		if len(ring) < 4 || ring[0] != ring[len(ring)-1] {
			return nil
		}
		rings = append(rings, ring)
	}
	return rings
}

// readPositions reads an array of positions; nil where one is invalid. The engine
// takes a longitude outside ±180 in a shape, unlike in a point.
func readPositions(v scalar.Value) []r2.Point {
	var positions []r2.Point
	for p := range v.Elements() {
		x, y := p.At(0), p.At(1)
		if !x.Kind().Numeric() || !y.Kind().Numeric() {
			return nil
		}
		longitude, _ := scalar.ToReal(x)
		latitude, _ := scalar.ToReal(y)
		if !(latitude >= -90 && latitude <= 90 && longitude >= -360 && longitude <= 360) {
			return nil
		}
		positions = append(positions, r2.Point{X: longitude, Y: latitude})
	}
	return positions
}

// readPolygon reads a GeoJSON Polygon or MultiPolygon as the union of its parts;
// nil where it is none. A ring stands for the smaller of the areas that it bounds.
func readPolygon(v scalar.Value) *s2.Polygon {
	var parts []*s2.Polygon
	for _, rings := range readPolygonPositions(v) {
		p := polygonOfRings(rings)
		if p == nil {
			return nil
		}
		parts = append(parts, p)
	}
	return unionOf(parts)
}

func polygonOfRings(rings [][]r2.Point) *s2.Polygon {
	var loops []*s2.Loop
	for _, ring := range rings {
		vertices := make([]s2.Point, len(ring)-1)
		for i := range vertices {
			vertices[i] = degrees(ring[i].X, ring[i].Y)
		}
		loop := s2.LoopFromPoints(vertices)
		if loop.Validate() != nil {
			return nil
		}
		loop.Normalize()
		loops = append(loops, loop)
	}
	p := s2.PolygonFromLoops(loops)
	if p.Validate() != nil {
		return nil
	}
	return p
}

// position is the GeoJSON form of a point: longitude and latitude in degrees.
func position(p s2.Point) scalar.Value {
	at := s2.LatLngFromPoint(p)
	return scalar.NewArray([]scalar.Value{scalar.NewReal(at.Lng.Degrees()), scalar.NewReal(at.Lat.Degrees())})
}

func positions(points []s2.Point) scalar.Value {
	var b scalar.ArrayBuilder
	for _, p := range points {
		b.Append(position(p))
	}
	return b.Value()
}

// geometry is a GeoJSON geometry with coordinates.
func geometry(kind string, coordinates scalar.Value) scalar.Value {
	return scalar.NewBag([]string{"type", "coordinates"}, []scalar.Value{scalar.NewString(kind), coordinates})
}

func pointGeometry(p s2.Point) scalar.Value { return geometry("Point", position(p)) }

// collection is a GeoJSON GeometryCollection.
func collection(geometries []scalar.Value) scalar.Value {
	return scalar.NewBag([]string{"type", "geometries"}, []scalar.Value{scalar.NewString("GeometryCollection"), scalar.NewArray(geometries)})
}

// multiple is the geometry of one part, or the Multi form of several.
func multiple(kind string, parts []scalar.Value) scalar.Value {
	if len(parts) == 1 {
		return geometry(kind, parts[0])
	}
	return geometry("Multi"+kind, scalar.NewArray(parts))
}

func lineGeometry(lines [][]s2.Point) scalar.Value {
	parts := make([]scalar.Value, len(lines))
	for i, line := range lines {
		parts[i] = positions(line)
	}
	return multiple("LineString", parts)
}

// polygonGeometry writes each shell with its holes after it, rings closed.
func polygonGeometry(p *s2.Polygon) scalar.Value {
	var parts []scalar.Value
	for i, shell := range p.Loops() {
		if shell.IsHole() {
			continue
		}
		rings := []scalar.Value{ringPositions(shell)}
		// The holes follow their shell, each before the shells in it. S2 for Go finds
		// what lies in a loop, but not what it lies in.
		for hole := i + 1; hole <= p.LastDescendant(i); hole = p.LastDescendant(hole) + 1 {
			rings = append(rings, ringPositions(p.Loop(hole)))
		}
		parts = append(parts, scalar.NewArray(rings))
	}
	return multiple("Polygon", parts)
}

func ringPositions(l *s2.Loop) scalar.Value {
	ring := make([]s2.Point, l.NumVertices()+1)
	for i := range ring {
		ring[i] = l.OrientedVertex(i)
	}
	return positions(ring)
}
