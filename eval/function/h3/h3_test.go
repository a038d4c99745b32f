package h3

import (
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/golang/geo/s2"
)

// baseCellsOf are the cells of resolution 0.
func baseCellsOf() []Cell {
	var cells []Cell
	for n := range bases {
		cells = append(cells, baseCell(n))
	}
	return cells
}

// cellsOf are all cells of a resolution.
func cellsOf(resolution int) []Cell {
	var cells []Cell
	for _, c := range baseCellsOf() {
		cells = append(cells, c.Children(resolution)...)
	}
	return cells
}

// someCells are cells of all resolutions, every pentagon and the cells around it among them.
func someCells() []Cell {
	cells := append(cellsOf(0), cellsOf(1)...)
	random := rand.New(rand.NewPCG(1, 2))
	for r := range MaxResolution + 1 {
		for _, p := range pentagons(r) {
			cells = append(cells, slices.Concat(p.Rings(2)...)...)
		}
		for range 50 {
			p := s2.Point{Vector: s2.PointFromCoords(random.NormFloat64(), random.NormFloat64(), random.NormFloat64()).Vector}
			cells = append(cells, CellOf(p, r))
		}
	}
	return cells
}

func pentagons(resolution int) []Cell {
	var cells []Cell
	for _, c := range baseCellsOf() {
		if c.Pentagon() {
			for r := 1; r <= resolution; r++ {
				c = c.withResolution(r).withDigit(r, center)
			}
			cells = append(cells, c)
		}
	}
	return cells
}

// TestCounts holds the grid to how many cells H3 has.
func TestCounts(t *testing.T) {
	for r, want := range []int{122, 842, 5882, 41162} {
		cells := cellsOf(r)
		distinct := map[Cell]bool{}
		five := 0
		for _, c := range cells {
			distinct[CellOf(c.Center(), r)] = true
			if c.Pentagon() {
				five++
			}
		}
		if len(cells) != want || len(distinct) != want || five != 12 {
			t.Errorf("resolution %d has %d cells, %d at their centres and %d pentagons, want %d, as many and 12", r, len(cells), len(distinct), five, want)
		}
	}
}

// TestPentagonBases holds the numbers of the base cells, which go by latitude, to
// the twelve that are known to be pentagons.
func TestPentagonBases(t *testing.T) {
	var got []int
	for n, b := range bases {
		if b.pentagon {
			got = append(got, n)
		}
	}
	if want := []int{4, 14, 24, 38, 49, 58, 63, 72, 83, 97, 107, 117}; !slices.Equal(got, want) {
		t.Errorf("the pentagons are the base cells %v, want %v", got, want)
	}
}

// TestRoundTrips takes cells to text and to their centres and back.
func TestRoundTrips(t *testing.T) {
	for _, c := range someCells() {
		if got, ok := Parse(c.String()); !ok || got != c {
			t.Errorf("Parse(%s) = %s, %v", c, got, ok)
		}
		if got := CellOf(c.Center(), c.Resolution()); got != c {
			t.Errorf("at the centre of %s is %s", c, got)
		}
	}
}

// TestFamilies holds parents to children.
func TestFamilies(t *testing.T) {
	for _, c := range someCells() {
		r := c.Resolution()
		if r == MaxResolution {
			continue
		}
		children := c.Children(r + 1)
		want := 7
		if c.Pentagon() {
			want = 6
		}
		if len(children) != want {
			t.Errorf("%s has %d children, want %d", c, len(children), want)
		}
		for _, child := range children {
			if got, ok := Parse(child.String()); !ok || got.Parent(r) != c {
				t.Errorf("%s, a child of %s, is of %s", child, c, got.Parent(r))
			}
		}
		if d := children[0].Center().Distance(c.Center()); d > 1e-14 {
			t.Errorf("the first child of %s is %v off its centre", c, d)
		}
	}
}

// TestNeighbours holds that neighbours are so both ways, and have a side in common.
func TestNeighbours(t *testing.T) {
	for _, c := range someCells() {
		around := c.Rings(1)[1]
		want := 6
		if c.Pentagon() {
			want = 5
		}
		if len(around) != want {
			t.Errorf("%s has %d neighbours, want %d", c, len(around), want)
		}
		for _, n := range around {
			if !slices.Contains(n.Rings(1)[1], c) {
				t.Errorf("%s is next to %s, but not the other way round", n, c)
			}
			common := 0
			for _, v := range c.Boundary() {
				for _, w := range n.Boundary() {
					if v.Distance(w) < 1e-13 {
						common++
					}
				}
			}
			if common < 2 {
				t.Errorf("%s and %s have %d vertices in common", c, n, common)
			}
		}
	}
}

