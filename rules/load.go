package rules

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
	"golang.org/x/text/encoding/charmap"
)

// Load reads the rule of a YAML file, as it stands: with any line ends, byte-order mark, quoting and unknown keys; or the one rule of a
// JSON file (.json). What is amiss with the rule shows in Validate; Load fails only where the file cannot be read or is no YAML mapping
// or no JSON with a rule, in the latter cases with a Diagnostic.
func Load(path string) (*Rule, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return Parse(path, data)
}

// ParseQuery makes a hunting query of a text that is a query as a whole, such as that of a .kql file. The path is kept for messages.
func ParseQuery(path string, data []byte) *Rule {
	r := &Rule{Path: path, Raw: data, Kind: Hunting, Enabled: true, Query: strings.ReplaceAll(decodeText(data), "\r\n", "\n")}
	line, offset := 1, 0
	for text := range strings.Lines(r.Query) {
		r.QueryPos.segments = append(r.QueryPos.segments, segment{offset, place{line, 1}, text})
		line, offset = line+1, offset+len(text)
	}
	r.QueryPos.Exact = true
	return r
}

// LoadFS is Load for a file of a file system, such as an embedded one.
func LoadFS(fsys fs.FS, name string) (*Rule, error) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		return nil, err
	}
	return Parse(name, data)
}

// LoadDir reads files and directories. Of directories it reads each file below that ends in .yaml or .yml and has a query key at
// its top and is no file of tests (.test.yaml), and the rules in those that end in .json, so that other files may stand beside rules; files
// that are named are always read. The rules come ordered by path, each file once. The error joins those of the files that failed; the
// rules of all others are returned with it.
func LoadDir(paths ...string) ([]*Rule, error) {
	var rules []*Rule
	var failures []error
	files, err := ruleFiles(paths)
	if err != nil {
		failures = append(failures, err)
	}
	for _, file := range files {
		loaded, err := file.load()
		if err != nil {
			failures = append(failures, err)
		}
		for _, rule := range loaded {
			if file.named || rule.places["query"] != (place{}) {
				rules = append(rules, rule)
			}
		}
	}
	return rules, errors.Join(failures...)
}

// ruleFile is a file to read; named says that it was asked for by name, not found in a directory.
type ruleFile struct {
	path  string
	named bool
}

// load reads the rules of the file. JSON found in a directory need not hold any, nor be JSON where nothing in it speaks of Sentinel.
func (f ruleFile) load() ([]*Rule, error) {
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil, err
	}
	if isJSON(f.path) && !f.named && !bytes.Contains(data, []byte(`"query"`)) {
		return nil, nil
	}
	rules, err := ParseAll(f.path, data)
	switch {
	case isJSON(f.path) && !f.named && err != nil && !bytes.Contains(data, []byte("SecurityInsights")):
		return nil, nil
	case f.named && err == nil && rules == nil:
		err = noRule(f.path)
	}
	return rules, err
}

func ruleFiles(paths []string) ([]ruleFile, error) {
	var files []ruleFile
	var failures []error
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil {
				failures = append(failures, err)
				return nil
			}
			extension := strings.ToLower(filepath.Ext(path))
			isRule := (extension == ".yaml" || extension == ".yml" || extension == ".json") && !strings.HasSuffix(path, ".test.yaml")
			if !entry.IsDir() && (path == root || isRule) {
				files = append(files, ruleFile{path, path == root})
			}
			return nil
		})
		failures = append(failures, err)
	}
	slices.SortStableFunc(files, func(a, b ruleFile) int { return strings.Compare(a.path, b.path) })
	files = slices.CompactFunc(files, func(a, b ruleFile) bool { return a.path == b.path })
	return files, errors.Join(failures...)
}

// Parse reads a rule from the bytes of a file; name stands for its path. It keeps data, which must not change afterwards.
func Parse(name string, data []byte) (*Rule, error) {
	rules, err := ParseAll(name, data)
	switch {
	case err != nil:
		return nil, err
	case rules == nil:
		return nil, noRule(name)
	case len(rules) > 1:
		line, column := rules[1].Place("query")
		return nil, Diagnostic{
			Code: "SR000", Severity: Error, Message: fmt.Sprintf("the file holds %d rules where one is meant", len(rules)), Path: name, Line: line, Column: column,
		}
	}
	return rules[0], nil
}

