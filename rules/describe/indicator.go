package describe

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// Indicator is a field with what the query compares it with: a row of the page's table.
type Indicator struct {
	Field string `json:"field"`
	// Kind is eq, in, match (a term), match_all, contains, starts_with, ends_with, term_prefix, term_suffix, regex, wildcard, is_null, gt, ge,
	// lt, le, range, ip_private, ip_range, ip_prefix; or one of the comparisons with _field behind it, where the value is another field.
	Kind    string  `json:"kind"`
	Negated bool    `json:"negated,omitempty"`
	Values  []Value `json:"values,omitempty"` // none for the tests of a field alone
	Others  int     `json:"others,omitempty"` // rules of the corpus besides this one that make the same test; of indicators without values

	sharing []*rules.Rule
}

// Value is a constant that a field is compared with.
type Value struct {
	Text       string   `json:"text"`
	Transforms []string `json:"transforms,omitempty"` // cased, lower, upper, trim
	Reference  bool     `json:"reference,omitempty"`  // Text names what only a run can tell
	Others     int      `json:"others,omitempty"`     // rules of the corpus besides this one that look for the same

	sharing []*rules.Rule
}

// Label is the kind as the page shows it: with a not before it where the indicator is negated.
func (i Indicator) Label() string {
	if i.Negated {
		return "not " + i.Kind
	}
	return i.Kind
}

// String shows a value on one line: a reference as ref:NAME, an empty text as quotes, line ends as escapes.
func (v Value) String() string {
	text := lineEnds.Replace(v.Text)
	switch {
	case v.Reference:
		return "ref:" + text
	case text == "":
		return `""`
	}
	return text
}

var lineEnds = strings.NewReplacer("\n", `\n`, "\r", `\r`)

// Cased says whether the value tells the cases of letters apart.
func (v Value) Cased() bool { return slices.Contains(v.Transforms, "cased") }

func (v Value) equal(w Value) bool {
	return v.Text == w.Text && v.Reference == w.Reference && slices.Equal(v.Transforms, w.Transforms)
}

// lookedFor is the values, or an empty one for a test of the field alone.
func (i Indicator) lookedFor() []Value {
	if len(i.Values) == 0 {
		return []Value{{}}
	}
	return i.Values
}

// test is what makes indicators one row.
type test struct {
	field, kind string
	negated     bool
}

func (i Indicator) test() test { return test{i.Field, i.Kind, i.Negated} }

// indicatorSet is indicators, one for each test.
type indicatorSet struct{ byTest map[test]*Indicator }

// add merges an indicator into the set.
func (s *indicatorSet) add(i Indicator) {
	if s.byTest == nil {
		s.byTest = map[test]*Indicator{}
	}
	row := s.byTest[i.test()]
	if row == nil {
		row = &Indicator{Field: i.Field, Kind: i.Kind, Negated: i.Negated}
		s.byTest[i.test()] = row
	}
	for _, v := range i.Values {
		if !slices.ContainsFunc(row.Values, v.equal) {
			row.Values = append(row.Values, v)
		}
	}
}

// rows gives the indicators ordered by field, kind and negation, with their values in the order of their text.
func (s *indicatorSet) rows() []Indicator {
	rows := make([]Indicator, 0, len(s.byTest))
	for _, row := range s.byTest {
		slices.SortFunc(row.Values, func(a, b Value) int {
			return cmp.Or(strings.Compare(a.Text, b.Text), slices.Compare(a.Transforms, b.Transforms))
		})
		rows = append(rows, *row)
	}
	slices.SortFunc(rows, func(a, b Indicator) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Field), strings.ToLower(b.Field)), strings.Compare(a.Field, b.Field),
			strings.Compare(a.Kind, b.Kind), compareBool(a.Negated, b.Negated))
	})
	return rows
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}
