package function

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Each pattern must match the texts before "|" and none after it.
var dialectCases = []struct {
	pattern    string
	match, not []string
}{
	{`^\d+$`, []string{"12", "٣٤"}, []string{"a", ""}},
	{`(?-u)^\d+$`, []string{"12"}, []string{"٣"}},
	{`^(?-u:\w)\w$`, []string{"aé"}, []string{"éa"}},
	{`^\w+$`, []string{"aZ_9", "naïve", "漢字", "a\u0301"}, []string{"a-b", ""}},
	{`^\W$`, []string{"-", " "}, []string{"é", "_"}},
	{`^\s$`, []string{" ", "\v", "\u00a0", "\u3000"}, []string{"x"}},
	{`^[\S]$`, []string{"x", "é"}, []string{" ", "\u00a0"}},
	{`^[^\W_]+$`, []string{"ab1", "é"}, []string{"_", "-"}},
	{`^[\w.-]+$`, []string{"a.b-c"}, []string{"a b"}},
	{`^[\s\S]$`, []string{"x", "\n"}, nil},
	{`^[a-z&&[^aeiou]]+$`, []string{"xyz"}, []string{"a", "e", "X"}},
	{`^[a-z--[aeiou]]+$`, []string{"xyz"}, []string{"a", "1"}},
	{`^[a-c~~b-d]$`, []string{"a", "d"}, []string{"b", "c"}},
	{`^[0-9[a-f]]+$`, []string{"0af"}, []string{"g"}},
	{`^[^0-9[a-f]]+$`, []string{"xyz"}, []string{"a", "7"}},
	{`(?i)^[a-z&&[^k]]$`, []string{"A", "z"}, []string{"k", "K", "\u212a"}},
	{`(?i)^[k&&k]$`, []string{"k", "K", "\u212a"}, []string{"x"}},
	{`^[a-z&&0-9]$`, nil, []string{"a", "0", "-"}},
	{`^[]a]$`, []string{"]", "a"}, []string{"b"}},
	{`^[^]a]$`, []string{"b"}, []string{"]", "a"}},
	{`^[a\-z]$`, []string{"-", "z"}, []string{"b"}},
	{`^[[:alpha:]_]$`, []string{"a", "_"}, []string{"1"}},
	{`^[&~\[\]]$`, []string{"&", "~", "[", "]"}, []string{"a"}},
	{`(?x) a b \ c  # comment` + "\n" + `[ d e ]`, []string{"ab cd", "ab ce"}, []string{"abc", "ab c "}},
	{`^(?x: a b)c $`, []string{"abc "}, []string{"abc"}},
	{`(?i)^ab(?-i)C$`, []string{"ABC", "abC"}, []string{"abc"}},
	{`(?P<n>a)(?<m>b)`, []string{"ab"}, []string{"a"}},
	{`^\x41\x{1F600}\u0042\u{43}\U00000044$`, []string{"A😀BCD"}, nil},
	{`^\/\-\"\'\:\ $`, []string{`/-"': `}, nil},
	{`^\pL\p{Greek}\p{sc=Cyrillic}\P{L}$`, []string{"xαя1"}, []string{"xαяz"}},
	{`^[[]$`, []string{"["}, []string{"]", "[]"}},
	{`^[[:alpha:][]+$`, []string{"a["}, []string{"]", "1"}},
	{`a\0`, []string{"a\x00"}, []string{"a0"}},
	{`^a{,2}$`, []string{"", "aa"}, []string{"aaa"}},
	{`a.c`, []string{"abc"}, []string{"a\nc"}},
	{`(?s)a.c`, []string{"a\nc"}, nil},
	{`\<foo\>`, []string{"a foo b"}, []string{"foobar", "afoo"}},
	{`\<\w+\>-`, []string{"ab-"}, []string{"--"}},
	{`\<\/x`, nil, []string{"</x", "/x", "a/x"}},
	{`\bfoo\b`, []string{"a foo b"}, []string{"foobar"}},
	{`\Aab\z`, []string{"ab"}, []string{"xab", "ab\n"}},
}

func TestCompileRegex(t *testing.T) {
	for _, c := range dialectCases {
		re, err := CompileRegex(c.pattern)
		if err != nil {
			t.Error(err)
			continue
		}
		for _, s := range c.match {
			if !re.MatchString(s) {
				t.Errorf("%q does not match %q", c.pattern, s)
			}
		}
		for _, s := range c.not {
			if re.MatchString(s) {
				t.Errorf("%q matches %q", c.pattern, s)
			}
		}
	}
}

