package ingest

import "github.com/tidwall/gjson"

// standardColumn says whether a member has the name of a column that each custom table has, which gets no suffix.
func standardColumn(name string) bool {
	switch name {
	case "TimeGenerated", "Computer", "RawData", "_ResourceId":
		return true
	}
	return false
}

// customLog makes the rows of a custom table of what is sent to the HTTP Data Collector API: names get the suffix of
// their value's type, see [row.suffixed]. A row without TimeGenerated gets none, as the time of its ingestion is not
// known. Tables with a data collection rule keep the names, and need no conversion.
func customLog(r *reading) func([]byte, place) error {
	w := newRow(r.options)
	return func(rec []byte, _ place) error {
		w.begin(r.options.Table)
		gjson.ParseBytes(rec).ForEach(func(key, v gjson.Result) bool {
			if standardColumn(key.Str) {
				w.value(key.Str, v)
			} else {
				w.suffixed(columnPart(key.Str), v)
			}
			return true
		})
		if !w.has["TimeGenerated"] {
			r.note("records have no TimeGenerated, so that no time window of a rule holds them")
		}
		return r.row(w.end())
	}
}
