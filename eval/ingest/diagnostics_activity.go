package ingest

import (
	"strings"

	"github.com/tidwall/gjson"
)

const (
	claimUPN      = `identity.claims.http://schemas\.xmlsoap\.org/ws/2005/05/identity/claims/upn`
	claimName     = `identity.claims.http://schemas\.xmlsoap\.org/ws/2005/05/identity/claims/name`
	claimObjectID = `identity.claims.http://schemas\.microsoft\.com/identity/claims/objectidentifier`
)

// activity writes a row of AzureActivity (Azure Monitor: Azure activity log event schema, schema from storage account
// and event hubs). Structures are both JSON text and, in the column that ends in _d, a value.
func (w *row) activity(rec, properties gjson.Result) {
	operation := rec.Get("operationName")
	w.string("OperationNameValue", firstText(operation.Get("value"), operation))
	w.string("OperationName", operation.Get("localizedValue").String())
	category := rec.Get("category").String()
	switch category {
	case "Write", "Delete", "Action": // the last part of the operation, in storage accounts
		w.string("CategoryValue", firstText(properties.Get("eventCategory")))
	}
	w.string("CategoryValue", category)
	w.jsonText("ActivityStatusValue", rec.Get("resultType"))
	w.jsonText("ActivityStatus", rec.Get("resultType"))
	w.jsonText("ActivitySubstatusValue", rec.Get("resultSignature"))
	w.jsonText("ActivitySubstatus", rec.Get("resultSignature"))
	w.jsonText("Description", rec.Get("resultDescription"))
	w.jsonText("Level", rec.Get("level"))
	w.value("CorrelationId", rec.Get("correlationId"))
	w.value("CallerIpAddress", rec.Get("callerIpAddress"))
	w.string("Caller", firstText(rec.Get(claimUPN), rec.Get(claimName), rec.Get(claimObjectID), rec.Get("identity.claims.appid")))
	w.both("Authorization", rec.Get("identity.authorization"))
	w.both("Claims", rec.Get("identity.claims"))
	w.both("Properties", properties)
	w.jsonText("Hierarchy", properties.Get("hierarchy"))
	w.jsonText("EventDataId", properties.Get("eventDataId"))
	w.jsonText("OperationId", properties.Get("operationId"))
	id := rec.Get("resourceId").String()
	w.resource(id)
	if _, provider, ok := strings.Cut(strings.ToUpper(id), "/PROVIDERS/"); ok {
		provider, _, _ = strings.Cut(provider, "/")
		w.string("ResourceProviderValue", provider)
	}
}

// both writes a structure as text and as a value.
func (w *row) both(column string, v gjson.Result) {
	w.jsonText(column, v)
	w.value(column+"_d", v)
}

// firstText returns the first text that is not empty; structures are none.
func firstText(values ...gjson.Result) string {
	for _, v := range values {
		if v.Type != gjson.JSON && v.String() != "" {
			return v.String()
		}
	}
	return ""
}
