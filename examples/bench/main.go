// Bench answers queries over generated CloudTrail records, by Picket and by programs that
// are written by hand with gjson, in turn, and prints the CPU time of each and their ratio, with one worker, and
// how many times as fast several workers are. Then it runs many rules in one pass, against one of them, and other tools that are installed.
//
//	go run ./examples/bench -n 200000
//	go run ./examples/bench -rules rules/Detections/AWSCloudTrail -peers
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"runtime"
	"slices"
	"syscall"
	"text/tabwriter"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

func main() {
	n := flag.Int("n", 200_000, "`records` to generate")
	rounds := flag.Int("rounds", 9, "`pairs` of runs for each query")
	seed := flag.Uint64("seed", 1, "seed of the generator")
	dir := flag.String("rules", "", "a `directory` of rules: those on AWSCloudTrail, and variations of them, are the many rules of one pass")
	stretch := flag.Duration("stretch", 500*time.Millisecond, "the least `time` by the clock that the speed of several workers is measured over")
	others := flag.Bool("peers", false, "have jq, gojq and duckdb, where they are installed, answer q2 too")
	flag.Parse()
	if err := run(context.Background(), os.Stdout, settings{*n, *rounds, *seed, *stretch, *dir, *others}); err != nil {
		log.Fatal(err)
	}
}

// settings are what the flags say.
type settings struct {
	records, rounds int
	seed            uint64
	stretch         time.Duration
	rules           string
	peers           bool
}

// run generates records into a temporary file and runs the tasks over it, and many rules: those of a directory where one is given.
func run(ctx context.Context, out io.Writer, s settings) error {
	f, err := os.CreateTemp("", "picket-bench-*.ndjson")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	err = generate(f, s.records, s.seed)
	if closed := f.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return err
	}
	if err := bench(ctx, out, f.Name(), s); err != nil || !s.peers {
		return err
	}
	return benchPeers(out, f.Name())
}

// task is a query and the program that answers it by hand and gives the number of its rows.
type task struct {
	name, query string
	byHand      func(path string) (int, error)
}

func tasks() []task {
	rule, _, _ := rules.Quickstart()
	return []task{
		{"q1: the seed rule", rule.Query, byHandQ1},
		{"q2: count and dcount by event", `AWSCloudTrail | summarize count(), dcount(SourceIpAddress) by EventName`, byHandQ2},
		{"q3: key events of each identity", `AWSCloudTrail
			| where EventName has "Key" and isempty(ErrorCode)
			| summarize Events = make_set(EventName), First = min(TimeGenerated), Last = max(TimeGenerated) by UserIdentityArn
			| top 10 by array_length(Events)`, byHandQ3},
		{"q4: a rare text in a late column", `AWSCloudTrail | where RequestParameters contains "kms:encrypt" | project TimeGenerated, UserIdentityArn`, byHandQ4},
		{"sort: failed calls by identity and time", `AWSCloudTrail
			| where isnotempty(ErrorCode)
			| project UserIdentityArn, TimeGenerated, EventName, ErrorCode
			| sort by UserIdentityArn asc, TimeGenerated desc`, byHandSort},
		{"join: users and the keys made later", `AWSCloudTrail
			| where EventName == "CreateUser"
			| project UserIdentityArn, Made = TimeGenerated
			| join kind=inner (AWSCloudTrail | where EventName == "CreateAccessKey" | project UserIdentityArn, Key = TimeGenerated) on UserIdentityArn
			| where Key > Made`, byHandJoin},
	}
}

// bench runs the tasks in interleaved rounds and prints the medians.
func bench(ctx context.Context, out io.Writer, path string, s settings) error {
	tables, err := cloudTrail(path)
	if err != nil {
		return err
	}
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	megabytes := float64(info.Size()) / 1e6
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "query\tby hand\tpicket\tratio\tMB/s\t%d workers\trows\n", runtime.GOMAXPROCS(0))
	for _, t := range tasks() {
		m, err := t.measure(ctx, path, tables, s)
		if err != nil {
			return fmt.Errorf("%s: %w", t.name, err)
		}
		fmt.Fprintf(w, "%s\t%.3f s\t%.3f s\t%.2f\t%.0f\t%.2fx\t%d\n", t.name, m.hand, m.picket, m.ratio, megabytes/m.picket, m.speedUp, m.rows)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	queries, real := ruleQueries(manyRules), len(ruleShapes)
	if s.rules != "" {
		if queries, real, err = realQueries(s.rules, tables, manyRules); err != nil {
			return err
		}
	}
	return benchMany(ctx, out, queries, real, tables, s.rounds)
}

