package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// Limits that Sentinel sets to rules (Sentinel pages "scheduled-rules-overview", "map-data-fields", "customize-alert-details",
// "surface-custom-details-in-alerts", "sentinel-service-limits").
const (
	MaxQuery             = 10000 // characters
	MaxRuleName          = 256   // characters
	MaxThreshold         = 10000
	MaxMappings          = 10
	MaxFieldMappings     = 3
	MaxCustomDetails     = 20
	MaxCustomDetailKey   = 20 // characters
	MaxPlaceholders      = 3
	MinFrequency         = Duration(5 * time.Minute)
	MaxPeriod            = Duration(14 * day)
	MaxLookback          = Duration(7 * day)
	MaxSuppression       = Duration(day)
	longPeriod           = Duration(2 * day) // from here on a rule may run once an hour at most
	minFrequencyWhenLong = Duration(time.Hour)
)

// Validate finds what is amiss with a rule's file, without looking at the result of its query: see ValidateColumns for that. The
// diagnostics come in the order of the file.
func (r *Rule) Validate() []Diagnostic {
	c := &checker{rule: r, found: slices.Clone(r.findings)}
	c.keys()
	c.schedule()
	c.query()
	c.entities()
	c.customDetails()
	c.override()
	c.attack()
	c.incident()
	SortDiagnostics(c.found)
	return c.found
}

// ValidateSet finds what is amiss between rules: ids that several files use (SR011). The diagnostic stands at each rule but the first.
func ValidateSet(rules []*Rule) []Diagnostic {
	var found []Diagnostic
	first := map[string]*Rule{}
	for _, rule := range rules {
		id := strings.ToLower(rule.ID)
		if id == "" {
			continue
		}
		if other, taken := first[id]; taken {
			found = append(found, rule.diagnose("SR011", Error, "id", "", "id %s is also that of %s", rule.ID, other.Path))
			continue
		}
		first[id] = rule
	}
	return found
}

// checker collects the findings about a rule.
type checker struct {
	rule  *Rule
	found []Diagnostic
}

func (c *checker) report(code, severity, path, hint, format string, args ...any) {
	c.found = append(c.found, c.rule.diagnose(code, severity, path, hint, format, args...))
}

func (c *checker) has(path string) bool {
	_, present := c.rule.places[path]
	return present
}

// requiredKeys are those that every file of a rule must have, and requiredOfScheduled those of scheduled rules besides.
var (
	requiredKeys        = []string{"id", "name", "description", "query"}
	requiredOfScheduled = []string{"severity", "queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"}
	guid                = pattern(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)
	versionForm         = pattern(`^\d+\.\d+\.\d+$`)
	columnForm          = pattern(`^[a-zA-Z_]\w*$`)
	detailKeyForm       = pattern(`^[a-zA-Z]\w*$`)
	techniqueForm       = pattern(`^T\d{4}(\.\d{3})?$`)
)

func (c *checker) keys() {
	required := slices.Clone(requiredKeys)
	if c.rule.resource {
		required = []string{"name", "query"}
	}
	switch c.rule.Kind {
	case Scheduled:
		required = append(required, requiredOfScheduled...)
	case NRT:
		required = append(required, "severity")
	}
	var missing []string
	for _, key := range required {
		if !c.has(key) {
			missing = append(missing, key)
		}
	}
	if len(missing) > 0 {
		severity := Error
		if c.rule.Kind == Hunting && c.has("query") {
			severity = Note
		}
		c.report("SR001", severity, "", "", "missing: %s", strings.Join(missing, ", "))
	}
	if c.rule.Kind == Hunting && c.has("kind") {
		c.report("SR001", Warning, "kind", "", "without %s the rule is taken for a hunting query", strings.Join(scheduleKeys, ", "))
	}
	if c.rule.ID != "" && !guid().MatchString(c.rule.ID) {
		c.report("SR007", Error, "id", "", "id %q is no GUID", c.rule.ID)
	}
	if c.rule.Version != "" && !versionForm().MatchString(c.rule.Version) {
		c.report("SR007", Warning, "version", "", "version %q has not the form 1.2.3", c.rule.Version)
	}
	if n := utf8.RuneCountInString(c.rule.Name); n > MaxRuleName {
		c.report("SR012", Error, "name", "", "the name has %d characters; at most %d are allowed", n, MaxRuleName)
	}
}

