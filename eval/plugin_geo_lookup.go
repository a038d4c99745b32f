package eval

import (
	"iter"

	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// geoLookup is a call of geo_polygon_lookup or geo_line_lookup.
type geoLookup struct {
	joining
	longitude, latitude *expr           // of a left row
	shape               int             // the column of the right side that holds shapes
	test                *function.Entry // what is computed of a point and a shape
	radius              float64         // where test is a distance: how far a point may be off, in metres
	unmatched           bool            // rows without a shape are kept
}

// bindGeoPolygonLookup extends rows with the rows of a table of polygons that hold their point, or that are within a
// radius of it: one for each polygon (Kusto docs, "geo_polygon_lookup plugin").
func bindGeoPolygonLookup(c *pluginCall) *relation {
	if !c.arguments(4, "LookupTable", "LookupPolygonKey", "SourceLongitude", "SourceLatitude",
		"radius", "return_unmatched", "lookup_area_radius", "return_lookup_key") {
		return c.refused()
	}
	if c.args[4] == nil {
		return c.geoLookup("geo_point_in_polygon")
	}
	return c.geoLookup("geo_distance_point_to_polygon")
}

// bindGeoLineLookup extends rows with the rows of a table of lines that are within a radius of their point: one for
// each line (Kusto docs, "geo_line_lookup plugin").
func bindGeoLineLookup(c *pluginCall) *relation {
	if !c.arguments(5, "LookupTable", "LookupLineKey", "SourceLongitude", "SourceLatitude",
		"radius", "return_unmatched", "lookup_area_radius", "return_lookup_key") {
		return c.refused()
	}
	return c.geoLookup("geo_distance_point_to_line")
}

// geoLookup binds what the two have in common. The radius around a shape only helps the service to find shapes
// faster.
func (c *pluginCall) geoLookup(test string) *relation {
	right := c.tabular(c.args[0])
	if right.bad {
		return right
	}
	l := &geoLookup{longitude: c.coordinate(c.args[2]), latitude: c.coordinate(c.args[3])}
	l.test, _ = function.Lookup(test)
	radius, ok := c.constant(c.args[4], scalar.Real, scalar.NewReal(0))
	unmatched, ok2 := c.constant(c.args[5], scalar.Bool, scalar.NewBool(false))
	_, ok3 := c.constant(c.args[6], scalar.Real, scalar.NewReal(0))
	withShape, ok4 := c.constant(c.args[7], scalar.Bool, scalar.NewBool(false))
	if l.longitude == nil || l.latitude == nil || !ok || !ok2 || !ok3 || !ok4 {
		return c.refused()
	}
	if l.radius = radius.Real(); radius.IsNull() || !(l.radius >= 0) {
		return c.nothing(c.args[4], "KS140", "the radius must be a number of metres that is not negative", "")
	}
	name, ok := unparen(c.args[1]).(*kql.Name)
	if !ok || right.find(name.Name) < 0 {
		return c.nothing(c.args[1], "KS109", "the table has no such column", "")
	}
	l.shape = right.find(name.Name)
	if x := right.cols[l.shape].expr(); x.typ != scalar.Dynamic && !x.loose {
		return c.nothing(c.args[1], "KS235", "the column of shapes must be dynamic, not "+x.typ.String(), "parse the text with parse_json()")
	}
	drop := map[int]bool{l.shape: !withShape.IsTrue()}
	l.unmatched = unmatched.IsTrue()
	l.joining = *c.newJoining("", c.in, right, joinKeys{})
	out := c.held(nil, nil)
	out.cols = l.columns(drop)
	out.rows = func(e env) iter.Seq[*frame] { return l.rows(e, out.seg) }
	return out
}

// coordinate binds the column of a longitude or a latitude; nil after an error.
func (c *pluginCall) coordinate(arg kql.Expr) *expr {
	x := c.column(arg)
	if x == nil || x.loose || x.typ.Numeric() || x.typ == scalar.Dynamic {
		return x
	}
	c.fail(arg, "KS141", "a coordinate must be a number, not "+x.typ.String(), "convert it with toreal()")
	return nil
}

// rows yields the left rows, each beside the rows of the shapes that it meets. A row whose point or whose shape is
// not valid meets none.
func (l *geoLookup) rows(e env, seg *segment) iter.Seq[*frame] {
	return func(yield func(*frame) bool) {
		right := l.right.collectOf(e, l.values)
		if e.run.err != nil {
			return
		}
		tests := make([]function.Impl, len(right))
		for i, row := range right {
			var err error
			if tests[i], err = l.test.Bind([]function.Arg{
				{Type: scalar.Real}, {Type: scalar.Real}, {Type: scalar.Dynamic, Const: true, Value: row[l.shape]},
			}); err != nil {
				e.run.fail(err)
				return
			}
		}
		blank := l.blank()
		out := seg.frame(e)
		emit := func(left *frame, row []scalar.Value) bool {
			out.leg, out.row = left, row
			out.next(0)
			return yield(out)
		}
		args := make([]scalar.Value, 3)
		for f := range l.left.rows(e) {
			args[0], args[1] = l.longitude.value(f), l.latitude.value(f)
			matched := false
			for i, row := range right {
				if !e.run.tick() {
					return
				}
				args[2] = row[l.shape]
				if !l.meets(tests[i].Call(args)) {
					continue
				}
				matched = true
				if !emit(f, row) {
					return
				}
			}
			if !matched && l.unmatched && !emit(f, blank) {
				return
			}
		}
	}
}

// meets reads the result of the test: a truth, or a distance.
func (l *geoLookup) meets(v scalar.Value) bool {
	if v.Type() == scalar.Real {
		return !v.IsNull() && v.Real() <= l.radius
	}
	return v.IsTrue()
}
