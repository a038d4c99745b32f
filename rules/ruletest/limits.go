package ruletest

import (
	"time"

	"go.yaml.in/yaml/v4"
)

// Limits of what a few words of a test file may ask for, so that no file makes the command run for hours or out of memory.
const (
	maxNodes = 1_000_000 // values of a file, with what aliases stand for
	maxRows  = 1_000_000 // rows of one source
	maxRuns  = 100_000   // runs of one test
)

// expansion counts the values of a YAML text with what its aliases stand for.
type expansion struct {
	sizes map[*yaml.Node]int // 0 while a value is being counted
	loop  *yaml.Node         // an alias that stands for a value around it
}

func (e *expansion) size(n *yaml.Node) int {
	if size, known := e.sizes[n]; known {
		return size
	}
	e.sizes[n] = 0
	size := 1
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		if inner, known := e.sizes[n.Alias]; known && inner == 0 {
			e.loop = n
		}
		size += e.size(n.Alias)
	}
	for _, child := range n.Content {
		size = min(size+e.size(child), maxNodes+1)
	}
	e.sizes[n] = size
	return size
}

// expandable says whether aliases stand for a finite and reasonable number of values, and notes it where they do not.
func (d *decoder) expandable(root *yaml.Node) bool {
	e := &expansion{sizes: map[*yaml.Node]int{}}
	size := e.size(root)
	switch {
	case e.loop != nil:
		d.add(e.loop, "", "the alias *%s stands for a value that it is part of", e.loop.Value)
	case size > maxNodes:
		d.add(root, "", "with what its aliases stand for the file has more than %d values", maxNodes)
	default:
		return true
	}
	return false
}

// checkFixtures refuses fixtures that are made of themselves.
func (f *file) checkFixtures(d *faults) {
	done := map[string]bool{} // false while a fixture is being looked at
	var visit func(name string)
	visit = func(name string) {
		fixture := f.fixtures[name]
		if fixture == nil {
			return // it is told where it is used
		}
		done[name] = false
		for _, s := range fixture.sources {
			for _, part := range []located{s.fixture, s.ref} {
				if part.node == nil {
					continue
				}
				finished, seen := done[part.text]
				switch {
				case seen && !finished:
					d.all = append(d.all, place{fixture.dir, part.node.Line, part.node.Column}.fault("", "the fixture %s is made of itself", part.text))
				case !seen:
					visit(part.text)
				}
			}
		}
		done[name] = true
	}
	for _, name := range keysOf(f.fixtures) {
		if _, seen := done[name]; !seen {
			visit(name)
		}
	}
}

// checkRuns refuses clocks that tick for too long.
func (s *Suite) checkRuns(d *faults) {
	for _, t := range s.Tests {
		if t.clock == nil {
			continue
		}
		for _, rule := range s.Rules {
			every := time.Duration(rule.Schedule().Frequency)
			if n := t.clock.end.Sub(t.clock.start); every > 0 && n/every > maxRuns {
				d.add(t.clock.node, "", "in this time the rule runs %d times, more than %d", n/every, maxRuns)
			}
		}
	}
}
