package rules

import (
	"bytes"
	"context"
	"errors"
	"iter"
	"slices"
	"time"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// recordStore holds the records of tables in memory, with their times, so that each of many runs reads those of its window only. It may be
// read concurrently, but not while it is added to.
type recordStore struct {
	workspace *Workspace
	column    string // that tells when a record was ingested
	tables    map[string]*storedTable
	bad       BadRecords
}

// storedTable is a table whose records have a TimeGenerated.
type storedTable struct {
	table       eval.Table
	records     []storedRecord // in the order of the table
	byTime      []int          // the records in the order of TimeGenerated
	byIngestion []int          // the records in the order of ingestion
}

// storedRecord is a record with its times; they are zero where it has no TimeGenerated.
type storedRecord struct {
	text                []byte
	generated, received scalar.Instant
}

// load reads a table, but for its records from before earliest. A table without TimeGenerated is left to the workspace.
func (s *recordStore) load(ctx context.Context, name string, earliest time.Time) error {
	columns, open, ok := s.workspace.TableSchema(name)
	stored := &storedTable{table: eval.Table{Name: name, Columns: columns, Open: open}}
	if !ok || !hasTime(&stored.table) {
		return nil
	}
	s.tables[name] = stored
	t, ok := s.workspace.Table(name)
	if !ok {
		return nil
	}
	first := scalar.FromTime(earliest)
	for text, err := range t.Records(ctx) {
		var bad *ingest.BadRecord
		switch {
		case err == nil:
			if record := s.record(text); earliest.IsZero() || record.generated >= first || record.received >= first {
				record.text = bytes.Clone(text)
				stored.records = append(stored.records, record)
			}
		case skippable(err) && errors.As(err, &bad):
			s.bad.Add(bad)
		default:
			return err
		}
	}
	stored.byTime = stored.order(func(r storedRecord) scalar.Instant { return r.generated })
	stored.byIngestion = stored.order(func(r storedRecord) scalar.Instant { return r.received })
	return ctx.Err()
}

// record finds the times of a record.
func (s *recordStore) record(text []byte) storedRecord {
	r := storedRecord{text: text}
	if t, ok := timeOf(string(text), timeGenerated); ok {
		r.generated, r.received = scalar.FromTime(t), scalar.FromTime(t)
	}
	if t, ok := received(string(text), s.column); ok {
		r.received = scalar.FromTime(t)
	}
	return r
}

func (t *storedTable) order(key func(storedRecord) scalar.Instant) []int {
	order := make([]int, len(t.records))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return compareInstants(key(t.records[a]), key(t.records[b])) })
	return order
}

func compareInstants(a, b scalar.Instant) int {
	switch {
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

// add appends a record to a table, if it is one that runs read.
func (s *recordStore) add(table string, text []byte) {
	t := s.tables[table]
	if t == nil {
		return
	}
	i := len(t.records)
	t.records = append(t.records, s.record(text))
	insert := func(order []int, key func(int) scalar.Instant) []int {
		at, _ := slices.BinarySearchFunc(order, key(i), func(j int, k scalar.Instant) int {
			if key(j) <= k {
				return -1
			}
			return 1
		})
		return slices.Insert(order, at, i)
	}
	t.byTime = insert(t.byTime, func(j int) scalar.Instant { return t.records[j].generated })
	t.byIngestion = insert(t.byIngestion, func(j int) scalar.Instant { return t.records[j].received })
}

// visible is the tables as a run sees them.
func (s *recordStore) visible(v visibility) eval.Tables { return storeView{s, v} }

type storeView struct {
	store *recordStore
	v     visibility
}

// Table finds a table.
func (s storeView) Table(name string) (*eval.Table, bool) {
	stored, ok := s.store.tables[name]
	if !ok {
		return s.store.workspace.Table(name)
	}
	t := stored.table
	t.Records = func(context.Context) iter.Seq2[[]byte, error] {
		return func(yield func([]byte, error) bool) {
			for r := range stored.seen(s.v) {
				if !yield(r.text, nil) {
					return
				}
			}
		}
	}
	return &t, true
}

// denseShare is the share of a table's records, as 1 to this, from which on a run goes through all of them in their order, instead of
// bringing those of its window into this order.
const denseShare = 8

// seen yields the records that a run sees, in the order of the table.
func (t *storedTable) seen(v visibility) iter.Seq[storedRecord] {
	return func(yield func(storedRecord) bool) {
		if v.unbounded() {
			for _, r := range t.records {
				if !yield(r) {
					return
				}
			}
			return
		}
		span := t.span(v)
		arrivedBy := scalar.FromTime(v.arrivedBy)
		if len(span)*denseShare < len(t.records) {
			for _, i := range slices.Sorted(slices.Values(span)) {
				if r := t.records[i]; (v.ingested || r.received <= arrivedBy) && !yield(r) {
					return
				}
			}
			return
		}
		start, end := scalar.FromTime(v.window.Start), scalar.FromTime(v.end)
		for _, r := range t.records {
			at := r.generated
			if v.ingested {
				at = r.received
			}
			if at >= start && at < end && (v.ingested || r.received <= arrivedBy) && !yield(r) {
				return
			}
		}
	}
}

// span finds the records of a window.
func (t *storedTable) span(v visibility) []int {
	order, at := t.byTime, func(i int) scalar.Instant { return t.records[i].generated }
	if v.ingested {
		order, at = t.byIngestion, func(i int) scalar.Instant { return t.records[i].received }
	}
	bound := func(limit time.Time) int {
		i, _ := slices.BinarySearchFunc(order, scalar.FromTime(limit), func(i int, limit scalar.Instant) int {
			if at(i) < limit {
				return -1
			}
			return 1
		})
		return i
	}
	start, end := bound(v.window.Start), bound(v.end)
	return order[start:max(start, end)]
}
