package timeline

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/rules"
)

// Sizes of the drawing, in its own units.
const (
	chartWidth  = 1240.0
	gutter      = 330.0 // where the names of rules stand
	rightMargin = 24.0
	axisHeight  = 44.0
	rowHeight   = 40.0
	labelLength = 42   // characters of a rule's name
	maxTicks    = 12   // of the axis
	maxRunMarks = 150  // runs of a rule that are drawn one by one
	dotWidth    = 20.0 // alerts nearer than this share a dot
)

// chart is the drawing: a row for each rule that has something to show.
type chart struct {
	Width, Height, Plot, Right, Bottom float64
	Ticks                              []tick
	Activity                           []activityRow
	Rows                               []chartRow
}

type tick struct {
	X     float64
	Label string
	Date  string
	Day   bool // it is midnight
}

// activityRow shows when a table has events.
type activityRow struct {
	Y, Middle    float64
	Label, Title string
	Bars         string // the outline of the bars
}

type chartRow struct {
	Y, Middle, Bars  float64
	Label, Full      string
	Runs             []mark // drawn one by one, or as one band where they are many
	Suppressed       []span
	Alerts           []dot
	Incidents        []span
	Alternate, Error bool
}

type mark struct{ X float64 }

type span struct {
	X, Width float64
	Title    string
}

type dot struct {
	X, Radius             float64
	Severity, Title, Link string
	Count                 string
	severity              int
	last                  time.Time
	n                     int
}

// scale places instants.
type scale struct {
	from, to time.Time
}

func (s scale) x(t time.Time) float64 {
	share := float64(t.Sub(s.from)) / float64(s.to.Sub(s.from))
	return gutter + min(max(share, 0), 1)*(chartWidth-gutter-rightMargin)
}

// draw makes the drawing.
func draw(s *rules.Simulation) *chart {
	end := s.To.Add(max(rules.ScheduledDelay, rules.NRTDelay))
	if least := s.From.Add(time.Hour); end.Before(least) {
		end = least
	}
	sc := scale{s.From, end}
	c := &chart{Width: chartWidth, Plot: gutter, Right: chartWidth - rightMargin, Ticks: ticks(sc)}
	top := axisHeight
	for _, a := range s.Activity {
		if row, any := activity(sc, a, s.To, top); any {
			c.Activity = append(c.Activity, row)
			top += rowHeight
		}
	}
	for i := range s.Rules {
		r := &s.Rules[i]
		if r.Alerts() == 0 && r.Suppressed() == 0 && (r.Err == nil || len(r.Runs) == 0) {
			continue
		}
		row := chartRow{Y: top + float64(len(c.Rows))*rowHeight, Full: nameOf(r.Rule), Label: short(nameOf(r.Rule)), Alternate: len(c.Rows)%2 == 1, Error: r.Err != nil}
		row.Middle, row.Bars = row.Y+rowHeight/2-3, row.Y+rowHeight-11
		row.Runs, row.Suppressed = runMarks(sc, r)
		row.Alerts = dots(sc, s.Alerts, r.Rule)
		row.Incidents = bars(sc, s.Incidents, r.Rule)
		c.Rows = append(c.Rows, row)
	}
	c.Bottom = top + float64(len(c.Rows))*rowHeight
	c.Height = c.Bottom + 8
	return c
}

// activity draws the events of a table as bars from the bottom of a row; the tallest is as high as the row.
func activity(sc scale, a rules.TableActivity, to time.Time, y float64) (row activityRow, any bool) {
	most, events := 0, 0
	for _, n := range a.Counts {
		most, events = max(most, n), events+n
	}
	if events == 0 {
		return row, false
	}
	const room = rowHeight - 8
	width := (sc.x(to) - gutter) / rules.ActivityParts
	var path strings.Builder
	for i, n := range a.Counts {
		if n > 0 {
			height := max(float64(n)/float64(most)*room, 1)
			fmt.Fprintf(&path, "M%.1f %.1fv-%.1fh%.1fv%.1fz", gutter+float64(i)*width, y+rowHeight-2, height, width, height)
		}
	}
	return activityRow{y, y + rowHeight/2, short(a.Table), fmt.Sprintf("%d events in %s", events, a.Table), path.String()}, true
}

