package function

import (
	"math"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func binFunctions() []Function {
	first := NameRule{Kind: FirstArgument}
	return []Function{
		{
			Sig: `bin(value: integer, roundTo: integer): long
				bin(value: number, roundTo: number): widest
				bin(value: timespan, roundTo: timespan): timespan
				bin(value: datetime, roundTo: datetime): datetime
				bin(value: datetime, roundTo: timespan): datetime`,
			Doc:   "A value rounded down to a multiple of roundTo; null if that is not above 0. The multiples of a datetime are counted from 0001-01-01, a Monday.",
			Names: first,
			Impl:  Raw(bin),
			Examples: []string{
				`bin(4.5, 1) == 4.0`,
				`bin(-1, 10) == -10`,
				`bin(time(16d), 7d) == 14d`,
				`bin(datetime(1970-05-11 13:45:07), 1d) == datetime(1970-05-11)`,
				`bin(datetime(2007-01-03), 7d) == datetime(2007-01-01)`,
				`isnull(bin(5, 0))`,
			},
		},
		{
			Sig: `floor(value: integer, roundTo: integer): long
				floor(value: number, roundTo: number): widest
				floor(value: timespan, roundTo: timespan): timespan
				floor(value: datetime, roundTo: datetime): datetime
				floor(value: datetime, roundTo: timespan): datetime`,
			Doc:      "Another name of bin().",
			Names:    first,
			Impl:     Raw(bin),
			Examples: []string{`floor(12, 10) == 10`, `floor(datetime(1970-05-11 13:45:07), 1h) == datetime(1970-05-11 13:00)`},
		},
		{
			Sig: `bin_at(value: integer, bin_size: integer, fixed_point: integer): long
				bin_at(value: number, bin_size: number, fixed_point: number): widest
				bin_at(value: timespan, bin_size: number, fixed_point: timespan): timespan
				bin_at(value: timespan, bin_size: timespan, fixed_point: timespan): timespan
				bin_at(value: datetime, bin_size: summable, fixed_point: datetime): datetime`,
			Doc:   "A value rounded down to a whole number of bin sizes from a fixed point, which may lie above it.",
			Names: first,
			Impl:  Raw(binAt),
			Examples: []string{
				`bin_at(6.5, 2.5, 7) == 4.5`,
				`bin_at(time(1h), 1d, 12h) == -12h`,
				`bin_at(datetime(2017-05-15 10:20:00), 1d, datetime(1970-01-01 12:00:00)) == datetime(2017-05-14 12:00:00)`,
				`bin_at(datetime(2017-05-17 10:20:00), 7d, datetime(2017-06-04)) == datetime(2017-05-14)`,
			},
		},
		{
			Sig:   "bin_auto(value: summable): arg0",
			Doc:   "A value rounded down to a multiple of query_bin_auto_size, which a set statement gives.",
			Names: first,
			Impl:  Special,
		},
	}
}

func bin(args []scalar.Value) scalar.Value {
	return binFrom(args[0], args[1], scalar.NewLong(0), widestOf(args))
}

func binAt(args []scalar.Value) scalar.Value {
	return binFrom(args[0], args[1], args[2], widestOf(args))
}

// widestOf gives the type of a result over numbers, and that of the value where
// it is a time.
func widestOf(args []scalar.Value) scalar.Type {
	if t := args[0].Type(); t == scalar.DateTime || t == scalar.TimeSpan {
		return t
	}
	widest := scalar.Long
	for _, v := range args {
		switch t := v.Type(); {
		case !t.Numeric():
			widest = max(widest, scalar.Real)
		default:
			widest = max(widest, t)
		}
	}
	return widest
}

// binFrom rounds v down to a whole number of sizes from a point.
func binFrom(v, size, from scalar.Value, result scalar.Type) scalar.Value {
	if v.IsNull() || size.IsNull() || from.IsNull() {
		return scalar.Null(result)
	}
	switch result {
	case scalar.Decimal:
		d, _ := scalar.ToDecimal(v)
		step, ok := scalar.ToDecimal(size)
		base, ok2 := scalar.ToDecimal(from)
		if ok && ok2 && step.Sign() > 0 {
			if d, ok := binDec(d, step, base); ok {
				return scalar.NewDecimal(d)
			}
		}
	case scalar.Real:
		f, ok := scalar.ToReal(v)
		step, ok2 := scalar.ToReal(size)
		base, ok3 := scalar.ToReal(from)
		if ok && ok2 && ok3 && step > 0 {
			return scalar.NewReal(base + math.Floor((f-base)/step)*step)
		}
	default:
		step, _ := scalar.ToLong(size)
		base, _ := scalar.ToLong(from)
		n, _ := scalar.ToLong(v)
		if step > 0 {
			if n, ok := binLong(n, step, base); ok {
				return scalar.Convert(scalar.NewLong(n), result)
			}
		}
	}
	return scalar.Null(result)
}

// binLong is false where the result is below the range of long.
func binLong(n, step, base int64) (int64, bool) {
	offset := floorMod(n, step) - floorMod(base, step)
	if offset < 0 {
		offset += step
	}
	return n - offset, n >= math.MinInt64+offset
}

func floorMod(n, m int64) int64 {
	if n %= m; n < 0 {
		n += m
	}
	return n
}

// binDec is false where the digits of a decimal do not suffice.
func binDec(d, step, base scalar.Dec) (scalar.Dec, bool) {
	d, ok := scalar.SubDec(d, base)
	if !ok {
		return d, false
	}
	if d, ok = floorDec(d, step); !ok {
		return d, false
	}
	return scalar.AddDec(d, base)
}

// floorDec rounds d down to a multiple of step.
func floorDec(d, step scalar.Dec) (scalar.Dec, bool) {
	rest, ok := scalar.ModDec(d, step)
	if !ok {
		return d, false
	}
	return scalar.SubDec(d, rest)
}
