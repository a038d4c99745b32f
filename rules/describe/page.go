package describe

import (
	"errors"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// Page is what there is to say about a rule. Its JSON has the keys that the fields' tags name; lists are never null.
type Page struct {
	Path        string `json:"path"`
	ID          string `json:"id"`
	Name        string `json:"name"`
	Kind        string `json:"kind"` // Scheduled, NRT or Hunting
	Version     string `json:"version"`
	Tags        []Tag  `json:"tags"`
	Banner      string `json:"banner"`      // of a rule over the alerts of other products; empty for others
	Description string `json:"description"` // on one line
	Status      string `json:"status"`      // in small letters, as the severity
	Severity    string `json:"severity"`
	Window      string `json:"window"` // how far back a run looks: 1d
	Source      string `json:"source"` // where the rule comes from

	Attack  []Coverage `json:"attack"`
	Tactics []string   `json:"tacticsWithoutTechnique"` // titles of the tactics that no listed technique serves

	Corpus  int        `json:"corpus"`  // rules that this one is compared with, without itself
	Related []Relation `json:"related"` // rules that detect the same action

	Body string `json:"body"` // the rule's file
	*Query

	Entities      []Entity      `json:"entities"`
	CustomDetails []FieldColumn `json:"customDetails"`
	Alert         Alert         `json:"alert"`
	Schedule      Schedule      `json:"schedule"`
	Connectors    []Connector   `json:"connectors"`
	Needs         []Need        `json:"needs"`
	// Columns are those of the result, empty where the query cannot be bound. With Open in Query there may be more.
	Columns []Column `json:"columns"`
	Faults  []Fault  `json:"faults"` // of the query

	listed []string // tactics of the rule that ATT&CK has, as Sentinel writes them
}

// Tag is a label of a rule; Value may be empty.
type Tag struct {
	Name  string `json:"name"`
	Value string `json:"value,omitempty"`
}

// FieldColumn says which column a field takes its value from.
type FieldColumn struct {
	Name   string `json:"name"`
	Column string `json:"column"`
}

// Entity is an entity mapping: the identifiers of an entity with their columns.
type Entity struct {
	Type   string        `json:"type"`
	Fields []FieldColumn `json:"fields"`
	Legacy bool          `json:"legacy,omitempty"` // by the name of a column, not by the rule's file
}

// Connector is a data connector that the rule's file asks for, with the tables it fills.
type Connector struct {
	ID        string   `json:"id"`
	DataTypes []string `json:"dataTypes"`
}

// Need is something that the query reads or calls.
type Need struct {
	Name string `json:"name"`
	// Kind is table (of a known schema), saved function, platform function, or unknown, where neither the catalogue nor the
	// workspace knows the name.
	Kind string `json:"kind"`
}

// Column is a column of the result.
type Column struct {
	Name string `json:"name"`
	Type string `json:"type"`           // as Kusto names it: string, long, datetime …
	Made string `json:"made,omitempty"` // the operator that made it; empty for one that the tables have
	// Uses are the parts of the rule that read the column: entity Account.Name, detail Who, alert name …
	Uses []string `json:"uses"`
}

// Fault is an error in the query.
type Fault struct {
	Code    string `json:"code"`
	Message string `json:"message"`
	Line    int    `json:"line"`
	Column  int    `json:"column"`
}

// newPage describes a rule by itself. The query is that of Analyze, and err what it found wrong.
func newPage(rule *rules.Rule, query *Query, err error, w *rules.Workspace) *Page {
	p := &Page{
		Path: rule.Path, ID: rule.ID, Name: rule.Name, Kind: string(rule.Kind), Version: rule.Version,
		Description: description(rule.Description),
		Status:      strings.ToLower(rule.Status), Severity: strings.ToLower(rule.Severity),
		Source: rule.Path, Body: string(rule.Raw), Query: query,
		Alert: alertOf(rule), Schedule: scheduleOf(rule),
		Attack: coverage(rule), Tactics: bareTactics(rule),
		Related: []Relation{}, Connectors: []Connector{}, Tags: []Tag{}, Needs: []Need{}, Faults: []Fault{}, Columns: []Column{},
		CustomDetails: []FieldColumn{}, Entities: []Entity{},
	}
	for _, tactic := range rule.Tactics {
		if _, ok := catalog.Tactic(tactic); ok {
			p.listed = append(p.listed, tactic)
		}
	}
	if period := rule.Schedule().Period; period > 0 {
		p.Window = period.String()
	}
	for _, tag := range rule.Tags {
		p.Tags = append(p.Tags, Tag(tag))
	}
	for _, c := range rule.Connectors {
		p.Connectors = append(p.Connectors, Connector{c.ID, append([]string{}, c.DataTypes...)})
	}
	for _, d := range rule.CustomDetails {
		p.CustomDetails = append(p.CustomDetails, FieldColumn{d.Key, d.Column})
	}
	p.bind(rule, err, w)
	p.Entities = entitiesOf(rule, p.Columns)
	p.Needs = needs(query, w)
	p.Banner = banner(p.Needs)
	return p
}

// description is a text on one line. Many rules put it in quotes within a block of YAML, where these are part of it.
func description(text string) string {
	line := strings.Join(strings.Fields(text), " ")
	if inner, ok := strings.CutPrefix(line, "'"); ok && strings.HasSuffix(inner, "'") {
		return strings.TrimSpace(strings.ReplaceAll(strings.TrimSuffix(inner, "'"), "''", "'"))
	}
	return line
}

// bind adds the columns of the result, or what is wrong with the query.
func (p *Page) bind(rule *rules.Rule, err error, w *rules.Workspace) {
	var program *eval.Program
	if err == nil {
		err = rules.Guard(func() (err error) {
			program, err = eval.CompileQuery(rule.Query, p.parsed, w.Options()...)
			return err
		})
	}
	if err != nil {
		p.Faults = faults(rule, err)
		return
	}
	columns := program.Columns()
	p.Outputs, p.Open = p.bound(columns, program.Open()), program.Open()
	uses := usesOf(rule, columns)
	p.Columns = make([]Column, 0, len(columns))
	for _, c := range columns {
		column := Column{Name: c.Name, Type: c.Type.String(), Uses: append([]string{}, uses[c.Name]...)}
		if i := slices.IndexFunc(p.Outputs, func(o Output) bool { return o.Name == c.Name }); i >= 0 {
			column.Made = p.Outputs[i].Made
		}
		p.Columns = append(p.Columns, column)
	}
}

func faults(rule *rules.Rule, err error) []Fault {
	var found kql.Errors
	if !errors.As(err, &found) {
		line, column := rule.Place("query")
		return []Fault{{Message: err.Error(), Line: line, Column: column}}
	}
	list := make([]Fault, len(found))
	for i, f := range found {
		line, column := rule.QueryPos.At(f.Span.Start)
		list[i] = Fault{f.Code, f.Message, line, column}
	}
	return list
}

// needs are the tables and functions of a query, each with what it is here.
func needs(query *Query, w *rules.Workspace) []Need {
	list := []Need{}
	for _, name := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(query.Tables, query.Calls)))) {
		list = append(list, Need{name, needKind(name, w)})
	}
	return list
}

func needKind(name string, w *rules.Workspace) string {
	if _, ok := w.StoredFunction(name); ok {
		return "saved function"
	}
	if _, _, ok := w.TableSchema(name); ok {
		return "table"
	}
	if _, ok := catalog.Platform(name); ok {
		return "platform function"
	}
	return "unknown"
}
