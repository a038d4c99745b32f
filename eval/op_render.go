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

// bindRender checks the kind of chart and its properties; the rows stay as they are.
func (b *binder) bindRender(op *kql.Render, in *relation) *relation {
	if !slices.Contains(charts, op.Chart.Name) {
		return b.nothing(op.Chart, "KS005", "'"+op.Chart.Name+"' is no kind of chart", cmp.Or(didYouMean(op.Chart.Name, charts), "one is "+strings.Join(charts[:6], ", ")+", …"))
	}
	for _, list := range [][]*kql.ChartProperty{op.Legacy, op.With, op.LegacyTail} {
		for _, p := range list {
			b.chartProperty(p, in)
		}
	}
	return in
}

// chartProperty checks a property of a chart.
//
// Source: Microsoft's analyzer, QueryOperatorParameters.
func (b *binder) chartProperty(p *kql.ChartProperty, in *relation) {
	words := func(list ...string) {
		if word := propertyText(p.Value); !slices.Contains(list, word) {
			b.fail(p.Value, "KS005", "'"+word+"' is no "+p.Name.Name+" of a chart", cmp.Or(didYouMean(word, list), "write "+choice(list)))
		}
	}
	literal := func(code, what string, ofKind func(scalar.Type) bool) {
		x := p.Value
		if signed, ok := x.(*kql.Unary); ok {
			x = signed.X
		}
		if v := literalOf(x); v == nil || !ofKind(v.Type()) {
			b.fail(p.Value, code, "the "+p.Name.Name+" of a chart must be "+what, "")
		}
	}
	switch p.Name.Name {
	case "kind":
		words("default", "unstacked", "stacked", "stacked100", "map")
	case "xaxis", "yaxis":
		words("linear", "log")
	case "legend":
		words("visible", "hidden")
	case "ysplit":
		words("none", "axes", "panels")
	case "title", "xtitle", "ytitle":
		b.scalarOf(p.Value, in, scalar.String)
	case "xcolumn", "ycolumns", "anomalycolumns", "series":
		b.expr(p.Value, in)
		for _, more := range p.More {
			b.name(more, more.Name, in)
		}
	case "accumulate":
		literal("KS223", "true or false", func(t scalar.Type) bool { return t == scalar.Bool })
	case "ymin", "ymax":
		literal("KS224", "a number", func(t scalar.Type) bool { return t.Numeric() || t == scalar.TimeSpan || t == scalar.DateTime })
	case "xmin", "xmax":
		literal("KS226", "a constant", func(scalar.Type) bool { return true })
	default:
		b.fail(p.Name, "KS198", "a chart has no property '"+p.Name.Name+"'", didYouMean(p.Name.Name, chartProperties))
	}
}

var chartProperties = []string{
	"kind", "title", "accumulate", "xcolumn", "ycolumns", "anomalycolumns", "series", "xtitle", "ytitle", "xaxis", "yaxis", "legend", "ysplit",
	"ymin", "ymax", "xmin", "xmax",
}

// literalOf gives the constant that is written out; nil for anything else.
func literalOf(x kql.Expr) *scalar.Value {
	if x, ok := x.(*kql.Literal); ok {
		if v, ok := literalValue(x, literalTypes[x.Kind]); ok {
			return &v
		}
	}
	return nil
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
