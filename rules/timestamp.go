package rules

import (
	"bytes"
	"iter"
	"slices"
	"unsafe"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// timestamp is the column that tables of Defender have beside TimeGenerated, and that alone stands in what its portal exports.
const timestamp = "Timestamp"

// isStamped says whether records of a table may tell their time as Timestamp: as Sentinel stores them, TimeGenerated is the same (Defender page
// "advanced-hunting-schema-tables").
func isStamped(columns []eval.Column) bool {
	has := func(name string) bool {
		return slices.Contains(columns, eval.Column{Name: name, Type: scalar.DateTime})
	}
	return has(timeGenerated) && has(timestamp)
}

// withTimeGenerated gives records that have only a Timestamp that time as TimeGenerated too.
func withTimeGenerated(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		var buffer []byte
		for record, err := range records {
			if err == nil && !bytes.Contains(record, []byte(`"`+timeGenerated+`"`)) {
				at := gjson.Get(unsafe.String(unsafe.SliceData(record), len(record)), timestamp)
				if start := bytes.IndexByte(record, '{'); at.Exists() && start >= 0 {
					buffer = append(append(buffer[:0], `{"`+timeGenerated+`":`...), at.Raw...)
					record = append(append(buffer, ','), record[start+1:]...)
					buffer = record
				}
			}
			if !yield(record, err) {
				return
			}
		}
	}
}
