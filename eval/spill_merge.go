package eval

// merged reads runs that are each in order, as one. Of equals those of the earlier run come first.
//
// No more than fanIn runs are open at a time: neighbours are first merged into longer runs, in files of their own.
func merged(e env, runs []*rowRun, compare func(a, b *rowReader) int, yield func(*rowReader) bool) {
	var between *spillFile
	defer func() { between.close() }()
	for len(runs) > fanIn {
		longer := e.spillFile()
		var next []*rowRun
		for first := 0; first < len(runs); first += fanIn {
			out := longer.newRun()
			mergeOnce(e, runs[first:min(first+fanIn, len(runs))], compare, func(r *rowReader) bool { return out.add(r.tag, r.row) })
			if e.run.err != nil || !out.done() {
				longer.close()
				return
			}
			next = append(next, out)
		}
		between.close()
		between = longer
		runs = next
	}
	mergeOnce(e, runs, compare, yield)
}

// byTag orders rows by the numbers that go with them.
func byTag(a, b *rowReader) int {
	switch {
	case a.tag < b.tag:
		return -1
	case a.tag > b.tag:
		return 1
	}
	return 0
}

// mergeOnce merges runs that are all open.
func mergeOnce(e env, runs []*rowRun, compare func(a, b *rowReader) int, yield func(*rowReader) bool) {
	h := &runHeap{compare: compare}
	for i, run := range runs {
		if r := run.reader(); r.read() {
			h.runs = append(h.runs, openRun{r, i})
		}
	}
	for i := len(h.runs)/2 - 1; i >= 0; i-- {
		h.down(i)
	}
	for len(h.runs) > 0 {
		if !e.run.tick() || !yield(h.runs[0].rowReader) {
			return
		}
		if !h.runs[0].read() {
			last := len(h.runs) - 1
			h.runs[0] = h.runs[last]
			h.runs = h.runs[:last]
		}
		h.down(0)
	}
}

// openRun is a run that is being merged, with its place among the others.
type openRun struct {
	*rowReader
	nth int
}

// runHeap has at its root the run whose row is the next. container/heap would compare by way of an interface, for each row of each
// merge.
type runHeap struct {
	runs    []openRun
	compare func(a, b *rowReader) int
}

func (h *runHeap) less(i, j int) bool {
	if c := h.compare(h.runs[i].rowReader, h.runs[j].rowReader); c != 0 {
		return c < 0
	}
	return h.runs[i].nth < h.runs[j].nth
}

// down puts the run at i where it belongs among those below.
func (h *runHeap) down(i int) {
	for {
		least := i
		for _, child := range [2]int{2*i + 1, 2*i + 2} {
			if child < len(h.runs) && h.less(child, least) {
				least = child
			}
		}
		if least == i {
			return
		}
		h.runs[i], h.runs[least] = h.runs[least], h.runs[i]
		i = least
	}
}
