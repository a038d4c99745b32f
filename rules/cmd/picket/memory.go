package main

import (
	"fmt"
	"os"

	"github.com/KimMachineGun/automemlimit/memlimit"
	"github.com/alecthomas/units"

	"github.com/seed-2512943d/picket/rules"
)

// memory is the flags that say how much queries may hold, and where they go beyond it.
type memory struct {
	Memory  *units.Base2Bytes `placeholder:"SIZE" help:"What sort, summarize, join and their kin may hold in all queries at once, such as 512MB or 2GB; beyond it they use temporary files. Default: a quarter of the memory of the machine or container."`
	TempDir string            `placeholder:"DIR" help:"The directory of temporary files. Default: the system's, as TMPDIR may set it."`
}

// The default of --memory is a quarter of what there is, as the process takes about twice what its operators hold, and reading takes some
// too; it is smallMemory where that is not known.
const smallMemory = 256 << 20

// machineMemory is what the machine has, or the container where that has less.
var machineMemory = memlimit.ApplyFallback(memlimit.FromCgroup, memlimit.FromSystem)

// bound lets the queries of a workspace, so many of which run at once, hold what the flags say.
func (m *memory) bound(w *rules.Workspace, queries int) error {
	bytes := int64(smallMemory)
	if m.Memory != nil {
		if bytes = int64(*m.Memory); bytes <= 0 {
			return fmt.Errorf("--memory %s: write a size such as 512MB or 2GB", *m.Memory)
		}
	} else if all, err := machineMemory(); err == nil && all > 0 {
		bytes = int64(all / 4)
	}
	w.Memory = max(int(bytes/int64(max(queries, 1))), 1)
	w.TempDir = m.TempDir
	if w.TempDir == "" {
		w.TempDir = os.TempDir()
	} else if info, err := os.Stat(w.TempDir); err != nil || !info.IsDir() {
		return fmt.Errorf("--temp-dir %s: there is no such directory", w.TempDir)
	}
	return nil
}

// boundProcess has the garbage collector work harder where the process nears the memory of the machine or container, before the system ends it.
// GOMEMLIMIT goes first. Where nothing is known the process runs without.
func boundProcess() {
	_, _ = memlimit.Set(memlimit.WithRatio(0.9), memlimit.WithProvider(machineMemory))
}
