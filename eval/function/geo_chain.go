package function

import (
	"math"
	"slices"

	"github.com/golang/geo/s1"
	"github.com/golang/geo/s2"
)

// simplified snaps edges to sites and replaces chains of snapped edges by single ones
// that pass within the radius of all vertices of the input, and by no site on its
// wrong side. Without a radius the edges stay as they are.
func simplified(edges []edge, radius s1.Angle) ([]s2.Point, []graphEdge) {
	if radius == 0 {
		pieces := make([]piece, len(edges))
		for i, e := range edges {
			pieces[i] = piece{e, i}
		}
		g := graphOf(pieces)
		return g.vertices, g.edges
	}
	c := &chainSimplifier{snapping: snap(edges, radius)}
	c.inputs = make([][]s2.Point, len(c.sites))
	var snapped []graphEdge
	for e, line := range edges {
		chain := c.chain(e)
		if len(chain) == 0 {
			continue
		}
		c.inputs[chain[0]] = append(c.inputs[chain[0]], line.a)
		for i, to := range chain[1:] {
			snapped = append(snapped, graphEdge{chain[i], to, []int{e}})
		}
		if last := chain[len(chain)-1]; len(chain) > 1 {
			c.inputs[last] = append(c.inputs[last], line.b)
		}
	}
	c.graph = newEdgeGraph(c.sites, snapped)
	return c.sites, c.run()
}

// chainSimplifier replaces chains of edges of a graph whose vertices are sites.
type chainSimplifier struct {
	*snapping
	graph  *edgeGraph
	inputs [][]s2.Point // per site, the vertices of the input that moved to it
	inner  []bool       // per site, whether the edges at it form one chain
	used   []bool       // per edge
	result []graphEdge
}

func (c *chainSimplifier) run() []graphEdge {
	c.findInner()
	c.used = make([]bool, len(c.graph.edges))
	for i, e := range c.graph.edges {
		switch {
		case c.used[i] || c.inner[e.from]:
		case !c.inner[e.to]:
			c.keep(i)
		default:
			c.follow(e.from, e.to)
		}
	}
	for i, e := range c.graph.edges { // what is left are rings
		if !c.used[i] {
			c.follow(e.from, e.to)
		}
	}
	return c.result
}

// findInner marks the vertices that have two neighbours, each joined by as many edges,
// and as many edges coming in as going out.
func (c *chainSimplifier) findInner() {
	type joined struct{ in, out int }
	neighbours := make([]map[int]joined, len(c.sites))
	count := func(v, far, in, out int) {
		if neighbours[v] == nil {
			neighbours[v] = map[int]joined{}
		}
		n := neighbours[v][far]
		neighbours[v][far] = joined{n.in + in, n.out + out}
	}
	for _, e := range c.graph.edges {
		count(e.from, e.to, 0, 1)
		count(e.to, e.from, 1, 0)
	}
	c.inner = make([]bool, len(c.sites))
	for v, far := range neighbours {
		if len(far) != 2 {
			continue
		}
		var sides []joined
		for _, n := range far {
			sides = append(sides, n)
		}
		c.inner[v] = sides[0].in == sides[1].out && sides[0].out == sides[1].in
	}
}

func (c *chainSimplifier) keep(e int) {
	c.used[e] = true
	c.result = append(c.result, c.graph.edges[e])
}

// follow goes along a chain from an edge to a vertex that is not an inner one, or
// around a ring, and replaces stretches of it as long as can be.
func (c *chainSimplifier) follow(from, to int) {
	start := from
	for done := false; !done; {
		chain := []int{from}
		seen := map[int]bool{from: true}
		w := newWindow(c.sites[from])
		may := c.avoid(from, from, to, seen, w)
		for {
			chain = append(chain, to)
			seen[to] = true
			if done = !c.inner[to] || to == start; done {
				break
			}
			from, to = to, c.after(from, to)
			if !may || !c.target(from, w) || !c.avoid(chain[0], from, to, seen, w) || !w.leadsTo(c.sites[to]) {
				break
			}
		}
		c.replace(chain)
	}
}

// after is the neighbour of an inner vertex that is not the one given.
func (c *chainSimplifier) after(from, v int) int {
	lo, hi := c.graph.leaving(v)
	for _, e := range c.graph.edges[lo:hi] {
		if e.to != from {
			return e.to
		}
	}
	return from
}

// target narrows the window to the vertices of the input that moved to a site.
func (c *chainSimplifier) target(site int, w *window) bool {
	for _, p := range c.inputs[site] {
		if !w.target(p, c.limit) {
			return false
		}
	}
	return true
}

// avoid narrows the window so that an edge from the start of a chain to the end of the
// edge from v to next passes the sites near that edge on the side on which it does.
func (c *chainSimplifier) avoid(start, v, next int, seen map[int]bool, w *window) bool {
	from, at, to := c.sites[start], c.sites[v], c.sites[next]
	length := s2.ChordAngleBetweenPoints(from, to)
	if length < s2.ChordAngleBetweenPoints(from, at) || length >= c.longer {
		return false
	}
	for _, site := range c.near[c.inputBetween(v, next)] {
		p := c.sites[site]
		if seen[site] || s2.ChordAngleBetweenPoints(from, p) >= length {
			continue
		}
		seen[site] = true
		left := s2.OrderedCCW(from, to, p, at)
		if v == start {
			left = s2.RobustSign(at, to, p) == s2.CounterClockwise
		}
		if !w.avoid(p, c.apart, left) {
			return false
		}
	}
	return true
}

