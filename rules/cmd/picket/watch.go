package main

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/seed-2512943d/picket/rules/ruletest"
)

// watchInterval is how often files are looked at.
const watchInterval = 300 * time.Millisecond

// watch runs the tests, and again whenever a file that they are made of changes, until ctx ends.
func (c *testCommand) watch(ctx context.Context, io *streams) error {
	var files []string
	for {
		read, err := c.once(ctx, io)
		files = append(files, read...)
		if err != nil && !errors.Is(err, errFindings) {
			printError(io.err, err)
			// Which files a test file needs is not known where it cannot be read: any beside it may be.
			files = append(files, c.neighbours()...)
		}
		slices.Sort(files)
		files = slices.Compact(files)
		before := c.state(files)
		fmt.Fprintln(io.out, "waiting for a change; Ctrl-C ends")
		changed := ""
		for changed == "" {
			select {
			case <-ctx.Done():
				return nil
			case <-time.After(watchInterval):
			}
			changed = difference(before, c.state(files))
		}
		fmt.Fprintf(io.out, "\n%s  %s\n", time.Now().Format(time.TimeOnly), changed)
	}
}

// neighbours lists the files in the directories of test files.
func (c *testCommand) neighbours() []string {
	found, _ := ruletest.Find(c.Paths...) // the error has been told
	var files []string
	for _, path := range found {
		entries, _ := os.ReadDir(filepath.Dir(path)) // none where it is gone by now
		for _, entry := range entries {
			if !entry.IsDir() {
				files = append(files, filepath.Join(filepath.Dir(path), entry.Name()))
			}
		}
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// difference names a file that is not as it was, and is empty where there is none.
func difference(before, now map[string]fileState) string {
	for _, path := range slices.Sorted(maps.Keys(now)) {
		switch was, known := before[path]; {
		case !known:
			return path + " is there"
		case was != now[path]:
			return path + " has changed"
		}
	}
	for _, path := range slices.Sorted(maps.Keys(before)) {
		if _, left := now[path]; !left {
			return path + " is gone"
		}
	}
	return ""
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
