// Simulate makes all the runs of a rule over a day in which a scan is logged late, and shows which events the rule never sees.
package main

import (
	"context"
	"embed"
	"fmt"
	"io"
	"log"
	"os"
	"time"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/timeline"
)

//go:embed scan.yaml firewall.jsonl
var files embed.FS

func main() {
	s, err := simulate(context.Background())
	if err != nil {
		log.Fatal(err)
	}
	tell(os.Stdout, s)
	if len(os.Args) > 1 {
		if err := writePage(os.Args[1], s); err != nil {
			log.Fatal(err)
		}
	}
}

func simulate(ctx context.Context) (*rules.Simulation, error) {
	rule, err := rules.LoadFS(files, "scan.yaml")
	if err != nil {
		return nil, err
	}
	logs, err := files.ReadFile("firewall.jsonl")
	if err != nil {
		return nil, err
	}
	workspace := rules.NewWorkspace()
	if err := workspace.AddSource(ctx, "Firewall_CL", ingest.FromBytes(ingest.NDJSON, "firewall.jsonl", logs)); err != nil {
		return nil, err
	}
	from := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	return rules.Simulate(ctx, workspace, []*rules.Rule{rule}, from, from.AddDate(0, 0, 1), rules.SimulateOptions{})
}

// tell prints the incidents, and how many runs saw the events.
func tell(w io.Writer, s *rules.Simulation) {
	for _, i := range s.Incidents {
		fmt.Fprintf(w, "incident %d, %s: %s, %d alerts from %s on\n", i.Number, i.Severity, i.Title, len(i.Alerts), i.Created.Format("15:04"))
	}
	for _, c := range s.Rules[0].Events {
		for _, times := range c.Seen {
			fmt.Fprintf(w, "%d events were seen by %d run(s)\n", times.Events, times.Runs)
		}
		for _, lost := range c.Lost {
			fmt.Fprintf(w, "lost: the event of %s, ingested at %s\n", lost.Generated.Format("15:04"), lost.Received.Format("15:04"))
		}
	}
}

func writePage(path string, s *rules.Simulation) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := timeline.Write(f, s); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
