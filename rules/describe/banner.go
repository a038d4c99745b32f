package describe

import (
	"regexp"
	"slices"
)

// alertFeed is the banner of a rule all of whose tables hold alerts.
const alertFeed = "Third-party alert feed, not a detection over modelled telemetry: the rows are alerts that another product raises."

// alertTables are tables of alerts whose names do not end as those of alertTable do.
var alertTables = []string{
	"SecurityAlert", "AlertInfo", "AlertEvidence", "CrowdStrikeAlerts", "CrowdStrikeDetections", "CrowdStrikeIncidents", "RedCanaryDetections_CL",
}

// alertTable is how connectors name the custom tables that they fill with the alerts of a product: CognniIncidents_CL.
var alertTable = regexp.MustCompile(`(Alert|Incident)s?(Log|V\d+|CCF|_data)?_CL$`)

// banner says that all tables of a query hold alerts; empty where they do not, or where a stored function may read others.
func banner(needs []Need) string {
	text := ""
	for _, n := range needs {
		switch {
		case n.Kind == "platform function":
		case slices.Contains(alertTables, n.Name) || alertTable.MatchString(n.Name):
			text = alertFeed
		default:
			return ""
		}
	}
	return text
}
