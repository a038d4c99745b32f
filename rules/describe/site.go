package describe

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// Site is a static site of a collection: a page for each rule, with links between those that look for the same; an index with search and
// filters; an ATT&CK matrix; a list of tables. It works from files, and all but search and filters without script.
type Site struct {
	Title  string // of the index
	Source string // where the rules come from; each page names the path of its file otherwise
	Root   string // the directory that paths of rules are shown relative to
}

// Write makes the site in a directory, which is created where it is missing. Files of the same names are replaced, others stay. The error
// is that of writing a file.
func (s Site) Write(dir string, corpus *Corpus) error {
	if err := os.MkdirAll(filepath.Join(dir, rulesDir), 0o755); err != nil {
		return err
	}
	pages := corpus.Pages()
	places := s.places(corpus)
	failures := make([]error, len(pages))
	inParallel(len(pages), func(i int) {
		p, rule := pages[i], corpus.members[i].rule
		p.Path = s.relative(p.Path)
		p.Source = cmp.Or(s.Source, p.Path)
		failures[i] = render(filepath.Join(dir, filepath.FromSlash(places[rule])), "page", webPage{p, "../", places})
	})
	if err := errors.Join(failures...); err != nil {
		return err
	}
	entries := make([]entry, len(pages))
	for i, p := range pages {
		entries[i] = entry{p, places[corpus.members[i].rule]}
	}
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.title()), strings.ToLower(b.title())), strings.Compare(a.Path, b.Path))
	})
	for _, file := range []struct {
		name, template string
		data           any
	}{
		{"index.html", "index", newIndex(s.Title, entries)},
		{"attack.html", "attack", newMatrix(entries)},
		{"tables.html", "tables", newTableList(entries)},
	} {
		if err := render(filepath.Join(dir, file.name), file.template, file.data); err != nil {
			return err
		}
	}
	return nil
}

// entry is a page of the site with its place.
type entry struct {
	*Page
	href string
}

func (e entry) link() link { return link{Text: e.title(), Href: e.href} }

// rulesDir is the directory of the rules' pages.
const rulesDir = "rules"

// places gives each rule the name of its page, which is that of its file.
func (s Site) places(corpus *Corpus) map[*rules.Rule]string {
	places, taken := map[*rules.Rule]string{}, map[string]bool{}
	for _, m := range corpus.members {
		path := s.relative(m.rule.Path)
		stem := strings.ToLower(anchor(strings.TrimSuffix(path, filepath.Ext(path))))
		name := cmp.Or(stem, "rule")
		for n := 2; taken[name]; n++ {
			name = fmt.Sprintf("%s-%d", stem, n)
		}
		taken[name] = true
		places[m.rule] = rulesDir + "/" + name + ".html"
	}
	return places
}

func (s Site) relative(path string) string {
	if relative, err := filepath.Rel(s.Root, path); err == nil && s.Root != "" && !strings.HasPrefix(relative, "..") {
		return filepath.ToSlash(relative)
	}
	return path
}

func render(path, name string, data any) error {
	var text bytes.Buffer
	if err := webTemplates().ExecuteTemplate(&text, name, data); err != nil {
		return err
	}
	return os.WriteFile(path, text.Bytes(), 0o644)
}
