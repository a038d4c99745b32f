package main

import (
	"io"
	"net/url"
	"path/filepath"
	"slices"

	"github.com/seed-2512943d/picket/rules"
)

// The part of SARIF 2.1.0 that tells of findings in files (OASIS standard "Static Analysis Results Interchange Format").
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool       sarifTool     `json:"tool"`
		ColumnKind string        `json:"columnKind"`
		Results    []sarifResult `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name           string      `json:"name"`
		InformationURI string      `json:"informationUri"`
		Rules          []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID               string    `json:"id"`
		ShortDescription sarifText `json:"shortDescription"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifResult struct {
		RuleID    string          `json:"ruleId"`
		RuleIndex int             `json:"ruleIndex"`
		Level     string          `json:"level"`
		Message   sarifText       `json:"message"`
		Locations []sarifLocation `json:"locations"`
	}
	sarifLocation struct {
		Physical sarifPhysical `json:"physicalLocation"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn"`
	}
)

// writeSARIF writes diagnostics as a SARIF log. Severities are SARIF's levels by name.
func writeSARIF(w io.Writer, diagnostics []rules.Diagnostic) error {
	codes := rules.DiagnosticCodes()
	driver := sarifDriver{Name: "picket", InformationURI: "https://github.com/seed-2512943d/picket"}
	for _, c := range codes {
		driver.Rules = append(driver.Rules, sarifRule{c.Code, sarifText{c.Title}})
	}
	results := make([]sarifResult, len(diagnostics))
	for i, d := range diagnostics {
		at := sarifPhysical{sarifArtifact{fileURI(d.Path)}, sarifRegion{d.Line, d.Column}}
		results[i] = sarifResult{
			RuleID:    d.Code,
			RuleIndex: slices.IndexFunc(codes, func(c rules.DiagnosticCode) bool { return c.Code == d.Code }),
			Level:     d.Severity,
			Message:   sarifText{d.Text()},
			Locations: []sarifLocation{{at}},
		}
	}
	encoder := newEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(sarifLog{
		Schema:  "https://json.schemastore.org/sarif-2.1.0.json",
		Version: "2.1.0",
		Runs:    []sarifRun{{sarifTool{driver}, "unicodeCodePoints", results}},
	})
}

// fileURI is a path as a URI, relative where the path is.
func fileURI(path string) string {
	u := url.URL{Path: filepath.ToSlash(path)}
	if filepath.IsAbs(path) {
		u.Scheme = "file"
	}
	return u.String()
}
