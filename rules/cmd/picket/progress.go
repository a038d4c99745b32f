package main

import (
	"context"
	"fmt"
	"io"
	"iter"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/seed-2512943d/picket/eval/ingest"
)

// progressDelay is how long a command runs before it shows its progress.
const progressDelay = time.Second

// progress shows on a terminal how many records have been read.
type progress struct {
	mu    sync.Mutex
	w     io.Writer // nil where there is no terminal
	start time.Time
	bar   *progressbar.ProgressBar
	read  int
	label string
}

func (s *streams) progress() *progress {
	p := &progress{start: time.Now(), label: "reading"}
	if terminal(s.err) {
		p.w = s.err
	}
	return p
}

// say changes the words beside the count.
func (p *progress) say(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.label = fmt.Sprintf(format, args...)
}

// add counts records.
func (p *progress) add(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.read += n
	if p.w == nil || time.Since(p.start) < progressDelay {
		return
	}
	if p.bar == nil {
		p.bar = progressbar.NewOptions(-1, progressbar.OptionSetWriter(p.w), progressbar.OptionShowCount(),
			progressbar.OptionThrottle(100*time.Millisecond), progressbar.OptionClearOnFinish())
	}
	p.bar.Describe(p.label)
	_ = p.bar.Set(p.read) // fails only where the terminal does
}

// end takes the bar away.
func (p *progress) end() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.bar != nil {
		_ = p.bar.Finish()
	}
	p.w = nil
}

// counted is source with its records counted, some at a time.
func (p *progress) counted(source ingest.Source) ingest.Source {
	if p.w == nil {
		return source
	}
	return countedSource{source, p}
}

type countedSource struct {
	ingest.Source
	p *progress
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
				c.p.add(batch)
			}
			if !yield(record, err) {
				break
			}
		}
		c.p.add(n % batch)
	}
}
