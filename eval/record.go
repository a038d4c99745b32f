package eval

import (
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// recordPlan is the set of columns that are read from the JSON records of one table: by one part of a
// query, or by all of the queries that share their reading. It grows while they are bound and is fixed when they run.
type recordPlan struct {
	mu    sync.Mutex
	keys  []string
	index map[string]int
}

// want reserves a place for a key.
func (p *recordPlan) want(key string) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	if i, ok := p.index[key]; ok {
		return i
	}
	if p.index == nil {
		p.index = make(map[string]int)
	}
	p.index[key] = len(p.keys)
	p.keys = append(p.keys, key)
	return len(p.keys) - 1
}

// record reads the wanted columns of one JSON record after another. It scans a
// record once, front to back, and only as far as the columns asked for stand; what it
// passes on the way it remembers. The first of two equal keys wins. Where a
// record is not written the usual way, gjson gives the answer.
//
// Records of one table mostly have the same keys in the same order. A record therefore
// remembers which key followed which, and first looks whether the next one is that.
type record struct {
	plan *recordPlan
	text string
	pos  int // where the scan goes on; len(text) when all is seen
	last int // the key passed last, an index into keys
	gen  uint32
	seen []seenField
	keys []knownKey // the keys met so far; the first stands for the start of a record
	ids  map[string]int
}

type seenField struct {
	raw string
	gen uint32
}

// knownKey is a key as it is written in records.
type knownKey struct {
	written string // with its quotes and the colon
	want    int    // the place of the column that it is, or -1
	next    int    // the key that followed it last; 0 is none
}

// maxKnownKeys bounds what is remembered of a table whose records have ever new keys.
const maxKnownKeys = 4096

func (p *recordPlan) newRecord() *record {
	return &record{plan: p, seen: make([]seenField, len(p.keys)), keys: make([]knownKey, 1), ids: make(map[string]int)}
}

// reset turns to the next record.
func (r *record) reset(text string) {
	r.text, r.pos, r.last = text, 1, 0
	r.gen++
	if len(text) == 0 || text[0] != '{' {
		r.pos = len(text)
	}
}

// raw gives the JSON text of the i-th wanted column, or "" when it is absent.
func (r *record) raw(i int) string {
	if r.seen[i].gen != r.gen && !r.advance(i) {
		return ""
	}
	return r.seen[i].raw
}

// advance passes members of the record until the wanted column is seen, and reports whether it is. Members that are
// written without blanks, have the expected key and are strings, which most are, it passes itself.
func (r *record) advance(wanted int) bool {
	t, i, last := r.text, r.pos, r.last
	for i < len(t) {
		if t[i] == ',' {
			i++
		}
		n := r.keys[last].next
		k := &r.keys[n]
		if v := i + len(k.written); n > 0 && v < len(t) && t[i:v] == k.written && t[v] == '"' {
			after := stringEnd(t, v+1) + 1
			if after == 0 {
				break
			}
			i, last = after, n
			if k.want < 0 {
				continue
			}
			if f := &r.seen[k.want]; f.gen != r.gen {
				*f = seenField{t[v:after], r.gen}
			}
			if k.want == wanted {
				r.pos, r.last = i, last
				return true
			}
			continue
		}
		r.pos, r.last = i, last
		if !r.step() {
			return false
		}
		if i, last = r.pos, r.last; r.seen[wanted].gen == r.gen {
			return true
		}
	}
	r.pos, r.last = len(t), last
	return false
}

// step passes one member of the record, whatever the way in which it is written, and reports whether there was one.
func (r *record) step() bool {
	t, i := r.text, skipBlank(r.text, r.pos)
	if i < len(t) && t[i] == ',' {
		i = skipBlank(t, i+1)
	}
	if i >= len(t) || t[i] != '"' {
		r.pos = len(t)
		return false
	}
	// The expected key is passed without looking for its end.
	if n := r.keys[r.last].next; n > 0 {
		if k := &r.keys[n]; strings.HasPrefix(t[i:], k.written) {
			r.last = n
			return r.value(i+len(k.written), k.want)
		}
	}
	end := stringEnd(t, i+1)
	if end < 0 {
		r.pos = len(t)
		return false
	}
	want := r.meet(t[i+1 : end])
	if i = skipBlank(t, end+1); i >= len(t) || t[i] != ':' {
		r.pos = len(t)
		return false
	}
	return r.value(i+1, want)
}

// value passes the value that begins at i and keeps it where its column is wanted.
func (r *record) value(i, want int) bool {
	t := r.text
	i = skipBlank(t, i)
	after := valueEnd(t, i)
	if after < 0 {
		r.pos = len(t)
		return false
	}
	if want >= 0 && r.seen[want].gen != r.gen {
		r.seen[want] = seenField{t[i:after], r.gen}
	}
	r.pos = after
	return true
}

