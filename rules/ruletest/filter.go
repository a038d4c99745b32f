package ruletest

import (
	"context"
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
)

// filterRecords keeps the records of which a KQL predicate over their fields is true.
func filterRecords(ctx context.Context, records []string, predicate string) ([]string, error) {
	each := func(context.Context) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for _, record := range records {
				if !yield([]byte(record), nil) {
					return
				}
			}
		}
	}
	columns, err := eval.InferColumns(ctx, each)
	if err != nil {
		return nil, err
	}
	tables := eval.TableMap{"raw": {Name: "raw", Columns: columns, Open: true, Records: each}}
	program, err := eval.Compile("raw | project keep = tobool("+predicate+")", eval.WithSchemas(tables))
	if err != nil {
		return nil, err
	}
	rows, err := program.Collect(ctx, tables)
	if err != nil {
		return nil, err
	}
	var kept []string
	for i, row := range rows {
		if row[0].IsTrue() {
			kept = append(kept, records[i])
		}
	}
	return kept, nil
}

// eventTimes are the fields that tell when an event took place, in the formats known.
var eventTimes = []string{timeGenerated, "eventTime", "CreationTime", "Timestamp", "time"}

// shiftRecords moves every field of the records that holds a full time; what nests deeper stays.
func shiftRecords(records []string, s shift) []string {
	by := s.by
	if !s.to.IsZero() {
		var first time.Time
		for _, record := range records {
			if at, ok := eventTime(record); ok && (first.IsZero() || at.Before(first)) {
				first = at
			}
		}
		if first.IsZero() {
			return records
		}
		by = s.to.Sub(first)
	}
	for i, record := range records {
		records[i] = shiftTimes(record, by)
	}
	return records
}

func eventTime(record string) (time.Time, bool) {
	for _, field := range eventTimes {
		if at, ok := parseInstant(gjson.Get(record, field).String()); ok {
			return at, true
		}
	}
	return time.Time{}, false
}

func shiftTimes(record string, by time.Duration) string {
	var text strings.Builder
	gjson.Parse(record).ForEach(func(key, value gjson.Result) bool {
		raw := value.Raw
		if at, ok := parseInstant(value.Str); ok && len(value.Str) > len("2026-03-01") {
			raw = strconv.Quote(at.Add(by).UTC().Format(time.RFC3339Nano))
		}
		if text.Len() > 0 {
			text.WriteByte(',')
		}
		text.WriteString(key.Raw + ":" + raw)
		return true
	})
	return "{" + text.String() + "}"
}