// measured are the medians of a task: CPU seconds with one worker, the ratio of pairs, and how many times as fast all workers are by the
// clock.
type measured struct {
	hand, picket, ratio, speedUp float64
	rows                         int
}

func (t task) measure(ctx context.Context, path string, tables eval.TableMap, s settings) (m measured, err error) {
	one, err := eval.Compile(t.query, eval.WithSchemas(tables), eval.WithWorkers(1))
	if err != nil {
		return m, err
	}
	all, err := eval.Compile(t.query, eval.WithSchemas(tables))
	if err != nil {
		return m, err
	}
	var hand, ours, ratios, speedUps []float64
	for range s.rounds {
		var byHand, byOne, byAll int
		var errHand, errOne, errAll error
		h := cpu(func() { byHand, errHand = t.byHand(path) })
		start := time.Now()
		p := cpu(func() { byOne, errOne = rowsOf(ctx, one, tables) })
		passes := 1 + int(s.stretch/time.Since(start))
		alone := clock(passes, func() { byOne, errOne = rowsOf(ctx, one, tables) })
		together := clock(passes, func() { byAll, errAll = rowsOf(ctx, all, tables) })
		if err := errors.Join(errHand, errOne, errAll); err != nil {
			return m, err
		}
		if byHand != byOne || byHand != byAll {
			return m, fmt.Errorf("%d rows by hand, %d by picket, %d by its workers", byHand, byOne, byAll)
		}
		m.rows = byHand
		hand, ours, ratios = append(hand, h.Seconds()), append(ours, p.Seconds()), append(ratios, p.Seconds()/h.Seconds())
		speedUps = append(speedUps, alone.Seconds()/together.Seconds())
	}
	m.hand, m.picket, m.ratio, m.speedUp = median(hand), median(ours), median(ratios), median(speedUps)
	return m, nil
}

// clock gives the time by the clock that passes take. One pass is too short a time for a second core to be given to the process
// where others want it too, as in a virtual machine.
func clock(passes int, pass func()) time.Duration {
	start := time.Now()
	for range passes {
		pass()
	}
	return time.Since(start)
}

// rowsOf runs a program and counts its rows.
func rowsOf(ctx context.Context, p *eval.Program, tables eval.Tables) (n int, err error) {
	for _, err := range p.Run(ctx, tables) {
		if err != nil {
			return n, err
		}
		n++
	}
	return n, nil
}

// cloudTrail makes the AWSCloudTrail table of a file.
func cloudTrail(path string) (eval.TableMap, error) {
	source, err := ingest.Open(ingest.NDJSON, path)
	if err != nil {
		return nil, err
	}
	columns, _, _ := catalog.Table("AWSCloudTrail")
	t := &eval.Table{Name: "AWSCloudTrail", Records: source.Records, Parts: source.(ingest.Parted).Parts}
	for _, c := range columns {
		typ, ok := scalar.ParseType(c.Type)
		if !ok {
			return nil, fmt.Errorf("column %s has no type %s", c.Name, c.Type)
		}
		t.Columns = append(t.Columns, eval.Column{Name: c.Name, Type: typ})
	}
	return eval.TableMap{"AWSCloudTrail": t}, nil
}

// cpu gives the processor time that f takes, of all threads.
func cpu(f func()) time.Duration {
	var before, after syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &before); err != nil {
		panic(err)
	}
	f()
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &after); err != nil {
		panic(err)
	}
	return time.Duration(after.Utime.Nano() + after.Stime.Nano() - before.Utime.Nano() - before.Stime.Nano())
}

func median(xs []float64) float64 {
	slices.Sort(xs)
	return xs[len(xs)/2]
}
