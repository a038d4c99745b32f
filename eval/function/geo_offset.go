package function

import (
	"math"

	"github.com/golang/geo/s2"
)

// bufferer widens shapes by a radius. It goes along their boundaries, with what they
// bound on the left, and draws curves beside them at the radius on the right: arcs
// around vertices where the boundary turns left, and a way through the vertex where
// it turns right. What these curves wind around more often than not is the buffer.
// The vertices are those of S2, as the engine's are.
type bufferer struct {
	radius   float64 // as an angle, like the steps
	arcStep  float64 // between vertices on an arc around a vertex
	edgeStep float64 // between vertices along an edge; 0 where edges add nothing

	curves [][]s2.Point
	curve  []s2.Point // that which is being drawn

	// How often the curves wind around a point of reference is counted by the edge
	// that sweeps from the boundary to the curve beside it.
	ref        s2.Point
	winding    int
	inner      s2.Point // the end of the sweeping edge on the boundary
	outer      s2.Point // that on the curve
	innerAt    int      // how many positions each end has had
	outerAt    int
	innerFirst s2.Point
	outerFirst s2.Point
}

func newBufferer(radius, share float64) *bufferer {
	b := &bufferer{radius: radius, ref: s2.OriginPoint()}
	off := share * radius
	b.arcStep = longestStep(radius, off)
	if radius+off < math.Pi/2 {
		b.edgeStep = longestStep(math.Pi/2-radius, off)
	}
	return b
}

// longestStep is the angle of an arc of a radius whose chord is off by a distance at
// its middle. Three steps make a circle at least.
func longestStep(radius, off float64) float64 {
	step := 2*math.Pi/3 + 1e-15 // so that three do not leave a rest
	near := radius - off
	switch {
	case near <= 0:
	case radius < math.Pi/2:
		step = min(step, 2*math.Acos(math.Tan(near)/math.Tan(radius)))
	case near > math.Pi/2:
		step = min(step, 2*math.Acos(math.Tan(radius)/math.Tan(near)))
	}
	return step
}

// onRay is the point at an angle from another in a direction at right angles to it.
func onRay(from, direction s2.Point, angle float64) s2.Point {
	sin, cos := math.Sincos(angle)
	return s2.Point{Vector: from.Mul(cos).Add(direction.Mul(sin)).Normalize()}
}

// rightOf is the direction to the right of an edge.
func rightOf(a, b s2.Point) s2.Point { return s2.Point{Vector: b.PointCross(a).Normalize()} }

func opposite(p s2.Point) s2.Point { return s2.Point{Vector: p.Mul(-1)} }

// addPoint draws a regular polygon around a point.
func (b *bufferer) addPoint(p s2.Point) {
	b.moveInner(p)
	start := s2.Ortho(p)
	aside := s2.Point{Vector: p.Cross(start.Vector).Normalize()}
	n := math.Ceil(2 * math.Pi / b.arcStep)
	for i := range int(n) {
		b.draw(onRay(p, onRay(start, aside, 2*math.Pi*float64(i)/n), b.radius))
	}
	b.finish()
}

// addLine draws one curve around a line: along its right side, around its end, along
// its left side and around its start.
func (b *bufferer) addLine(line []s2.Point) {
	n := len(line)
	b.moveInner(line[0])
	axis := rightOf(line[0], line[1])
	b.arc(line[0], opposite(axis), axis)
	for i := range n - 2 {
		b.edgeAndVertex(line[i], line[i+1], line[i+2])
	}
	b.edge(line[n-2], line[n-1])
	axis = rightOf(line[n-2], line[n-1])
	b.arc(line[n-1], axis, opposite(axis))
	for i := n - 3; i >= 0; i-- {
		b.edgeAndVertex(line[i+2], line[i+1], line[i])
	}
	b.edge(line[1], line[0])
	b.finish()
}

// addRing draws a curve beside a ring.
func (b *bufferer) addRing(ring []s2.Point) {
	n := len(ring)
	b.moveInner(ring[0])
	for i := range ring {
		b.edgeAndVertex(ring[i], ring[(i+1)%n], ring[(i+2)%n])
	}
	b.finish()
}

// arc draws around a vertex, counterclockwise, from a direction to before another.
func (b *bufferer) arc(v, from, to s2.Point) {
	aside := s2.Point{Vector: v.Cross(from.Vector).Normalize()}
	span := from.Distance(to).Radians()
	for i := 0; i == 0 || float64(i)*b.arcStep < span; i++ {
		b.draw(onRay(v, onRay(from, aside, float64(i)*b.arcStep), b.radius))
	}
}

