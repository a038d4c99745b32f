package rules

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

// SavedFunction is a function saved in a workspace, which queries call like a built-in one: a parser, mostly.
type SavedFunction struct {
	Name   string
	Params string // the parameter list as KQL writes it, without parentheses: disabled:bool=false
	Body   string // the KQL text
	Path   string // of the file it stands in
}

// Functions is a set of saved functions, found in files by their names. A function's file is read in full only when it is looked up. Functions is
// safe for concurrent use.
type Functions struct {
	byName map[string]*functionFile
	files  int
}

type functionFile struct {
	path string
	load func() (*SavedFunction, error)
}

// LoadFunctions indexes the functions in files and directories. Three shapes of file hold one each: ASIM's YAML (ParserName,
// EquivalentBuiltInParser, ParserParams, ParserQuery), that of Sentinel solutions (FunctionName, FunctionAlias, FunctionQuery), and bare KQL
// (.kql, .csl, .txt or no extension). The last is named by its file, and by its comment where that tells which alias to save it
// under; a comment "Alias name:" names it alone. A parser of ASIM whose file does not say which built-in one it equals has the name of that one too, _Im_Dns for imDns. Where two files have one name, that in the first path counts, and of one directory the first in order. The error joins those of
// the files that cannot be read; the others are indexed.
func LoadFunctions(paths ...string) (*Functions, error) {
	f := &Functions{byName: map[string]*functionFile{}}
	var failures []error
	var guesses []func() // names that count only where no file claims them
	for _, root := range paths {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() {
				failures = append(failures, err)
				return nil
			}
			names, aliases, load, err := indexFunction(path)
			if err != nil || load == nil {
				failures = append(failures, err)
				return nil
			}
			file := &functionFile{path: path, load: sync.OnceValues(load)}
			f.files++
			f.add(file, names)
			guesses = append(guesses, func() { f.add(file, aliases) })
			return nil
		})
		failures = append(failures, err)
	}
	for _, guess := range guesses {
		guess()
	}
	return f, errors.Join(failures...)
}

func (f *Functions) add(file *functionFile, names []string) {
	for _, name := range names {
		if name != "" && f.byName[name] == nil {
			f.byName[name] = file
		}
	}
}

// Lookup gives the function of a name, which is case-sensitive. ok says whether there is one; the error is that of reading its file.
func (f *Functions) Lookup(name string) (function SavedFunction, ok bool, err error) {
	if f == nil || f.byName[name] == nil {
		return SavedFunction{}, false, nil
	}
	loaded, err := f.byName[name].load()
	if err != nil {
		return SavedFunction{}, true, err
	}
	function = *loaded
	function.Name = name
	return function, true, nil
}

