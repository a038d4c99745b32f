package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tidwall/gjson"
)

// embedded returns the JSON object that a string holds, where a service has put it there.
func embedded(v gjson.Result) gjson.Result {
	if v.Type == gjson.String && strings.HasPrefix(v.Str, "{") && checkJSON([]byte(v.Str)) == nil {
		return gjson.Parse(v.Str)
	}
	return v
}

// members writes each member of an object under its column's name; those named "" are left out.
func (w *row) members(object gjson.Result, column func(key string) string) {
	if !object.IsObject() {
		return
	}
	object.ForEach(func(key, v gjson.Result) bool {
		if name := column(key.Str); name != "" {
			w.value(name, v)
		}
		return true
	})
}

func keepName(key string) string { return key }

// pascal writes the first letter large.
func pascal(key string) string {
	first, size := utf8.DecodeRuneInString(key)
	return string(unicode.ToUpper(first)) + key[size:]
}

// specific writes a row of a resource-specific table: the members of the envelope and of its properties under their
// names. Where both have a column's value, the table shows the properties'.
func (w *row) specific(rec, properties gjson.Result) {
	w.members(properties, pascal)
	w.members(rec, func(key string) string {
		if key == "time" || key == "properties" {
			return ""
		}
		return pascal(key)
	})
	w.resource(rec.Get("resourceId").String())
}

// entra writes a row of a table of Entra ID, which has some members under other names.
func (w *row) entra(table string, rec, properties gjson.Result) {
	w.members(properties, func(key string) string {
		switch key {
		case "location":
			if properties.Get("location").IsObject() && table != "AADUserRiskEvents" {
				return "LocationDetails"
			}
		case "resourceId":
			return "ResourceIdentity"
		case "appliedConditionalAccessPolicies":
			return "ConditionalAccessPolicies"
		case "riskEventTypes_v2":
			return "RiskEventTypes_V2"
		case "operationType":
			return "AADOperationType"
		case "ipAddress":
			if table != "AADUserRiskEvents" {
				return "IPAddress"
			}
		case "processingTimeInMilliseconds":
			if table == "AADNonInteractiveUserSignInLogs" {
				return "ProcessingTimeInMs"
			}
		}
		return pascal(key)
	})
	w.members(rec, func(key string) string {
		switch {
		case key == "time" || key == "properties":
			return ""
		case key == "callerIpAddress":
			return "IPAddress"
		case key == "tenantId" && table == "MicrosoftGraphActivityLogs":
			return "AadTenantId"
		case key == "tenantId":
			return "AADTenantId"
		}
		return pascal(key)
	})
	w.resource(rec.Get("resourceId").String())
}

// resource writes the columns that are parts of a resource's identifier. The service writes them in capitals save
// the hidden ones, which are in small letters.
func (w *row) resource(id string) {
	w.string("_ResourceId", strings.ToLower(id))
	w.string("ResourceId", id)
	parts := strings.Split(strings.ToUpper(id), "/")
	for i := 1; i+1 < len(parts); i += 2 {
		switch value := parts[i+1]; parts[i] {
		case "SUBSCRIPTIONS":
			w.string("SubscriptionId", strings.ToLower(value))
			w.string("_SubscriptionId", strings.ToLower(value))
		case "RESOURCEGROUPS":
			w.string("ResourceGroup", value)
		case "PROVIDERS":
			w.string("ResourceProvider", value)
			if i+3 < len(parts) {
				w.string("ResourceType", parts[i+2])
				w.string("Resource", parts[len(parts)-1])
			}
			return
		}
	}
}

// resourceLog writes a row of AzureDiagnostics: the envelope has columns of its own, what else there is gets the
// suffixes of its types, properties without a prefix.
func (w *row) resourceLog(rec, properties gjson.Result) {
	w.resource(strings.ToUpper(rec.Get("resourceId").String()))
	rec.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "time", "resourceId", "properties":
		case "category", "operationName", "operationVersion", "resultType", "resultSignature", "resultDescription",
			"durationMs", "correlationId", "level":
			w.jsonText(pascal(key.Str), v)
		case "callerIpAddress":
			w.jsonText("CallerIPAddress", v)
		default:
			w.suffixed(columnPart(key.Str), v)
		}
		return true
	})
	if !properties.IsObject() {
		w.suffixed("properties", properties)
		return
	}
	properties.ForEach(func(key, v gjson.Result) bool {
		if strings.EqualFold(key.Str, "message") && v.Type == gjson.String {
			w.value("Message", v)
		} else {
			w.suffixed(columnPart(key.Str), v)
		}
		return true
	})
}
