package describe

import (
	"embed"
	"html/template"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/seed-2512943d/picket/rules"
)

//go:embed web
var web embed.FS

// webTemplates are those of web; style and script stand in the pages that need them, so that each page is whole by itself.
var webTemplates = sync.OnceValue(func() *template.Template {
	read := func(name string) string {
		text, err := web.ReadFile("web/" + name)
		if err != nil {
			panic("describe: the embedded files: " + err.Error())
		}
		return string(text)
	}
	style, script := template.CSS(read("style.css")), template.JS(read("catalog.js"))
	return template.Must(template.New("").Funcs(template.FuncMap{
		"style":           func() template.CSS { return style },
		"script":          func() template.JS { return script },
		"anchor":          anchor,
		"parent":          parentTechnique,
		"counted":         counted,
		"shown":           Indicator.shown,
		"conditionLabel":  Condition.label,
		"conditionalText": (*Conditional).text,
		"pipelineTitle":   Pipeline.title,
		"stageTitle":      Stage.title,
		"legTitle":        Leg.title,
		"preformatted":    preformatted,
		"relatedSentence": func() string { return relatedSentence },
		"indicatorsText":  func() string { return indicatorsText },
		"outputsText":     func() string { return outputsText },
		"noOutputs":       func() string { return noOutputs },
	}).ParseFS(web, "web/*.html"))
})

// HTML writes the page as one HTML document that needs nothing else: no script, and its style within. The error is that of writing.
func (p *Page) HTML(w io.Writer) error {
	return webTemplates().ExecuteTemplate(w, "page", webPage{Page: p})
}

// webPage is a page with the places of those it links to, of which a page by itself has none.
type webPage struct {
	*Page
	Root  string // of the site, relative to the page
	hrefs map[*rules.Rule]string
}

// link is a rule named on the page of another.
type link struct{ Text, Href, Note string }

// Heading is the title of the page.
func (p webPage) Heading() string { return p.title() }

// Metadata are the facts under the title.
func (p webPage) Metadata() []Tag { return p.metadata() }

// RelatedSummary counts the related rules.
func (p webPage) RelatedSummary() string { return p.relatedSummary() }

// Sections are those behind the output fields.
func (p webPage) Sections() []section { return p.furtherSections() }

// Contents are the titles of the page's sections.
func (p webPage) Contents() []string {
	var titles []string
	if len(p.Attack)+len(p.Tactics) > 0 {
		titles = append(titles, "MITRE ATT&CK coverage")
	}
	titles = append(titles, "Rules detecting the same action", "Rule body", "Stages and Predicates", "Indicators", "Output fields")
	for _, s := range p.Sections() {
		titles = append(titles, s.Title)
	}
	return titles
}

// RelatedLinks are the rules that detect the same action.
func (p webPage) RelatedLinks() []link {
	links := make([]link, len(p.Related))
	for i, r := range p.Related {
		links[i] = p.linkTo(r.rule)
		links[i].Note = strings.Join(r.Actions, ", ")
	}
	return links
}

// Sharing are the rules that look for the same value.
func (p webPage) Sharing(v Value) []link {
	links := make([]link, len(v.sharing))
	for i, rule := range v.sharing {
		links[i] = p.linkTo(rule)
	}
	return links
}

// Linked is the text of a cell; one that names a table or function of the query leads to the rules that need it.
func (p webPage) Linked(text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	for _, need := range p.Needs {
		if p.Root != "" && need.Name == text {
			return template.HTML(`<a href="` + p.Root + "tables.html#" + anchor(text) + `">` + escaped + "</a>")
		}
	}
	return template.HTML(escaped)
}

func (p webPage) linkTo(rule *rules.Rule) link {
	text := rule.Name
	if text == "" {
		text = rule.Path
	}
	l := link{Text: text}
	if place, ok := p.hrefs[rule]; ok {
		l.Href = p.Root + place
	}
	return l
}

func (c *Conditional) text() string { return c.Column + " =\n" + strings.Join(c.lines("  "), "\n") }

// preformatted keeps the first line of a text within pre: HTML drops a line end there.
func preformatted(text string) string {
	if strings.HasPrefix(text, "\n") {
		return "\n" + text
	}
	return text
}

var notInAnchors = regexp.MustCompile(`[^A-Za-z0-9_]+`)

// anchor is a name as part of an address.
func anchor(name string) string {
	return strings.Trim(notInAnchors.ReplaceAllString(name, "-"), "-")
}

// parentTechnique is the technique that a sub-technique belongs to.
func parentTechnique(id string) string {
	id, _, _ = strings.Cut(id, ".")
	return id
}