func TestCompileRegexRefuses(t *testing.T) {
	for pattern, reason := range map[string]string{
		`a(?=b)`:         "look-ahead",
		`a(?!b)`:         "look-ahead",
		`(?<=a)b`:        "look-behind",
		`(?<!a)b`:        "look-behind",
		`(a)\1`:          "backreference",
		`(?P<n>a)(?P=n)`: "backreference",
		`(?>a)`:          "group (?>",
		`\<(a)`:          "start of a word",
		`(a)\>`:          "end of a word",
		`\b{start}a`:     "edges of words",
		`(?R)a`:          "flag R",
		`\Qa\E`:          `escape \Q`,
		`[z-a]`:          "backwards",
		`[abc`:           "does not end",
		`[a&&`:           "does not end",
		`\x{110000}`:     "no code point",
		`\xZZ`:           "no code point",
		`\p{Nonsense}`:   "Nonsense",
		`(?`:             "too early",
		`\`:              "too early",
		`(a`:             "missing closing",
		`a)`:             "unexpected )",
		`*a`:             "missing argument",
	} {
		_, err := CompileRegex(pattern)
		if err == nil {
			t.Errorf("%q compiles", pattern)
		} else if !strings.Contains(err.Error(), reason) {
			t.Errorf("%q: %v: want a word on %q", pattern, err, reason)
		}
	}
}

func FuzzCompileRegex(f *testing.F) {
	for _, c := range dialectCases {
		f.Add(c.pattern, "some text: 1.2.3.4 é\n")
	}
	f.Add(`(?i)task|desk`, "TAS\u212a")
	f.Fuzz(func(t *testing.T, pattern, text string) {
		if len(pattern) > 200 {
			return
		}
		// What is looked for first decides nothing that the automaton would decide otherwise.
		if re, err := CompileRegex(pattern); err == nil && re.MatchString(text) != re.Regexp.MatchString(text) {
			t.Errorf("%q holds %q: %t, but %v are looked for", text, pattern, re.Regexp.MatchString(text), re.needs)
		}
	})
}

// TestNeeds lists what a text must hold before patterns of some kinds are tried on it.
func TestNeeds(t *testing.T) {
	for pattern, want := range map[string][]needed{
		`powershell`:                    {{"powershell", false}},
		`(?i)\\temp\\[a-z]+\.exe$`:      {{`\TEMP\`, true}},
		`^\d+ (?:failed|denied) for .+`: {{" for ", false}},
		`(?i)(certutil|bitsadmin)`:      {{"CERTUTIL", true}, {"BITSADMIN", true}},
		`(a|b|c|d)x?`:                   nil,
		`[a-z]*`:                        nil,
		`(?:abc)*`:                      nil,
		`(?:abc){2,3}`:                  {{"abc", false}},
		`abc|`:                          nil,
		"\ufffd":                        nil,
	} {
		re, err := CompileRegex(pattern)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, re.needs, cmp.AllowUnexported(needed{})); diff != "" {
			t.Errorf("%s: -want +got:\n%s", pattern, diff)
		}
	}
}

// rulePattern finds the literal patterns of queries.
var rulePattern = regexp.MustCompile(`(?:matches regex|\b(?:extract|extract_all|extractall|trim|trim_start|trim_end|replace)\()\s*(@"(?:[^"\n]|"")*"|@'(?:[^'\n]|'')*')`)

// The patterns of real rules must compile, but for those that Kusto's dialect
// does not have.
func TestRulePatterns(t *testing.T) {
	root := filepath.Join("..", "..", "..", "shared", "sentinel")
	if _, err := os.Stat(root); err != nil {
		t.Skip("the rules of shared/sentinel are not beside the repository")
	}
	patterns := make(map[string]string)
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") {
			return err
		}
		text, err := os.ReadFile(path)
		for _, m := range rulePattern.FindAllStringSubmatch(string(text), -1) {
			quote := m[1][1:2]
			literal := m[1][2 : len(m[1])-1]
			patterns[strings.ReplaceAll(literal, quote+quote, quote)] = filepath.Base(path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(patterns) < 100 {
		t.Fatalf("only %d patterns found", len(patterns))
	}
	for pattern, file := range patterns {
		if _, err := CompileRegex(pattern); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
	t.Logf("%d patterns", len(patterns))
}

func BenchmarkCompileRegex(b *testing.B) {
	for b.Loop() {
		if _, err := CompileRegex(`^[\w.-]+@[\w-]+\.\w+$`); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMatchString searches a text that lacks the rare word of the pattern.
func BenchmarkMatchString(b *testing.B) {
	re, err := CompileRegex(`(?i)(?:boto3|botocore)/[\d.]+ .*kali`)
	if err != nil {
		b.Fatal(err)
	}
	const agent = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0 Safari/537.36"
	b.Run("literal first", func(b *testing.B) {
		for b.Loop() {
			re.MatchString(agent)
		}
	})
	b.Run("automaton", func(b *testing.B) {
		for b.Loop() {
			re.Regexp.MatchString(agent)
		}
	})
}
