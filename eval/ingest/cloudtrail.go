package ingest

import (
	"bytes"
	"time"

	"github.com/tidwall/gjson"
)

// converter turns raw CloudTrail events into rows of the AWSCloudTrail table: one flat object
// with the columns that have a value. An absent string column is "", any other null.
//
//   - requestParameters and the other structures become JSON text with the members in source
//     order and numbers as written; JSON null becomes "", a string there is taken as it is.
//   - SessionMfaAuthenticated, ReadOnly and ManagementEvent are bool; "true" and "false" are
//     accepted, and anything else is null, with a note.
//   - Events delivered twice stay two rows, as in the workspace. Long texts are not cut; a note tells
//     where the service, which keeps 32 KiB of a cell, would.
//   - Members without a column are named in a note.
type converter struct {
	r      *reading
	layout *layout
	values [][]byte // by slot: the raw JSON value of the event, nil if absent
	row    []byte
	text   []byte // one JSON text column
}

const (
	maxCell   = 32 << 10
	maxUnwrap = 4 // containers inside each other
)

func newConverter(r *reading) *converter {
	l := awsLayout()
	return &converter{r: r, layout: l, values: make([][]byte, l.count)}
}

// record converts a valid JSON object: an event, or a container of events.
func (c *converter) record(rec []byte, at place) error { return c.unwrap(rec, at, 0) }

// unwrap finds the events in rec.
func (c *converter) unwrap(rec []byte, at place, depth int) error {
	if gjson.GetBytes(rec, "eventTime").Exists() {
		return c.event(rec, at)
	}
	firstKey := "none"
	for members := membersOf(rec); depth < maxUnwrap; {
		key, value, ok := members.next()
		if !ok {
			break
		}
		name := string(unquote(key))
		if firstKey == "none" {
			firstKey = name
		}
		switch name {
		case "detail", "message", "CloudTrailEvent":
			return c.inner(value, at, depth)
		case "Records", "Events", "events", "logEvents":
			return c.inners(value, at, depth)
		case "digestStartTime", "digestS3Object":
			c.r.note("skipped: a CloudTrail digest holds no events")
			return nil
		}
	}
	return c.r.bad(at, "byte %d: not a CloudTrail event: no eventTime; first key is %q", at.offset, firstKey)
}

// inner unwraps an object, or a string that holds one.
func (c *converter) inner(value []byte, at place, depth int) error {
	if value[0] == '"' {
		value = []byte(gjson.ParseBytes(value).String())
		if err := checkJSON(value); err != nil {
			return c.r.bad(at, "byte %d: event inside a string: %v", at.offset, err)
		}
		value = bytes.TrimSpace(value)
	}
	if value[0] != '{' {
		return c.r.bad(at, "byte %d: event is not a JSON object: %s", at.offset, abridge(value))
	}
	return c.unwrap(value, at, depth+1)
}

// inners unwraps the elements of an array.
func (c *converter) inners(value []byte, at place, depth int) error {
	if value[0] != '[' {
		return c.r.bad(at, "byte %d: events are not a JSON array: %s", at.offset, abridge(value))
	}
	var err error
	gjson.ParseBytes(value).ForEach(func(_, element gjson.Result) bool {
		err = c.inner([]byte(element.Raw), at, depth)
		return err == nil
	})
	return err
}

// event converts one event.
func (c *converter) event(rec []byte, at place) error {
	clear(c.values)
	c.walk(rec, c.layout.root)
	if err := checkTime(c.first(c.layout.slots[0])); err != "" {
		return c.r.bad(at, "byte %d: %s", at.offset, err)
	}
	c.row = append(c.row[:0], '{')
	for i, column := range awsColumns {
		if column.constant != "" {
			c.key(column.name)
			c.row = append(c.row, column.constant...)
		} else if value := c.first(c.layout.slots[i]); value != nil {
			c.column(column, value)
		}
	}
	c.row = append(c.row, '}')
	return c.r.row(c.row)
}

// walk keeps the values of object that the tree asks for.
func (c *converter) walk(object []byte, tree *step) {
	members := membersOf(object)
	for key, value, ok := members.next(); ok; key, value, ok = members.next() {
		if next := tree.next[string(unquote(key))]; next != nil {
			c.keep(value, next)
		} else if !tree.kept && c.r.options.Notes != nil {
			c.r.noteOfFormat("event member %s%s has no column", tree.path, unquote(key))
		}
	}
}

// keep stores a value at its node and walks on into it.
func (c *converter) keep(value []byte, at *step) {
	if at.slot >= 0 && string(value) != "null" {
		c.values[at.slot] = value
	}
	switch {
	case at.next == nil:
	case value[0] == '{':
		c.walk(value, at)
	case value[0] == '[' && at.next["0"] != nil:
		if first := gjson.GetBytes(value, "0"); first.IsObject() {
			c.walk(value[first.Index:first.Index+len(first.Raw)], at.next["0"])
		}
	}
}

// first returns the value of the first slot that has one.
func (c *converter) first(slots []int) []byte {
	for _, slot := range slots {
		if c.values[slot] != nil {
			return c.values[slot]
		}
	}
	return nil
}

func (c *converter) key(name string) {
	if len(c.row) > 1 {
		c.row = append(c.row, ',')
	}
	c.row = append(c.row, '"')
	c.row = append(c.row, name...)
	c.row = append(c.row, '"', ':')
}

// column writes one column; value is not null.
func (c *converter) column(column awsColumn, value []byte) {
	switch {
	case column.kind == "bool":
		if value[0] == '"' {
			value = unquote(value)
		}
		if s := string(value); s != "true" && s != "false" {
			c.r.note("%s is neither true nor false: %s", column.name, abridge(value))
			return
		}
		c.key(column.name)
		c.row = append(c.row, value...)
	case value[0] == '"':
		c.key(column.name)
		c.row = append(c.row, value...)
	default:
		c.text = appendJSONText(c.text[:0], value, c.r.options.JSONSpacing)
		c.key(column.name)
		c.row = appendQuoted(c.row, c.text)
		value = c.text
	}
	if len(value) > maxCell && c.r.options.Notes != nil {
		c.r.note("a value of %s is longer than 32 KiB; the service would cut it", column.name)
	}
}

// checkTime says what is wrong with an eventTime.
func checkTime(value []byte) string {
	if value == nil {
		return "CloudTrail event without eventTime"
	}
	if value[0] == '"' {
		if _, err := time.Parse(time.RFC3339, string(unquote(value))); err == nil {
			return ""
		}
	}
	return "eventTime of a CloudTrail event is not an ISO 8601 time: " + abridge(value)
}
