package eval

import (
	"github.com/cespare/xxhash/v2"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// maxLevel is how often what is parted by keys may be parted again.
const maxLevel = 12

// parts is rows parted by their keys: those of one key are in one part.
type parts struct {
	file  *spillFile
	runs  [fanOut]*rowRun
	level int
}

func newParts(e env, level int) *parts {
	p := &parts{file: e.spillFile(), level: level}
	for i := range p.runs {
		p.runs[i] = p.file.newRun()
	}
	return p
}

// add puts a row into the part of its key. Each level goes by other bits of the key's hash.
func (p *parts) add(key []byte, tag uint64, row ...[]scalar.Value) bool {
	return p.runs[xxhash.Sum64(key)>>(4*p.level)%fanOut].add(tag, row...)
}

// done writes what is still in the buffers.
func (p *parts) done() bool {
	for _, run := range p.runs {
		if !run.done() {
			return false
		}
	}
	return true
}

// close gives the file back.
func (p *parts) close() {
	if p != nil {
		p.file.close()
	}
}
