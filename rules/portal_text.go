package rules

import (
	"strings"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
)

// Texts that the portal fills in before it runs a hunting query: the ends of the time range that is chosen there.
const (
	startTimeText = "{{StartTimeISO}}"
	endTimeText   = "{{EndTimeISO}}"
)

// epoch is the start of a range that nothing bounds.
var epoch = time.Unix(0, 0).UTC()

// asksForRange says whether a hunting query has the portal fill in the time range. Such a query bounds its tables itself: mostly it compares
// the range with the time before.
func (r *Rule) asksForRange(query *kql.Query) (asks bool) {
	if r.Kind != Hunting || !strings.Contains(r.Query, "{{") {
		return false
	}
	kql.Inspect(query, func(n kql.Node) bool {
		l, ok := n.(*kql.Literal)
		asks = asks || ok && l.Kind == kql.String && (l.Value == startTimeText || l.Value == endTimeText)
		return !asks
	})
	return asks
}

// withRange fills in the time range of a run: its window, or else all time before the instant.
func withRange(program *eval.Program, v visibility, at time.Time) (*eval.Program, error) {
	start, end := v.window.Start, v.end
	if v.unbounded() {
		start, end = epoch, at
	}
	return program.With(eval.WithTexts(map[string]string{startTimeText: start.UTC().Format(time.RFC3339Nano), endTimeText: end.UTC().Format(time.RFC3339Nano)}))
}
