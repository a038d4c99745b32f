package function

import (
	"math"
	"sync"

	"github.com/seed-2512943d/picket/eval/scalar"
)

// unitFunctions convert between units of measurement. Units that are not known give
// null.
func unitFunctions() []Function {
	return []Function{
		{
			Sig:      "convert_angle(value: real, from: string, to: string): real",
			Doc:      "An angle in another unit, such as Degree or Radian.",
			Impl:     convertUnit(angleUnits),
			Examples: []string{`convert_angle(1.2, "Degree", "Arcminute") == 72`, `isnull(convert_angle(1.0, "Degree", "Meter"))`},
		},
		{
			Sig:      "convert_energy(value: real, from: string, to: string): real",
			Doc:      "An energy in another unit, such as Joule or KilowattHour.",
			Impl:     convertUnit(energyUnits),
			Examples: []string{`round(convert_energy(1.2, "Joule", "BritishThermalUnit"), 9) == 0.001137381`, `convert_energy(1.0, "WattHour", "Joule") == 3600`},
		},
		{
			Sig:      "convert_force(value: real, from: string, to: string): real",
			Doc:      "A force in another unit, such as Newton or PoundForce.",
			Impl:     convertUnit(forceUnits),
			Examples: []string{`round(convert_force(1.2, "Newton", "Decanewton"), 9) == 0.12`, `isnull(convert_force(1.0, "Newton", "newton"))`},
		},
		{
			Sig:      "convert_length(value: real, from: string, to: string): real",
			Doc:      "A length in another unit, such as Meter or Foot.",
			Impl:     convertUnit(lengthUnits),
			Examples: []string{`round(convert_length(1.2, "Meter", "Foot"), 6) == 3.937008`, `convert_length(1.0, "Kilometer", "Meter") == 1000`},
		},
		{
			Sig:      "convert_mass(value: real, from: string, to: string): real",
			Doc:      "A mass in another unit, such as Kilogram or Pound.",
			Impl:     convertUnit(massUnits),
			Examples: []string{`round(convert_mass(1.2, "Kilogram", "Pound"), 6) == 2.645547`, `convert_mass(1.0, "Tonne", "Kilogram") == 1000`},
		},
		{
			Sig:      "convert_speed(value: real, from: string, to: string): real",
			Doc:      "A speed in another unit, such as MeterPerSecond or Knot.",
			Impl:     convertUnit(speedUnits),
			Examples: []string{`round(convert_speed(1.2, "MeterPerSecond", "CentimeterPerHour"), 3) == 432000`, `round(convert_speed(1.0, "Knot", "KilometerPerHour"), 6) == 1.852`},
		},
		{
			Sig:      "convert_temperature(value: real, from: string, to: string): real",
			Doc:      "A temperature in another unit, such as Kelvin or DegreeCelsius.",
			Impl:     convertUnit(temperatureUnits),
			Examples: []string{`round(convert_temperature(1.2, "Kelvin", "DegreeCelsius"), 6) == -271.95`, `round(convert_temperature(212.0, "DegreeFahrenheit", "DegreeCelsius"), 6) == 100`},
		},
		{
			Sig:      "convert_volume(value: real, from: string, to: string): real",
			Doc:      "A volume in another unit, such as Liter or CubicMeter.",
			Impl:     convertUnit(volumeUnits),
			Examples: []string{`round(convert_volume(1.2, "CubicMeter", "AcreFoot"), 9) == 0.000972856`, `convert_volume(1.0, "CubicMeter", "Liter") == 1000`},
		},
	}
}

// unit tells how to come from a unit to the base unit of its quantity: by a factor
// and then an offset, or for the one unit that is no multiple by a pair of functions.
type unit struct {
	factor, offset   float64
	toBase, fromBase func(float64) float64
}

func (u unit) base(f float64) float64 {
	if u.toBase != nil {
		return u.toBase(f)
	}
	return f*u.factor + u.offset
}

func (u unit) value(base float64) float64 {
	if u.fromBase != nil {
		return u.fromBase(base)
	}
	return (base - u.offset) / u.factor
}

// convertUnit makes a conversion between the units of a quantity. The table is made
// when the first value comes.
func convertUnit(table func() map[string]unit) Impl {
	units := sync.OnceValue(table)
	return Raw(func(args []scalar.Value) scalar.Value {
		from, ok := units()[args[1].Str()]
		to, ok2 := units()[args[2].Str()]
		if args[0].IsNull() || !ok || !ok2 {
			return scalar.Null(scalar.Real)
		}
		return scalar.NewReal(to.value(from.base(args[0].Real())))
	})
}

// multiples makes units that are multiples of a base unit.
func multiples(factors map[string]float64) map[string]unit {
	units := make(map[string]unit, len(factors))
	for name, factor := range factors {
		units[name] = unit{factor: factor}
	}
	return units
}

// angleUnits are in degrees.
func angleUnits() map[string]unit {
	const radian = 180 / math.Pi
	units := multiples(map[string]float64{
		"Arcminute": 1. / 60, "Arcsecond": 1. / 3600, "Degree": 1, "Gradian": 0.9, "NatoMil": 9. / 160, "Revolution": 360,
		"Microdegree": 1e-6, "Millidegree": 1e-3, "Nanodegree": 1e-9,
		"Radian": radian, "Centiradian": radian / 100, "Deciradian": radian / 10, "Microradian": radian / 1e6,
		"Milliradian": radian / 1e3, "Nanoradian": radian / 1e9,
	})
	// The tilt of a slope is the sine of its angle.
	units["Tilt"] = unit{
		toBase:   func(tilt float64) float64 { return math.Asin(tilt) * radian },
		fromBase: func(degrees float64) float64 { return math.Sin(degrees / radian) },
	}
	return units
}

// temperatureUnits are in kelvin.
func temperatureUnits() map[string]unit {
	const freezing = 273.15
	return map[string]unit{
		"Kelvin":             {factor: 1},
		"DegreeCelsius":      {factor: 1, offset: freezing},
		"MillidegreeCelsius": {factor: 1e-3, offset: freezing},
		"DegreeDelisle":      {factor: -2. / 3, offset: freezing + 100},
		"DegreeFahrenheit":   {factor: 5. / 9, offset: 459.67 * 5 / 9},
		"DegreeNewton":       {factor: 100. / 33, offset: freezing},
		"DegreeRankine":      {factor: 5. / 9},
		"DegreeReaumur":      {factor: 5. / 4, offset: freezing},
		"DegreeRoemer":       {factor: 40. / 21, offset: freezing - 7.5*40/21},
		"SolarTemperature":   {factor: 5778},
	}
}
