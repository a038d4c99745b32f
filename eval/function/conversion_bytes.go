package function

import (
	"math"
	"slices"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func formatBytesFunctions() []Function {
	return []Function{
		{
			Sig:   "format_bytes(size: number, precision: number constant?, format: string constant?): string",
			Doc:   "A number of bytes in words, as 10.1 KB: in the largest unit that leaves at least one, or in the one named.",
			Names: NameRule{Kind: FirstArgument},
			Bind:  bindFormatBytes,
			Examples: []string{
				`format_bytes(564) == "564 Bytes"`,
				`format_bytes(10332, 1) == "10.1 KB"`,
				`format_bytes(20010332) == "19 MB"`,
				`format_bytes(20010332, 2) == "19.08 MB"`,
				`format_bytes(20010332, 0, "KB") == "19541 KB"`,
			},
		},
	}
}

// byteUnits are the units of format_bytes, each 1024 times the one before.
var byteUnits = [...]string{"Bytes", "KB", "MB", "GB", "TB", "PB", "EB"}

// bindFormatBytes reads the number of digits and the unit, which are constants.
func bindFormatBytes(args []Arg) (Impl, error) {
	digits, unit := int64(0), -1
	if len(args) > 1 {
		digits, _ = scalar.ToLong(args[1].Value)
	}
	if digits < 0 || digits > 15 {
		return Impl{}, unanswered("the precision must be 0 to 15, not %d", digits)
	}
	if len(args) > 2 {
		if unit = slices.Index(byteUnits[:], args[2].Value.Str()); unit < 0 {
			return Impl{}, unanswered("%q is no unit: want one of %v", args[2].Value.Str(), byteUnits)
		}
	}
	return Raw(func(args []scalar.Value) scalar.Value {
		size, ok := scalar.ToReal(args[0])
		if !ok {
			return scalar.NewString("")
		}
		return scalar.NewString(formatBytes(size, int(digits), unit))
	}), nil
}

// formatBytes finds the unit itself where it is negative.
func formatBytes(size float64, digits, unit int) string {
	if unit < 0 {
		unit = 0
		for s := math.Abs(size); s >= 1024 && unit < len(byteUnits)-1; s /= 1024 {
			unit++
		}
	}
	size = roundReal(math.Ldexp(size, -10*unit), digits)
	return scalar.FormatReal(size) + " " + byteUnits[unit]
}
