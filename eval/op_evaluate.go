package eval

import (
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// plugin finds what binds a plugin by its name, nil if there is no such plugin.
func plugin(name string) func(*pluginCall) *relation {
	switch name {
	case "active_users_count":
		return bindActiveUsersCount
	case "activity_counts_metrics":
		return bindActivityCountsMetrics
	case "activity_engagement":
		return bindActivityEngagement
	case "activity_metrics":
		return bindActivityMetrics
	case "autocluster":
		return bindAutocluster
	case "bag_unpack":
		return bindBagUnpack
	case "basket":
		return bindBasket
	case "dcount_intersect":
		return bindDcountIntersect
	case "diffpatterns":
		return bindDiffpatterns
	case "estimate_rows_count":
		return bindEstimateRowsCount
	case "funnel_sequence":
		return bindFunnelSequence
	case "funnel_sequence_completion":
		return bindFunnelSequenceCompletion
	case "geo_line_lookup":
		return bindGeoLineLookup
	case "geo_polygon_lookup":
		return bindGeoPolygonLookup
	case "identity", "identity_v3":
		return bindIdentity
	case "ipv4_lookup":
		return bindIPv4Lookup
	case "ipv6_lookup":
		return bindIPv6Lookup
	case "narrow":
		return bindNarrow
	case "new_activity_metrics":
		return bindNewActivityMetrics
	case "pivot":
		return bindPivot
	case "preview":
		return bindPreview
	case "rolling_percentile":
		return bindRollingPercentile
	case "rows_near":
		return bindRowsNear
	case "schema_merge":
		return bindSchemaMerge
	case "sequence_detect":
		return bindSequenceDetect
	case "session_count":
		return bindSessionCount
	case "sliding_window_counts":
		return bindSlidingWindowCounts
	}
	return nil
}

// pluginNames are the plugins that run here.
var pluginNames = []string{
	"active_users_count", "activity_counts_metrics", "activity_engagement", "activity_metrics", "autocluster", "bag_unpack",
	"basket", "dcount_intersect", "diffpatterns", "estimate_rows_count", "funnel_sequence", "funnel_sequence_completion",
	"geo_line_lookup", "geo_polygon_lookup", "identity", "identity_v3", "ipv4_lookup", "ipv6_lookup", "narrow",
	"new_activity_metrics", "pivot", "preview",
	"rolling_percentile", "rows_near", "schema_merge", "sequence_detect", "session_count", "sliding_window_counts",
}

// refusedPlugins are those that cannot run here, and why.
var refusedPlugins = map[string]string{
	"ai_chat_completion":                    "it asks a model behind a service",
	"ai_chat_completion_prompt":             "it asks a model behind a service",
	"ai_embed_text":                         "it asks a model behind a service",
	"ai_embeddings":                         "it asks a model behind a service",
	"azure_digital_twins_query_request":     "it reads from a service",
	"cosmosdb_sql_request":                  "it reads from a database",
	"csharp":                                "it runs code in another language",
	"dax_request":                           "it reads from a database",
	"diffpatterns_text":                     "how the service chooses patterns of words is not documented",
	"execute_query":                         "it reads from another cluster",
	"execute_show_command":                  "it reads from another cluster",
	"external_datatable":                    "it reads from a service",
	"http_request":                          "it reads from the network",
	"http_request_post":                     "it reads from the network",
	"infer_storage_schema":                  "it reads from a storage account",
	"infer_storage_schema_with_suggestions": "it reads from a storage account",
	"mysql_request":                         "it reads from a database",
	"postgresql_request":                    "it reads from a database",
	"python":                                "it runs code in another language",
	"r":                                     "it runs code in another language",
	"sql_request":                           "it reads from a database",
}

// bindEvaluate calls a plugin (Kusto docs, "evaluate plugin operator"). in is nil where
// evaluate stands first.
func (b *binder) bindEvaluate(op *kql.Evaluate, in *relation) *relation {
	name := op.Plugin.Func
	if reason, refused := refusedPlugins[name.Name]; refused {
		return b.nothing(name, "", "the plugin "+name.Name+" cannot run here: "+reason, "")
	}
	bind := plugin(name.Name)
	if bind == nil {
		return b.nothing(name, "KS124", "The plug-in function '"+name.Name+"' is not defined.", didYouMean(name.Name, pluginNames))
	}
	if in == nil {
		return b.nothing(op, "KS006", "the plugin "+name.Name+" needs rows to work on", "put a table and a pipe before it")
	}
	c := &pluginCall{binder: b, call: op.Plugin, schema: op.Schema, in: in}
	out := bind(c)
	if c.schema == nil || out.bad || out.tables != nil {
		return out
	}
	return b.asWritten(c.schema, in, out)
}

// asWritten gives a plugin's result the columns of the schema that the query says it has. A
// star stands for the columns that the result has of the input.
func (b *binder) asWritten(s *kql.Schema, in, out *relation) *relation {
	var cols []*column
	for _, c := range b.writtenColumns(s, in.cols) {
		i := out.find(c.Name)
		if i < 0 {
			return b.nothing(s, "", "the plugin gives no column '"+c.Name+"'", "")
		}
		if from := out.cols[i]; from.typ == c.Type {
			cols = append(cols, from)
		} else {
			cols = append(cols, &column{name: c.Name, typ: c.Type, make: func() *expr { return converted(from.expr(), c.Type) }})
		}
	}
	return out.with(cols)
}

// writtenColumns gives the columns of a written schema, with others in place of its star.
func (b *binder) writtenColumns(s *kql.Schema, star []*column) []Column {
	var cols []Column
	names := newNaming(nil)
	all := func() {
		for _, c := range star {
			names.take(c.name)
			cols = append(cols, Column{c.name, c.typ})
		}
	}
	if s.Open {
		all()
	}
	for _, c := range s.Columns {
		if c.Star {
			all()
			continue
		}
		t, _ := b.typeName(c.Type)
		if _, ok := names.take(c.Name.Name); !ok {
			b.fail(c.Name, "KS171", "the column '"+c.Name.Name+"' is declared twice", "")
		}
		cols = append(cols, Column{c.Name.Name, t})
	}
	return cols
}

// pluginCall is a call of a plugin while it is bound.
type pluginCall struct {
	*binder
	call   *kql.Call
	schema *kql.Schema // what the query says that it gives; nil, too, once the plugin keeps to it itself
	in     *relation
	args   []kql.Expr // in the order of its parameters, nil where one is left out
	rest   []kql.Expr // of the parameter that may be repeated
}

// arguments files the arguments under the parameters named, of which the first least must be
// given; those after a parameter whose name ends in … are given by name only. It is false
// where they do not fit.
func (c *pluginCall) arguments(least int, params ...string) bool {
	c.args = make([]kql.Expr, len(params))
	next := 0
	for _, arg := range c.call.Args {
		if named, ok := arg.(*kql.NamedExpr); ok && len(named.Names) == 1 {
			i := indexOfText(params, named.Names[0].Name)
			if i < 0 {
				c.fail(named, "KS119", c.call.Func.Name+" has no parameter '"+named.Names[0].Name+"'", didYouMean(named.Names[0].Name, params))
				return false
			}
			c.args[i] = named.X
			continue
		}
		switch {
		case next < len(params) && strings.HasSuffix(params[next], "…"):
			c.rest = append(c.rest, arg)
		case next < len(params):
			c.args[next] = arg
			next++
		default:
			c.fail(arg, "KS119", c.call.Func.Name+" takes "+amount(least, len(params)), "")
			return false
		}
	}
	for i := range least {
		if c.args[i] == nil {
			c.fail(c.call, "KS119", c.call.Func.Name+" needs an argument for '"+params[i]+"'", "")
			return false
		}
	}
	return true
}

func indexOfText(list []string, s string) int {
	for i, t := range list {
		if t == s {
			return i
		}
	}
	return -1
}

// takeSchema gives the written schema to a plugin that keeps to it itself.
func (c *pluginCall) takeSchema() *kql.Schema {
	s := c.schema
	c.schema = nil
	return s
}

// refused is the relation of a call that has drawn an error.
func (c *pluginCall) refused() *relation {
	return &relation{seg: newSegment(), bad: true, rows: noRows}
}

// column binds an argument that must be the name of a column; nil after an error.
func (c *pluginCall) column(arg kql.Expr) *expr {
	name, ok := arg.(*kql.Name)
	if !ok {
		c.fail(arg, "KS109", c.call.Func.Name+" needs the name of a column here", "")
		return nil
	}
	x := c.memoized(c.expr(name, c.in), c.in.seg)
	if x.typ == scalar.NoType && !c.in.open {
		return nil
	}
	return x
}

// columns binds arguments that must be names of columns.
func (c *pluginCall) columns(args []kql.Expr) ([]*expr, bool) {
	var xs []*expr
	for _, arg := range args {
		x := c.column(arg)
		if x == nil {
			return nil, false
		}
		xs = append(xs, x)
	}
	return xs, true
}

// constant binds an argument that must be known when the query is bound, or gives other if
// it is left out.
func (c *pluginCall) constant(arg kql.Expr, t scalar.Type, other scalar.Value) (scalar.Value, bool) {
	if arg == nil {
		return other, true
	}
	x := c.scalarOf(arg, nil, t)
	if x.typ == scalar.NoType {
		return other, false
	}
	if x.konst == nil {
		c.fail(arg, "KS140", c.call.Func.Name+" needs a constant here", "")
		return other, false
	}
	return *x.konst, true
}

// fixed binds an argument whose value is the same for all rows, such as ago(1d).
func (c *pluginCall) fixed(arg kql.Expr, t scalar.Type) func(env) scalar.Value {
	value := c.scalarOf(arg, nil, t).value
	return func(e env) scalar.Value { return value(e.frame()) }
}