// Names lists the names of all functions, aliases too, in order.
func (f *Functions) Names() []string {
	if f == nil {
		return nil
	}
	names := make([]string, 0, len(f.byName))
	for name := range f.byName {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

var (
	// functionKeys are the top-level keys of a YAML file that name its function.
	functionKeys = pattern(`(?m)^(ParserName|EquivalentBuiltInParser|FunctionName|FunctionAlias):[ \t]*["']?(\w+)`)
	// saveAs is how comments in files of bare KQL tell under which alias to save them.
	saveAs = pattern(`(?i)//.*\b(?:alias|name) (?:as|of|\(e\.g\.) ["']?([A-Za-z_]\w*)`)
	// aliasName is how comments tell the only name that a function is meant to have, in which hyphens stand for underscores.
	aliasName  = pattern(`(?mi)^\s*//\s*alias name: *([\w-]+)`)
	notInNames = pattern(`\W+`)
)

// asimSchemas are the schemas of ASIM, after which its parsers are named (Sentinel page "normalization-about-schemas").
var asimSchemas = []string{
	"AlertEvent", "AuditEvent", "Authentication", "DhcpEvent", "Dns", "FileEvent", "NetworkSession", "ProcessCreate", "ProcessEvent", "ProcessTerminate",
	"RegistryEvent", "UserManagement", "WebSession",
}

// builtInName is the name that the built-in parser has whose deployed one is imDns, vimDnsNative, ASimDns or ASimDnsNative: _Im_Dns,
// _Im_Dns_Native, _ASim_Dns, _ASim_Dns_Native (Sentinel page "normalization-parsers-overview"). Of other names it is empty.
func builtInName(deployed string) string {
	for _, kind := range [][2]string{{"vim", "_Im_"}, {"im", "_Im_"}, {"ASim", "_ASim_"}} {
		rest, ok := strings.CutPrefix(deployed, kind[0])
		if !ok {
			continue
		}
		for _, schema := range asimSchemas {
			switch source, ok := strings.CutPrefix(rest, schema); {
			case ok && source == "":
				return kind[1] + schema
			case ok && len(source) > 1:
				return kind[1] + schema + "_" + source
			}
		}
	}
	return ""
}

// indexFunction finds the names of a file's function, and how to read it; load is nil for files that hold none.
func indexFunction(path string) (names, aliases []string, load func() (*SavedFunction, error), err error) {
	extension := strings.ToLower(filepath.Ext(path))
	if !slices.Contains([]string{".yaml", ".yml", ".kql", ".csl", ".txt", ""}, extension) {
		return nil, nil, nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, nil, err
	}
	text := decodeText(data)
	if extension == ".yaml" || extension == ".yml" {
		for _, match := range functionKeys().FindAllStringSubmatch(text, -1) {
			names = append(names, match[2])
			aliases = append(aliases, builtInName(match[2]))
		}
		if names == nil {
			return nil, nil, nil, nil
		}
		return names, aliases, func() (*SavedFunction, error) { return readFunctionYAML(path) }, nil
	}
	if match := aliasName().FindStringSubmatch(text); match != nil {
		return []string{strings.ReplaceAll(match[1], "-", "_")}, nil, func() (*SavedFunction, error) { return readFunctionText(path) }, nil
	}
	stem := strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))
	names = []string{stem}
	if plain := notInNames().ReplaceAllString(stem, "_"); plain != stem {
		aliases = append(aliases, plain)
	}
	for _, match := range saveAs().FindAllStringSubmatch(text, -1) {
		aliases = append(aliases, match[1])
	}
	return names, aliases, func() (*SavedFunction, error) { return readFunctionText(path) }, nil
}

func readFunctionText(path string) (*SavedFunction, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return &SavedFunction{Body: strings.ReplaceAll(decodeText(data), "\r\n", "\n"), Path: path}, nil
}

func readFunctionYAML(path string) (*SavedFunction, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var file struct {
		ParserParams   yaml.Node `yaml:"ParserParams"`
		ParserQuery    string    `yaml:"ParserQuery"`
		FunctionParams yaml.Node `yaml:"FunctionParameters"`
		FunctionQuery  string    `yaml:"FunctionQuery"`
	}
	if err := yaml.Load([]byte(decodeText(data)), &file); err != nil {
		return nil, yamlError(path, err)
	}
	function := &SavedFunction{Body: file.ParserQuery, Path: path}
	params := &file.ParserParams
	if function.Body == "" {
		function.Body, params = file.FunctionQuery, &file.FunctionParams
	}
	if strings.TrimSpace(function.Body) == "" {
		return nil, fmt.Errorf("%s: there is neither ParserQuery nor FunctionQuery", path)
	}
	function.Params, err = parameterList(params)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return function, nil
}

// parameterList writes parameters as KQL does. They stand in the file as a list of Name, Type and Default, or as KQL's own text.
func parameterList(node *yaml.Node) (string, error) {
	if node.Kind == yaml.ScalarNode {
		return strings.Trim(node.Value, "() \t\n"), nil
	}
	var params []struct {
		Name    string    `yaml:"Name"`
		Type    string    `yaml:"Type"`
		Default yaml.Node `yaml:"Default"`
	}
	if node.Kind != 0 {
		if err := node.Decode(&params); err != nil {
			return "", err
		}
	}
	texts := make([]string, len(params))
	for i, p := range params {
		if strings.EqualFold(p.Type, "table") {
			p.Type = "(*)"
		}
		texts[i] = p.Name + ":" + p.Type
		if p.Default.Kind != 0 {
			texts[i] += "=" + defaultText(strings.ToLower(p.Type), p.Default.Value)
		}
	}
	return strings.Join(texts, ", "), nil
}

// defaultText is a default as KQL writes it: strings in files stand without quotes.
func defaultText(paramType, text string) string {
	if paramType != "string" || strings.HasPrefix(text, "'") || strings.HasPrefix(text, `"`) {
		return text
	}
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `\'`).Replace(text) + "'"
}
