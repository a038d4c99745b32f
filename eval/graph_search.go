package eval

import "slices"

// maxPath is how many edges a path may have. The search goes down a path edge by edge.
const maxPath = 10_000

// graphSearch looks for the places of a graph that look like a pattern. It goes from node to
// node along the steps of the pattern, deep first, and holds one place at a time.
type graphSearch struct {
	*graphPattern
	env    env
	match  match
	frame  *frame
	each   []*frame    // by hops: where the predicates of a path's edges are evaluated
	passed [][]int     // by hops: the nodes that the path has come to
	used   [][]bool    // by chains: the edges, or the nodes, that the rule for cycles rules out
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
	size := len(s.match.graph.edges)
	if s.cycles == "none" {
		size = len(s.match.graph.nodes)
	}
	if !s.env.hold(size * len(s.chains)) {
		return
	}
	defer s.env.hold(-size * len(s.chains))
	for range s.chains {
		s.used = append(s.used, make([]bool, size))
	}
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
	step := s.steps[i]
	h := &s.hops[step.hop]
	node := s.match.nodes[h.from]
	if step.back {
		node = s.match.nodes[h.to]
	}
	if !step.enters || s.cycles != "none" {
		return s.grow(i, node, nil)
	}
	used := s.used[h.chain]
	if used[node] {
		return true
	}
	used[node] = true
	going := s.grow(i, node, nil)
	used[node] = false
	return going
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
	if len(path) == maxPath {
		s.env.run.fail(&LimitError{What: "edges of a path in a graph", Limit: maxPath})
		return false
	}
	way := h.way
	if step.back {
		way = way.reversed()
	}
	for edge, next := range s.match.graph.neighbours(node, way) {
		if !s.env.run.step() {
			return false
		}
		rule := s.rule(h.chain, edge, next)
		if *rule || !s.edgeHolds(step.hop, edge) {
			continue
		}
		passed := s.passed[step.hop]
		s.passed[step.hop] = append(passed, next)
		*rule = s.cycles != "all"
		going := s.grow(i, next, append(path, edge))
		*rule = false
		s.passed[step.hop] = passed
		if !going {
			return false
		}
	}
	return true
}

// rule tells whether the rule for cycles rules out an edge to a node: a chain of the pattern
// goes along no edge twice, or comes to no node twice.
func (s *graphSearch) rule(chain, edge, node int) *bool {
	if s.cycles == "none" {
		return &s.used[chain][node]
	}
	return &s.used[chain][edge]
}

// edgeHolds tests one edge of a path.
func (s *graphSearch) edgeHolds(hop, edge int) bool {
	return !slices.ContainsFunc(s.hops[hop].each, func(o *onEach) bool {
		return !o.test(s.each[hop].stand(edge))
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
	going := !s.holds(i+1) || s.step(i+1)
	s.match.nodes[far], s.match.edges[step.hop], s.match.inner[step.hop] = known, nil, nil
	return going
}
