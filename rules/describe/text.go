package describe

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// The sentences of a page that explain its sections.
const (
	crumb           = "Detection rules › Kusto"
	relatedSentence = "Other rules on this platform that filter on the same API call or operation."
	indicatorsText  = "Each row is a field, operator, and value that the rule matches. The corpus column counts how many other rules in the catalog look for " +
		"the same combination: high numbers point to widely-used, community-vetted indicators. Blank or 1 shows that the indicator is specific to this rule."
	outputsText = "Fields the rule emits when it matches. Chronicle authors list these in the outcome block; they appear on the detection and $risk_score " +
		"drives alerting. Sentinel / Defender XDR rules build them up through project / summarize / extend stages. Sentinel maps these into alert fields via " +
		"entityMappings and customDetails; Defender XDR custom detections surface them as alert fields directly."
	noOutputs = "None: the result has the columns of its tables."
	nullValue = "(no value, null check)"
	noValue   = "(no value)"
	emptyList = "(no value, empty list)"
)

// Text writes the page for a terminal. Its sections are those of the other forms. The error is that of writing.
func (p *Page) Text(w io.Writer) error {
	t := &textPage{}
	t.Grow(4096 + 3*len(p.Body))
	t.line(crumb)
	t.gap()
	t.line(p.title())
	t.gap()
	for _, m := range p.metadata() {
		t.line(m.Name)
		t.line("  " + m.Value)
	}
	t.paragraph(p.Banner)
	t.paragraph(p.Description)
	t.attack(p)
	t.related(p)
	t.heading("Rule body kusto")
	t.line(strings.TrimRight(p.Body, "\r\n"))
	t.stages(p)
	t.indicators(p)
	t.outputs(p)
	for _, s := range p.furtherSections() {
		t.heading(s.Title)
		t.table(s.Rows)
	}
	_, err := io.WriteString(w, strings.TrimRight(t.String(), "\n")+"\n")
	return err
}

// title is the rule's name, or its path where it has none.
func (p *Page) title() string {
	if p.Name == "" {
		return p.Path
	}
	return p.Name
}

// metadata are the facts under the title; those that the rule lacks are left out.
func (p *Page) metadata() []Tag {
	all := []Tag{
		{"Status", p.Status}, {"Severity", p.Severity}, {"Time window", p.Window}, {"Group by", strings.Join(p.GroupBy, ", ")},
		{"Source", p.Source}, {"Tags", joinTags(p.Tags)},
	}
	return slices.DeleteFunc(all, func(t Tag) bool { return t.Value == "" })
}

func joinTags(tags []Tag) string {
	texts := make([]string, len(tags))
	for i, t := range tags {
		texts[i] = t.Name
		if t.Value != "" {
			texts[i] += ": " + t.Value
		}
	}
	return strings.Join(texts, ", ")
}

// textPage is a page being written.
type textPage struct{ strings.Builder }

func (t *textPage) line(text string) {
	t.WriteString(strings.TrimRight(text, " "))
	t.WriteByte('\n')
}

func (t *textPage) gap() { t.WriteByte('\n') }

func (t *textPage) heading(text string) {
	t.gap()
	t.line(text)
	t.gap()
}

// paragraph writes a text of its own, if there is one.
func (t *textPage) paragraph(text string) {
	if text != "" {
		t.gap()
		t.line(text)
	}
}

// table writes rows with their cells below each other.
func (t *textPage) table(rows [][]string) {
	var widths []int
	for _, row := range rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], min(utf8.RuneCountInString(cell), widestCell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			line.WriteString(cell)
			line.WriteString(strings.Repeat(" ", max(widths[i]-utf8.RuneCountInString(cell), 0)+2))
		}
		t.line(line.String())
	}
}

// widestCell is the width beyond which one long cell does not move the others.
const widestCell = 40

func (t *textPage) attack(p *Page) {
	if len(p.Attack)+len(p.Tactics) == 0 {
		return
	}
	t.heading("MITRE ATT&CK coverage")
	if len(p.Attack) > 0 {
		rows := [][]string{{"Tactic", "Techniques"}}
		for _, c := range p.Attack {
			for i, technique := range c.Techniques {
				title := c.Title
				if i > 0 {
					title = ""
				}
				rows = append(rows, []string{title, technique.String()})
			}
		}
		t.table(rows)
	}
	if len(p.Tactics) > 0 {
		t.line("Tactics without technique: " + strings.Join(p.Tactics, ", "))
	}
}

func (t *textPage) related(p *Page) {
	t.heading("Rules detecting the same action")
	t.line(relatedSentence)
	t.gap()
	t.line(p.relatedSummary())
	for _, r := range p.Related {
		t.line("  • " + r.Name + " — " + strings.Join(r.Actions, ", "))
	}
}

// relatedSummary counts the related rules, and those that were looked at.
func (p *Page) relatedSummary() string {
	switch {
	case p.Corpus == 0:
		return "There are no other rules at hand."
	case len(p.Related) == 0:
		return fmt.Sprintf("None of %s.", counted(p.Corpus, "other rule"))
	}
	return fmt.Sprintf("%d of %s:", len(p.Related), counted(p.Corpus, "other rule"))
}

