package rules

import (
	"bytes"
	"cmp"
	"compress/zlib"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// productName is what raises the alerts of rules.
const productName = "Azure Sentinel"

// queryTime is how extended properties write times.
const queryTime = "2006-01-02 15:04:05Z"

// MarshalJSON writes the record of the SecurityAlert table.
func (a Alert) MarshalJSON() ([]byte, error) {
	extended, err := a.extendedProperties()
	if err != nil {
		return nil, err
	}
	techniques, subTechniques := splitTechniques(a.Techniques)
	kind := "Scheduled Alerts"
	provider := "ASI Scheduled Alerts"
	if a.Rule.Kind == NRT {
		kind, provider = "NRT Alerts", "ASI NRT Alerts"
	}
	fields := []jsonField{
		{"TenantId", a.workspace},
		{"TimeGenerated", a.TimeGenerated},
		{"DisplayName", a.Name},
		{"AlertName", a.Name},
		{"AlertSeverity", a.Severity},
		{"Description", a.Description},
		{"ProviderName", provider},
		{"VendorName", "Microsoft"},
		{"VendorOriginalId", a.ID},
		{"SystemAlertId", a.ID},
		{"AlertType", a.workspace + "_" + a.Rule.ID},
		{"ConfidenceLevel", ""},
		{"ConfidenceScore", nil},
		{"IsIncident", false},
		{"CompromisedEntity", ""},
		{"SourceComputerId", ""},
		{"ResourceId", ""},
		{"StartTime", optionalTime(a.StartTime)},
		{"EndTime", optionalTime(a.EndTime)},
		{"ProcessingEndTime", a.TimeGenerated},
		{"ExtendedProperties", extended},
		{"RemediationSteps", ""},
		{"ExtendedLinks", ""},
		{"AlertLink", ""},
		{"Entities", a.Entities.JSON()},
		{"SourceSystem", "Detection"},
		{"ProductName", productName},
		{"ProductComponentName", kind},
		{"Status", "New"},
		{"Tactics", strings.Join(a.Tactics, ", ")},
		{"Techniques", jsonText(techniques)},
		{"SubTechniques", jsonText(subTechniques)},
		{"WorkspaceSubscriptionId", ""},
		{"WorkspaceResourceGroup", ""},
		{"Type", "SecurityAlert"},
	}
	for _, p := range a.Properties {
		i := slices.IndexFunc(fields, func(f jsonField) bool { return f.name == p.Name })
		if i < 0 {
			fields = append(fields, jsonField{p.Name, p.Value})
		} else {
			fields[i].value = p.Value
		}
	}
	return marshalFields(fields)
}

// extendedProperties is the JSON text of the column of that name.
func (a Alert) extendedProperties() (string, error) {
	r, rule := a.run, a.Rule
	original := fmt.Sprintf("set query_now = datetime(%s);\n%s", r.at.Format("2006-01-02T15:04:05.0000000Z"), rule.Query)
	query := original
	if text := eventQuery(a.event); a.event != "" && len(text) <= maxEventQuery {
		query = text
	}
	fields := []jsonField{
		{"Query Period", rule.Schedule().Period.DotNet()},
		{"Trigger Operator", rule.trigger().Operator.Long()},
		{"Trigger Threshold", strconv.Itoa(rule.trigger().Threshold)},
		{"Correlation Id", stableID("run", cmp.Or(rule.ID, rule.Name), r.at.Format(time.RFC3339Nano))},
		{"Search Query Results Overall Count", strconv.Itoa(r.rows)},
		{"Data Sources", "[]"},
		{"Query", query},
	}
	if rule.EventGrouping == AlertPerResult {
		fields = append(fields, jsonField{"OriginalQuery", original})
	}
	if r.window != (Window{}) {
		fields = append(fields, jsonField{"Query Start Time UTC", r.window.Start.Format(queryTime)}, jsonField{"Query End Time UTC", r.window.End.Format(queryTime)})
	}
	fields = append(fields,
		jsonField{"Analytic Rule Ids", jsonText([]string{rule.ID})},
		jsonField{"Event Grouping", string(rule.EventGrouping)},
		jsonField{"Analytic Rule Name", rule.Name},
		jsonField{"ProcessedBySentinel", "True"},
		jsonField{"Alert generation status", "Full alert created"},
	)
	if len(a.CustomDetails) > 0 {
		fields = append(fields, jsonField{"Custom Details", jsonText(a.CustomDetails)})
	}
	text, err := marshalFields(fields)
	return string(text), err
}

// maxEventQuery is how long the query may be that holds the event of an alert.
const maxEventQuery = 10 * 1024

// eventQuery is a query that gives the row, which it holds compressed.
func eventQuery(row string) string {
	var packed bytes.Buffer
	w := zlib.NewWriter(&packed)
	_, err := w.Write([]byte(row))
	if err = errors.Join(err, w.Close()); err != nil {
		panic("rules: a buffer in memory cannot be written: " + err.Error())
	}
	return fmt.Sprintf("datatable(compressedRec: string)['%s']\n| extend raw = todynamic(zlib_decompress_from_base64_string(compressedRec))\n| evaluate bag_unpack(raw)\n| project-away compressedRec\n",
		base64.StdEncoding.EncodeToString(packed.Bytes()))
}

// splitTechniques parts sub-techniques (T1078.004) from techniques, which they imply.
func splitTechniques(ids []string) (techniques, subTechniques []string) {
	techniques, subTechniques = []string{}, []string{}
	for _, id := range ids {
		technique, _, isSub := strings.Cut(id, ".")
		if isSub {
			subTechniques = append(subTechniques, id)
		}
		if !slices.Contains(techniques, technique) {
			techniques = append(techniques, technique)
		}
	}
	return techniques, subTechniques
}

// jsonText is the JSON of a value that can always be written.
func jsonText(value any) string {
	text, err := marshalPlain(value)
	if err != nil {
		panic("rules: no JSON of lists of strings: " + err.Error())
	}
	return string(text)
}

// optionalTime is null for a time that is not known.
func optionalTime(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t
}