// TestRings holds the sizes of rings: six sides of a hexagon, five of a pentagon.
func TestRings(t *testing.T) {
	const distance = 9
	p := pentagons(7)[3]
	for n, ring := range p.Rings(distance) {
		if want := max(1, 5*n); len(ring) != want {
			t.Errorf("around a pentagon, ring %d has %d cells, want %d", n, len(ring), want)
		}
	}
	far := CellOf(s2.PointFromLatLng(s2.LatLngFromDegrees(48, 11)), 9)
	walked := far.Rings(distance)
	seen := map[Cell]bool{}
	for n, ring := range walked {
		if want := max(1, 6*n); len(ring) != want {
			t.Errorf("ring %d has %d cells, want %d", n, len(ring), want)
		}
		for _, c := range ring {
			if seen[c] {
				t.Errorf("%s is in two places", c)
			}
			seen[c] = true
		}
	}
	// The search that stands in near pentagons finds the same rings.
	d := disk{limit: distance, cells: make([]Cell, len(seen)), distances: make([]int, len(seen)), around: make([][6]Cell, len(seen))}
	d.search(far, 0)
	for slot, c := range d.cells {
		if !slices.Contains(walked[d.distances[slot]], c) {
			t.Errorf("%s is %d steps away, which the walk says is not so", c, d.distances[slot])
		}
	}
	// Every cell of resolution 1 is within 25 steps.
	if got := len(slices.Concat(CellOf(far.Center(), 1).Rings(25)...)); got != 842 {
		t.Errorf("%d cells of resolution 1 are reached, want 842", got)
	}
}

// TestBoundariesTile holds that the cells cover the sphere once, which they do to
// the last digits only if each bend on a side of a face is a vertex of both cells.
func TestBoundariesTile(t *testing.T) {
	for r := range 4 {
		area := 0.0
		for _, c := range cellsOf(r) {
			loop := s2.LoopFromPoints(c.Boundary())
			if err := loop.Validate(); err != nil {
				t.Fatalf("%s: %v", c, err)
			}
			if !loop.ContainsPoint(c.Center()) {
				t.Errorf("%s is not around its centre", c)
			}
			area += loop.Area()
		}
		if math.Abs(area-4*math.Pi) > 1e-9 {
			t.Errorf("the cells of resolution %d have an area of %v, the sphere of %v", r, area, 4*math.Pi)
		}
	}
}

// TestBends counts vertices: those of a pentagon of an odd resolution lie between bends.
func TestBends(t *testing.T) {
	for r := range MaxResolution + 1 {
		want := 5 + 5*(r%2)
		for _, p := range pentagons(r) {
			if got := len(p.Boundary()); got != want {
				t.Errorf("%s has %d vertices, want %d", p, got, want)
			}
		}
	}
}

// TestReference holds cells of all resolutions to the answers of the reference implementation.
func TestReference(t *testing.T) {
	text, err := os.ReadFile("testdata/reference.txt")
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")[1:]
	for record := range slices.Chunk(lines, 3) {
		index, center, _ := strings.Cut(record[0], " ")
		c, ok := Parse(index)
		if !ok {
			t.Fatalf("%s is no cell", index)
		}
		checkPoints(t, index+": the centre", []s2.Point{c.Center()}, center)
		checkPoints(t, index+": the vertices", c.Boundary(), record[1])
		var around []string
		for _, n := range c.Rings(1)[1] {
			around = append(around, n.String())
		}
		if got, want := strings.Join(around, " "), strings.TrimSpace(record[2]); got != want {
			t.Errorf("%s: the neighbours are %s, want %s", index, got, want)
		}
	}
}

// checkPoints compares points with longitudes and latitudes in degrees.
func checkPoints(t *testing.T, what string, got []s2.Point, want string) {
	t.Helper()
	fields := strings.Fields(want)
	if len(got) != len(fields) {
		t.Errorf("%s are %d, want %d", what, len(got), len(fields))
		return
	}
	for n, field := range fields {
		lng, lat, _ := strings.Cut(field, ",")
		x, err1 := strconv.ParseFloat(lng, 64)
		y, err2 := strconv.ParseFloat(lat, 64)
		if err1 != nil || err2 != nil {
			t.Fatalf("%s: %q is no point", what, field)
		}
		if d := got[n].Distance(s2.PointFromLatLng(s2.LatLngFromDegrees(y, x))).Degrees(); d > 2e-10 {
			t.Errorf("%s: number %d is %v degrees off", what, n, d)
		}
	}
}

func TestParseRefuses(t *testing.T) {
	for _, s := range []string{
		"", "abc", "0", "-1", "ffffffffffffffff", "862a1072ffffffff", "0x862a1072fffffff",
		"862a1072ffffff", "862a107ffffffff", "862a1072ffffff0", "80f5fffffffffff", "962a1072fffffff", "8f00000000000000",
		"81087ffffffffff", // the child K of a pentagon
		"860800047ffffff", // and one further down
	} {
		if c, ok := Parse(s); ok {
			t.Errorf("Parse(%q) = %s", s, c)
		}
	}
}

// ringOf is a ring of points given in degrees, longitude before latitude.
func ringOf(positions ...[2]float64) []s2.LatLng {
	var ring []s2.LatLng
	for _, p := range positions {
		ring = append(ring, s2.LatLngFromDegrees(p[1], p[0]))
	}
	return ring
}

