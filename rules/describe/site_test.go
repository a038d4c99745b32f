package describe_test

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

func TestSitePagesAreSound(t *testing.T) {
	dir := t.TempDir()
	corpus := describe.NewCorpus(rules.NewWorkspace(), append(siteRules(t), load(t, seedRule))...)
	if err := (describe.Site{Title: "Rules", Source: "a repository"}).Write(dir, corpus); err != nil {
		t.Fatal(err)
	}
	pages := 0
	err := filepath.WalkDir(dir, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		pages++
		text, err := os.ReadFile(path)
		checkDocument(t, filepath.Base(path), string(text))
		return err
	})
	if err != nil || pages != 7 {
		t.Errorf("the site has %d pages, want 7: %v", pages, err)
	}
}

func TestPageByItselfIsSound(t *testing.T) {
	var text strings.Builder
	if err := seed(t).HTML(&text); err != nil {
		t.Fatal(err)
	}
	checkDocument(t, "seed", text.String())
	if strings.Contains(text.String(), "<script") {
		t.Error("the page has a script")
	}
}

// checkDocument wants a page that loads nothing, and that a screen reader can follow: a language, a title, one h1, headings that skip no
// level, heads of tables with their scope, labels of fields, and ids that are there once.
func checkDocument(t *testing.T, name, text string) {
	t.Helper()
	root, err := html.Parse(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	ids, level, tops := map[string]bool{}, 0, 0
	for n := range root.Descendants() {
		if id := attribute(n, "id"); id != "" {
			if ids[id] {
				t.Errorf("%s: the id %s is there twice", name, id)
			}
			ids[id] = true
		}
		for _, a := range n.Attr {
			if a.Key == "src" || a.Key == "href" && (strings.Contains(a.Val, ":") || strings.HasPrefix(a.Val, "//")) {
				t.Errorf("%s: %s=%q leads elsewhere", name, a.Key, a.Val)
			}
		}
		switch n.DataAtom {
		case atom.Html:
			if attribute(n, "lang") == "" {
				t.Errorf("%s: there is no language", name)
			}
		case atom.Link, atom.Img, atom.Iframe:
			t.Errorf("%s: there is an element %s", name, n.Data)
		case atom.Th:
			if attribute(n, "scope") == "" {
				t.Errorf("%s: a head of a table has no scope", name)
			}
		case atom.Input, atom.Select:
			if n.Parent.DataAtom != atom.Label {
				t.Errorf("%s: the field %s has no label", name, attribute(n, "name"))
			}
		case atom.H1, atom.H2, atom.H3, atom.H4:
			now := slices.Index([]string{"h1", "h2", "h3", "h4"}, n.Data) + 1
			if now > level+1 {
				t.Errorf("%s: an h%d follows an h%d", name, now, level)
			}
			if level = now; now == 1 {
				tops++
			}
		}
	}
	if tops != 1 || !ids["main"] {
		t.Errorf("%s: there are %d h1", name, tops)
	}
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}

func TestPlacesOfPagesDiffer(t *testing.T) {
	var list []*rules.Rule
	for _, path := range []string{"a b.yaml", "a-b.yaml", "A/B.yml", "ü.yaml"} {
		r, err := rules.Parse(path, []byte("name: one\nquery: AWSCloudTrail\n"))
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, r)
	}
	dir := t.TempDir()
	if err := (describe.Site{}).Write(dir, describe.NewCorpus(rules.NewWorkspace(), list...)); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(filepath.Join(dir, "rules"))
	if err != nil || len(entries) != 4 {
		t.Errorf("%d pages, want 4: %v", len(entries), err)
	}
}

func TestSiteThatCannotBeWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := (describe.Site{}).Write(file, describe.NewCorpus(rules.NewWorkspace())); err == nil {
		t.Error("a file serves as the directory of a site")
	}
	if err := seed(t).HTML(brokenWriter{}); err == nil {
		t.Error("a page is written to a broken writer")
	}
}

type brokenWriter struct{}

func (brokenWriter) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }
