package function

import (
	"strconv"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func geoWKTFunctions() []Function {
	return []Function{{
		Sig:  "geo_from_wkt(wkt: stringorarray): dynamic",
		Doc:  "The GeoJSON form of a geometry in Well-Known Text; null for any other text.",
		Impl: Raw(func(args []scalar.Value) scalar.Value { return parseWKT(scalar.ToString(args[0])) }),
		Examples: []string{
			`tostring(geo_from_wkt("POINT (1 2)")) == '{"type":"Point","coordinates":[1.0,2.0]}'`,
			`array_length(geo_from_wkt("MULTIPOINT ((1 1), (2 2), (3 3))").coordinates) == 3`,
			`isnull(geo_from_wkt("LINESTRING"))`,
			`isnull(geo_from_wkt("POINT (1 2"))`,
		},
	}}
}

// wktKind gives the GeoJSON type of a tag of Well-Known Text and how deep its
// positions are nested.
func wktKind(tag string) (kind string, depth int) {
	switch strings.ToUpper(tag) {
	case "POINT":
		return "Point", 0
	case "LINESTRING":
		return "LineString", 1
	case "MULTIPOINT":
		return "MultiPoint", 1
	case "POLYGON":
		return "Polygon", 2
	case "MULTILINESTRING":
		return "MultiLineString", 2
	case "MULTIPOLYGON":
		return "MultiPolygon", 3
	case "GEOMETRYCOLLECTION":
		return "GeometryCollection", 0
	}
	return "", 0
}

// wktReader reads Well-Known Text; bad is set at the first slip.
type wktReader struct {
	rest  string
	depth int
	bad   bool
}

// maxWKTDepth bounds how deep collections nest.
const maxWKTDepth = 64

func parseWKT(text string) scalar.Value {
	r := wktReader{rest: text}
	v := r.geometry()
	if r.skip(); r.bad || r.rest != "" {
		return scalar.Null(scalar.Dynamic)
	}
	return v
}

func (r *wktReader) skip() { r.rest = strings.TrimLeft(r.rest, " \t\r\n") }

// take consumes a mark where it comes next.
func (r *wktReader) take(mark byte) bool {
	r.skip()
	if r.bad || r.rest == "" || r.rest[0] != mark {
		return false
	}
	r.rest = r.rest[1:]
	return true
}

func (r *wktReader) expect(mark byte) {
	if !r.take(mark) {
		r.bad = true
	}
}

// word consumes what stands before the next blank or mark.
func (r *wktReader) word() string {
	r.skip()
	end := strings.IndexAny(r.rest, " \t\r\n(),")
	if end < 0 {
		end = len(r.rest)
	}
	w := r.rest[:end]
	r.rest = r.rest[end:]
	return w
}

func (r *wktReader) geometry() scalar.Value {
	kind, depth := wktKind(r.word())
	if kind == "" {
		r.bad = true
		return scalar.Value{}
	}
	if kind == "GeometryCollection" {
		if r.depth++; r.depth > maxWKTDepth {
			r.bad = true
			return scalar.Value{}
		}
		v := collection(r.list(r.geometry))
		r.depth--
		return v
	}
	if depth > 0 {
		return geometry(kind, r.nested(depth, kind == "MultiPoint"))
	}
	r.expect('(')
	p := r.position()
	r.expect(')')
	return geometry(kind, p)
}

// nested reads positions in brackets, so many deep. A position itself may stand
// in brackets where loose.
func (r *wktReader) nested(depth int, loose bool) scalar.Value {
	if depth > 0 {
		return scalar.NewArray(r.list(func() scalar.Value { return r.nested(depth-1, loose) }))
	}
	bracket := loose && r.take('(')
	p := r.position()
	if bracket {
		r.expect(')')
	}
	return p
}

// list reads items between commas in brackets.
func (r *wktReader) list(item func() scalar.Value) []scalar.Value {
	var items []scalar.Value
	r.expect('(')
	for !r.bad {
		items = append(items, item())
		if !r.take(',') {
			break
		}
	}
	r.expect(')')
	return items
}

// position reads a longitude, a latitude and, to be passed over, further measures.
func (r *wktReader) position() scalar.Value {
	var numbers []scalar.Value
	for w := r.word(); w != ""; w = r.word() {
		f, err := strconv.ParseFloat(w, 64)
		if err != nil {
			r.bad = true
			return scalar.Value{}
		}
		numbers = append(numbers, scalar.NewReal(f))
	}
	if len(numbers) < 2 {
		r.bad = true
		return scalar.Value{}
	}
	return scalar.NewArray(numbers[:2])
}
