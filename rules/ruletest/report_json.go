package ruletest

import (
	"encoding/json"
	"io"
)

// resultJSON is a test as the report in JSON tells of it.
type resultJSON struct {
	Name   string         `json:"name"`
	File   string         `json:"file"`
	Line   int            `json:"line"`
	Rule   string         `json:"rule"`
	Status Status         `json:"status"`
	Reason string         `json:"reason,omitempty"`
	MS     float64        `json:"ms"`
	Alerts int            `json:"alerts"`
	Rows   int            `json:"rows"`
	Diff   []mismatchJSON `json:"diff,omitempty"`
	Why    string         `json:"why,omitempty"`
}

type mismatchJSON struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
	Diff    string `json:"diff,omitempty"`
}

// reportJSON is the whole report.
type reportJSON struct {
	Tests    []resultJSON   `json:"tests"`
	Coverage []coverageJSON `json:"coverage,omitempty"`
	Mutation []mutationJSON `json:"mutation,omitempty"`
}

type coverageJSON struct {
	*Coverage
	Percent float64 `json:"percent"`
}

type mutationJSON struct {
	Rule    string       `json:"rule"`
	Killed  int          `json:"killed"`
	Mutants []mutantJSON `json:"mutants"`
}

type mutantJSON struct {
	ID     string `json:"id"`
	Fate   Fate   `json:"fate"`
	Line   int    `json:"line,omitempty"`
	Before string `json:"before"`
	After  string `json:"after"`
	By     string `json:"killedBy,omitempty"`
	Test   string `json:"suggestedTest,omitempty"`
	Reason string `json:"reason,omitempty"`
}

// WriteJSON writes results as one JSON object: the tests, and the coverage and mutation of rules where they are not nil.
func WriteJSON(w io.Writer, results []Result, coverage []*Coverage, mutation []*Mutation) error {
	report := reportJSON{Tests: []resultJSON{}}
	for _, r := range results {
		j := resultJSON{
			Name: r.Test.Name, File: r.Suite.Path, Line: r.Test.Line, Rule: r.Rule.Path, Status: r.Status, Reason: r.Reason,
			MS: float64(r.Duration.Microseconds()) / 1000, Alerts: r.Alerts, Rows: r.Rows, Why: r.Why,
		}
		for _, m := range r.Mismatches {
			j.Diff = append(j.Diff, mismatchJSON(m))
		}
		report.Tests = append(report.Tests, j)
	}
	for _, c := range coverage {
		report.Coverage = append(report.Coverage, coverageJSON{c, c.Percent()})
	}
	for _, m := range mutation {
		report.Mutation = append(report.Mutation, m.json())
	}
	return writeIndented(w, report)
}

func (m *Mutation) json() mutationJSON {
	j := mutationJSON{Rule: m.Path, Killed: m.Count(Killed), Mutants: []mutantJSON{}}
	for _, r := range m.Mutants {
		j.Mutants = append(j.Mutants, mutantJSON{r.ID(), r.Fate, r.Line, r.Before, r.After, r.By, r.Suggest, r.Reason})
	}
	return j
}

// WriteMutationJSON writes what became of mutants as a JSON array with an object for each rule.
func WriteMutationJSON(w io.Writer, all []*Mutation) error {
	out := []mutationJSON{}
	for _, m := range all {
		out = append(out, m.json())
	}
	return writeIndented(w, out)
}

// WriteCoverageJSON writes coverage as a JSON array with an object for each rule.
func WriteCoverageJSON(w io.Writer, coverage []*Coverage) error {
	all := []coverageJSON{}
	for _, c := range coverage {
		all = append(all, coverageJSON{c, c.Percent()})
	}
	return writeIndented(w, all)
}

func writeIndented(w io.Writer, value any) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(value)
}