func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (t *textPage) stages(p *Page) {
	t.heading("Stages and Predicates")
	for _, list := range []struct {
		title string
		lets  []Parameter
	}{{"Parameters", p.Parameters}, {"Functions", p.Functions}} {
		if len(list.lets) > 0 {
			t.line(list.title)
			t.gap()
			for _, let := range list.lets {
				t.line(let.Text)
			}
			t.gap()
		}
	}
	for i, pipeline := range p.Pipelines {
		if i > 0 {
			t.gap()
		}
		if pipeline.Name != "" {
			t.line(pipeline.title())
			t.gap()
		}
		t.stageList(pipeline.Stages, "")
	}
}

// title says what a named pipeline is.
func (p Pipeline) title() string {
	switch p.From {
	case FromFunction:
		return "Function " + p.Name
	case FromParameter:
		return "Subquery of " + p.Name
	}
	return "Sub-pipeline " + p.Name
}

func (t *textPage) stageList(stages []Stage, indent string) {
	for i, s := range stages {
		if i > 0 {
			t.gap()
		}
		t.line(indent + s.title())
		t.gap()
		t.indented(indent, s.Text)
		for _, c := range s.Conditionals {
			t.conditional(indent, c)
		}
		for _, leg := range s.Legs {
			t.gap()
			t.line(indent + "  " + leg.title(s))
			t.gap()
			t.stageList(leg.Stages, indent+"    ")
		}
	}
}

// title heads a stage.
func (s Stage) title() string {
	title := "Stage " + s.Number + ": " + s.Kind
	if s.Steps > 1 {
		title += fmt.Sprintf(" (%d consecutive steps)", s.Steps)
	}
	return title
}

// title heads a sub-pipeline of a stage.
func (l Leg) title(of Stage) string { return "Stage " + of.Number + ", " + l.Label }

func (t *textPage) indented(indent, text string) {
	for line := range strings.SplitSeq(text, "\n") {
		t.line(indent + line)
	}
}

// conditional writes a value that depends on conditions.
func (t *textPage) conditional(indent string, c *Conditional) {
	t.line(indent + c.Column + " =")
	t.indented(indent, strings.Join(c.lines("  "), "\n"))
}

// lines are the branches, those of conditionals within deeper.
func (c *Conditional) lines(indent string) []string {
	var lines []string
	word := "if"
	for _, b := range c.Branches {
		lines = append(lines, b.Then.lines(indent, word+" /* macro: "+b.Condition+" */")...)
		word = "elif"
	}
	return append(lines, c.Else.lines(indent, "else")...)
}

func (o Outcome) lines(indent, head string) []string {
	if o.Branches == nil {
		return []string{indent + head + " " + o.Text}
	}
	return append([]string{indent + head}, o.Branches.lines(indent+"  ")...)
}

func (t *textPage) indicators(p *Page) {
	t.heading("Indicators")
	t.line(indicatorsText)
	t.gap()
	rows := [][]string{{"Field", "Kind", "Values"}}
	counts := slices.ContainsFunc(p.Indicators, Indicator.shared)
	if counts {
		rows[0] = append(rows[0], "Corpus")
	}
	for _, i := range p.Indicators {
		rows = append(rows, []string{i.Field, i.Label()})
		for _, v := range i.shown() {
			row := []string{"  • " + v.described()}
			if v.Others > 0 {
				row = append(row, "corpus: "+fmt.Sprint(v.Others))
			}
			rows = append(rows, row)
		}
	}
	t.indicatorTable(rows)
	if len(p.Others) > 0 {
		t.gap()
		t.line("Other predicates")
		for _, o := range p.Others {
			t.line("  • " + o.label())
		}
	}
}

// indicatorTable writes rows of fields aligned with each other, and the values below each with their counts behind them.
func (t *textPage) indicatorTable(rows [][]string) {
	fields := 0
	for _, row := range rows {
		if !isValue(row) {
			fields = max(fields, min(utf8.RuneCountInString(row[0]), widestCell))
		}
	}
	for _, row := range rows {
		if isValue(row) {
			t.line(strings.Join(row, "   "))
			continue
		}
		t.line(row[0] + strings.Repeat(" ", max(fields-utf8.RuneCountInString(row[0]), 0)+2) + strings.Join(row[1:], "  "))
	}
}

func isValue(row []string) bool { return strings.HasPrefix(row[0], "  • ") }

// shown is the values, or the line that stands for none.
func (i Indicator) shown() []Value {
	if len(i.Values) == 0 {
		text := emptyList
		switch i.Kind {
		case kindIsNull:
			text = nullValue
		case kindIPPrivate:
			text = noValue
		}
		return []Value{{Text: text, Others: i.Others, sharing: i.sharing}}
	}
	return i.Values
}

// shared says whether other rules look for the same.
func (i Indicator) shared() bool {
	return slices.ContainsFunc(i.shown(), func(v Value) bool { return v.Others > 0 })
}

// described is the value with its transforms.
func (v Value) described() string {
	if len(v.Transforms) == 0 {
		return v.String()
	}
	return v.String() + " transforms: " + strings.Join(v.Transforms, ", ")
}

// label is the condition, with a not before it where it is negated.
func (c Condition) label() string {
	if c.Negated {
		return "not " + c.Text
	}
	return c.Text
}

func (t *textPage) outputs(p *Page) {
	t.heading("Output fields")
	t.line(outputsText)
	t.gap()
	if len(p.Outputs) == 0 {
		t.line(noOutputs)
		return
	}
	rows := [][]string{{"Field", "Source"}}
	for _, o := range p.Outputs {
		rows = append(rows, []string{o.Name, o.Made})
	}
	t.table(rows)
}
