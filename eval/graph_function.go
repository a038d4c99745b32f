package eval

import (
	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// graphScope marks relations over which the functions of graphs may be called. self is the
// node or edge that the row is; nil where the row is a match of a pattern.
type graphScope struct{ self *graphVariable }

// graphFunctions are the functions that are known where a graph is looked at, and nowhere else.
var graphFunctions map[string]func(b *binder, x *kql.Call, in *relation) *expr

func init() {
	graphFunctions = map[string]func(b *binder, x *kql.Call, in *relation) *expr{
		"all":             (*binder).graphAll,
		"any":             (*binder).graphAny,
		"inner_nodes":     (*binder).graphInnerNodes,
		"labels":          (*binder).graphLabels,
		"map":             (*binder).graphMap,
		"node_degree_in":  (*binder).graphNodeDegreeIn,
		"node_degree_out": (*binder).graphNodeDegreeOut,
		"node_id":         (*binder).graphNodeID,
	}
}

// graphFunction finds a function of graphs.
func graphFunction(name string, in *relation) (func(b *binder, x *kql.Call, in *relation) *expr, bool) {
	if in == nil || in.scope == nil {
		return nil, false
	}
	fn, ok := graphFunctions[name]
	return fn, ok
}

// pathVariable binds the first argument of map, all and any: a variable, or inner_nodes() of one.
func (b *binder) pathVariable(x kql.Expr, in *relation) *graphVariable {
	if call, ok := unparen(x).(*kql.Call); ok && call.Func.Name == "inner_nodes" {
		if !b.arity(call, 1, 1) {
			return nil
		}
		v := b.pathVariable(call.Args[0], in)
		if v == nil {
			return nil
		}
		if v.node || !v.path {
			b.fail(call.Args[0], "KS141", "inner_nodes() needs an edge of variable length, as [e*1..3]", "")
			return nil
		}
		nodes := *v
		nodes.node = true
		return &nodes
	}
	e := b.expr(x, in)
	if e.variable == nil && e.typ != scalar.NoType {
		b.fail(x, "KS141", "a node or an edge of the pattern is expected here", "")
	}
	return e.variable
}

// graphInnerNodes binds inner_nodes(e): the nodes between the edges of a path, as the first argument of map, all and any.
func (b *binder) graphInnerNodes(x *kql.Call, _ *relation) *expr {
	return b.fail(x, "KS141", "inner_nodes() gives no value of its own", "write map(inner_nodes(e), …), or all() or any() of it")
}

// onEach is an expression over each element of a variable.
type onEach struct {
	variable *graphVariable
	rel      *relation
	x        *expr
	test     func(*frame) bool // where x is a predicate
}

// each binds the two arguments of map, all and any.
func (b *binder) each(x *kql.Call, in *relation, bind func(kql.Expr, *relation) *expr) *onEach {
	if !b.arity(x, 2, 2) {
		return nil
	}
	v := b.pathVariable(x.Args[0], in)
	if v == nil {
		return nil
	}
	return b.over(v, v.elements(), x.Args[1], in, bind)
}

// over binds an expression over each element of a variable.
func (b *binder) over(v *graphVariable, rel *relation, x kql.Expr, in *relation, bind func(kql.Expr, *relation) *expr) *onEach {
	b.around = &around{rel: in, parent: b.around, pinning: b.pinning}
	e := bind(x, rel)
	b.around = b.around.parent
	if e.typ == scalar.NoType {
		return nil
	}
	o := &onEach{variable: v, rel: rel, x: e}
	if e.typ == scalar.Bool {
		o.test = e.truth()
	}
	return o
}

// frames yields the frame of each element.
func (o *onEach) frames(f *frame, yield func(*frame) bool) {
	m, ids := o.variable.members(f)
	g := elementFrame(o.rel, env{run: f.run, outer: f}, m.graph)
	for _, id := range ids {
		if !yield(g.stand(id)) {
			return
		}
	}
}

// graphMap binds map(e, expression): an array of what it is on each edge or node.
func (b *binder) graphMap(x *kql.Call, in *relation) *expr {
	o := b.each(x, in, b.expr)
	if o == nil {
		return unknown()
	}
	return o.array()
}

// array is the array of what the expression is on each element.
func (o *onEach) array() *expr {
	out := ofValue(scalar.Dynamic, func(f *frame) scalar.Value {
		var array scalar.ArrayBuilder
		o.frames(f, func(g *frame) bool {
			array.Append(o.x.value(g))
			return true
		})
		return array.Value()
	})
	out.reads = true
	return out
}

// graphAll binds all(e, predicate): it is true on each, as it is where there is none.
func (b *binder) graphAll(x *kql.Call, in *relation) *expr { return b.quantified(x, in, true) }

// graphAny binds any(e, predicate): it is true on one at least.
func (b *binder) graphAny(x *kql.Call, in *relation) *expr { return b.quantified(x, in, false) }

func (b *binder) quantified(x *kql.Call, in *relation, all bool) *expr {
	o := b.each(x, in, b.predicate)
	if o == nil {
		return unknown()
	}
	return o.quantified(all)
}

// quantified is whether the predicate is true on all elements, or on any.
func (o *onEach) quantified(all bool) *expr {
	out := ofTest(func(f *frame) (bool, bool) {
		result := all
		o.frames(f, func(g *frame) bool {
			result = o.test(g)
			return result == all
		})
		return result, true
	})
	out.reads = true
	return out
}

// graphElement binds the only argument of a function of graphs: a variable, or the element that
// the row is.
func (b *binder) graphElement(x *kql.Call, in *relation) *graphVariable {
	if !b.arity(x, 0, 1) {
		return nil
	}
	if len(x.Args) == 1 {
		return b.pathVariable(x.Args[0], in)
	}
	if in.scope.self == nil {
		b.fail(x, "KS119", x.Func.Name+"() needs a variable of the pattern here", "")
	}
	return in.scope.self
}

// graphLabels binds labels(e): the labels of a node or an edge, of which a graph that make-graph makes has none.
func (b *binder) graphLabels(x *kql.Call, in *relation) *expr {
	if b.graphElement(x, in) == nil {
		return unknown()
	}
	return constant(scalar.NewArray(nil))
}

// ofNode binds a function of one node.
func (b *binder) ofNode(x *kql.Call, in *relation, t scalar.Type, value func(g *graph, node int) scalar.Value) *expr {
	v := b.graphElement(x, in)
	if v == nil {
		return unknown()
	}
	if !v.node || v.path {
		return b.fail(x, "KS141", x.Func.Name+"() needs a node", "")
	}
	out := ofValue(t, func(f *frame) scalar.Value {
		m, ids := v.members(f)
		if len(ids) == 0 {
			return scalar.Null(t)
		}
		return value(m.graph, ids[0])
	})
	out.reads = true
	return out
}

// graphNodeID binds node_id(): the text of the value that identifies a node.
func (b *binder) graphNodeID(x *kql.Call, in *relation) *expr {
	return b.ofNode(x, in, scalar.String, func(g *graph, node int) scalar.Value {
		return scalar.Convert(g.nodes[node].id, scalar.String)
	})
}

// graphNodeDegreeIn binds node_degree_in(): how many edges enter a node.
func (b *binder) graphNodeDegreeIn(x *kql.Call, in *relation) *expr {
	return b.ofNode(x, in, scalar.Long, func(g *graph, node int) scalar.Value {
		return scalar.NewLong(int64(g.degree(node, against)))
	})
}

// graphNodeDegreeOut binds node_degree_out(): how many edges leave a node.
func (b *binder) graphNodeDegreeOut(x *kql.Call, in *relation) *expr {
	return b.ofNode(x, in, scalar.Long, func(g *graph, node int) scalar.Value {
		return scalar.NewLong(int64(g.degree(node, along)))
	})
}
