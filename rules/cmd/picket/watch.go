package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/seed-2512943d/picket/rules/ruletest"
)

// watchInterval is how often files are looked at.
const watchInterval = 300 * time.Millisecond

// watch runs the tests, and again whenever a file that they are made of changes, until ctx ends.
func (c *testCommand) watch(ctx context.Context, io *streams) error {
	for {
		files, err := c.once(ctx, io)
		if err != nil && !errors.Is(err, errFindings) {
			printError(io.err, err)
		}
		before := c.state(files)
		fmt.Fprintln(io.out, "waiting for a change; Ctrl-C ends")
		for changed := false; !changed; {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(watchInterval):
			}
			now := c.state(files)
			changed = len(now) != len(before)
			for path, at := range now {
				changed = changed || before[path] != at
			}
		}
	}
}

// fileState tells a file from what it was before.
type fileState struct {
	modified time.Time
	size     int64
}

// state looks at the files, and at the test files that are there by now.
func (c *testCommand) state(files []string) map[string]fileState {
	found, _ := ruletest.Find(c.Paths...) // a path that names nothing now may do so later
	states := map[string]fileState{}
	for _, path := range append(found, files...) {
		if info, err := os.Stat(path); err == nil {
			states[path] = fileState{info.ModTime(), info.Size()}
		}
	}
	return states
}