func (c *checker) schedule() {
	r := c.rule
	if r.Kind == NRT {
		for _, key := range scheduleKeys {
			if c.has(key) {
				c.report("SR060", Warning, key, "", "a near-real-time rule has no %s: it is ignored", key)
			}
		}
		return
	}
	c.within("queryFrequency", r.Frequency, MinFrequency, MaxPeriod)
	c.within("queryPeriod", r.Period, MinFrequency, MaxPeriod)
	if r.Frequency > 0 && r.Period > 0 {
		switch {
		case r.Period < r.Frequency:
			c.report("SR004", Error, "queryPeriod", "", "queryPeriod %s is shorter than queryFrequency %s: events between two windows are never seen", r.Period, r.Frequency)
		case r.Period >= longPeriod && r.Frequency < minFrequencyWhenLong:
			c.report("SR005", Error, "queryFrequency", "", "a rule that looks back %s may run every %s at most, not every %s", r.Period, minFrequencyWhenLong, r.Frequency)
		case r.Period > r.Frequency && !narrowed().MatchString(plainKQL(r.Query)):
			runs := (r.Period + r.Frequency - 1) / r.Frequency
			c.report("SR090", Note, "queryPeriod", "filter by ingestion_time() > ago("+r.Frequency.String()+")",
				"each event is seen by %d runs: queryPeriod %s is longer than queryFrequency %s, and the query does not filter by time", runs, r.Period, r.Frequency)
		}
	}
	if t := r.Trigger.Threshold; t < 0 || t > MaxThreshold {
		c.report("SR006", Error, "triggerThreshold", "", "triggerThreshold %d is not between 0 and %d", t, MaxThreshold)
	}
	if s := r.Suppression; s.Enabled {
		c.within("suppressionDuration", s.Duration, MinFrequency, MaxSuppression)
		if r.Frequency >= s.Duration {
			c.report("SR080", Warning, "suppressionDuration", "", "suppression for %s has no effect on a rule that runs every %s", s.Duration, r.Frequency)
		}
	}
}

func (c *checker) within(key string, d, least, most Duration) {
	if c.has(key) && d != 0 && (d < least || d > most) {
		c.report("SR003", Error, key, "", "%s %s is not between %s and %s", key, d, least, most)
	}
}

var (
	// narrowed finds what may restrict a query in time; starttime and endtime are parameters of ASIM parsers.
	narrowed     = pattern(`\b(ingestion_time|ago|now|(starttime|endtime)\s*=|TimeGenerated\s*(between|[<>=]))`)
	searchesAll  = pattern(`\b(search|union)(\s+\w+\s*=\s*\w+)*\s+\*\s*(\||;|$)`)
	crossesSpace = pattern(`\b(workspace|app)\s*\(`)
	// strayText is what the checks of a query's text must not look into: string literals and comments.
	strayText = pattern("(?s)```.*?```|@\"(?:[^\"]|\"\")*\"|@'(?:[^']|'')*'|\"(?:[^\"\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\n]|\\\\.)*'|//[^\n]*")
)

// plainKQL is a query's text of the same length, whose string literals and comments are blank.
func plainKQL(query string) string {
	return strayText().ReplaceAllStringFunc(query, func(stray string) string { return strings.Repeat(" ", len(stray)) })
}

func (c *checker) query() {
	r := c.rule
	if n := utf8.RuneCountInString(r.Query); n > MaxQuery && r.Kind != Hunting {
		c.report("SR020", Error, "query", "", "the query has %d characters; at most %d are allowed", n, MaxQuery)
	}
	plain := plainKQL(r.Query)
	if at := searchesAll().FindStringSubmatchIndex(plain); at != nil && r.Kind != Hunting {
		c.inQuery("SR021", Error, at[0], "a rule must not read all tables by %s *", plain[at[2]:at[3]])
	}
	if at := crossesSpace().FindStringSubmatchIndex(plain); at != nil && r.Kind == NRT {
		c.inQuery("SR061", Error, at[0], "a near-real-time rule must not read other workspaces by %s()", plain[at[2]:at[3]])
	}
}

// inQuery reports something that stands at an offset of the query.
func (c *checker) inQuery(code, severity string, offset int, format string, args ...any) {
	line, column := c.rule.QueryPos.At(offset)
	c.found = append(c.found, Diagnostic{Code: code, Severity: severity, Message: fmt.Sprintf(format, args...), Path: c.rule.Path, Line: line, Column: column})
}