// ParseAll is Parse for files that may hold any number of rules, as JSON (a name that ends in .json) does: templates of Azure Resource
// Manager with the rules that the portal exports or a solution brings, answers of the management API, and lists of rules. Of templates,
// expressions are resolved as far as the file itself says what they stand for. JSON without a rule gives none. Other files hold one rule.
func ParseAll(name string, data []byte) ([]*Rule, error) {
	text := decodeText(data)
	if isJSON(name) {
		return parseResources(name, text, data)
	}
	rule, err := parseRule(name, text, data)
	if err != nil {
		return nil, err
	}
	return []*Rule{rule}, nil
}

func isJSON(name string) bool { return strings.EqualFold(filepath.Ext(name), ".json") }

func noRule(name string) Diagnostic {
	return Diagnostic{
		Code: "SR000", Severity: Error, Message: "the JSON holds no Scheduled or NRT rule and no hunting query", Path: name, Line: 1, Column: 1,
		Hint: "a rule is a resource of the type alertRules or alertRuleTemplates, or an object with displayName and query",
	}
}

// parseRule reads the rule that a YAML text is.
func parseRule(name, text string, data []byte) (*Rule, error) {
	root, err := parseYAML(name, text)
	if err != nil {
		return nil, err
	}
	rule := newRule()
	rule.Path, rule.Raw = name, data
	decoder := &ruleDecoder{rule: rule, text: text}
	decoder.object(decoder.fields())("", root)
	rule.placeAliases()
	rule.Kind = kindOf(rule)
	return rule, nil
}

// parseYAML gives the mapping that a document is.
func parseYAML(name, text string) (*yaml.Node, error) {
	var document yaml.Node
	if err := yaml.Load([]byte(text), &document); err != nil {
		return nil, yamlError(name, err)
	}
	root := &document
	if root.Kind == yaml.DocumentNode && len(root.Content) == 1 {
		root = root.Content[0]
	}
	if root.Kind != yaml.MappingNode {
		return nil, Diagnostic{
			Code: "SR000", Severity: Error, Message: "the file holds no mapping of keys to values", Path: name, Line: max(root.Line, 1), Column: max(root.Column, 1),
		}
	}
	return root, nil
}

func yamlError(name string, err error) Diagnostic {
	d := Diagnostic{Code: "SR000", Severity: Error, Message: err.Error(), Path: name, Line: 1, Column: 1}
	var at *yaml.LoadError
	if errors.As(err, &at) {
		d.Message, d.Line, d.Column = at.Message, max(at.Mark.Line, 1), max(at.Mark.Column, 1)
	}
	return d
}

// decodeText gives the text of a file: UTF-8 without its byte-order mark, UTF-16 with one, and where bytes are no UTF-8, each of these as
// Windows-1252, which is what editors of older files wrote.
func decodeText(data []byte) string {
	if len(data) >= 2 && len(data)%2 == 0 && (data[0] == 0xFF && data[1] == 0xFE || data[0] == 0xFE && data[1] == 0xFF) {
		units := make([]uint16, len(data)/2-1)
		for i := range units {
			low, high := data[2*i+2], data[2*i+3]
			if data[0] == 0xFE {
				low, high = high, low
			}
			units[i] = uint16(high)<<8 | uint16(low)
		}
		return string(utf16.Decode(units))
	}
	text := strings.TrimPrefix(string(data), "\uFEFF")
	if utf8.ValidString(text) {
		return text
	}
	var repaired strings.Builder
	for i, size := 0, 0; i < len(text); i += size {
		var r rune
		if r, size = utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			r = charmap.Windows1252.DecodeByte(text[i])
		}
		repaired.WriteRune(r)
	}
	return repaired.String()
}

// kindOf is the kind that a file says or that its keys show. A file that says Scheduled without any key of a schedule cannot be
// scheduled; published hunting queries are such files.
func kindOf(rule *Rule) Kind {
	if rule.Kind == NRT {
		return NRT
	}
	for _, key := range scheduleKeys {
		if _, present := rule.places[key]; present {
			return Scheduled
		}
	}
	return Hunting
}

var scheduleKeys = []string{"queryFrequency", "queryPeriod", "triggerOperator", "triggerThreshold"}

// index is the path of an item of a list.
func index(path string, i int) string { return fmt.Sprintf("%s[%d]", path, i) }
