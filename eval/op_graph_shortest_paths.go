package eval

import (
	"slices"

	"github.com/seed-2512943d/picket/kql"
)

// bindGraphShortestPaths finds, for each pair of nodes at the ends of a pattern, one of the
// shortest paths between them that look like it, or all of them (Kusto docs,
// "graph-shortest-paths operator").
func (b *binder) bindGraphShortestPaths(op *kql.GraphShortestPaths, in *relation) *relation {
	if len(op.Patterns) != 1 {
		return b.nothing(op, "", "graph-shortest-paths takes one sequence of nodes and edges", "")
	}
	p := b.bindPattern(op, op.Patterns, op.Where, in)
	if !slices.ContainsFunc(p.hops, func(h patternHop) bool { return h.path }) {
		return b.nothing(op.Patterns[0], "", "graph-shortest-paths needs an edge of variable length", "write it as [e*1..5]")
	}
	all := op.Output != nil && op.Output.Name == "all"
	if op.Output != nil && !all && op.Output.Name != "any" {
		b.fail(op.Output, "KS005", "Expected one of: output=any, output=all", "")
	}
	if op.Project == nil {
		return b.nothing(op, "", "graph-shortest-paths needs project", "")
	}
	return b.projectMatches(p, op.Project, func(e env, yield func(*graphSearch) bool) {
		if g := in.graph.make(e); g != nil {
			s := p.search(e, g)
			s.found = func() bool { return yield(s) }
			(&shortestPaths{graphSearch: s, all: all}).run()
		}
	})
}

// shortestPaths searches a graph in the breadth: all paths of one edge, all of two, and so on.
type shortestPaths struct {
	*graphSearch
	all    bool
	starts []*conjunct  // what must hold of the first node
	ends   []*conjunct  // what must hold of the two ends
	later  []*conjunct  // what must hold of the whole path
	once   bool         // a node that a path has come to need not be come to again
	done   map[int]bool // the nodes to which a path from the start has been found
	over   bool         // whoever is told of the paths wants no more of them
}

// pathState is how far along a pattern a path has come, and where it stands.
type pathState struct{ hop, count, node int }

// lastEdge is the last edge of a path, and the state before it.
type lastEdge struct {
	from pathState
	edge int
}

// pathLevel holds the states that paths of one length come to, with all ways into each.
type pathLevel struct {
	states []pathState // in the order in which they are met
	into   map[pathState][]lastEdge
}

func (s *shortestPaths) run() {
	s.split()
	first := s.chains[0].nodes[0]
	for i := range s.match.graph.nodes {
		if !s.env.run.tick() {
			return
		}
		s.match.nodes[first] = i
		if s.meets(s.starts) && !s.from(i) {
			return
		}
	}
}

// split sorts the tests by what they read, and finds out whether the shortest way to a node is
// always the one that counts: not where edges are gone along either way, for then the shortest way
// back to the start takes one edge twice.
func (s *shortestPaths) split() {
	chain := s.chains[0].nodes
	first, last := chain[0], chain[len(chain)-1]
	for _, tests := range s.tests {
		for _, c := range tests {
			switch {
			case c.readsOnly(first):
				s.starts = append(s.starts, c)
			case c.readsOnly(first, last):
				s.ends = append(s.ends, c)
			default:
				s.later = append(s.later, c)
			}
		}
	}
	h := s.hops[0]
	s.once = len(s.hops) == 1 && h.min <= 1 && h.way != eitherWay && !s.match.graph.undirected && len(s.later) == 0
}

func (s *shortestPaths) meets(tests []*conjunct) bool {
	return !slices.ContainsFunc(tests, func(c *conjunct) bool { return !c.test(s.frame) })
}

// from finds the paths from a node; false ends the search.
func (s *shortestPaths) from(start int) bool {
	s.done = make(map[int]bool)
	levels := []pathLevel{{states: []pathState{{node: start}}}}
	held := 0
	defer func() { s.env.hold(-held) }()
	seen := map[pathState]bool{{node: start}: true}
	for {
		level := levels[len(levels)-1]
		if len(level.states) == 0 {
			return true
		}
		if !s.collect(levels) {
			return false
		}
		if len(levels) > maxPath {
			s.env.run.fail(&LimitError{What: "edges of a path in a graph", Limit: maxPath})
			return false
		}
		next := pathLevel{into: make(map[pathState][]lastEdge)}
		size := 0
		for _, state := range level.states {
			if !s.expand(state, seen, &next) {
				return false
			}
			size += 96
		}
		for _, ways := range next.into {
			size += 64 + 32*len(ways)
		}
		if held += size; !s.env.hold(size) {
			return false
		}
		if s.once {
			for _, state := range next.states {
				seen[state.settled(s.hops[0].min)] = true
			}
		}
		levels = append(levels, next)
	}
}

