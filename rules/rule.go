package rules

import (
	"fmt"
	"time"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// Kind tells the sorts of rule apart.
type Kind string

// The sorts of rule. A file without kind is Scheduled where it has one of the keys of a schedule, else Hunting.
const (
	Scheduled Kind = "Scheduled" // runs by a schedule, raises alerts by a threshold
	NRT       Kind = "NRT"       // runs every minute, raises alerts on any row
	Hunting   Kind = "Hunting"   // runs when asked, gives rows and entities
)

// Rule is an analytics rule or hunting query of Microsoft Sentinel, as its YAML file says it. Texts are those of the file;
// names that Sentinel reads in any case (kind, severity, trigger operator) have its spelling. A Rule is read-only once loaded and safe for
// concurrent use.
type Rule struct {
	Path string // of the file, as given to Load
	Raw  []byte // the file, byte for byte

	ID          string
	Name        string
	Description string
	Kind        Kind
	Severity    string // Informational, Low, Medium or High; empty for most hunting queries
	Status      string
	Version     string
	Enabled     bool // true unless the file says otherwise

	Connectors []Connector
	Frequency  Duration
	Period     Duration
	Trigger    Trigger
	Tactics    []string
	Techniques []string
	Tags       []Tag

	Query    string // the KQL text, with lines that end in \n
	QueryPos QueryPos

	Entities         []EntityMapping
	SentinelEntities []string // columns that hold the Entities of other alerts
	CustomDetails    []CustomDetail
	Override         Override
	EventGrouping    EventGrouping
	Suppression      Suppression
	Incident         IncidentConfiguration

	places   map[string]place // where each value stands, by its path: entityMappings[0].entityType
	resource bool             // a resource in JSON rather than a file of its own
	findings []Diagnostic     // what Load noticed: unknown keys, values of the wrong form
}

// Connector names the data connector and the tables that a rule needs; it plays no part when the rule runs.
type Connector struct {
	ID        string
	DataTypes []string
}

// Tag is a label of a rule; Value is empty for labels that are mere words.
type Tag struct{ Name, Value string }

// EntityMapping says which columns identify an entity. Each mapping makes entities of its own.
type EntityMapping struct {
	Type   string // Account, Host, IP …: see catalog.EntityTypes
	Fields []FieldMapping
}

// Identifiers lists the identifiers mapped, in order.
func (m EntityMapping) Identifiers() []string {
	names := make([]string, len(m.Fields))
	for i, field := range m.Fields {
		names[i] = field.Identifier
	}
	return names
}

// FieldMapping takes an identifier of an entity from a column.
type FieldMapping struct{ Identifier, Column string }

// CustomDetail shows the values of a column under a key of the alert.
type CustomDetail struct{ Key, Column string }

// Override replaces details of the rule by values of the rows that raised the alert.
type Override struct {
	Name           Template // alertDisplayNameFormat
	Description    Template // alertDescriptionFormat
	SeverityColumn string
	TacticsColumn  string
	Properties     []DynamicProperty
}

// DynamicProperty takes a property of the alert, such as AlertLink or RemediationSteps, from a column.
type DynamicProperty struct{ Property, Column string }

// EventGrouping says how many alerts a run raises.
type EventGrouping string

// How many alerts a run raises.
const (
	SingleAlert    EventGrouping = "SingleAlert"    // one for all rows
	AlertPerResult EventGrouping = "AlertPerResult" // one for each row, up to a limit
)

// Suppression stops a rule from running for a while after it raised an alert.
type Suppression struct {
	Enabled  bool
	Duration Duration
}

// IncidentConfiguration says whether alerts make incidents, and which alerts share one.
type IncidentConfiguration struct {
	Create   bool
	Grouping IncidentGrouping
}

// IncidentGrouping puts alerts of one rule into a common incident.
type IncidentGrouping struct {
	Enabled        bool
	ReopenClosed   bool
	Lookback       Duration // from the incident's first alert
	Method         string   // AllEntities, AnyAlert or Selected
	ByEntities     []string // entity types, for Selected
	ByAlertDetails []string // DisplayName, Severity; for Selected
	ByCustom       []string // keys of custom details, for Selected
}

// defaultLookback is both the portal's default of a suppression and that of a grouping.
const defaultLookback = Duration(5 * time.Hour)

// newRule is a rule with the values that absent keys stand for.
func newRule() *Rule {
	return &Rule{
		Enabled:       true,
		EventGrouping: SingleAlert,
		Suppression:   Suppression{Duration: defaultLookback},
		Incident:      IncidentConfiguration{Create: true, Grouping: IncidentGrouping{Lookback: defaultLookback, Method: "AllEntities"}},
		places:        map[string]place{},
	}
}

var (
	severities    = []string{"Informational", "Low", "Medium", "High"}
	matchMethods  = []string{"AllEntities", "AnyAlert", "Selected"}
	detailGroups  = []string{"DisplayName", "Severity"}
	alertGroups   = []string{string(SingleAlert), string(AlertPerResult)}
	kinds         = []string{string(Scheduled), string(NRT)}
	alertProperty = []string{
		"AlertLink", "ConfidenceLevel", "ConfidenceScore", "ExtendedLinks", "ProductName", "ProviderName", "ProductComponentName", "RemediationSteps",
		"Techniques", "SubTechniques",
	}
	legacyColumns = []struct {
		column, entityType, identifier string
	}{
		{"AccountCustomEntity", "Account", "FullName"}, {"HostCustomEntity", "Host", "FullName"}, {"IPCustomEntity", "IP", "Address"},
		{"URLCustomEntity", "URL", "Url"},
	}
)

// LegacyEntities are the mappings that columns of old names stand for (AccountCustomEntity, HostCustomEntity, IPCustomEntity,
// URLCustomEntity) where a query without entityMappings gives them.
func LegacyEntities(columns []catalog.Column) []EntityMapping {
	var mappings []EntityMapping
	for _, legacy := range legacyColumns {
		for _, column := range columns {
			if column.Name == legacy.column {
				mappings = append(mappings, EntityMapping{legacy.entityType, []FieldMapping{{legacy.identifier, legacy.column}}})
			}
		}
	}
	return mappings
}

// keyAliases are keys that stand for others: in entity exploration queries, and in resources.
var keyAliases = map[string]string{
	"Id": "id", "DisplayName": "name", "Description": "description", "displayName": "name", "templateVersion": "version",
}

// placeAliases lets keys be found by the names that they have in rule files.
func (r *Rule) placeAliases() {
	for alias, key := range keyAliases {
		if at, present := r.places[alias]; present {
			r.places[key] = at
		}
	}
}

// Place finds where a value stands in the rule's file, by the path of its keys: "query", "entityMappings[0].entityType". Lines and
// columns count from 1, columns in characters. A path that the file lacks gives the nearest value around it, at last 1:1.
func (r *Rule) Place(path string) (line, column int) {
	for ; path != ""; path = parentPath(path) {
		if at, ok := r.places[path]; ok {
			return at.line, at.column
		}
	}
	return 1, 1
}

// String names the rule for people: its name, or else its path.
func (r *Rule) String() string {
	if r.Name == "" {
		return r.Path
	}
	return fmt.Sprintf("%s (%s)", r.Name, r.Path)
}
