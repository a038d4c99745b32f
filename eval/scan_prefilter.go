package eval

import (
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// Prefilter says when the bytes of a record are searched for a text that a filter needs before the record is read. It decides
// nothing about the result, only how fast it comes: see [WithPrefilter].
type Prefilter int

const (
	// PrefilterAuto searches where the first records of a table show that it pays: the filters read far into the records, and
	// few of these hold the text.
	PrefilterAuto Prefilter = iota
	PrefilterNever
	// PrefilterAlways searches wherever a filter needs a text.
	PrefilterAlways
)

// WithPrefilter says when records are searched for a text before they are read: by default where it pays. Records are checked where
// they come from, so that a bad one is reported all the same.
func WithPrefilter(p Prefilter) Option { return func(o *options) { o.prefilter = p } }

// rawText is a text that the JSON text of a value holds wherever the value holds some other text, unless the JSON hides it behind
// escapes. It is a run of ASCII characters that JSON writes in no second way but \u00XX.
type rawText struct {
	run    string
	fold   bool   // in any case
	escape string // how an escape begins that may stand for a character of it
}

// rawTextOf gives the longest such run of a text; ok is false where it has none that parts records well.
func rawTextOf(text string, fold bool) (raw rawText, ok bool) {
	start := 0
	for i := range len(text) + 1 {
		if i < len(text) && text[i] >= ' ' && text[i] < 0x7f && text[i] != '"' && text[i] != '\\' && text[i] != '/' {
			continue
		}
		if i-start > len(raw.run) {
			raw.run = text[start:i]
		}
		start = i + 1
	}
	raw.fold, raw.escape = fold, `\u00`
	if fold && strings.ContainsAny(raw.run, "kKsS") {
		raw.escape = `\u` // the Kelvin sign and the long s are forms of k and s
	}
	return raw, len(raw.run) >= 3
}

// mayBeIn reports whether JSON text may hold the text.
func (t rawText) mayBeIn(json string) bool {
	if t.fold && scalar.ContainsFold(json, t.run) || !t.fold && strings.Contains(json, t.run) {
		return true
	}
	return strings.Contains(json, t.escape)
}

// maxNeeds bounds how many texts a record is searched for: each costs a pass over it, and with more the search never pays.
const maxNeeds = 2

// needing notes on x that it is true only where a text column of the record holds one of some texts.
func (x *expr) needing(column *expr, fold bool, texts ...string) *expr {
	if column.field == 0 || column.typ != scalar.String || x.konst != nil || len(texts) > maxNeeds {
		return x
	}
	needs := make([]rawText, len(texts))
	for i, text := range texts {
		raw, ok := rawTextOf(text, fold)
		if !ok {
			return x
		}
		needs[i] = raw
	}
	x.needs = needs
	return x
}

// needingEither notes on x what l or r needs, one of which must be true for x to be.
func (x *expr) needingEither(l, r *expr) *expr {
	if len(l.needs) > 0 && len(r.needs) > 0 && len(l.needs)+len(r.needs) <= maxNeeds {
		x.needs = slices.Concat(l.needs, r.needs)
	}
	return x
}

// fieldTest is a test of a text column against a fixed text. Where the column is written with escapes, it is searched as it is
// written first: to undo the escapes costs more than the search.
func fieldTest(match func(s, needle string) bool, want bool, column *expr, text string, raw rawText) func(*frame) (bool, bool) {
	i := column.field - 1
	return func(f *frame) (bool, bool) {
		json := f.rec.raw(i)
		if strings.IndexByte(json, '\\') >= 0 && !raw.mayBeIn(json) {
			return !want, true
		}
		return match(textOf(json), text) == want, true
	}
}

// needs gives texts one of which every record holds that passes the filters: those that part records best. It gives none that
// is part of a column's name, which all records hold.
func (s *tableScan) needs() (best []rawText) {
	shortest := func(needs []rawText) int {
		return len(slices.MinFunc(needs, func(a, b rawText) int { return len(a.run) - len(b.run) }).run)
	}
	for _, x := range s.tests {
		if len(x.needs) == 0 || slices.ContainsFunc(x.needs, s.inColumnName) {
			continue
		}
		if best == nil || len(x.needs) < len(best) || len(x.needs) == len(best) && shortest(x.needs) > shortest(best) {
			best = x.needs
		}
	}
	return best
}

func (s *tableScan) inColumnName(t rawText) bool {
	return slices.ContainsFunc(s.seg.record.keys, func(key string) bool { return scalar.ContainsFold(key, t.run) })
}

// A search pays where the filters read far into records, and few of these hold the text. So many records show the one and
// then the other.
const trialRows = 64

// prefiltered is the test passes behind a search of the record's bytes, where one pays.
func (s *tableScan) prefiltered(when Prefilter, passes func(*frame) bool) func(*frame) bool {
	needs := s.needs()
	if len(needs) == 0 || when == PrefilterNever {
		return passes
	}
	may := func(json string) bool {
		for _, t := range needs {
			if t.mayBeIn(json) {
				return true
			}
		}
		return false
	}
	if when == PrefilterAlways {
		return func(f *frame) bool { return may(f.rec.text) && passes(f) }
	}
	rows, read, whole, without := 0, 0, 0, 0
	var test func(*frame) bool
	search := func(f *frame) bool { return may(f.rec.text) && passes(f) }
	trial := func(f *frame) bool {
		if !may(f.rec.text) {
			without++
		}
		if rows++; rows == trialRows {
			test = passes
			if 4*without > 3*trialRows {
				test = search
			}
		}
		return passes(f)
	}
	test = func(f *frame) bool {
		passed := passes(f)
		read, whole = read+f.rec.pos, whole+len(f.rec.text)
		if rows++; rows == trialRows {
			rows, test = 0, passes
			if 2*read > whole {
				test = trial
			}
		}
		return passed
	}
	return func(f *frame) bool { return test(f) }
}
