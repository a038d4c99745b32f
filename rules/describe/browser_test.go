package describe_test

import (
	"context"
	"fmt"
	"iter"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/seed-2512943d/picket/rules"
	"github.com/seed-2512943d/picket/rules/describe"
)

// browser is a headless Chromium, with what its console says.
type browser struct {
	context.Context
	console iter.Seq2[chromedp.ConsoleMessage, error]
}

// openBrowser starts a Chromium, or skips the test where the machine has none.
func openBrowser(t *testing.T) *browser {
	t.Helper()
	names := []string{"chromium", "chromium-browser", "google-chrome", "chrome"}
	found := slices.IndexFunc(names, func(name string) bool {
		_, err := exec.LookPath(name)
		return err == nil
	})
	if found < 0 {
		t.Skip("there is no Chromium on this machine: install the package chromium to test the site in a browser")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(names[found]), chromedp.NoSandbox)
	allocated, stop := chromedp.NewExecAllocator(t.Context(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocated)
	t.Cleanup(closeTab)
	return &browser{ctx, chromedp.Console(ctx)}
}

// do runs actions in the browser.
func (b *browser) do(t *testing.T, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, time.Minute)
	defer cancel()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// ask evaluates an expression in the page.
func ask[T any](t *testing.T, b *browser, expression string) T {
	t.Helper()
	ctx, cancel := context.WithTimeout(b, time.Minute)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// wait holds until an expression is true in the page, or the next one that it becomes.
func (b *browser) wait(t *testing.T, expression string) {
	t.Helper()
	for range 100 {
		if ok, err := chromedp.Run(b, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		time.Sleep(100 * time.Millisecond)
	}
	t.Fatalf("the page never has %s", expression)
}

const shownRules = `Array.from(document.querySelectorAll("#rules tbody tr:not([hidden]) th a"), a => a.textContent)`

// choose sets a field of the filters as a user does.
func choose(name, value string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](fmt.Sprintf(`(() => {
		const field = document.getElementById("filters").elements[%q];
		field.value = %q;
		field.dispatchEvent(new Event("input", {bubbles: true}));
	})()`, name, value))
}

// siteRules are rules that share values, techniques and tables.
func siteRules(t *testing.T) []*rules.Rule {
	t.Helper()
	parse := func(name, head, query string) *rules.Rule {
		r, err := rules.Parse(name+".yaml", []byte("name: "+name+"\n"+head+"query: |\n  "+query+"\n"))
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	return []*rules.Rule{
		parse("Root <user>", "description: Anyone who may do \"all\" & more.\nseverity: High\ntactics: [PrivilegeEscalation]\nrelevantTechniques: [T1078.004]\n",
			"AWSCloudTrail | where UserIdentityType == 'Root' and EventName == 'ConsoleLogin'"),
		parse("Console", "severity: Low\ntactics: [InitialAccess]\nrelevantTechniques: [T1078]\n", "AWSCloudTrail | where EventName == 'ConsoleLogin' | count"),
		parse("Guess", "severity: Medium\ntactics: [CredentialAccess]\nrelevantTechniques: [T1110]\n", "SigninLogs | where ResultType == '50126'"),
	}
}

func TestSiteInBrowser(t *testing.T) {
	dir := t.TempDir()
	if err := (describe.Site{Title: "Rules"}).Write(dir, describe.NewCorpus(rules.NewWorkspace(), siteRules(t)...)); err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t)
	home := "file://" + filepath.ToSlash(dir) + "/index.html"
	b.do(t, chromedp.Navigate(home))
	for _, step := range []struct {
		field, value string
		want         []string
	}{
		{"q", "", []string{"Console", "Guess", "Root <user>"}},
		{"q", "50126", []string{"Guess"}},
		{"q", "ROOT anyone", []string{"Root <user>"}},
		{"q", "", []string{"Console", "Guess", "Root <user>"}},
		{"technique", "T1078", []string{"Console", "Root <user>"}},
		{"severity", "high", []string{"Root <user>"}},
		{"technique", "", []string{"Root <user>"}},
		{"severity", "", []string{"Console", "Guess", "Root <user>"}},
		{"tactic", "InitialAccess", []string{"Console"}},
		{"table", "SigninLogs", []string{}},
		{"tactic", "", []string{"Guess"}},
	} {
		b.do(t, choose(step.field, step.value))
		if got := ask[[]string](t, b, shownRules); !slices.Equal(got, step.want) {
			t.Errorf("with %s = %q the index shows %q, want %q", step.field, step.value, got, step.want)
		}
	}
	if got := ask[string](t, b, `document.getElementById("count").textContent`); got != "1 of 3 rules" {
		t.Errorf("the count says %q", got)
	}
	b.do(t, chromedp.Navigate("about:blank"), chromedp.Navigate(home+"#table=AWSCloudTrail&severity=low"))
	if got := ask[[]string](t, b, shownRules); !slices.Equal(got, []string{"Console"}) {
		t.Errorf("an address with filters shows %q", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS("#rules tbody tr:not([hidden]) a")), chromedp.WaitVisible(chromedp.CSS("#Indicators")))
	if got := ask[string](t, b, `document.querySelector("h1").textContent`); got != "Console" {
		t.Errorf("the link of the index leads to %q", got)
	}
	b.do(t, chromedp.Click(chromedp.CSS("#Indicators summary")), chromedp.Click(chromedp.CSS("#Indicators details[open] a")))
	b.wait(t, `document.querySelector("h1").textContent === "Root <user>"`)
	b.do(t, chromedp.Click(chromedp.CSS("#MITRE-ATT-CK-coverage td a")), chromedp.WaitVisible(chromedp.CSS(".matrix")))
	if got := ask[string](t, b, `document.querySelector(":target").textContent`); got != "T1078 Valid Accounts" {
		t.Errorf("the link of the technique leads to %q", got)
	}
	checkLinks(t, b, dir)
	b.checkConsole(t)
}

// TestSiteOnPhonesAndByKeyboard wants pages no wider than a phone, and the keys to go through the index in the order of its text.
func TestSiteOnPhonesAndByKeyboard(t *testing.T) {
	dir := t.TempDir()
	list := append(siteRules(t), load(t, seedRule))
	if err := (describe.Site{Title: "Rules"}).Write(dir, describe.NewCorpus(rules.NewWorkspace(), list...)); err != nil {
		t.Fatal(err)
	}
	b := openBrowser(t)
	pages, err := filepath.Glob(dir + "/rules/*.html")
	if err != nil || len(pages) != len(list) {
		t.Fatal(pages, err)
	}
	for _, name := range []string{"index.html", "attack.html", "tables.html"} {
		pages = append(pages, filepath.Join(dir, name))
	}
	b.do(t, chromedp.EmulateViewport(360, 740))
	for _, page := range pages {
		b.do(t, chromedp.Navigate("file://"+filepath.ToSlash(page)))
		if wide := ask[int](t, b, `document.documentElement.scrollWidth`); wide > 360 {
			t.Errorf("%s is %d wide on a phone of 360", filepath.Base(page), wide)
		}
	}
	b.do(t, chromedp.EmulateViewport(1280, 800), chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/index.html"), chromedp.WaitVisible(chromedp.CSS("#filters")))
	var met []string
	for range 12 {
		b.do(t, chromedp.KeyEvent("\t"))
		met = append(met, ask[string](t, b, `document.activeElement.name || document.activeElement.textContent`))
	}
	want := []string{"Skip to content", "Rules", "ATT&CK", "Tables", "q", "tactic", "technique", "table", "severity", "Clear", list[3].Name, "Console"}
	if !slices.Equal(met, want) {
		t.Errorf("the tabulator leads to %q, want %q", met, want)
	}
	if outline := ask[string](t, b, `getComputedStyle(document.activeElement).outlineStyle`); outline != "solid" {
		t.Errorf("the focus is shown by an outline that is %s", outline)
	}
	b.checkConsole(t)
}

// checkLinks opens every page of a small site, and wants each link within it to lead somewhere.
func checkLinks(t *testing.T, b *browser, dir string) {
	files, err := filepath.Glob(dir + "/*.html")
	if err != nil {
		t.Fatal(err)
	}
	more, err := filepath.Glob(dir + "/rules/*.html")
	if err != nil {
		t.Fatal(err)
	}
	ids, links := map[string]bool{}, map[string]string{}
	for _, file := range append(files, more...) {
		page := "file://" + filepath.ToSlash(file)
		b.do(t, chromedp.Navigate(page))
		ids[page] = true
		for _, id := range ask[[]string](t, b, `Array.from(document.querySelectorAll("[id]"), e => e.id)`) {
			if ids[page+"#"+id] {
				t.Errorf("%s has the id %s twice", file, id)
			}
			ids[page+"#"+id] = true
		}
		for _, href := range ask[[]string](t, b, `Array.from(document.querySelectorAll("a[href]"), e => e.href)`) {
			links[href] = page
		}
	}
	for href, page := range links {
		if filter, _, ok := strings.Cut(href, "index.html#"); ok && ids[filter+"index.html"] {
			continue // a choice of filters
		}
		if !ids[href] {
			t.Errorf("%s: the link %s leads nowhere", page, href)
		}
	}
	if len(links) < 10 {
		t.Errorf("the site has %d links", len(links))
	}
}

// checkConsole wants the console to have said nothing but what it is told to say here.
func (b *browser) checkConsole(t *testing.T) {
	t.Helper()
	const end = "the end of the test"
	b.do(t, chromedp.Evaluate[chromedp.Void](`console.log("`+end+`")`))
	for message, err := range b.console {
		if err != nil {
			t.Fatal(err)
		}
		if message.Text == end {
			return
		}
		t.Errorf("the console says: %v", message)
	}
}

// TestSiteOfRealRulesInBrowser opens the site of all real rules, and compares what its filters show with the pages.
func TestSiteOfRealRulesInBrowser(t *testing.T) {
	list, w := realRules(t)
	b := openBrowser(t)
	dir := t.TempDir()
	corpus := describe.NewCorpus(w, list...)
	if err := (describe.Site{Title: "Rules", Root: corpusDir}).Write(dir, corpus); err != nil {
		t.Fatal(err)
	}
	impact, high := 0, 0
	for _, rule := range list {
		if slices.Contains(rule.Tactics, "Impact") {
			impact++
			if rule.Severity == "High" {
				high++
			}
		}
	}
	b.do(t, chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/index.html"), chromedp.WaitVisible(chromedp.CSS("#filters")))
	if got := len(ask[[]string](t, b, shownRules)); got != len(list) {
		t.Errorf("the index shows %d rules, want %d", got, len(list))
	}
	b.do(t, choose("tactic", "Impact"))
	if got := len(ask[[]string](t, b, shownRules)); got != impact || impact == 0 {
		t.Errorf("the filter of a tactic shows %d rules, want %d", got, impact)
	}
	b.do(t, choose("severity", "high"))
	if got := len(ask[[]string](t, b, shownRules)); got != high || high == 0 {
		t.Errorf("with a severity the filter shows %d rules, want %d", got, high)
	}
	name := ask[[]string](t, b, shownRules)[0]
	b.do(t, chromedp.Click(chromedp.CSS("#rules tbody tr:not([hidden]) a")), chromedp.WaitVisible(chromedp.CSS("#Indicators")))
	if got := ask[string](t, b, `document.querySelector("h1").textContent`); got != name {
		t.Errorf("the link of %q leads to %q", name, got)
	}
	b.do(t, chromedp.Navigate("file://"+filepath.ToSlash(dir)+"/attack.html"), chromedp.Click(chromedp.CSS(`.matrix a[href="#T1078"]`)))
	b.do(t, chromedp.Click(`//section[h3[@id="T1078"]]//p/a`), chromedp.WaitVisible(chromedp.CSS("#filters")))
	if got := ask[string](t, b, `document.getElementById("filters").elements.technique.value`); got != "T1078" {
		t.Errorf("the link of a technique chooses %q", got)
	}
	b.checkConsole(t)
}
