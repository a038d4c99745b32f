package describe

import (
	"cmp"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"

	"github.com/seed-2512943d/picket/rules"
)

// Relation is a rule that detects the same action, such as the call of the same API.
type Relation struct {
	Path    string   `json:"path"`
	ID      string   `json:"id"`
	Name    string   `json:"name"`
	Actions []string `json:"actions"` // what both look for, in small letters

	rule *rules.Rule
}

// Corpus is a collection of rules with an index of what they look for. It is read-only and safe for concurrent use.
type Corpus struct {
	workspace *rules.Workspace
	members   []*member
	tests     map[occurrenceKey][]occurrence
	actions   map[action][]*member
}

// member is a rule of a corpus with its analysis.
type member struct {
	identity
	rule  *rules.Rule
	query *Query
	err   error
}

// occurrenceKey finds the indicators that look for a value, whatever its case; the value of null checks is empty.
type occurrenceKey struct {
	test
	value string
}

type occurrence struct {
	member *member
	value  Value
}

// NewCorpus analyses rules; the workspace says which tables and functions there are. Rules may be none: pages then count nothing.
func NewCorpus(w *rules.Workspace, list ...*rules.Rule) *Corpus {
	c := &Corpus{workspace: w, members: make([]*member, len(list)), tests: map[occurrenceKey][]occurrence{}, actions: map[action][]*member{}}
	inParallel(len(list), func(i int) { c.members[i] = c.analyse(list[i]) })
	for _, m := range c.members {
		for _, i := range m.query.Indicators {
			for _, v := range i.lookedFor() {
				key := occurrenceKey{i.test(), strings.ToLower(v.Text)}
				c.tests[key] = append(c.tests[key], occurrence{m, v})
			}
		}
		for _, a := range m.query.actions {
			c.actions[a] = append(c.actions[a], m)
		}
	}
	return c
}

// inParallel calls f with the numbers from 0 to n-1, as many at a time as there are processors.
func inParallel(n int, f func(int)) {
	var wait sync.WaitGroup
	next := make(chan int)
	for range min(runtime.GOMAXPROCS(0), n) {
		wait.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	wait.Wait()
}

// analyse reads a rule. A panic while doing so is a fault of the rule's page, not the end of the others.
func (c *Corpus) analyse(rule *rules.Rule) *member {
	m := &member{identity: identify(rule), rule: rule, query: newQuery()}
	m.err = rules.Guard(func() (err error) {
		m.query, err = Analyze(rule, c.workspace)
		return err
	})
	return m
}

// Page describes a rule, which need not be one of the corpus. Of the corpus it counts the rules other than this one: those of another file
// and another id.
func (c *Corpus) Page(rule *rules.Rule) *Page {
	if i := slices.IndexFunc(c.members, func(m *member) bool { return m.rule == rule }); i >= 0 {
		return c.page(c.members[i])
	}
	return c.page(c.analyse(rule))
}

// Pages describes all rules of the corpus, in their order.
func (c *Corpus) Pages() []*Page {
	pages := make([]*Page, len(c.members))
	inParallel(len(pages), func(i int) { pages[i] = c.page(c.members[i]) })
	return pages
}

func (c *Corpus) page(m *member) *Page {
	query := *m.query
	p := newPage(m.rule, &query, m.err, c.workspace)
	for _, other := range c.members {
		if !m.same(other.identity) {
			p.Corpus++
		}
	}
	p.Related = c.related(m.identity, query.actions, p.Corpus)
	indicators := make([]Indicator, len(query.Indicators))
	for i, indicator := range query.Indicators {
		indicators[i] = c.counted(m.identity, indicator)
	}
	p.Indicators = indicators
	return p
}

// identity tells rules apart: those of one file, or of one id, are the same.
type identity struct{ path, id string }

func identify(rule *rules.Rule) identity {
	path, err := filepath.Abs(rule.Path)
	if err != nil {
		path = rule.Path
	}
	return identity{path, strings.ToLower(rule.ID)}
}

func (a identity) same(b identity) bool { return a.path == b.path || a.id != "" && a.id == b.id }

// counted is an indicator with the rules of the corpus that look for the same.
func (c *Corpus) counted(self identity, i Indicator) Indicator {
	i.Values = slices.Clone(i.Values)
	for n := range i.Values {
		i.Values[n].sharing = c.sharing(self, i.test(), i.Values[n])
		i.Values[n].Others = len(i.Values[n].sharing)
	}
	if len(i.Values) == 0 {
		i.sharing = c.sharing(self, i.test(), Value{})
		i.Others = len(i.sharing)
	}
	return i
}

// sharing lists the rules that make a test with a value. Where one of the two tells the cases of letters apart and the other does not, they look
// for the same if only the case differs.
func (c *Corpus) sharing(self identity, t test, v Value) []*rules.Rule {
	var list []*rules.Rule
	for _, o := range c.tests[occurrenceKey{t, strings.ToLower(v.Text)}] {
		differs := o.value.Reference != v.Reference || o.value.Cased() && v.Cased() && o.value.Text != v.Text
		if !differs && !v.Reference && !self.same(o.member.identity) && !slices.Contains(list, o.member.rule) {
			list = append(list, o.member.rule)
		}
	}
	return list
}

// related lists the rules that share an action, those that share most first. What more than one in twenty of the rules look for says nothing.
func (c *Corpus) related(self identity, actions []action, others int) []Relation {
	shared := map[*member]*Relation{}
	for _, a := range actions {
		if holders := c.actions[a]; len(holders) > max(others/20, commonLeast) {
			continue
		}
		for _, m := range c.actions[a] {
			if self.same(m.identity) {
				continue
			}
			if shared[m] == nil {
				shared[m] = &Relation{Path: m.rule.Path, ID: m.rule.ID, Name: m.rule.Name, rule: m.rule}
			}
			if !slices.Contains(shared[m].Actions, a.value) {
				shared[m].Actions = append(shared[m].Actions, a.value)
			}
		}
	}
	list := make([]Relation, 0, len(shared))
	for m := range maps.Values(shared) {
		slices.Sort(m.Actions)
		list = append(list, *m)
	}
	slices.SortFunc(list, func(a, b Relation) int {
		return cmp.Or(len(b.Actions)-len(a.Actions), strings.Compare(a.Name, b.Name), strings.Compare(a.Path, b.Path))
	})
	return list
}

// commonLeast is the number of rules up to which an action is never too common to tell anything, however few rules there are.
const commonLeast = 20