func (c *checker) customDetails() {
	details := c.rule.CustomDetails
	if len(details) > MaxCustomDetails {
		c.report("SR040", Error, "customDetails", "", "there are %d custom details; at most %d are allowed", len(details), MaxCustomDetails)
	}
	for _, detail := range details {
		path := "customDetails." + detail.Key
		if len(detail.Key) > MaxCustomDetailKey || !detailKeyForm().MatchString(detail.Key) {
			c.report("SR040", Error, path, "", "custom detail %q: a key has at most %d letters, digits and underscores, the first a letter", detail.Key, MaxCustomDetailKey)
		}
		if !columnForm().MatchString(detail.Column) {
			c.report("SR040", Error, path, "", "custom detail %q takes %q, which is no column name", detail.Key, detail.Column)
		}
	}
}

func (c *checker) override() {
	o := c.rule.Override
	for _, t := range []struct {
		path     string
		template Template
		limit    int
	}{{"alertDetailsOverride.alertDisplayNameFormat", o.Name, MaxAlertName}, {"alertDetailsOverride.alertDescriptionFormat", o.Description, MaxAlertDescription}} {
		key := t.path[strings.IndexByte(t.path, '.')+1:]
		if t.template.Unbalanced() {
			c.report("SR041", Warning, t.path, "write {{Column}}", "%s has braces that make no placeholder and stay text", key)
		}
		if n := len(t.template.Columns()); n > MaxPlaceholders {
			c.report("SR042", Error, t.path, "", "%s has %d placeholders; at most %d are allowed", key, n, MaxPlaceholders)
		}
		if n := utf8.RuneCountInString(t.template.Source); n > t.limit {
			c.report("SR012", Error, t.path, "", "%s has %d characters; at most %d are allowed", key, n, t.limit)
		}
	}
}

func (c *checker) attack() {
	var listed []string
	for i, name := range c.rule.Tactics {
		tactic, known := normalize(name, catalog.Tactics())
		if tactic != name || !known {
			severity := Error
			if c.rule.Kind == Hunting {
				severity = Warning
			}
			c.report("SR002", severity, c.listPath("tactics", "Tactics", i), didYouMean(name, catalog.Tactics()), "%q is no tactic", name)
		}
		listed = append(listed, tactic)
	}
	for i, id := range c.rule.Techniques {
		path := c.listPath("relevantTechniques", "techniques", i)
		if !techniqueForm().MatchString(id) {
			c.report("SR002", Error, path, "", "%q is no technique id such as T1486 or T1078.004", id)
			continue
		}
		name, tactics, known := catalog.Technique(id)
		if known && !slices.ContainsFunc(tactics, func(tactic string) bool { return slices.Contains(listed, tactic) }) {
			c.report("SR050", Warning, path, "", "%s (%s) serves %s, which the tactics do not list", id, name, strings.Join(tactics, ", "))
		}
	}
}

// listPath is the path of an item of a list that has either of two keys.
func (c *checker) listPath(key, alias string, i int) string {
	if !c.has(key) {
		key = alias
	}
	return index(key, i)
}

func (c *checker) incident() {
	const path = "incidentConfiguration.groupingConfiguration"
	g := c.rule.Incident.Grouping
	if !c.has(path) || !g.Enabled {
		return
	}
	for _, key := range []string{"reopenClosedIncident", "lookbackDuration", "matchingMethod"} {
		if !c.has(path + "." + key) {
			c.report("SR070", Warning, path, "", "groupingConfiguration lacks %s, which deployment asks for", key)
		}
	}
	c.within(path+".lookbackDuration", g.Lookback, MinFrequency, MaxLookback)
	if g.Method == "Selected" && len(g.ByEntities)+len(g.ByAlertDetails)+len(g.ByCustom) == 0 {
		c.report("SR071", Error, path+".matchingMethod", "", "matchingMethod Selected selects nothing: name groupByEntities, groupByAlertDetails or groupByCustomDetails")
	}
	for i, name := range g.ByEntities {
		if _, known := catalog.Entity(name); !known {
			c.report("SR030", Error, index(path+".groupByEntities", i), didYouMean(name, catalog.EntityTypes()), "%q is no entity type", name)
		}
	}
	for i, name := range g.ByAlertDetails {
		if !slices.Contains(detailGroups, name) {
			c.report("SR002", Error, index(path+".groupByAlertDetails", i), didYouMean(name, detailGroups), "%q is none of %s", name, strings.Join(detailGroups, ", "))
		}
	}
	for i, key := range g.ByCustom {
		if !slices.ContainsFunc(c.rule.CustomDetails, func(d CustomDetail) bool { return d.Key == key }) {
			c.report("SR040", Error, index(path+".groupByCustomDetails", i), "", "%q is no key of customDetails", key)
		}
	}
}
