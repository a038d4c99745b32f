package function

import (
	"strings"
	"testing"
	"time"
)

// hostilePatterns are those over which backtracking engines, deep recursion or great tables fail.
var hostilePatterns = map[string]string{
	"nested stars":                    `^(a*)*$`,
	"nested pluses":                   `^(a+)+$`,
	"alternatives that overlap":       `^(a|aa)+$`,
	"alternatives that are equal":     `^(a|a|a|a)*$`,
	"many stars in a row":             `^a*a*a*a*a*a*a*a*a*a*a*a*a*a*b$`,
	"many dots in a row":              `(.*)(.*)(.*)(.*)(.*)(.*)(.*)x`,
	"optional and then required":      strings.Repeat("a?", 200) + strings.Repeat("a", 200),
	"nested counts":                   `((a{30}){30}){30}`,
	"a count that is too great":       `a{100000}`,
	"a count of a great class":        `\w{900}\w{900}`,
	"deep groups":                     strings.Repeat("(", 100_000) + "a" + strings.Repeat(")", 100_000),
	"deep classes":                    strings.Repeat("[", 100_000) + "a" + strings.Repeat("]", 100_000),
	"classes that open and never end": strings.Repeat("[a&&", 50_000),
	"long intersections":              `[` + strings.Repeat(`\w&&`, 20_000) + `a]`,
	"long alternatives":               strings.Repeat("abc|", 50_000) + "x",
	"many flags":                      strings.Repeat("(?i:", 50_000) + "a" + strings.Repeat(")", 50_000),
	"an e-mail address":               `^([a-zA-Z0-9])(([\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}[a-z0-9]+[.]{1}(([a-z]{2,3})|([a-z]{2,3}[.]{1}[a-z]{2,3}))$`,
	"escapes without an end":          strings.Repeat(`\x{`, 50_000),
	"comments without an end":         `(?x)` + strings.Repeat("#", 200_000),
	"names of properties":             strings.Repeat(`\p{`, 50_000),
}

// TestHostilePatterns: each is refused, or matches in a time that grows with the text only.
func TestHostilePatterns(t *testing.T) {
	text := strings.Repeat("a", 20_000) + "!"
	for name, pattern := range hostilePatterns {
		done := make(chan string, 1)
		start := time.Now()
		go func() {
			re, err := CompileRegex(pattern)
			if err != nil {
				done <- "refused: " + err.Error()
				return
			}
			re.MatchString(text)
			re.FindStringSubmatchIndex(text[:2000])
			done <- "matched"
		}()
		select {
		case outcome := <-done:
			if len(outcome) > 1000 {
				t.Errorf("%s: the message has %d bytes", name, len(outcome))
			}
			t.Logf("%s: %.100s in %v", name, outcome, time.Since(start).Round(time.Millisecond))
		case <-time.After(20 * time.Second):
			t.Errorf("%s: there is no answer after 20 s", name)
		}
	}
}