// settled is the state with its count cut off at the least that a path needs: what it can
// come to does not depend on the rest, but for the length.
func (p pathState) settled(least int) pathState {
	p.count = min(p.count, least)
	return p
}

// expand goes along all edges from a state.
func (s *shortestPaths) expand(state pathState, seen map[pathState]bool, next *pathLevel) bool {
	for at := state; at.hop < len(s.hops); at.hop, at.count = at.hop+1, 0 {
		h := &s.hops[at.hop]
		if at.count < h.max {
			for edge, node := range s.match.graph.neighbours(at.node, h.way) {
				if !s.env.run.step() {
					return false
				}
				to := pathState{at.hop, at.count + 1, node}
				if seen[to.settled(h.min)] || !s.edgeHolds(at.hop, edge) {
					continue
				}
				if next.into[to] == nil {
					next.states = append(next.states, to)
				}
				next.into[to] = append(next.into[to], lastEdge{state, edge})
			}
		}
		if at.count < h.min {
			break
		}
	}
	return true
}

// ended reports whether a path may end in a state.
func (s *shortestPaths) ended(state pathState) bool {
	if state.count < s.hops[state.hop].min {
		return false
	}
	return !slices.ContainsFunc(s.hops[state.hop+1:], func(h patternHop) bool { return h.min > 0 })
}

// collect gives the paths of the last level that end where no shorter one does.
func (s *shortestPaths) collect(levels []pathLevel) bool {
	chain := s.chains[0].nodes
	first, last := chain[0], chain[len(chain)-1]
	depth := len(levels) - 1
	var back *wayBack
	for _, state := range levels[depth].states {
		if !s.ended(state) || s.done[state.node] || last == first && s.match.nodes[first] != state.node {
			continue
		}
		known := s.match.nodes[last]
		s.match.nodes[last] = state.node
		passes := s.meets(s.ends)
		s.match.nodes[last] = known
		if !passes {
			continue
		}
		if back == nil {
			back = &wayBack{shortestPaths: s, path: make([]lastEdge, depth), of: make([]int, depth)}
		}
		back.end = state.node
		if back.walk(levels, state); s.over || s.env.run.err != nil {
			return false
		}
	}
	if back != nil {
		for _, node := range back.reached {
			s.done[node] = true
		}
	}
	return true
}

// wayBack walks from the end of paths of one length back to their start.
type wayBack struct {
	*shortestPaths
	path    []lastEdge // the edges from the start to the end
	of      []int      // which edges of the pattern they are of
	end     int
	reached []int // those that paths have been found to
}

// walk goes each way back from a state of the last level; false ends it.
func (w *wayBack) walk(levels []pathLevel, state pathState) bool {
	depth := len(levels) - 1
	if depth == 0 {
		return w.complete()
	}
	for _, step := range levels[depth].into[state] {
		if !w.env.run.step() {
			return false
		}
		if slices.ContainsFunc(w.path[depth:], func(later lastEdge) bool { return later.edge == step.edge }) {
			continue
		}
		w.path[depth-1], w.of[depth-1] = step, state.hop
		if !w.walk(levels[:depth], step.from) {
			return false
		}
	}
	return true
}

// complete fills in the match from the path and tests it; false where one path is enough.
func (w *wayBack) complete() bool {
	chain := w.chains[0].nodes
	defer w.clear()
	at, node := 0, w.match.nodes[chain[0]]
	for i := range w.hops {
		edges, inner := []int{}, []int(nil)
		for ; at < len(w.path) && w.of[at] == i; at++ {
			if len(edges) > 0 {
				inner = append(inner, node)
			}
			edges = append(edges, w.path[at].edge)
			if node = w.end; at+1 < len(w.path) {
				node = w.path[at+1].from.node
			}
		}
		w.match.edges[i], w.match.inner[i] = edges, inner
		slot := chain[i+1]
		if known := w.match.nodes[slot]; known >= 0 && known != node {
			return true
		}
		w.match.nodes[slot] = node
	}
	if !w.meets(w.later) {
		return true
	}
	w.reached = append(w.reached, w.end)
	w.over = !w.found()
	return w.all && !w.over
}

// clear empties the match but for its start.
func (s *shortestPaths) clear() {
	start := s.chains[0].nodes[0]
	for i := range s.match.nodes {
		if i != start {
			s.match.nodes[i] = -1
		}
	}
	clear(s.match.edges)
	clear(s.match.inner)
}
