package eval

import (
	"errors"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// declare binds declare query_parameters: the caller's values, else the defaults. A parameter with
// neither can be bound; the run fails where it is asked for its value.
func (b *binder) declare(s *kql.Declare) {
	for _, p := range s.Params {
		name := p.Name.Name
		if p.Type == nil {
			b.fail(p, "KS006", "a parameter of a query must have a scalar type", "")
			continue
		}
		t, ok := b.typeName(p.Type)
		if !ok {
			continue
		}
		x := withoutValue(name, t)
		if p.Default != nil {
			x = b.scalarOf(p.Default, nil, t)
		}
		if v, given := b.opts.params[name]; given {
			x = converted(constant(v), t)
		}
		b.scope.names[name] = binding{scalar: x}
	}
}

// withoutValue is a parameter that nothing gives a value.
func withoutValue(name string, t scalar.Type) *expr {
	x := ofValue(t, func(f *frame) scalar.Value {
		f.run.fail(errors.New("the parameter '" + name + "' has no value: give it one, or a default in the query"))
		return scalar.Null(t)
	})
	x.live = true
	return x
}

// alias binds alias database: what the name stands for is looked at where it is used.
func (b *binder) alias(s *kql.Alias) {
	if b.aliases == nil {
		b.aliases = make(map[string]kql.Expr)
	}
	b.aliases[s.Name.Name] = s.Value
}

// restrict binds restrict access to: what follows reads the tables of the list only. Those
// that lets before it read stay in their reach (Kusto docs, "restrict statement").
func (b *binder) restrict(s *kql.Restrict) {
	inner := b.scope.child()
	for _, t := range s.Tables {
		switch t := t.(type) {
		case *kql.Wildcard:
			inner.allowed = append(inner.allowed, t.Pattern)
			continue
		case *kql.Member:
			inner.allowed = append(inner.allowed, t.Name.Name)
			continue
		case *kql.Name:
			if b.knowsTable(t.Name) {
				inner.allowed = append(inner.allowed, t.Name)
				continue
			}
			b.fail(t, "KS142", "The name '"+t.Name+"' does not refer to any known table or view.", b.suggestTable(t.Name))
			continue
		}
		b.fail(t, "KS006", "a table, a view or a pattern of names is expected here", "")
	}
	inner.restricted = true
	b.scope = inner
}

// knowsTable reports whether a name stands for a table, a let or a stored function.
func (b *binder) knowsTable(name string) bool {
	if b.declared(name) {
		return true
	}
	if b.opts.schemas != nil {
		if _, _, ok := b.opts.schemas.TableSchema(name); ok {
			return true
		}
	}
	return b.stored(name) != nil
}

// allows reports whether the statements above let a table be read.
func (s *scope) allows(table string) bool {
	for ; s != nil; s = s.parent {
		if s.restricted && !anyWildcard(s.allowed, table) {
			return false
		}
	}
	return true
}

func anyWildcard(patterns []string, name string) bool {
	for _, p := range patterns {
		if p == name || strings.Contains(p, "*") && matchWildcard(name, p) {
			return true
		}
	}
	return false
}