// edge draws along the right side of an edge to before its end. Beyond a quarter of
// the globe edges add nothing but that the curve has to pass their pole, which, as in
// S2, stays a vertex of the buffer of a line.
func (b *bufferer) edge(from, to s2.Point) {
	axis := rightOf(from, to)
	if b.edgeStep == 0 {
		b.draw(axis)
	} else {
		ahead := s2.Point{Vector: from.Cross(axis.Vector).Normalize()}
		span := from.Distance(to).Radians()
		for i := 0; i == 0 || float64(i)*b.edgeStep < span; i++ {
			b.draw(onRay(onRay(from, ahead, float64(i)*b.edgeStep), axis, b.radius))
		}
	}
	b.moveInner(to)
}

// edgeAndVertex draws along an edge and around its end, from which another leads on.
func (b *bufferer) edgeAndVertex(from, at, next s2.Point) {
	b.edge(from, at)
	axis := rightOf(from, at)
	switch {
	case s2.RobustSign(from, at, next) != s2.Clockwise:
		to := rightOf(at, next)
		b.arc(at, axis, to)
		if b.edgeStep == 0 {
			b.draw(onRay(at, to, b.radius))
		}
	default:
		if b.edgeStep != 0 {
			b.draw(onRay(at, axis, b.radius))
		}
		b.draw(at)
	}
}

// moveInner moves the sweeping edge to a vertex of the boundary.
func (b *bufferer) moveInner(p s2.Point) {
	if b.innerAt++; b.innerAt == 1 {
		b.innerFirst = p
	} else {
		b.sweep(b.inner, b.outer, p)
	}
	b.inner = p
}

// draw moves the curve, and the sweeping edge with it, to a point.
func (b *bufferer) draw(p s2.Point) {
	b.curve = append(b.curve, p)
	if b.outerAt++; b.outerAt == 1 {
		b.outerFirst = p
	} else {
		b.sweep(b.inner, b.outer, p)
	}
	b.outer = p
}

// finish closes the curve and moves the sweeping edge back to where it began.
func (b *bufferer) finish() {
	b.sweep(b.inner, b.outer, b.innerFirst)
	b.sweep(b.innerFirst, b.outer, b.outerFirst)
	b.curves = append(b.curves, b.curve)
	b.curve, b.innerAt, b.outerAt = nil, 0, 0
}

// sweep counts the point of reference where it lies in a triangle that has been swept.
func (b *bufferer) sweep(p, q, r s2.Point) {
	sign := s2.RobustSign(p, q, r)
	if sign == s2.Indeterminate {
		return
	}
	inside := s2.AngleContainsVertex(p, q, r) == (sign == s2.CounterClockwise)
	for _, e := range []edge{{p, q}, {q, r}, {r, p}} {
		if s2.EdgeOrVertexCrossing(q, b.ref, e.a, e.b) {
			inside = !inside
		}
	}
	if inside {
		b.winding += int(sign)
	}
}

// crossingsPerVertex is how many crossings the curves may have for each of their
// vertices. They have more where a line has many vertices within the radius, each of
// which draws its own arc; then the buffer is put together from those of parts.
const crossingsPerVertex, crossingsFree = 4, 1024

// polygon is what the curves wind around; nil where they cross too often.
func (b *bufferer) polygon() *s2.Polygon {
	limit := crossingsFree
	for _, c := range b.curves {
		limit += crossingsPerVertex * len(c)
	}
	return woundAround(b.curves, b.ref, b.winding, limit)
}

// again is a bufferer of the same radius that has drawn nothing.
func (b *bufferer) again() *bufferer {
	return &bufferer{radius: b.radius, arcStep: b.arcStep, edgeStep: b.edgeStep, ref: b.ref}
}

// around is the buffer of lines, of halves of them where need be.
func (b *bufferer) around(lines [][]s2.Point) *s2.Polygon {
	whole := b.again()
	for _, line := range lines {
		whole.addLine(line)
	}
	half := len(lines) / 2
	switch p := whole.polygon(); {
	case p != nil:
		return p
	case half > 0:
		return b.union(b.around(lines[:half]), b.around(lines[half:]))
	case len(lines[0]) > 2:
		half = len(lines[0]) / 2
		return b.union(b.around([][]s2.Point{lines[0][:half+1]}), b.around([][]s2.Point{lines[0][half:]}))
	}
	return woundAround(whole.curves, whole.ref, whole.winding, math.MaxInt)
}

// union is the polygon around whose points the boundaries of two others wind.
func (b *bufferer) union(p, q *s2.Polygon) *s2.Polygon {
	winding := 0
	for _, part := range []*s2.Polygon{p, q} {
		switch {
		case part.IsFull():
			return part
		case part.ContainsPoint(b.ref):
			winding++
		}
	}
	return woundAround(append(ringsOf(p), ringsOf(q)...), b.ref, winding, math.MaxInt)
}

// ringsOf lists the vertices of the loops of a polygon, which lies on their left.
func ringsOf(p *s2.Polygon) [][]s2.Point {
	rings := make([][]s2.Point, p.NumLoops())
	for i, loop := range p.Loops() {
		for j := range loop.NumVertices() {
			rings[i] = append(rings[i], loop.OrientedVertex(j))
		}
	}
	return rings
}
