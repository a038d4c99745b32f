package describe

import (
	"fmt"
	"io"
	"strings"
)

// Markdown writes the page as GitHub-flavoured Markdown. Its sections are those of the other forms. The error is that of writing.
func (p *Page) Markdown(w io.Writer) error {
	m := &markdown{}
	m.heading(1, p.title())
	for _, fact := range p.metadata() {
		m.line("- **" + fact.Name + ":** " + escaped(fact.Value))
	}
	if p.Banner != "" {
		m.line("\n> " + p.Banner)
	}
	if p.Description != "" {
		m.line("")
		m.line(escaped(p.Description))
	}
	m.attack(p)
	m.heading(2, "Rules detecting the same action")
	m.line(relatedSentence + " " + p.relatedSummary())
	if len(p.Related) > 0 {
		m.line("")
	}
	for _, r := range p.Related {
		m.line("- " + escaped(r.Name) + " — " + codes(r.Actions))
	}
	m.heading(2, "Rule body")
	m.fence("yaml", strings.TrimRight(p.Body, "\r\n"))
	m.stages(p)
	m.indicators(p)
	m.heading(2, "Output fields")
	if len(p.Outputs) == 0 {
		m.line(noOutputs)
	} else {
		rows := [][]string{{"Field", "Source"}}
		for _, o := range p.Outputs {
			rows = append(rows, []string{code(o.Name), o.Made})
		}
		m.table(rows)
	}
	for _, s := range p.furtherSections() {
		m.heading(2, s.Title)
		m.plainTable(s.Rows)
	}
	_, err := io.WriteString(w, strings.TrimLeft(m.String(), "\n"))
	return err
}

// markdown is a text in Markdown being written.
type markdown struct{ strings.Builder }

func (m *markdown) line(text string) {
	m.WriteString(text)
	m.WriteByte('\n')
}

func (m *markdown) heading(level int, text string) {
	if !strings.HasSuffix(m.String(), "\n\n") {
		m.line("")
	}
	m.line(strings.Repeat("#", level) + " " + escaped(text) + "\n")
}

// fence writes a block of code, between fences longer than any in the text.
func (m *markdown) fence(language, text string) {
	fence := "```"
	for strings.Contains(text, fence) {
		fence += "`"
	}
	m.line(fence + language + "\n" + text + "\n" + fence)
}

// table writes rows of Markdown; the first is their heads.
func (m *markdown) table(rows [][]string) {
	for i, row := range rows {
		m.line("| " + strings.Join(row, " | ") + " |")
		if i == 0 {
			m.line("|" + strings.Repeat("---|", len(row)))
		}
	}
}

// plainTable writes rows of texts.
func (m *markdown) plainTable(rows [][]string) {
	cells := make([][]string, len(rows))
	for i, row := range rows {
		for _, cell := range row {
			cells[i] = append(cells[i], escaped(cell))
		}
	}
	m.table(cells)
}

func (m *markdown) attack(p *Page) {
	if len(p.Attack)+len(p.Tactics) == 0 {
		return
	}
	m.heading(2, "MITRE ATT&CK coverage")
	if len(p.Attack) > 0 {
		rows := [][]string{{"Tactic", "Techniques"}}
		for _, c := range p.Attack {
			names := make([]string, len(c.Techniques))
			for i, t := range c.Techniques {
				names[i] = t.String()
			}
			rows = append(rows, []string{c.Title, strings.Join(names, ", ")})
		}
		m.plainTable(rows)
	}
	if len(p.Tactics) > 0 {
		m.line("\nTactics without technique: " + strings.Join(p.Tactics, ", "))
	}
}

func (m *markdown) stages(p *Page) {
	m.heading(2, "Stages and Predicates")
	for _, list := range []struct {
		title string
		lets  []Parameter
	}{{"Parameters", p.Parameters}, {"Functions", p.Functions}} {
		if len(list.lets) > 0 {
			m.heading(3, list.title)
			for _, let := range list.lets {
				m.fence("kusto", let.Text)
			}
		}
	}
	for _, pipeline := range p.Pipelines {
		if pipeline.Name != "" {
			m.heading(3, pipeline.title())
		}
		m.stageList(pipeline.Stages)
	}
}

func (m *markdown) stageList(stages []Stage) {
	for _, s := range stages {
		m.heading(4, s.title())
		m.fence("kusto", s.Text)
		for _, c := range s.Conditionals {
			m.line("")
			m.fence("", c.text())
		}
		for _, leg := range s.Legs {
			m.line("\n**" + escaped(leg.title(s)) + "**")
			m.stageList(leg.Stages)
		}
	}
}

func (m *markdown) indicators(p *Page) {
	m.heading(2, "Indicators")
	m.line(indicatorsText + "\n")
	rows := [][]string{{"Field", "Kind", "Value", "Transforms", "Corpus"}}
	for _, i := range p.Indicators {
		for _, v := range i.shown() {
			value, count := code(v.String()), ""
			if len(i.Values) == 0 {
				value = v.Text
			}
			if v.Others > 0 {
				count = fmt.Sprint(v.Others)
			}
			rows = append(rows, []string{code(i.Field), i.Label(), value, strings.Join(v.Transforms, ", "), count})
		}
	}
	if len(rows) == 1 {
		m.line("None.")
	} else {
		m.table(rows)
	}
	if len(p.Others) > 0 {
		m.heading(3, "Other predicates")
		for _, o := range p.Others {
			m.line("- " + code(o.label()))
		}
	}
}

// escaped is a text without the characters that mean something in Markdown, on one line.
func escaped(text string) string {
	return strings.NewReplacer("\\", "\\\\", "|", "\\|", "*", "\\*", "_", "\\_", "`", "\\`", "<", "&lt;", "[", "\\[", "]", "\\]", "\r", "", "\n", " ").Replace(text)
}

// code is a text in a code span, also within a table. A span's ends are longer than any run of their character in it.
func code(text string) string {
	text = strings.NewReplacer("|", "\\|", "\r", "\\r", "\n", "\\n").Replace(text)
	ticks := "`"
	for strings.Contains(text, ticks) {
		ticks += "`"
	}
	if len(ticks) > 1 || strings.HasPrefix(text, " ") || strings.HasSuffix(text, " ") {
		text = " " + text + " "
	}
	return ticks + text + ticks
}

func codes(texts []string) string {
	spans := make([]string, len(texts))
	for i, text := range texts {
		spans[i] = code(text)
	}
	return strings.Join(spans, ", ")
}
