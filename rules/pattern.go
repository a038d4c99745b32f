package rules

import (
	"regexp"
	"sync"
)

// pattern is a regular expression that is compiled when first used: most runs of a rule use none, and compiling all
// would take a good part of a short run.
func pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
