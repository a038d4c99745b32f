package h3

// Rings are the cells around the cell by their distance from it, which is how many
// steps from cell to neighbour it takes, from 0 to the distance given. A ring of a
// distance n has 6n cells, or less where it meets a pentagon.
//
// Each ring goes round counter-clockwise, in the axes of the cell. Rings that meet a
// pentagon are in no such order but in that of the reference implementation's table.
func (c Cell) Rings(distance int) [][]Cell {
	d := c.disk(distance)
	rings := make([][]Cell, distance+1)
	for n, found := range d.cells {
		if at := d.distances[n]; found != 0 {
			rings[at] = append(rings[at], found)
		}
	}
	return rings
}

// disk is the cells within a distance of one, and the distance of each. A cell is 0
// where a pentagon leaves fewer than there are elsewhere.
type disk struct {
	limit     int
	cells     []Cell
	distances []int
	// around are the neighbours of each cell, which search comes back to often.
	around [][6]Cell
}

func (c Cell) disk(distance int) disk {
	size := 3*distance*(distance+1) + 1
	d := disk{limit: distance, cells: make([]Cell, size), distances: make([]int, size)}
	if !d.walk(c) {
		clear(d.cells)
		d.around = make([][6]Cell, size)
		d.search(c, 0)
	}
	return d
}

// walk goes along each ring from its corner along i; false where it meets a pentagon.
func (d *disk) walk(c Cell) bool {
	at, turns, ok := 1, 0, true
	d.cells[0] = c
	for n := 1; n <= d.limit; n++ {
		if c, turns, ok = c.leave(digitI, turns); !ok {
			return false
		}
		for step := range 6 * n {
			if c, turns, ok = c.leave(digitJ.turn(step/n), turns); !ok {
				return false
			}
			d.cells[at], d.distances[at] = c, n
			at++
		}
	}
	return !c.Pentagon()
}

// leave is step from a cell that is no pentagon.
func (c Cell) leave(d digit, turns int) (Cell, int, bool) {
	if c.Pentagon() {
		return c, turns, false
	}
	return c.step(d, turns)
}

// search goes from neighbour to neighbour, and keeps each cell in the slot that its
// index gives or the next that is free.
func (d *disk) search(c Cell, distance int) {
	slot := int(uint64(c) % uint64(len(d.cells)))
	for d.cells[slot] != 0 && d.cells[slot] != c {
		slot = (slot + 1) % len(d.cells)
	}
	if d.cells[slot] == c && d.distances[slot] <= distance {
		return
	}
	if d.cells[slot] == 0 {
		d.cells[slot], d.around[slot] = c, c.neighbours()
	}
	d.distances[slot] = distance
	if distance == d.limit {
		return
	}
	for _, next := range d.around[slot] {
		if next != 0 {
			d.search(next, distance+1)
		}
	}
}

// neighbours are the cells next to the cell, counter-clockwise from that along j;
// 0 is in place of the one that a pentagon lacks.
func (c Cell) neighbours() (around [6]Cell) {
	for n := range around {
		if next, _, ok := c.step(digitJ.turn(n), 0); ok {
			around[n] = next
		}
	}
	return around
}

// step is the neighbour of the cell that lies towards a digit, in axes that are
// turned by a number of sixths against its own; turns is the same for the
// neighbour's axes then. It is false for the way into the gap of a pentagon.
func (c Cell) step(d digit, turns int) (next Cell, turnsThen int, ok bool) {
	from, leading := &bases[c.base()], c.leading()
	d = d.turn(turns)
	baseTurns := 0
	for r := c.Resolution(); d != center; r-- {
		if r == 0 {
			o := neighbours[c.base()][d]
			if o.cell == noCell {
				o = neighbours[c.base()][digitIK]
				c = c.turnHexagon(1)
				turns++
			}
			c, baseTurns = c.withBase(o.cell), o.turns
			break
		}
		h := c.digit(r).step().add(d.step())
		parent := h.coarser(r)
		c = c.withDigit(r, h.minus(parent.finer(r)).digit())
		d = parent.digit()
	}
	to := &bases[c.base()]
	outOfGap := false
	if c.lacking() {
		switch {
		case to != from:
			c = c.leaveGap(from.home.face)
			outOfGap = true
		case leading == digitJK:
			c = c.turnHexagon(1)
			turns++
		case leading == digitIK:
			c = c.turnHexagon(5)
			turns += 5
		default:
			return 0, 0, false
		}
	}
	c = c.turn(baseTurns)
	// A way onto the base cell of a pentagon past its gap turns the axes once more.
	if to != from && to.pentagon {
		switch {
		case to.polar && to.home.face != from.home.face && c.leading() != digitJK,
			!to.polar && c.leading() == digitIK && !outOfGap:
			turns++
		}
	}
	return c, (turns + baseTurns) % 6, true
}
