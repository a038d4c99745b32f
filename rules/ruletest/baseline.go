package ruletest

import (
	"os"
	"path/filepath"

	"go.yaml.in/yaml/v4"

	"github.com/seed-2512943d/picket/rules"
)

// Baseline lists mutants that are known to survive, each with the reason why that is right:
//
//	accepted:
//	  - rule: AWS_OverlyPermissiveKMS.yaml
//	    mutant: TRIG AlertPerResult
//	    reason: the tests are about single events
type Baseline struct {
	path     string
	accepted []accepted
}

type accepted struct{ rule, mutant, reason string }

// ReadBaseline reads a baseline from a YAML file. An entry without a reason is a fault.
func ReadBaseline(path string) (*Baseline, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	b := &Baseline{path: path}
	d := &decoder{faults{path: path}}
	root := d.parseYAML(text)
	if root == nil {
		return nil, d.err()
	}
	d.mapping(root, "a baseline", setters{"accepted": func(n *yaml.Node) {
		d.list(n, "accepted", func(item *yaml.Node) {
			var a accepted
			d.mapping(item, "an accepted mutant", setters{
				"rule":   func(n *yaml.Node) { a.rule = d.text(n, "rule") },
				"mutant": func(n *yaml.Node) { a.mutant = d.text(n, "mutant") },
				"reason": func(n *yaml.Node) { a.reason = d.text(n, "reason") },
			})
			if a.rule == "" || a.mutant == "" || a.reason == "" {
				d.add(item, "", "an accepted mutant needs rule, mutant and reason")
			}
			b.accepted = append(b.accepted, a)
		})
	}})
	return b, d.err()
}

// reason is why a mutant may survive, if the baseline has it.
func (b *Baseline) reason(rule *rules.Rule, m Mutant) (string, bool) {
	if b == nil {
		return "", false
	}
	for _, a := range b.accepted {
		if a.mutant == m.ID() && (a.rule == filepath.Base(rule.Path) || a.rule == rule.ID || a.rule == rule.Path) {
			return a.reason, true
		}
	}
	return "", false
}

// Stale lists the entries that name no mutant which survives, so that they can go.
func (b *Baseline) Stale(all []*Mutation) []string {
	if b == nil {
		return nil
	}
	var stale []string
	for _, a := range b.accepted {
		used := false
		for _, m := range all {
			for _, r := range m.Mutants {
				used = used || r.Fate == Accepted && r.ID() == a.mutant
			}
		}
		if !used {
			stale = append(stale, a.rule+": "+a.mutant)
		}
	}
	return stale
}