// meet finds the place of a key among the wanted columns, -1 for none, and remembers that it
// follows the one before.
func (r *record) meet(key string) (want int) {
	id, known := r.ids[key]
	if !known {
		name := key
		if strings.IndexByte(key, '\\') >= 0 {
			name = gjson.Parse(`"` + key + `"`).String()
		}
		want, ok := r.plan.index[name]
		if !ok {
			want = -1
		}
		if len(r.keys) == maxKnownKeys {
			r.last = 0
			return want
		}
		id = len(r.keys)
		written := `"` + key + `":`
		r.ids[written[1:1+len(key)]] = id
		r.keys = append(r.keys, knownKey{written: written, want: want})
	}
	r.keys[r.last].next = id
	r.last = id
	return r.keys[id].want
}

func skipBlank(t string, i int) int {
	for i < len(t) && (t[i] == ' ' || t[i] == '\t' || t[i] == '\n' || t[i] == '\r') {
		i++
	}
	return i
}

// stringEnd gives the place of the quote that ends the string whose text begins
// at i, or -1. It looks at eight bytes at a time.
func stringEnd(t string, i int) int {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	for i+8 <= len(t) {
		s := t[i : i+8]
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		q, b := w^(ones*'"'), w^(ones*'\\')
		hit := ((q-ones)&^q | (b-ones)&^b) & highs
		if hit == 0 {
			i += 8
			continue
		}
		i += bits.TrailingZeros64(hit) >> 3
		if t[i] == '"' {
			return i
		}
		i += 2
	}
	for ; i < len(t); i++ {
		switch t[i] {
		case '"':
			return i
		case '\\':
			i++
		}
	}
	return -1
}

// valueEnd gives the place after the member's JSON value that begins at i, or -1 where the record ends within it.
func valueEnd(t string, i int) int {
	if i >= len(t) {
		return -1
	}
	switch t[i] {
	case '"':
		if end := stringEnd(t, i+1); end >= 0 {
			return end + 1
		}
		return -1
	case '{', '[':
		depth := 0
		for ; i < len(t); i++ {
			switch t[i] {
			case '{', '[':
				depth++
			case '}', ']':
				if depth--; depth == 0 {
					return i + 1
				}
			case '"':
				if i = stringEnd(t, i+1); i < 0 {
					return -1
				}
			}
		}
		return -1
	}
	for ; i < len(t); i++ {
		if t[i] == ',' || t[i] == '}' || t[i] <= ' ' {
			return i
		}
	}
	return -1
}

// recordColumn reads a column of the JSON records of a stretch as a value of type t. Text that is
// no value of t gives null, as ingestion does.
func recordColumn(seg *segment, key string, t scalar.Type) *expr {
	i := seg.want(key)
	if t == scalar.String {
		x := ofString(func(f *frame) string { return textOf(f.rec.raw(i)) })
		x.cheap, x.reads, x.cost, x.field = true, true, 1, i+1
		return x
	}
	x := ofValue(t, func(f *frame) scalar.Value { return fieldValue(f.rec.raw(i), t) })
	x.cheap, x.reads, x.cost = t == scalar.Bool, true, slow
	if t.Integer() {
		x.field = i + 1
	}
	return x
}

// textOf gives the string that a JSON value is as a string column.
func textOf(raw string) string {
	switch {
	case raw == "" || raw == "null":
		return ""
	case raw[0] != '"':
		return raw
	case strings.IndexByte(raw, '\\') < 0:
		return raw[1 : len(raw)-1]
	default:
		return gjson.Parse(raw).String()
	}
}

// fieldValue gives the value that a JSON value is in a column of type t.
func fieldValue(raw string, t scalar.Type) scalar.Value {
	if raw == "" || raw == "null" {
		return scalar.Null(t)
	}
	if t == scalar.Dynamic {
		return dynamicField(raw)
	}
	if t == scalar.Long && raw[0] != '"' {
		if n, err := strconv.ParseInt(raw, 10, 64); err == nil {
			return scalar.NewLong(n)
		}
	}
	return scalar.Convert(scalar.NewString(textOf(raw)), t)
}

// dynamicField reads a dynamic column. Exports write the arrays and bags of such
// columns as JSON text within a string; that text is the value.
func dynamicField(raw string) scalar.Value {
	if raw[0] != '"' {
		return scalar.RawJSON(raw)
	}
	s := textOf(raw)
	if len(s) > 1 && (s[0] == '{' || s[0] == '[') {
		return scalar.ParseJSON(s)
	}
	return scalar.NewString(s).AsDynamic()
}
