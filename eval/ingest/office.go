package ingest

import (
	"bytes"

	"github.com/tidwall/gjson"
)

// isOffice says whether a record is of the Office 365 Management Activity API, or of an audit log search, which has
// the API's record as text in AuditData.
func isOffice(rec gjson.Result) bool {
	return rec.Get("AuditData").Exists() ||
		rec.Get("CreationTime").Exists() && rec.Get("Operation").Exists() && rec.Get("Workload").Exists()
}

// isAuditSearch says whether text is the CSV that an audit log search gives.
func isAuditSearch(text []byte) bool {
	header, _, _ := bytes.Cut(text, []byte{'\n'})
	return len(header) > 0 && header[0] != '{' && header[0] != '[' && bytes.Contains(header, []byte("AuditData"))
}

// office makes rows of OfficeActivity.
func office(r *reading) func([]byte, place) error {
	w := newRow(r.options)
	return func(data []byte, at place) error {
		rec := gjson.ParseBytes(data)
		if inner := rec.Get("AuditData"); inner.Exists() {
			if inner.Type == gjson.String {
				if err := checkJSON([]byte(inner.Str)); err != nil {
					return r.bad(at, "AuditData: %v", err)
				}
				inner = gjson.Parse(inner.Str)
			}
			rec = inner
		}
		instant, ok := firstTime(rec.Get("CreationTime"))
		if !ok || !rec.IsObject() {
			return r.bad(at, "byte %d: not a record of Office activity: no CreationTime: %s", at.offset, abridge(data))
		}
		if !r.wants(officeActivity, "Office activity") {
			return nil
		}
		w.begin(officeActivity)
		w.time("TimeGenerated", instant)
		w.office(rec)
		return r.row(w.end())
	}
}

const officeActivity = "OfficeActivity"

// office writes a record's members. Most have a column of their name, or of their name and an underscore, or both.
func (w *row) office(rec gjson.Result) {
	rec.ForEach(func(key, v gjson.Result) bool {
		switch key.Str {
		case "CreationTime", "Version":
		case "RecordType":
			w.string("RecordType", named(v, recordTypes()))
		case "UserType":
			w.string("UserType", named(v, userTypes()))
		case "LogonType":
			w.string("Logon_Type", named(v, logonTypes()))
		case "ResultStatus":
			w.value("ResultStatus", v)
			w.value("ResultReasonType", v)
		case "Id":
			w.value("OfficeId", v)
			w.value("SourceRecordId", v)
		case "Members", "ExtraProperties", "OperationProperties", "AppAccessContext", "ArtifactsShared", "Attendees", "SRRuleMatchDetails":
			w.value(key.Str, v) // dynamic
		default:
			for _, column := range officeColumns(key.Str) {
				w.jsonText(column, v)
			}
		}
		return true
	})
}

// officeColumns returns the columns of a member.
func officeColumns(key string) []string {
	switch key {
	case "Workload":
		return []string{"OfficeWorkload"}
	case "ObjectId":
		return []string{"OfficeObjectId"}
	case "ClientIPAddress":
		return []string{"Client_IPAddress"}
	case "EventData":
		return []string{"Event_Data"}
	case "AzureActiveDirectoryEventType":
		return []string{"AzureActiveDirectory_EventType"}
	case "Site":
		return []string{"Site_"}
	case "SourceName":
		return []string{"Source_Name"}
	case "CrossMailboxOperation":
		return []string{"CrossMailboxOperations"}
	case "Target":
		return []string{"AADTarget"}
	case "SiteUrl":
		return []string{"Site_Url", "Site_Url_"}
	case "UserId", "ClientIP", "OrganizationId", "SourceFileName", "SourceRelativeUrl", "ActorContextId":
		return []string{key, key + "_"}
	}
	return []string{key}
}

// named returns the name of a number, and as it is what has none.
func named(v gjson.Result, names map[int64]string) string {
	if name, ok := names[v.Int()]; ok && v.Type == gjson.Number {
		return name
	}
	return v.String()
}
