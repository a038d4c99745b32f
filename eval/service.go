package eval

import (
	"errors"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// Service is what a query may ask of the service that runs it. Nothing of it can be known here, so that all of it comes from the
// caller: a query that asks for what is left empty binds, and its run fails and names what lacks.
type Service struct {
	Cluster   string // current_cluster_endpoint(): such as "help.kusto.windows.net"
	Database  string // current_database(): such as "Samples"
	Node      string // current_node_id()
	Principal Principal
}

// Principal is who runs a query.
type Principal struct {
	FQN     string       // current_principal(): such as "aaduser=<object>;<tenant>"
	Details scalar.Value // current_principal_details(): a bag with DisplayName, ObjectId, FQN and their kin
	// Groups are what current_principal_is_member_of() finds: fully qualified names of users, groups and applications,
	// such as "aadgroup=<object>;<tenant>". The principal's own name counts as one of them.
	Groups []string
}

// WithService says what current_database(), current_principal() and their kin give.
func WithService(s Service) Option { return func(o *options) { o.service = s } }

// asked is what the service gives, or a run that fails where the caller left it empty.
func (b *binder) asked(x *kql.Call, value scalar.Value, field string) *expr {
	if !b.arity(x, 0, 0) {
		return unknown()
	}
	if value.IsNull() || value.Type() == scalar.String && value.Str() == "" {
		return unasked(value.Type(), x.Func.Name, field)
	}
	out := constant(value)
	out.name = ""
	return out
}

// unasked is a call whose answer the caller has not given.
func unasked(t scalar.Type, function, field string) *expr {
	x := ofValue(t, func(f *frame) scalar.Value {
		f.run.fail(errors.New(function + "() asks the service that runs the query: say what it gives with eval.WithService (Service." + field + ")"))
		return scalar.Null(t)
	})
	x.live = true
	return x
}

func (b *binder) currentCluster(x *kql.Call, _ *relation) *expr {
	return b.asked(x, scalar.NewString(b.opts.service.Cluster), "Cluster")
}

func (b *binder) currentDatabase(x *kql.Call, _ *relation) *expr {
	return b.asked(x, scalar.NewString(b.opts.service.Database), "Database")
}

func (b *binder) currentNode(x *kql.Call, _ *relation) *expr {
	return b.asked(x, scalar.NewString(b.opts.service.Node), "Node")
}

func (b *binder) currentPrincipal(x *kql.Call, _ *relation) *expr {
	return b.asked(x, scalar.NewString(b.opts.service.Principal.FQN), "Principal.FQN")
}

func (b *binder) currentPrincipalDetails(x *kql.Call, _ *relation) *expr {
	details := b.opts.service.Principal.Details
	if details.IsNull() {
		details = scalar.Null(scalar.Dynamic)
	}
	return b.asked(x, details.AsDynamic(), "Principal.Details")
}

// memberOf binds current_principal_is_member_of(group, …): whether the principal is in any of the groups, each a text or an
// array of texts.
func (b *binder) memberOf(x *kql.Call, in *relation) *expr {
	if !b.arity(x, 1, 64) {
		return unknown()
	}
	args := make([]*expr, len(x.Args))
	for i, a := range x.Args {
		args[i] = b.expr(a, in)
		switch args[i].typ {
		case scalar.NoType:
			return unknown()
		case scalar.String, scalar.Dynamic:
		default:
			return b.fail(a, "KS141", "a group must be a string or an array of them, not "+args[i].typ.String(), "")
		}
	}
	principal := b.opts.service.Principal
	if principal.FQN == "" {
		return unasked(scalar.Bool, x.Func.Name, "Principal").from(args...)
	}
	known := append(slices.Clone(principal.Groups), principal.FQN)
	return ofTest(func(f *frame) (bool, bool) {
		for _, a := range args {
			v := a.value(f)
			if v.Kind() == scalar.String && slices.Contains(known, v.Str()) {
				return true, true
			}
			for element := range v.Elements() {
				if slices.Contains(known, element.Str()) {
					return true, true
				}
			}
		}
		return false, true
	}).from(args...)
}
