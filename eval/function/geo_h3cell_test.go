package function

import (
	"slices"
	"testing"

	"github.com/seed-2512943d/picket/eval/function/h3"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// TestSetHash holds the hash to what the GNU C++ library computes.
func TestSetHash(t *testing.T) {
	for s, want := range map[string]uint64{
		"862a1072fffffff": 9426902218711344254,
		"8009fffffffffff": 17193434620569064121,
		"8f2a1072b59ad23": 4003342726030253126,
		"abc":             3663726644998027833,
		"":                6142509188972423790,
	} {
		if got := setHash(s); got != want {
			t.Errorf("the hash of %q is %d, want %d", s, got, want)
		}
	}
}

// TestSetOrder holds that cells keep all but those that stand twice, whatever their number.
func TestSetOrder(t *testing.T) {
	root, _ := h3.Parse("8009fffffffffff")
	for _, resolution := range []int{0, 1, 2, 5} {
		cells := root.Children(resolution)
		got := inSetOrder(append(cells, cells...))
		slices.Sort(got)
		if !slices.Equal(got, cells) {
			t.Errorf("of %d cells, twice, %d are left", len(cells), len(got))
		}
	}
	if got := inSetOrder(nil); len(got) != 0 {
		t.Errorf("of no cells there are %v", got)
	}
}

// Each function gives null, or "", for what is no cell and for null arguments.
func TestH3cellInvalid(t *testing.T) {
	one, null := scalar.NewReal(1), scalar.Null(scalar.Int)
	for _, s := range []string{"", "abc", "1", "@", "862a1072ffffff", "ffffffffffffffff", "81087ffffffffff", "-62a1072fffffff"} {
		cell := scalar.NewString(s)
		for name, args := range map[string][]scalar.Value{
			"geo_h3cell_level": {cell}, "geo_h3cell_parent": {cell}, "geo_h3cell_children": {cell}, "geo_h3cell_neighbors": {cell},
			"geo_h3cell_to_central_point": {cell}, "geo_h3cell_to_polygon": {cell}, "geo_h3cell_rings": {cell, one},
		} {
			if v := callGeo(t, name, args...); !v.IsNull() && v.Str() != "" {
				t.Errorf("%s(%q) = %s, want null", name, s, scalar.ToString(v))
			}
		}
	}
	cell := scalar.NewString("862a1072fffffff")
	for name, args := range map[string][]scalar.Value{
		"geo_h3cell_parent": {cell, null}, "geo_h3cell_children": {cell, null}, "geo_h3cell_rings": {cell, null},
		"geo_point_to_h3cell": {null, one, one},
	} {
		if v := callGeo(t, name, args...); !v.IsNull() && v.Str() != "" {
			t.Errorf("%s with null = %s, want null", name, scalar.ToString(v))
		}
	}
}
