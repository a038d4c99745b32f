package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// IncidentOptions choose what incidents do where the documentation of Sentinel is silent. The zero value does what the
// package's documentation lists.
type IncidentOptions struct {
	// HighestSeverity gives an incident the highest severity of its alerts instead of that of the first.
	HighestSeverity bool

	// EntitylessApart makes alerts without entities match no other under the method AllEntities. Without it they match each other.
	EntitylessApart bool

	// AbsentApart makes alerts that lack what the method Selected compares, be it entities of a type or values of a custom detail, match
	// no other. Without it such alerts are equal in this.
	AbsentApart bool

	// CloseAfter closes each incident that long after it was created or reopened, as an analyst does. Zero leaves incidents open.
	CloseAfter Duration
}

// Incidents makes incidents of the alerts of a workspace, by the incidentConfiguration of their rules (Sentinel page
// "scheduled-rules-overview"). It is not safe for concurrent use.
type Incidents struct {
	options IncidentOptions
	changed func(*Incident)
	all     []*Incident
	byRule  map[*Rule][]*Incident
	due     []closing // in the order of time
}

// closing is an incident that will be closed.
type closing struct {
	at       time.Time
	incident *Incident
}

// NewIncidents starts without any incident. changed, if not nil, is told of each incident that was made, got an alert or was closed, as it stands
// then: this is when Sentinel writes a record of SecurityIncident.
func NewIncidents(options IncidentOptions, changed func(*Incident)) *Incidents {
	if changed == nil {
		changed = func(*Incident) {}
	}
	return &Incidents{options: options, changed: changed, byRule: map[*Rule][]*Incident{}}
}

// All gives the incidents in the order of their numbers.
func (s *Incidents) All() []*Incident { return slices.Clone(s.all) }

// Add puts an alert into an incident that it matches, or into a new one, and gives this incident; it is nil where the rule creates none. Alerts
// come in the order of their TimeGenerated.
func (s *Incidents) Add(a Alert) *Incident {
	rule := a.Rule
	s.Advance(a.TimeGenerated)
	if !rule.Incident.Create {
		return nil
	}
	key, shared := s.key(a)
	incident := s.open(a, key, shared)
	if incident == nil {
		incident = newIncident(len(s.all)+1, key, a)
		s.all = append(s.all, incident)
		s.byRule[rule] = append(s.byRule[rule], incident)
		s.schedule(incident, a.TimeGenerated)
	} else if incident.Status == IncidentClosed {
		s.schedule(incident, a.TimeGenerated)
	}
	incident.add(a, s.options.HighestSeverity)
	s.changed(incident)
	return incident
}

// open finds the newest incident that an alert joins. The lookback counts from the incident's first alert.
func (s *Incidents) open(a Alert, key string, shared bool) *Incident {
	grouping := a.Rule.Incident.Grouping
	if !grouping.Enabled || !shared {
		return nil
	}
	for _, incident := range slices.Backward(s.byRule[a.Rule]) {
		switch {
		case a.TimeGenerated.Sub(incident.Created) > time.Duration(grouping.Lookback):
			return nil
		case incident.key != key || len(incident.Alerts) >= MaxIncidentAlerts:
		case incident.Status != IncidentClosed || grouping.ReopenClosed:
			return incident
		}
	}
	return nil
}

// key is equal for alerts that match each other by the rule's matchingMethod; shared is false for an alert that matches no other.
func (s *Incidents) key(a Alert) (key string, shared bool) {
	grouping := a.Rule.Incident.Grouping
	switch grouping.Method {
	case "AnyAlert":
		return "", true
	case "Selected":
		return s.selectedKey(a, grouping)
	}
	return entitySet(a.Entities, ""), len(a.Entities) > 0 || !s.options.EntitylessApart
}

// selectedKey compares chosen types of entity, details of the alert and custom details.
func (s *Incidents) selectedKey(a Alert, grouping IncidentGrouping) (key string, shared bool) {
	var parts []string
	shared = true
	add := func(name, value string, present bool) {
		parts = append(parts, fmt.Sprintf("%s=%q", name, value))
		shared = shared && (present || !s.options.AbsentApart)
	}
	for _, entityType := range grouping.ByEntities {
		set := entitySet(a.Entities, entityType)
		add(entityType, set, set != "")
	}
	for _, detail := range grouping.ByAlertDetails {
		switch {
		case strings.EqualFold(detail, "DisplayName"):
			add(detail, a.Name, true)
		case strings.EqualFold(detail, "Severity"):
			add(detail, a.Severity, true)
		}
	}
	for _, name := range grouping.ByCustom {
		values := slices.Sorted(slices.Values(a.CustomDetails.Get(name)))
		add(name, fmt.Sprintf("%q", values), len(values) > 0)
	}
	return strings.Join(parts, " "), shared
}

// entitySet is equal for equal sets of entities, of one type or, without one, of all; it is empty for the empty set.
func entitySet(entities Entities, entityType string) string {
	var keys []string
	for _, e := range entities {
		if entityType == "" || e.jsonType() == (Entity{Type: entityType}).jsonType() {
			keys = append(keys, entityKey(e))
		}
	}
	slices.Sort(keys)
	return strings.Join(keys, " ")
}

// schedule plans the closing of an incident.
func (s *Incidents) schedule(incident *Incident, from time.Time) {
	s.due = slices.DeleteFunc(s.due, func(c closing) bool { return c.incident == incident })
	if s.options.CloseAfter > 0 {
		s.due = append(s.due, closing{from.Add(time.Duration(s.options.CloseAfter)), incident})
	}
}

// Advance closes the incidents that CloseAfter makes due by the instant now.
func (s *Incidents) Advance(now time.Time) {
	for len(s.due) > 0 && !s.due[0].at.After(now) {
		next := s.due[0]
		s.due = s.due[1:]
		s.close(next.incident, next.at)
	}
}

// Close closes the incident of a number at an instant, as an analyst does. The error tells that there is no such incident.
func (s *Incidents) Close(number int, at time.Time) error {
	if number < 1 || number > len(s.all) {
		return fmt.Errorf("there is no incident %d; there are %d", number, len(s.all))
	}
	s.close(s.all[number-1], at)
	return nil
}

func (s *Incidents) close(incident *Incident, at time.Time) {
	if incident.Status == IncidentClosed {
		return
	}
	incident.Status, incident.Closed, incident.Modified = IncidentClosed, at, at
	s.changed(incident)
}
