package eval

import "slices"

// graphSearch looks for the places of a graph that look like a pattern. It goes from node to
// node along the steps of the pattern, deep first, and holds one place at a time.
type graphSearch struct {
	*graphPattern
	env    env
	match  match
	frame  *frame
	each   []*frame    // by hops: where the predicates of a path's edges are evaluated
	passed [][]int     // by hops: the nodes that the path has come to
	found  func() bool // told of each place; false ends the search
}

func (p *graphPattern) search(e env, g *graph) *graphSearch {
	s := &graphSearch{graphPattern: p, env: e, frame: p.rel.seg.frame(e)}
	s.match = match{graph: g, nodes: make([]int, p.nodes), edges: make([][]int, len(p.hops)), inner: make([][]int, len(p.hops))}
	for i := range s.match.nodes {
		s.match.nodes[i] = -1
	}
	s.frame.match = &s.match
	s.passed = make([][]int, len(p.hops))
	for _, h := range p.hops {
		var f *frame
		if len(h.each) > 0 {
			f = elementFrame(h.each[0].rel, env{run: e.run, outer: s.frame}, g)
		}
		s.each = append(s.each, f)
	}
	return s
}

// run searches from every node.
func (s *graphSearch) run() {
	for i := range s.match.graph.nodes {
		if !s.env.run.tick() {
			return
		}
		s.match.nodes[s.start] = i
		if s.holds(0) && !s.step(0) {
			return
		}
	}
}

// holds reports whether the tests that can be made after a step are met.
func (s *graphSearch) holds(step int) bool {
	for _, c := range s.tests[step] {
		if !c.test(s.frame) {
			return false
		}
	}
	return true
}

// step goes on with the i-th step; false ends the search.
func (s *graphSearch) step(i int) bool {
	if i == len(s.steps) {
		return s.found()
	}
	h := &s.hops[s.steps[i].hop]
	if s.steps[i].back {
		return s.grow(i, s.match.nodes[h.to], nil)
	}
	return s.grow(i, s.match.nodes[h.from], nil)
}

// grow goes on from a path that has come to a node.
func (s *graphSearch) grow(i, node int, path []int) bool {
	step := s.steps[i]
	h := &s.hops[step.hop]
	if len(path) >= h.min && !s.arrive(i, node, path) {
		return false
	}
	if len(path) == h.max {
		return true
	}
	way := h.way
	if step.back {
		way = way.reversed()
	}
	for edge, next := range s.match.graph.neighbours(node, way) {
		if !s.env.run.tick() {
			return false
		}
		if !s.fresh(i, path, edge, next) || !s.edgeHolds(step.hop, edge) {
			continue
		}
		passed := s.passed[step.hop]
		s.passed[step.hop] = append(passed, next)
		going := s.grow(i, next, append(path, edge))
		s.passed[step.hop] = passed
		if !going {
			return false
		}
	}
	return true
}

// fresh reports whether a path may grow by an edge, as the rule for cycles has it.
func (s *graphSearch) fresh(i int, path []int, edge, node int) bool {
	switch s.cycles {
	case "all":
		return true
	case "none":
		step := s.steps[i]
		start := s.hops[step.hop].from
		if step.back {
			start = s.hops[step.hop].to
		}
		return node != s.match.nodes[start] && !slices.Contains(s.passed[step.hop], node)
	}
	return !slices.Contains(path, edge)
}

// edgeHolds tests one edge of a path.
func (s *graphSearch) edgeHolds(hop, edge int) bool {
	return !slices.ContainsFunc(s.hops[hop].each, func(o *onEach) bool {
		return !o.x.truth()(s.each[hop].stand(edge))
	})
}

// arrive ends the path of a step at a node and goes on with the next step.
func (s *graphSearch) arrive(i, node int, path []int) bool {
	step := s.steps[i]
	h := &s.hops[step.hop]
	far, inner := h.to, s.passed[step.hop]
	if len(inner) > 0 {
		inner = inner[:len(inner)-1]
	}
	if step.back {
		far, path, inner = h.from, slices.Clone(path), slices.Clone(inner)
		slices.Reverse(path)
		slices.Reverse(inner)
	}
	known := s.match.nodes[far]
	if known >= 0 && known != node {
		return true
	}
	s.match.nodes[far], s.match.edges[step.hop], s.match.inner[step.hop] = node, path, inner
	going := !s.walks(h.chain) || !s.holds(i+1) || s.step(i+1)
	s.match.nodes[far], s.match.edges[step.hop], s.match.inner[step.hop] = known, nil, nil
	return going
}

// walks reports whether what is found of a chain keeps the rule for cycles: a place of it
// comes to no node twice, or goes along no edge twice.
func (s *graphSearch) walks(chain int) bool {
	c := s.chains[chain]
	if s.cycles == "all" || len(c.nodes) < 2 {
		return true
	}
	seen := make(map[int]bool)
	again := func(list ...int) bool {
		for _, i := range list {
			if seen[i] {
				return true
			}
			seen[i] = i >= 0
		}
		return false
	}
	if s.cycles == "none" && again(s.match.nodes[c.nodes[0]]) {
		return false
	}
	for i, node := range c.nodes[1:] {
		hop := c.first + i
		switch {
		case s.cycles != "none":
			if again(s.match.edges[hop]...) {
				return false
			}
		case len(s.match.edges[hop]) == 0 && s.match.edges[hop] != nil:
			// A path without edges stays at its node.
		case again(s.match.inner[hop]...) || again(s.match.nodes[node]):
			return false
		}
	}
	return true
}
