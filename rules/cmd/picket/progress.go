package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"sync"
	"time"

	"github.com/jedib0t/go-pretty/v6/progress"
	"github.com/jedib0t/go-pretty/v6/text"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// progressDelay is how long a command runs before it shows its progress.
const progressDelay = time.Second

// readings shows on a terminal how many records have been read.
type readings struct {
	mu    sync.Mutex
	w     io.Writer // nil where there is no terminal
	start time.Time
	label string
	read  int

	tracker *progress.Tracker // nil until the command has run for a while
	end     func()            // ends the drawing of tracker
}

func (s *streams) readings() *readings {
	r := &readings{start: time.Now(), label: "reading", end: func() {}}
	if terminal(s.err) {
		r.w = s.err
	}
	return r
}

// say changes the words beside the count.
func (r *readings) say(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.label = fmt.Sprintf(format, args...)
}

// add counts records.
func (r *readings) add(n int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.read += n
	if r.w == nil || time.Since(r.start) < progressDelay {
		return
	}
	if r.tracker == nil {
		r.draw()
	}
	r.tracker.UpdateMessage(r.label)
	r.tracker.SetValue(int64(r.read))
}

// draw begins a line that shows the label and the count, of a total that is not known.
func (r *readings) draw() {
	r.tracker = &progress.Tracker{}
	lines := progress.NewWriter()
	lines.SetOutputWriter(r.w)
	lines.SetUpdateFrequency(100 * time.Millisecond)
	lines.Style().Visibility.Percentage = false
	lines.AppendTracker(r.tracker)
	drawn := make(chan struct{})
	go func() {
		lines.Render()
		close(drawn)
	}()
	r.end = func() {
		for {
			lines.Stop() // is not heard before Render has begun
			select {
			case <-drawn:
				fmt.Fprint(r.w, text.CursorUp.Sprint(), text.EraseLine.Sprint())
				return
			case <-time.After(time.Millisecond):
			}
		}
	}
}

// close takes the line away.
func (r *readings) close() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.end()
	r.w, r.end = nil, func() {}
}

// counted is source with its records counted, some at a time.
func (r *readings) counted(source ingest.Source) ingest.Source {
	if r.w == nil {
		return source
	}
	return countedSource{source, r}
}

type countedSource struct {
	ingest.Source
	r *readings
}

func (c countedSource) Records(ctx context.Context) iter.Seq2[[]byte, error] {
	return c.counting(c.Source.Records(ctx))
}

// Parts implements ingest.Parted.
func (c countedSource) Parts(ctx context.Context) iter.Seq[iter.Seq2[[]byte, error]] {
	return func(yield func(iter.Seq2[[]byte, error]) bool) {
		parted, ok := c.Source.(ingest.Parted)
		if !ok {
			yield(c.Records(ctx))
			return
		}
		for part := range parted.Parts(ctx) {
			if !yield(c.counting(part)) {
				return
			}
		}
	}
}

func (c countedSource) counting(records iter.Seq2[[]byte, error]) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		const batch = 1000
		n := 0
		for record, err := range records {
			if n++; n%batch == 0 {
				c.r.add(batch)
			}
			if !yield(record, err) {
				break
			}
		}
		c.r.add(n % batch)
	}
}
