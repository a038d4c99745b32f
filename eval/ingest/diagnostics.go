package ingest

import (
	"cmp"
	"strings"

	"github.com/tidwall/gjson"
)

// The export of Azure's diagnostic settings and of Defender's streaming API has one envelope for all tables,
//
//	{"time","resourceId","operationName","category","resultType",…,"properties":{…}}
//
// (Azure Monitor: resource logs schema; activity log event schema; Defender XDR: streaming API). Event Hubs and the
// streaming API wrap records as {"records":[…]}, storage accounts write one a line. The category says the table.

// advancedHunting begins the category of Defender's records; the table's name follows.
const advancedHunting = "AdvancedHunting-"

// resourceLogs is the table of resource logs whose categories have no table of their own.
const resourceLogs = "AzureDiagnostics"

// categoryTables lists the categories that have tables.
var categoryTables = [...]struct{ category, table string }{
	{"SignInLogs", "SigninLogs"},
	{"NonInteractiveUserSignInLogs", "AADNonInteractiveUserSignInLogs"},
	{"ServicePrincipalSignInLogs", "AADServicePrincipalSignInLogs"},
	{"ManagedIdentitySignInLogs", "AADManagedIdentitySignInLogs"},
	{"ADFSSignInLogs", "ADFSSignInLogs"},
	{"AuditLogs", "AuditLogs"},
	{"ProvisioningLogs", "AADProvisioningLogs"},
	{"RiskyUsers", "AADRiskyUsers"},
	{"UserRiskEvents", "AADUserRiskEvents"},
	{"RiskyServicePrincipals", "AADRiskyServicePrincipals"},
	{"ServicePrincipalRiskEvents", "AADServicePrincipalRiskEvents"},
	{"CustomSecurityAttributeAuditLogs", "AADCustomSecurityAttributeAuditLogs"},
	{"B2CRequestLogs", "AADB2CRequestLogs"},
	{"MicrosoftGraphActivityLogs", "MicrosoftGraphActivityLogs"},
	{"NetworkAccessTrafficLogs", "NetworkAccessTraffic"},
	{"Administrative", azureActivity},
	{"Security", azureActivity},
	{"ServiceHealth", azureActivity},
	{"ResourceHealth", azureActivity},
	{"Alert", azureActivity},
	{"Recommendation", azureActivity},
	{"Policy", azureActivity},
	{"Autoscale", azureActivity},
	{"Write", azureActivity},
	{"Delete", azureActivity},
	{"Action", azureActivity},
}

const azureActivity = "AzureActivity"

// tableOf returns the table of a category, and whether it is known to belong there, when records are read for the
// table wanted, "" for any. Where that is one of which no category is known, as StorageBlobLogs, a resource's logs are its rows.
func tableOf(category, wanted string) (table string, known bool) {
	if table, ok := strings.CutPrefix(category, advancedHunting); ok {
		return table, true
	}
	table = wanted
	for _, c := range categoryTables {
		switch {
		case c.category == category:
			return c.table, true
		case c.table == wanted:
			table = ""
		}
	}
	return cmp.Or(table, resourceLogs), false
}

// isDiagnostic says whether a record has the envelope.
func isDiagnostic(rec gjson.Result) bool {
	return rec.Get("time").Exists() && rec.Get("category").Exists() &&
		(rec.Get("properties").Exists() || rec.Get("resourceId").Exists() || rec.Get("operationName").Exists())
}

// diagnostics converts enveloped records to rows of the tables of their categories.
func diagnostics(r *reading) func([]byte, place) error {
	w := newRow(r.options)
	return func(data []byte, at place) error {
		rec := gjson.ParseBytes(data)
		category := rec.Get("category").String()
		if category == "" {
			return r.bad(at, "byte %d: not a diagnostic record: no category", at.offset)
		}
		table, known := tableOf(category, r.options.Table)
		if !r.wants(table, "category "+category) {
			return nil
		}
		properties := embedded(rec.Get("properties"))
		hunting := strings.HasPrefix(category, advancedHunting)
		instant, ok := firstTime(rec.Get("time"))
		if hunting {
			instant, ok = firstTime(properties.Get("Timestamp"), rec.Get("time"))
		}
		if !ok {
			return r.bad(at, "byte %d: time of a diagnostic record is not a time: %s", at.offset, abridge([]byte(rec.Get("time").Raw)))
		}
		w.begin(table)
		w.time("TimeGenerated", instant)
		switch {
		case hunting:
			w.members(properties, keepName)
		case table == azureActivity:
			w.activity(rec, properties)
		case table == resourceLogs:
			w.resourceLog(rec, properties)
		case known:
			w.entra(table, rec, properties)
		default:
			w.specific(rec, properties)
		}
		return r.row(w.end())
	}
}