// inputBetween is that input of the edges between two vertices which has the fewest
// sites near it: all of them lie near enough for its sites to count.
func (c *chainSimplifier) inputBetween(v, w int) int {
	best := -1
	for _, ends := range [][2]int{{v, w}, {w, v}} {
		lo, hi := c.graph.between(ends[0], ends[1])
		for _, e := range c.graph.edges[lo:hi] {
			for _, in := range e.inputs {
				if best < 0 || len(c.near[in]) < len(c.near[best]) {
					best = in
				}
			}
		}
	}
	return best
}

// replace puts one edge in the place of each of those that run along a chain.
func (c *chainSimplifier) replace(chain []int) {
	first, last := chain[0], chain[len(chain)-1]
	var there, back [][]int // the inputs of the edges along the chain and against it
	add := func(along *[][]int, v, w int) {
		lo, hi := c.graph.between(v, w)
		for i := lo; i < hi; i++ {
			if i-lo == len(*along) {
				*along = append(*along, nil)
			}
			(*along)[i-lo] = append((*along)[i-lo], c.graph.edges[i].inputs...)
			c.used[i] = true
		}
	}
	for i, w := range chain[1:] {
		add(&there, chain[i], w)
		add(&back, w, chain[i])
	}
	put := func(along [][]int, from, to int) {
		for _, inputs := range along {
			slices.Sort(inputs)
			c.result = append(c.result, graphEdge{from, to, slices.Compact(inputs)})
		}
	}
	put(there, first, last)
	put(back, last, first)
}

// window is the range of directions in which an edge may leave a point.
type window struct {
	from, x, y s2.Point // x and y span the plane of the directions
	open       s1.Interval
	later      []barrier // what is to be avoided once there is a target
}

type barrier struct {
	angles s1.Interval
	left   bool // whether what is avoided lies on the left
}

func newWindow(from s2.Point) *window {
	y := s2.Ortho(from)
	return &window{from: from, x: s2.Point{Vector: y.Cross(from.Vector)}, y: y, open: s1.FullInterval()}
}

// direction is the angle at which a point is seen.
func (w *window) direction(p s2.Point) float64 {
	d := p.Sub(w.from.Vector) // as good as p, and exact for a point nearby
	return math.Atan2(d.Dot(w.y.Vector), d.Dot(w.x.Vector))
}

// halfWidth is half the angle at which a disc is seen; all directions, where it
// contains the point.
func (w *window) halfWidth(p s2.Point, radius s1.ChordAngle) float64 {
	distance := s2.ChordAngleBetweenPoints(w.from, p)
	if distance <= radius {
		return math.Pi
	}
	return math.Asin(min(1, math.Sqrt(radius.Sin2()/distance.Sin2())))
}

// windowError bounds how far the directions are off.
const windowError = 1e-14

// target keeps the directions that meet a disc, and says whether any is left.
func (w *window) target(p s2.Point, radius s1.ChordAngle) bool {
	half := w.halfWidth(p, radius)
	if half >= math.Pi {
		return true
	}
	at := w.direction(p)
	w.open = w.open.Intersection(s1.Interval{Lo: at, Hi: at}.Expanded(max(0, half-windowError)))
	for _, b := range w.later {
		w.shut(b)
	}
	w.later = nil
	return !w.open.IsEmpty()
}

// avoid keeps the directions that pass a disc on the side on which it does not lie.
func (w *window) avoid(p s2.Point, radius s1.ChordAngle, left bool) bool {
	half := w.halfWidth(p, radius)
	if half >= math.Pi {
		w.open = s1.EmptyInterval()
		return false
	}
	half += windowError
	at := w.direction(p)
	lo, hi := at-half, at+math.Pi/2
	if !left {
		lo, hi = at-math.Pi/2, at+half
	}
	b := barrier{s1.IntervalFromEndpoints(math.Remainder(lo, 2*math.Pi), math.Remainder(hi, 2*math.Pi)), left}
	if w.open.IsFull() {
		w.later = append(w.later, b)
		return true
	}
	w.shut(b)
	return !w.open.IsEmpty()
}

func (w *window) shut(b barrier) {
	switch {
	case !w.open.ContainsInterval(b.angles):
		w.open = w.open.Intersection(b.angles.Complement())
	case b.left:
		w.open = s1.IntervalFromEndpoints(w.open.Lo, b.angles.Lo)
	default:
		w.open = s1.IntervalFromEndpoints(b.angles.Hi, w.open.Hi)
	}
}

// leadsTo says whether the edge to a point leaves in an open direction.
func (w *window) leadsTo(p s2.Point) bool {
	if s2.ChordAngleBetweenPoints(w.from, p) > s1.RightChordAngle {
		return false
	}
	at := w.direction(p)
	for _, b := range w.later {
		if b.angles.Contains(at) {
			return false
		}
	}
	return w.open.Contains(at)
}
