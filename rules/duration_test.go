package rules

import (
	"fmt"
	"testing"
	"time"
)

func TestParseDuration(t *testing.T) {
	for _, test := range []struct {
		text, short, iso, dotNet string
	}{
		{"5m", "5m", "PT5M", "00:05:00"},
		{"1h", "1h", "PT1H", "01:00:00"},
		{"24h", "1d", "P1D", "1.00:00:00"},
		{"25h", "25h", "P1DT1H", "1.01:00:00"},
		{"14d", "14d", "P14D", "14.00:00:00"},
		{"90m", "90m", "PT1H30M", "01:30:00"},
		{"0m", "0s", "PT0S", "00:00:00"},
		{"PT5M", "5m", "PT5M", "00:05:00"},
		{"PT1H30M", "90m", "PT1H30M", "01:30:00"},
		{"P1D", "1d", "P1D", "1.00:00:00"},
		{"p1dt12h", "36h", "P1DT12H", "1.12:00:00"},
		{"P2W", "14d", "P14D", "14.00:00:00"},
		{"PT90S", "90s", "PT1M30S", "00:01:30"},
		{"1.00:00:00", "1d", "P1D", "1.00:00:00"},
		{"05:00:00", "5h", "PT5H", "05:00:00"},
		{" 7d ", "7d", "P7D", "7.00:00:00"},
	} {
		d, err := ParseDuration(test.text)
		if err != nil || d.String() != test.short || d.ISO() != test.iso || d.DotNet() != test.dotNet {
			t.Errorf("%q: %s %s %s, %v; want %s %s %s", test.text, d, d.ISO(), d.DotNet(), err, test.short, test.iso, test.dotNet)
		}
		for _, form := range []string{d.String(), d.ISO(), d.DotNet()} {
			if again, err := ParseDuration(form); err != nil || again != d {
				t.Errorf("%q: its form %q reads as %s, %v", test.text, form, again, err)
			}
		}
	}
	for _, text := range []string{
		"", " ", "m", "5", "5x", "-5m", "1.5h", "1h30m", "P", "PT", "P1DT", "P1Y", "P1M", "PT1D", "PT0.5H", "1:00", "25:00:00", "00:60:00", "00:00:60",
		"1.00:00", "1.2.3", "::", "999999999999d", "P999999999999D", "99999999999999999999m", "106752d", "P106751DT48H", "106751.23:59:59", "1d 2h", "5 m", "5м",
	} {
		if d, err := ParseDuration(text); err == nil {
			t.Errorf("%q reads as %s", text, d)
		}
	}
}

func ExampleParseDuration() {
	d, err := ParseDuration("PT36H")
	fmt.Println(d, d.ISO(), d.DotNet(), err)
	// Output: 36h P1DT12H 1.12:00:00 <nil>
}

func TestTriggerFires(t *testing.T) {
	for _, test := range []struct {
		operator string
		fires    [3]bool // for 0, 1 and 2 rows and the threshold 1
	}{
		{"gt", [3]bool{false, false, true}},
		{"LessThan", [3]bool{true, false, false}},
		{"EQ", [3]bool{false, true, false}},
		{"notequal", [3]bool{true, false, true}},
	} {
		operator, err := ParseOperator(test.operator)
		if err != nil {
			t.Fatal(err)
		}
		for rows, want := range test.fires {
			if got := (Trigger{operator, 1}).Fires(rows); got != want {
				t.Errorf("%s 1 fires on %d rows: %v", operator, rows, got)
			}
		}
		if back, err := ParseOperator(operator.Long()); back != operator || err != nil {
			t.Errorf("%s: its long form reads as %s, %v", operator, back, err)
		}
	}
	if _, err := ParseOperator(">"); err == nil {
		t.Error("> is an operator")
	}
	if !(Trigger{}).Fires(1) || (Trigger{}).Fires(0) {
		t.Error("a trigger without operator must fire on any row")
	}
}

func ExampleSchedule_Runs() {
	schedule := Schedule{Frequency: Duration(6 * time.Hour), Period: Duration(day)}
	from := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for at := range schedule.Runs(from, from.Add(7*time.Hour)) {
		window := schedule.Window(at)
		fmt.Println(window.Start.Format(time.RFC3339), window.End.Format(time.RFC3339), window.Contains(window.End))
	}
	// Output:
	// 2026-03-01T00:00:00Z 2026-03-02T00:00:00Z false
	// 2026-03-01T06:00:00Z 2026-03-02T06:00:00Z false
}

func TestScheduleOfEachKind(t *testing.T) {
	for kind, want := range map[Kind]struct {
		frequency, period string
		delay             time.Duration
	}{
		Scheduled: {"1h", "1d", 5 * time.Minute},
		NRT:       {"1m", "1m", 2 * time.Minute},
		Hunting:   {"0s", "0s", 0},
	} {
		rule := &Rule{Kind: kind, Frequency: Duration(time.Hour), Period: Duration(day)}
		schedule := rule.Schedule()
		if schedule.Frequency.String() != want.frequency || schedule.Period.String() != want.period || rule.Delay() != want.delay {
			t.Errorf("%s: every %s, the last %s, after %s", kind, schedule.Frequency, schedule.Period, rule.Delay())
		}
	}
	for range (Schedule{}).Runs(time.Time{}, time.Now()) {
		t.Fatal("a rule without frequency runs")
	}
}
