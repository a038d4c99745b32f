package ruletest

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"time"
)

type junitReport struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name     string      `xml:"name,attr"`
	File     string      `xml:"file,attr"`
	Tests    int         `xml:"tests,attr"`
	Failures int         `xml:"failures,attr"`
	Skipped  int         `xml:"skipped,attr"`
	Time     string      `xml:"time,attr"`
	Cases    []junitCase `xml:"testcase"`
}

type junitCase struct {
	Name    string        `xml:"name,attr"`
	Class   string        `xml:"classname,attr"`
	File    string        `xml:"file,attr"`
	Line    int           `xml:"line,attr"`
	Time    string        `xml:"time,attr"`
	Failure *junitFailure `xml:"failure"`
	Skipped *junitSkipped `xml:"skipped"`
}

type junitFailure struct {
	Message string `xml:"message,attr"`
	Body    string `xml:",chardata"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

// WriteJUnit writes results as JUnit's XML: a testsuite for each test file, a testcase for each test.
func WriteJUnit(w io.Writer, results []Result) error {
	t := tally(results)
	report := junitReport{Tests: len(results), Failures: t.failed, Skipped: t.skipped + t.todo, Time: seconds(results)}
	for _, group := range bySuite(results) {
		t := tally(group)
		path := group[0].Suite.Path
		suite := junitSuite{Name: path, File: path, Tests: len(group), Failures: t.failed, Skipped: t.skipped + t.todo, Time: seconds(group)}
		for _, r := range group {
			c := junitCase{Name: r.title(), Class: ruleName(r.Rule), File: path, Line: r.Test.Line, Time: seconds([]Result{r})}
			switch r.Status {
			case Failed:
				c.Failure = &junitFailure{r.Message(), printable(r.Body())}
			case Skipped, Todo:
				c.Skipped = &junitSkipped{r.Reason}
			}
			suite.Cases = append(suite.Cases, c)
		}
		report.Suites = append(report.Suites, suite)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	encoder := xml.NewEncoder(w)
	encoder.Indent("", "  ")
	if err := encoder.Encode(report); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// seconds is the time that tests took together.
func seconds(results []Result) string {
	var sum time.Duration
	for _, r := range results {
		sum += r.Duration
	}
	return fmt.Sprintf("%.4f", sum.Seconds())
}

// printable leaves out the control characters that XML has no place for.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\t' {
			return '\uFFFD'
		}
		return r
	}, text)
}
