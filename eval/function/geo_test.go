package function

import (
	"testing"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// callGeo calls a function with arguments that are not constant.
func callGeo(t *testing.T, name string, args ...scalar.Value) scalar.Value {
	t.Helper()
	e, ok := Lookup(name)
	if !ok {
		t.Fatalf("%s is not declared", name)
	}
	impl, err := e.Bind(make([]Arg, len(args)))
	if err != nil {
		t.Fatal(err)
	}
	return impl.Call(args)
}

func TestGeoInvalidShapesGiveNull(t *testing.T) {
	for _, shape := range []string{
		``, `1`, `[]`, `{}`, `{"type":"Polygon"}`, `{"type":"Polygon","coordinates":[]}`, `{"type":"Polygon","coordinates":[[]]}`,
		`{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,1]]]}`, `{"type":"Polygon","coordinates":[[[0,0],[0,0],[0,0],[0,0]]]}`,
		`{"type":"MultiPolygon","coordinates":[[]]}`, `{"type":"LineString","coordinates":[["a","b"],[1,1]]}`,
		`{"type":"LineString","coordinates":[[0,100],[1,1]]}`,
	} {
		for _, name := range []string{
			"geo_line_length", "geo_line_centroid", "geo_line_densify", "geo_line_to_s2cells",
			"geo_polygon_area", "geo_polygon_perimeter", "geo_polygon_centroid", "geo_polygon_densify", "geo_polygon_to_s2cells", "geo_polygon_to_h3cells",
		} {
			if v := callGeo(t, name, scalar.ParseJSON(shape)); !v.IsNull() {
				t.Errorf("%s(%s) = %s, want null", name, shape, scalar.ToString(v))
			}
		}
		s, one := scalar.ParseJSON(shape), scalar.NewReal(1)
		for _, name := range []string{"geo_point_in_polygon", "geo_closest_point_on_line", "geo_closest_point_on_polygon"} {
			if v := callGeo(t, name, one, one, s); !v.IsNull() {
				t.Errorf("%s(1, 1, %s) = %s, want null", name, shape, scalar.ToString(v))
			}
		}
		for _, name := range []string{"geo_intersection_2lines", "geo_intersection_2polygons", "geo_intersection_line_with_polygon", "geo_intersects_2polygons"} {
			if v := callGeo(t, name, s, s); !v.IsNull() {
				t.Errorf("%s(%s twice) = %s, want null", name, shape, scalar.ToString(v))
			}
		}
	}
}

// The union of two squares that share an edge is one ring without it; what they have
// in common has no area.
func TestGeoSharedEdge(t *testing.T) {
	left := scalar.ParseJSON(`{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}`)
	right := scalar.ParseJSON(`{"type":"Polygon","coordinates":[[[1,0],[2,0],[2,1],[1,1],[1,0]]]}`)
	union := callGeo(t, "geo_union_polygons_array", scalar.NewArray([]scalar.Value{left, right}))
	if n, _ := union.Field("coordinates").At(0).Len(); n != 7 {
		t.Errorf("the union has %d positions, want 7: %s", n, union.JSON())
	}
	parts := callGeo(t, "geo_polygon_area", left).Real() + callGeo(t, "geo_polygon_area", right).Real()
	if whole := callGeo(t, "geo_polygon_area", union).Real(); whole < parts*(1-1e-12) || whole > parts*(1+1e-12) {
		t.Errorf("the union has an area of %v, its parts of %v", whole, parts)
	}
}

// A polygon in the hole of another adds to it; one that fills the hole closes it.
func TestGeoHoles(t *testing.T) {
	frame := scalar.ParseJSON(`{"type":"Polygon","coordinates":[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[3,3],[3,6],[6,6],[6,3],[3,3]]]}`)
	plug := scalar.ParseJSON(`{"type":"Polygon","coordinates":[[[3,3],[6,3],[6,6],[3,6],[3,3]]]}`)
	island := scalar.ParseJSON(`{"type":"Polygon","coordinates":[[[4,4],[5,4],[5,5],[4,5],[4,4]]]}`)
	if in := callGeo(t, "geo_point_in_polygon", scalar.NewReal(4.5), scalar.NewReal(4.5), frame); in.IsTrue() {
		t.Error("a point in the hole lies in the polygon")
	}
	whole := callGeo(t, "geo_union_polygons_array", scalar.NewArray([]scalar.Value{frame, plug}))
	if n, _ := whole.Field("coordinates").Len(); n != 1 {
		t.Errorf("the union has %d rings, want 1: %s", n, whole.JSON())
	}
	both := callGeo(t, "geo_union_polygons_array", scalar.NewArray([]scalar.Value{frame, island}))
	if n, _ := both.Field("coordinates").Len(); n != 2 || both.Field("type").Str() != "MultiPolygon" {
		t.Errorf("the union is %s, want two polygons", both.JSON())
	}
	if n, _ := both.Field("coordinates").At(0).Len(); n != 2 {
		t.Errorf("the union is %s, want a hole in the first polygon", both.JSON())
	}
}
