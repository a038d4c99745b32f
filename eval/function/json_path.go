package function

import (
	"fmt"
	"strconv"
	"strings"
)

// pathStep is one step of a JSONPath: a key of a bag, or an index of an array.
type pathStep struct {
	key     string
	index   int
	isIndex bool
}

// parseJSONPath reads $ and the steps behind it: .key, ['key'], ["key"] and [n].
//
// Source: Kusto docs, "JSONPath syntax".
func parseJSONPath(path string) ([]pathStep, error) {
	rest, ok := strings.CutPrefix(path, "$")
	if !ok {
		return nil, fmt.Errorf("the JSONPath %q does not start with $", path)
	}
	var steps []pathStep
	for rest != "" {
		var step pathStep
		if rest[0] == '[' {
			step, rest, ok = bracketStep(rest[1:])
		} else {
			step, rest, ok = dotStep(rest)
		}
		if !ok {
			return nil, fmt.Errorf("the JSONPath %q is wrong, or more than keys and indices", path)
		}
		steps = append(steps, step)
	}
	return steps, nil
}

// dotStep reads .key and returns what follows.
func dotStep(s string) (step pathStep, rest string, ok bool) {
	s, ok = strings.CutPrefix(s, ".")
	end := strings.IndexAny(s, ".[")
	if end < 0 {
		end = len(s)
	}
	step.key = s[:end]
	return step, s[end:], ok && end > 0 && step.key != "*"
}

// bracketStep reads what follows an opening bracket, up to behind the closing one.
func bracketStep(s string) (step pathStep, rest string, ok bool) {
	if s != "" && (s[0] == '\'' || s[0] == '"') {
		step.key, rest, ok = strings.Cut(s[1:], s[:1]+"]")
		return step, rest, ok
	}
	number, rest, ok := strings.Cut(s, "]")
	index, err := strconv.Atoi(number)
	return pathStep{index: index, isIndex: true}, rest, ok && err == nil && index >= 0
}
