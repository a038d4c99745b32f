package ingest

import (
	"regexp"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// guidText is a GUID as the service recognises one.
var guidText = regexp.MustCompile(`^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$`)

// typeSuffix returns what the service appends to a column's name for the type of its value: _s string, _d number,
// _b boolean, _t ISO 8601 time, _g GUID (Azure Monitor HTTP Data Collector API). Arrays are strings.
func typeSuffix(v gjson.Result) string {
	switch v.Type {
	case gjson.Number:
		return "_d"
	case gjson.True, gjson.False:
		return "_b"
	case gjson.String:
		if guidText.MatchString(v.Str) {
			return "_g"
		}
		if _, err := time.Parse(time.RFC3339Nano, v.Str); err == nil {
			return "_t"
		}
	}
	return "_s"
}

// suffixed writes a value under its name and type suffix. An object becomes one column for each of its members,
// whose names are joined with underscores, down to any depth; an array is JSON text, null nothing.
func (w *row) suffixed(name string, v gjson.Result) {
	switch {
	case v.Type == gjson.Null:
	case v.IsObject():
		v.ForEach(func(key, member gjson.Result) bool {
			w.suffixed(name+"_"+columnPart(key.Str), member)
			return true
		})
	default:
		w.jsonText(name+typeSuffix(v), v)
	}
}

// columnPart turns a key into part of a column's name: each run of characters that a name cannot hold is one underscore.
func columnPart(key string) string {
	var b strings.Builder
	replaced := false
	for _, c := range key {
		if c == '_' || c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' {
			b.WriteRune(c)
			replaced = false
			continue
		}
		if !replaced {
			b.WriteByte('_')
		}
		replaced = true
	}
	return b.String()
}
