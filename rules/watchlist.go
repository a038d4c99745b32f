package rules

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"github.com/google/uuid"
	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// watchlistColumns are what every watchlist has besides the columns of its file (Sentinel page "watchlists").
var watchlistColumns = []eval.Column{
	{Name: "_DTItemId", Type: scalar.String},
	{Name: "LastUpdatedTimeUTC", Type: scalar.DateTime},
	{Name: "SearchKey", Type: scalar.String},
	{Name: "WatchlistItem", Type: scalar.Dynamic},
}

// AddWatchlist reads a watchlist from a CSV file with a header line. All its columns are strings. SearchKey takes the values of
// the column searchKey, or of the first where searchKey is empty; WatchlistItem is the whole row; LastUpdatedTimeUTC is null,
// since nothing but the file is known.
func (w *Workspace) AddWatchlist(ctx context.Context, alias, searchKey, path string) error {
	source, err := ingest.Open(ingest.CSV, path)
	if err != nil {
		return err
	}
	columns := slices.Clone(watchlistColumns)
	has := func(name string) bool {
		return slices.ContainsFunc(columns, func(c eval.Column) bool { return c.Name == name })
	}
	var rows [][]byte
	for record, err := range source.Records(ctx) {
		if err != nil {
			return err
		}
		item := gjson.ParseBytes(record)
		fields := []jsonField{{"_DTItemId", stableID("watchlist", alias, strconv.Itoa(len(rows)))}, {"WatchlistItem", rawJSON(item.Raw)}}
		first := ""
		item.ForEach(func(name, value gjson.Result) bool {
			if first == "" {
				first = name.Str
			}
			if slices.ContainsFunc(watchlistColumns, func(c eval.Column) bool { return c.Name == name.Str }) {
				return true
			}
			if !has(name.Str) {
				columns = append(columns, eval.Column{Name: name.Str, Type: scalar.String})
			}
			fields = append(fields, jsonField{name.Str, value.String()})
			return true
		})
		key := searchKey
		if key == "" {
			key = first
		}
		value := item.Get(gjson.Escape(key))
		if !value.Exists() {
			return fmt.Errorf("%s: there is no column %s to be the search key", path, key)
		}
		row, err := marshalFields(append(fields, jsonField{"SearchKey", value.String()}))
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		rows = append(rows, row)
	}
	w.watchlists[alias] = eval.RecordTable(alias, columns, rows...)
	return nil
}

// rawJSON is JSON text as it stands.
type rawJSON string

// MarshalJSON gives the text.
func (r rawJSON) MarshalJSON() ([]byte, error) { return []byte(r), nil }

// idSpace keeps the ids made here apart from those that others derive from the same names.
var idSpace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/seed-2512943d/picket"))

// stableID derives a GUID (UUID version 5) from texts: the same texts give the same one.
func stableID(parts ...string) string {
	var name []byte
	for _, part := range parts {
		name = append(strconv.AppendQuote(name, part), ' ')
	}
	return uuid.NewSHA1(idSpace, name).String()
}
