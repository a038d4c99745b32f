package eval

import (
	"cmp"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// Rendering is what a query's render asks for: it changes no rows (Kusto docs, "render operator").
type Rendering struct {
	Chart      string              // such as table, timechart or columnchart
	Properties map[string][]string // such as title, kind, xcolumn or ycolumns, with their values
}

// charts are the kinds that render knows.
var charts = []string{
	"table", "list", "barchart", "piechart", "ladderchart", "timechart", "linechart", "anomalychart", "pivotchart", "areachart", "stackedareachart",
	"scatterchart", "timepivot", "columnchart", "timeline", "3Dchart", "card", "treemap", "plotly", "graph", "sankey",
}

// bindRender checks the kind of chart; the rows stay as they are.
func (b *binder) bindRender(op *kql.Render, in *relation) *relation {
	if !slices.Contains(charts, op.Chart.Name) {
		return b.nothing(op.Chart, "KS005", "'"+op.Chart.Name+"' is no kind of chart", cmp.Or(didYouMean(op.Chart.Name, charts), "one is "+strings.Join(charts[:6], ", ")+", …"))
	}
	return in
}

// Rendering gives the render that ends the query, or nil where none does.
func (p *Program) Rendering() *Rendering {
	for i := len(p.query.Statements) - 1; i >= 0; i-- {
		last, ok := p.query.Statements[i].(*kql.ExprStatement)
		if !ok {
			continue
		}
		pipe, ok := last.Expr.(*kql.Pipe)
		if !ok || len(pipe.Operators) == 0 {
			return nil
		}
		render, ok := pipe.Operators[len(pipe.Operators)-1].(*kql.Render)
		if !ok {
			return nil
		}
		return rendering(render)
	}
	return nil
}

func rendering(op *kql.Render) *Rendering {
	r := &Rendering{Chart: op.Chart.Name, Properties: make(map[string][]string)}
	for _, list := range [][]*kql.ChartProperty{op.Legacy, op.With, op.LegacyTail} {
		for _, p := range list {
			values := []string{propertyText(p.Value)}
			for _, more := range p.More {
				values = append(values, more.Name)
			}
			r.Properties[p.Name.Name] = values
		}
	}
	return r
}

// propertyText gives a name or a constant as text.
func propertyText(x kql.Expr) string {
	switch x := unparen(x).(type) {
	case *kql.Name:
		return x.Name
	case *kql.Unary:
		return x.Op + propertyText(x.X)
	case *kql.Literal:
		if v, ok := literalValue(x, literalTypes[x.Kind]); ok {
			return scalar.ToString(v)
		}
	}
	return ""
}