// TestCellsInParts holds that each cell is in one of the parts of a polygon that a
// line divides, and in a hole or in what is around it, at the antimeridian too.
func TestCellsInParts(t *testing.T) {
	for _, west := range []float64{-3, 177, -180, 40} {
		at := func(x, y float64) [2]float64 { return [2]float64{math.Remainder(west+x, 360), 50 + y} }
		inside := func(rings ...[]s2.LatLng) []Cell {
			cells, err := CellsIn(rings, 5, 1e5)
			if err != nil {
				t.Fatal(err)
			}
			slices.Sort(cells)
			return cells
		}
		whole := ringOf(at(0, 0), at(6, 0), at(6, 4), at(0, 4))
		hole := ringOf(at(1, 1), at(3, 1), at(3, 3), at(1, 3))
		all := inside(whole)
		if len(all) < 500 {
			t.Errorf("from %v on there are %d cells", west, len(all))
		}
		halves := append(inside(ringOf(at(0, 0), at(2, 0), at(5, 4), at(0, 4))), inside(ringOf(at(2, 0), at(6, 0), at(6, 4), at(5, 4)))...)
		parts := append(inside(whole, hole), inside(hole)...)
		for what, cells := range map[string][]Cell{"halves": halves, "hole and frame": parts} {
			slices.Sort(cells)
			if !slices.Equal(cells, all) {
				t.Errorf("from %v on the %s have %d cells, the whole %d", west, what, len(cells), len(all))
			}
		}
		box := s2.RectFromLatLng(whole[0]).AddPoint(whole[2])
		for _, c := range all {
			if !box.ContainsPoint(c.Center()) {
				t.Errorf("the centre of %s is outside", c)
			}
		}
	}
}

func TestCellsInLimits(t *testing.T) {
	square := ringOf([2]float64{0, 0}, [2]float64{1, 0}, [2]float64{1, 1}, [2]float64{0, 1})
	cells, err := CellsIn([][]s2.LatLng{square}, 6, 1000)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := CellsIn([][]s2.LatLng{square}, 6, len(cells)); err != nil {
		t.Errorf("%d cells at a limit of as many: %v", len(cells), err)
	}
	for _, resolution := range []int{6, MaxResolution} {
		if _, err := CellsIn([][]s2.LatLng{square}, resolution, len(cells)-1); err != ErrTooMany {
			t.Errorf("resolution %d: %v, want %v", resolution, err, ErrTooMany)
		}
	}
	if cells, err := CellsIn(nil, 6, 10); len(cells) != 0 || err != nil {
		t.Errorf("no polygon has %v, %v", cells, err)
	}
}

// TestCellsInManyEdges holds that a cell is compared with few of the edges of a long ring.
func TestCellsInManyEdges(t *testing.T) {
	const edges = 40_000
	var ring []s2.LatLng
	for n := range edges {
		sin, cos := math.Sincos(2 * math.Pi * float64(n) / edges)
		ring = append(ring, s2.LatLngFromDegrees(3*sin, 3*cos))
	}
	for n, band := range newRing(ring).bands {
		if len(band) > edges/8 {
			t.Errorf("band %d has %d of %d edges", n, len(band), edges)
		}
	}
	cells, err := CellsIn([][]s2.LatLng{ring}, 7, 1e5)
	if err != nil {
		t.Fatal(err)
	}
	near := 0
	for _, c := range cells {
		if c.Center().Distance(s2.PointFromLatLng(s2.LatLng{})).Degrees() < 3.001 {
			near++
		}
	}
	if near != len(cells) || near < 50_000 {
		t.Errorf("%d cells, %d of them within 3 degrees", len(cells), near)
	}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"862a1072fffffff", "8009fffffffffff", "8f0800000000000", ""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c, ok := Parse(s)
		if !ok {
			return
		}
		if got := CellOf(c.Center(), c.Resolution()); got != c {
			t.Errorf("at the centre of %s is %s", c, got)
		}
		if got := len(c.Boundary()); got < 5 || got > 10 {
			t.Errorf("%s has %d vertices", c, got)
		}
		if got := len(slices.Concat(c.Rings(2)...)); got < 16 || got > 19 {
			t.Errorf("%d cells are within two steps of %s", got, c)
		}
	})
}

func ExampleCellOf() {
	liberty := s2.PointFromLatLng(s2.LatLngFromDegrees(40.689250859314974, -74.04450446039874))
	c := CellOf(liberty, 6)
	fmt.Println(c, c.Resolution(), c.Parent(5))
	// Output: 862a1072fffffff 6 852a1073fffffff
}

func TestCellOfAllocatesNothing(t *testing.T) {
	p := s2.PointFromLatLng(s2.LatLngFromDegrees(64.7, 10.5))
	var c Cell
	if got := testing.AllocsPerRun(100, func() { c = CellOf(p, MaxResolution) }); got != 0 {
		t.Errorf("CellOf(%v) = %s makes %v allocations, want none", p, c, got)
	}
}
