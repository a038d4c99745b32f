package ingest

import "github.com/tidwall/gjson"

// Exports of Microsoft Graph, {"value":[…]}, have the members that the diagnostic logs of Entra ID have as properties.

// isGraphSignIn says whether a record is a sign-in of Microsoft Graph.
func isGraphSignIn(rec gjson.Result) bool {
	who := rec.Get("appDisplayName").Exists() || rec.Get("userPrincipalName").Exists() || rec.Get("ipAddress").Exists()
	return who && rec.Get("createdDateTime").Exists() && rec.Get("status.errorCode").Exists()
}

// isGraphAudit says whether a record is a directory audit of Microsoft Graph.
func isGraphAudit(rec gjson.Result) bool {
	return rec.Get("activityDateTime").Exists() && rec.Get("activityDisplayName").Exists() && rec.Get("targetResources").Exists()
}

// graph makes rows of SigninLogs, or where a sign-in is not interactive of AADNonInteractiveUserSignInLogs, and of AuditLogs.
func graph(r *reading) func([]byte, place) error {
	w := newRow(r.options)
	record := func(rec gjson.Result, at place) error {
		table, what, instant := "SigninLogs", "a sign-in", rec.Get("createdDateTime")
		switch {
		case isGraphAudit(rec):
			table, what, instant = "AuditLogs", "an audit", rec.Get("activityDateTime")
		case !isGraphSignIn(rec):
			return r.bad(at, "byte %d: neither a sign-in nor an audit of Microsoft Graph: %s", at.offset, abridge([]byte(rec.Raw)))
		case rec.Get("isInteractive").Type == gjson.False:
			table, what = "AADNonInteractiveUserSignInLogs", "a sign-in that is not interactive"
		}
		generated, ok := firstTime(instant)
		if !ok {
			return r.bad(at, "byte %d: time of %s is not a time: %s", at.offset, what, abridge([]byte(instant.Raw)))
		}
		if !r.wants(table, what) {
			return nil
		}
		w.begin(table)
		w.time("TimeGenerated", generated)
		if table == "AuditLogs" {
			w.value("OperationName", rec.Get("activityDisplayName"))
		} else {
			w.string("OperationName", "Sign-in activity")
			w.string("ResultType", rec.Get("status.errorCode").String())
			w.string("ResultDescription", rec.Get("status.failureReason").String())
			w.string("Location", rec.Get("location.countryOrRegion").String())
			w.value("Identity", rec.Get("userDisplayName"))
		}
		w.entra(table, gjson.Result{}, rec)
		return r.row(w.end())
	}
	return func(data []byte, at place) error {
		rec := gjson.ParseBytes(data)
		page := rec.Get("value")
		if !page.IsArray() {
			return record(rec, at)
		}
		var err error
		page.ForEach(func(_, rec gjson.Result) bool {
			err = record(rec, at)
			return err == nil
		})
		return err
	}
}
