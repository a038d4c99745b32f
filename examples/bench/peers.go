package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"text/tabwriter"
)

// peer is another tool's answer to q2: a command line that prints the number of rows.
type peer struct {
	name string
	args []string // behind the name; PATH stands for the file of records
}

const jqQ2 = `[inputs | [.EventName, .SourceIpAddress]] | group_by(.[0])
	| map({EventName: .[0][0], count: length, dcount: (map(.[1]) | unique | length)}) | length`

func peers() []peer {
	return []peer{
		{"jq", []string{"-n", jqQ2, "PATH"}},
		{"gojq", []string{"-n", jqQ2, "PATH"}},
		{"duckdb", []string{"-csv", "-noheader", "-c", `SET threads = 1; SELECT count(*) FROM (
			SELECT EventName, count(*), count(DISTINCT SourceIpAddress)
			FROM read_ndjson('PATH', columns = {EventName: 'VARCHAR', SourceIpAddress: 'VARCHAR'}) GROUP BY EventName)`}},
	}
}

// benchPeers prints the CPU time, of the whole process, that other tools take for q2. Of those that are not installed it says so.
func benchPeers(out io.Writer, path string) error {
	info, err := os.Stat(path)
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, p := range peers() {
		tool, err := exec.LookPath(p.name)
		if err != nil {
			fmt.Fprintf(w, "%s\tis not installed\n", p.name)
			continue
		}
		cmd := exec.Command(tool)
		for _, arg := range p.args {
			cmd.Args = append(cmd.Args, strings.ReplaceAll(arg, "PATH", path))
		}
		cmd.Stderr = os.Stderr
		rows, err := cmd.Output()
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		took := (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
		fmt.Fprintf(w, "q2 by %s\t%.3f s\t%.0f MB/s\t%s rows\n", p.name, took, float64(info.Size())/1e6/took, strings.TrimSpace(string(rows)))
	}
	return w.Flush()
}
