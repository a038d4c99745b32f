package rules

import "github.com/seed-2512943d/picket/eval/ingest"

// Limits of the bad records that BadRecords keeps; all are counted.
const (
	MaxBadRecords       = 100
	MaxBadRecordsOfFile = 10
)

// maxBadPlaces is how many bad records are told apart; a query that meets more of them, and reads their table twice, counts the rest twice.
const maxBadPlaces = 100_000

// BadRecords counts records that could not be read, each once though a query reads its table several times, and keeps the first of each
// file. The zero value has none.
type BadRecords struct {
	Count int
	First []*ingest.BadRecord // at most MaxBadRecordsOfFile of one file, and MaxBadRecords of all

	places map[badPlace]bool
	ofFile map[string]int // how many of First
}

type badPlace struct {
	file   string
	offset int64
	line   int
}

// Add counts a record, unless it has been.
func (b *BadRecords) Add(bad *ingest.BadRecord) {
	at := badPlace{bad.File, bad.Offset, bad.Line}
	if b.places[at] {
		return
	}
	if b.places == nil {
		b.places, b.ofFile = map[badPlace]bool{}, map[string]int{}
	}
	if len(b.places) < maxBadPlaces {
		b.places[at] = true
	}
	b.Count++
	if len(b.First) < MaxBadRecords && b.ofFile[bad.File] < MaxBadRecordsOfFile {
		b.ofFile[bad.File]++
		b.First = append(b.First, bad)
	}
}
