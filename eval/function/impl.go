package function

import (
	"github.com/seed-2512943d/picket/eval/scalar"
)

// Impl is the code of a function in the form that the evaluator calls.
//
// Fn is the plain Go function where there is one: the evaluator calls common
// shapes, such as func(string) string, directly and without a Value in between.
// Call is the general form. Call does not keep args.
type Impl struct {
	Fn      any
	Call    func(args []scalar.Value) scalar.Value
	Context func(ctx *Context, args []scalar.Value) scalar.Value
	Params  []scalar.Type // Go-side types of Fn's parameters; NoType takes any Value
	Result  scalar.Type   // Go-side type of the result; NoType means that Call decides
	Special bool          // bound by the evaluator itself (iff, case, toscalar …)
}

// Special marks a function that eval binds by hand because it does not evaluate
// all of its arguments, or needs more than their values.
var Special = Impl{Special: true}

// Raw makes an Impl of a function over Values. Arguments arrive converted to the
// types of the signature, nulls included.
func Raw(call func(args []scalar.Value) scalar.Value) Impl { return Impl{Call: call} }

// InContext makes an Impl of a function that needs the run's clock or randomness.
func InContext(call func(ctx *Context, args []scalar.Value) scalar.Value) Impl {
	return Impl{Context: call}
}

// Go is the set of Go types that stand for KQL's scalar types in F0…F4 and N1…N3.
// scalar.Value stands for any type: the function sees nulls then.
type Go interface {
	bool | int32 | int64 | float64 | string | scalar.Instant | scalar.Span | scalar.UUID | scalar.Dec | scalar.Value
}

// get reads a Go value out of a Value of the same type; ok is false for null.
func get[T Go](v scalar.Value) (t T, ok bool) {
	switch p := any(&t).(type) {
	case *bool:
		*p = v.Bool()
	case *int32:
		*p = int32(v.Long())
	case *int64:
		*p = v.Long()
	case *float64:
		*p = v.Real()
	case *string:
		*p = v.Str()
		return t, true
	case *scalar.Instant:
		*p = v.DateTime()
	case *scalar.Span:
		*p = v.TimeSpan()
	case *scalar.UUID:
		*p = v.Guid()
	case *scalar.Dec:
		*p = v.Decimal()
	case *scalar.Value:
		*p = v
		return t, true
	}
	return t, !v.IsNull()
}

// put makes a Value of a Go value.
func put[T Go](t T) scalar.Value {
	switch p := any(&t).(type) {
	case *bool:
		return scalar.NewBool(*p)
	case *int32:
		return scalar.NewInt(*p)
	case *int64:
		return scalar.NewLong(*p)
	case *float64:
		return scalar.NewReal(*p)
	case *string:
		return scalar.NewString(*p)
	case *scalar.Instant:
		return scalar.NewDateTime(*p)
	case *scalar.Span:
		return scalar.NewTimeSpan(*p)
	case *scalar.UUID:
		return scalar.NewGuid(*p)
	case *scalar.Dec:
		return scalar.NewDecimal(*p)
	case *scalar.Value:
		return *p
	}
	panic("function: a type outside Go's set")
}

// typeOf gives the KQL type that T stands for; NoType for scalar.Value.
func typeOf[T Go]() scalar.Type {
	var t T
	switch any(t).(type) {
	case bool:
		return scalar.Bool
	case int32:
		return scalar.Int
	case int64:
		return scalar.Long
	case float64:
		return scalar.Real
	case string:
		return scalar.String
	case scalar.Instant:
		return scalar.DateTime
	case scalar.Span:
		return scalar.TimeSpan
	case scalar.UUID:
		return scalar.Guid
	case scalar.Dec:
		return scalar.Decimal
	}
	return scalar.NoType
}

// F1 adapts a Go function of one argument; a null argument gives null.
func F1[A, R Go](fn func(A) R) Impl {
	return Impl{Fn: fn, Params: []scalar.Type{typeOf[A]()}, Result: typeOf[R](),
		Call: func(args []scalar.Value) scalar.Value {
			a, ok := get[A](args[0])
			if !ok {
				return scalar.Null(typeOf[R]())
			}
			return put(fn(a))
		}}
}

// F2 adapts a Go function of two arguments; a null argument gives null.
func F2[A, B, R Go](fn func(A, B) R) Impl {
	return Impl{Fn: fn, Params: []scalar.Type{typeOf[A](), typeOf[B]()}, Result: typeOf[R](),
		Call: func(args []scalar.Value) scalar.Value {
			a, ok := get[A](args[0])
			b, ok2 := get[B](args[1])
			if !ok || !ok2 {
				return scalar.Null(typeOf[R]())
			}
			return put(fn(a, b))
		}}
}

// F3 adapts a Go function of three arguments; a null argument gives null.
func F3[A, B, C, R Go](fn func(A, B, C) R) Impl {
	return Impl{Fn: fn, Params: []scalar.Type{typeOf[A](), typeOf[B](), typeOf[C]()}, Result: typeOf[R](),
		Call: func(args []scalar.Value) scalar.Value {
			a, ok := get[A](args[0])
			b, ok2 := get[B](args[1])
			c, ok3 := get[C](args[2])
			if !ok || !ok2 || !ok3 {
				return scalar.Null(typeOf[R]())
			}
			return put(fn(a, b, c))
		}}
}

// N1 is F1 for a function that may have no answer: ok false gives null.
func N1[A, R Go](fn func(A) (r R, ok bool)) Impl {
	return Impl{Fn: fn, Params: []scalar.Type{typeOf[A]()}, Result: typeOf[R](),
		Call: func(args []scalar.Value) scalar.Value {
			if a, ok := get[A](args[0]); ok {
				if r, ok := fn(a); ok {
					return put(r)
				}
			}
			return scalar.Null(typeOf[R]())
		}}
}

// N2 is F2 for a function that may have no answer.
func N2[A, B, R Go](fn func(A, B) (r R, ok bool)) Impl {
	return Impl{Fn: fn, Params: []scalar.Type{typeOf[A](), typeOf[B]()}, Result: typeOf[R](),
		Call: func(args []scalar.Value) scalar.Value {
			a, ok := get[A](args[0])
			b, ok2 := get[B](args[1])
			if ok && ok2 {
				if r, ok := fn(a, b); ok {
					return put(r)
				}
			}
			return scalar.Null(typeOf[R]())
		}}
}
