package timeline

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules"
)

var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

// simulate runs rules for six hours over an event every ten minutes, which has a name to be escaped.
func simulate(t testing.TB, texts ...string) *rules.Simulation {
	t.Helper()
	var records [][]byte
	for i := range 36 {
		records = append(records, fmt.Appendf(nil, `{"TimeGenerated":%q,"Name":"<u>%d</u>"}`, noon.Add(time.Duration(i)*10*time.Minute).Format(time.RFC3339), i))
	}
	w := rules.NewWorkspace()
	w.AddTable(eval.RecordTable("T_CL", []eval.Column{{Name: "TimeGenerated", Type: scalar.DateTime}, {Name: "Name", Type: scalar.String}}, records...))
	var all []*rules.Rule
	for i, text := range texts {
		rule, err := rules.Parse(fmt.Sprintf("%d.yaml", i), []byte(text))
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, rule)
	}
	s, err := rules.Simulate(t.Context(), w, all, noon, noon.Add(6*time.Hour), rules.SimulateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

const (
	hourly     = "id: a\nname: Hourly & <i>more</i>\nseverity: High\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: T_CL | where Name has '1'\nalertDetailsOverride: {alertDisplayNameFormat: '{{Name}}'}\n"
	suppressed = "id: b\nname: Suppressed\nseverity: Low\nqueryFrequency: 1h\nqueryPeriod: 1h\nquery: T_CL\nsuppressionEnabled: true\nsuppressionDuration: 3h\n"
	frequent   = "id: c\nname: Frequent\nseverity: Medium\nqueryFrequency: 5m\nqueryPeriod: 5m\nquery: T_CL\neventGroupingSettings: {aggregationKind: AlertPerResult}\n"
	silent     = "id: d\nname: Silent\nseverity: Medium\nqueryFrequency: 5m\nqueryPeriod: 5m\nquery: T_CL | where Name == ''\n"
)

func TestThePageStandsOnItsOwn(t *testing.T) {
	s := simulate(t, hourly, suppressed, frequent, silent)
	var text bytes.Buffer
	if err := Write(&text, s); err != nil {
		t.Fatal(err)
	}
	html := text.String()
	for _, unwanted := range []string{"<script", "<link", "@import", "url(http", "<img", "<i>more", "<u>1", "ZgotmplZ"} {
		if strings.Contains(html, unwanted) {
			t.Errorf("the page holds %s", unwanted)
		}
	}
	for _, wanted := range []string{"prefers-color-scheme: dark", "Hourly &amp; &lt;i&gt;more", "&lt;u&gt;1", "suppressed: ", "1 more rules ran", "Sun 1 Mar", "events in T_CL"} {
		if !strings.Contains(html, wanted) {
			t.Errorf("the page lacks %s", wanted)
		}
	}
	ids := map[string]bool{}
	for _, match := range regexp.MustCompile(`\bid="([^"]+)"`).FindAllStringSubmatch(html, -1) {
		if ids[match[1]] {
			t.Errorf("the id %s stands twice", match[1])
		}
		ids[match[1]] = true
	}
	links := regexp.MustCompile(`(?:href|src)="([^"]*)"`).FindAllStringSubmatch(html, -1)
	for _, match := range links {
		if target, inside := strings.CutPrefix(match[1], "#"); !inside || !ids[target] {
			t.Errorf("the link %s leads nowhere in the page", match[1])
		}
	}
	if len(links) == 0 {
		t.Error("no alert is linked")
	}
	for _, tag := range []string{"g", "svg", "table", "tr", "td", "section", "a", "circle", "text"} {
		opened := len(regexp.MustCompile(`<`+tag+`[ >]`).FindAllString(html, -1))
		closed := strings.Count(html, "</"+tag+">") + len(regexp.MustCompile(`<`+tag+`[^>]*/>`).FindAllString(html, -1))
		if opened != closed {
			t.Errorf("%d %s are opened, %d closed", opened, tag, closed)
		}
	}
}

// Each alert of a rule is in a dot of its row, and dots do not cover each other.
func TestEveryAlertHasItsDot(t *testing.T) {
	s := simulate(t, hourly, suppressed, frequent, silent)
	c := draw(s)
	if len(c.Rows) != 3 || len(c.Activity) != 1 {
		t.Fatalf("%d rows, %d of tables", len(c.Rows), len(c.Activity))
	}
	for i, row := range c.Rows {
		alerts := 0
		for j, d := range row.Alerts {
			alerts += d.n
			if d.X < gutter || d.X > chartWidth || j > 0 && d.X-row.Alerts[j-1].X < dotWidth {
				t.Errorf("%s: a dot at %v", row.Full, d.X)
			}
		}
		if alerts == 0 || alerts != s.Rules[i].Alerts() {
			t.Errorf("%s: %d alerts in dots, want %d", row.Full, alerts, s.Rules[i].Alerts())
		}
	}
	if got := c.Rows[1].Suppressed; len(got) != 2 {
		t.Errorf("suppressed: %v", got)
	}
	if len(c.Ticks) < 4 || len(c.Ticks) > maxTicks {
		t.Errorf("%d ticks", len(c.Ticks))
	}
}

type fullDisk struct{}

var errFull = errors.New("no space")

func (fullDisk) Write([]byte) (int, error) { return 0, errFull }

func TestWriteReportsErrors(t *testing.T) {
	if err := Write(fullDisk{}, simulate(t, hourly)); !errors.Is(err, errFull) {
		t.Errorf("%v", err)
	}
}

func TestAnEmptySimulation(t *testing.T) {
	s, err := rules.Simulate(t.Context(), rules.NewWorkspace(), nil, noon, noon, rules.SimulateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	var text bytes.Buffer
	if err := Write(&text, s); err != nil || !strings.Contains(text.String(), "No rule raised an alert.") {
		t.Errorf("%v", err)
	}
}

func ExampleWrite() {
	rule, events, at := rules.Quickstart()
	workspace := rules.NewWorkspace()
	if err := workspace.AddSource(context.Background(), "AWSCloudTrail", events); err != nil {
		fmt.Println(err)
		return
	}
	s, err := rules.Simulate(context.Background(), workspace, []*rules.Rule{rule}, at.AddDate(0, 0, -1), at, rules.SimulateOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	var page bytes.Buffer
	if err := Write(&page, s); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(strings.Contains(page.String(), "AWS overly permissive KMS key policy change by alice"))
	// Output: true
}