// short cuts a name to what fits into the gutter.
func short(name string) string {
	if utf8.RuneCountInString(name) <= labelLength {
		return name
	}
	return strings.TrimSpace(string([]rune(name)[:labelLength-1])) + "…"
}

var steps = []time.Duration{
	time.Minute, 5 * time.Minute, 15 * time.Minute, 30 * time.Minute, time.Hour, 2 * time.Hour, 3 * time.Hour, 6 * time.Hour, 12 * time.Hour,
	24 * time.Hour, 48 * time.Hour, 7 * 24 * time.Hour, 14 * 24 * time.Hour, 30 * 24 * time.Hour, 90 * 24 * time.Hour, 365 * 24 * time.Hour,
}

// ticks are the times along the axis.
func ticks(sc scale) []tick {
	step := steps[len(steps)-1]
	for _, s := range steps {
		if sc.to.Sub(sc.from)/s < maxTicks {
			step = s
			break
		}
	}
	var all []tick
	at := sc.from.Truncate(step)
	if at.Before(sc.from) {
		at = at.Add(step)
	}
	for ; !at.After(sc.to); at = at.Add(step) {
		midnight := at.Equal(at.Truncate(24 * time.Hour))
		t := tick{X: sc.x(at), Label: at.Format("15:04"), Day: midnight}
		if midnight || len(all) == 0 {
			t.Date = at.Format("2 Jan")
		}
		if step >= 24*time.Hour {
			t.Label, t.Date = at.Format("2 Jan"), ""
		}
		all = append(all, t)
	}
	return all
}

// runMarks shows when a rule ran, and the spans in which it was suppressed.
func runMarks(sc scale, r *rules.RuleSimulation) (runs []mark, suppressed []span) {
	frequency := time.Duration(r.Rule.Schedule().Frequency)
	var since time.Time
	count := 0
	flush := func(until time.Time) {
		if count > 0 {
			suppressed = append(suppressed, span{sc.x(since), sc.x(until) - sc.x(since), fmt.Sprintf("suppressed: %d runs from %s on", count, stamp(since))})
		}
		count = 0
	}
	every := 1 + len(r.Runs)/maxRunMarks
	for i, run := range r.Runs {
		if run.Suppressed {
			if count++; count == 1 {
				since = run.At
			}
			continue
		}
		flush(run.At)
		if i%every == 0 {
			runs = append(runs, mark{sc.x(run.At)})
		}
	}
	if len(r.Runs) > 0 {
		flush(r.Runs[len(r.Runs)-1].At.Add(frequency))
	}
	return runs, suppressed
}

var severities = []string{"Informational", "Low", "Medium", "High"}

// dots shows the alerts of a rule; those that would cover each other share a dot, of the highest severity.
func dots(sc scale, alerts []rules.Alert, rule *rules.Rule) []dot {
	var all []dot
	for _, a := range alerts {
		if a.Rule != rule {
			continue
		}
		x, severity := sc.x(a.TimeGenerated), 0
		for i, name := range severities {
			if name == a.Severity {
				severity = i
			}
		}
		if n := len(all); n == 0 || x-all[n-1].X >= dotWidth {
			all = append(all, dot{X: x, Link: a.ID, Title: stamp(a.TimeGenerated) + "  " + a.Severity + "  " + a.Name})
		}
		d := &all[len(all)-1]
		d.n++
		d.severity, d.last = max(d.severity, severity), a.TimeGenerated
	}
	for i := range all {
		d := &all[i]
		d.Severity, d.Radius = severities[d.severity], 5
		if d.n > 1 {
			d.Count = fmt.Sprint(d.n)
			d.Radius = 5.5 + 2*float64(len(d.Count))
			d.Title += fmt.Sprintf("\nand %d more until %s", d.n-1, stamp(d.last))
		}
	}
	return all
}

// bars shows the incidents of a rule, from their creation to their closing or else their last alert.
func bars(sc scale, incidents []*rules.Incident, rule *rules.Rule) []span {
	var all []span
	for _, i := range incidents {
		if i.Rule != rule {
			continue
		}
		x := sc.x(i.Created)
		title := fmt.Sprintf("incident %d, %s: %s\n%d alerts from %s to %s", i.Number, i.Status, i.Title, len(i.Alerts), stamp(i.Created), stamp(i.Modified))
		all = append(all, span{x, max(sc.x(i.Modified)-x, 3), title})
	}
	return all
}
