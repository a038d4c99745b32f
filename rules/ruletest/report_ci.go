package ruletest

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// WriteGitHub writes each failure as a command that makes GitHub show it beside the line of the test file.
func WriteGitHub(w io.Writer, results []Result) error {
	escape := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	escapeProperty := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	var text strings.Builder
	for _, r := range results {
		path := escapeProperty.Replace(filepath.ToSlash(r.Suite.Path))
		switch r.Status {
		case Failed:
			fmt.Fprintf(&text, "::error file=%s,line=%d,title=%s::%s\n", path, r.FailureLine(), escapeProperty.Replace(r.title()), escape.Replace(strings.TrimRight(r.Body(), "\n")))
		case Todo:
			fmt.Fprintf(&text, "::notice file=%s,line=%d,title=%s::%s\n", path, r.Test.Line, escapeProperty.Replace(r.title()), escape.Replace("todo: "+r.Reason))
		}
	}
	fmt.Fprintf(&text, "%s: %s\n", count(len(results), "test"), tally(results))
	_, err := io.WriteString(w, text.String())
	return err
}

type sarifLog struct {
	Schema  string     `json:"$schema"`
	Version string     `json:"version"`
	Runs    []sarifRun `json:"runs"`
}

type sarifRun struct {
	Tool    sarifTool     `json:"tool"`
	Results []sarifResult `json:"results"`
}

type sarifTool struct {
	Driver struct {
		Name  string      `json:"name"`
		Rules []sarifRule `json:"rules"`
	} `json:"driver"`
}

type sarifRule struct {
	ID string `json:"id"`
}

type sarifResult struct {
	RuleID    string          `json:"ruleId"`
	Level     string          `json:"level"`
	Message   sarifText       `json:"message"`
	Locations []sarifLocation `json:"locations"`
}

type sarifText struct {
	Text string `json:"text"`
}

type sarifLocation struct {
	PhysicalLocation struct {
		ArtifactLocation struct {
			URI string `json:"uri"`
		} `json:"artifactLocation"`
		Region struct {
			StartLine   int `json:"startLine"`
			StartColumn int `json:"startColumn,omitempty"`
		} `json:"region"`
	} `json:"physicalLocation"`
}

// failedTest is what SARIF calls the rule that a failed test breaks.
const failedTest = "picket-test"

// WriteSARIF writes failures, and what is amiss with the rules tested, as a SARIF 2.1.0 log.
func WriteSARIF(w io.Writer, results []Result) error {
	run := sarifRun{Results: []sarifResult{}}
	run.Tool.Driver.Name, run.Tool.Driver.Rules = "picket", []sarifRule{}
	ids := map[string]bool{}
	add := func(id, level, message, path string, line, column int) {
		if !ids[id] {
			ids[id] = true
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, sarifRule{id})
		}
		r := sarifResult{RuleID: id, Level: level, Message: sarifText{message}, Locations: make([]sarifLocation, 1)}
		at := &r.Locations[0].PhysicalLocation
		at.ArtifactLocation.URI, at.Region.StartLine, at.Region.StartColumn = filepath.ToSlash(path), max(line, 1), column
		run.Results = append(run.Results, r)
	}
	seen := map[string]bool{}
	for _, r := range results {
		if r.Status == Failed {
			add(failedTest, "error", r.title()+": "+strings.TrimRight(r.Body(), "\n"), r.Suite.Path, r.FailureLine(), 0)
		}
		if seen[r.Rule.Path] || r.Rule.Path == r.Suite.Path {
			continue
		}
		seen[r.Rule.Path] = true
		for _, d := range r.Rule.Validate() {
			if level, ok := map[string]string{rules.Error: "error", rules.Warning: "warning"}[d.Severity]; ok {
				add(d.Code, level, d.Message, d.Path, d.Line, d.Column)
			}
		}
	}
	return writeIndented(w, sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}
