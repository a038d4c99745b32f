package function

// energyUnits are in joules.
func energyUnits() map[string]unit {
	const (
		btu, calorie, electronVolt              = 1055.05585262, 4.184, 1.602176565e-19
		thermEC, thermImperial, thermUS         = 1.05505585262e8, 1.05505585257348e8, 1.054804e8
		wattHour                        float64 = 3600
	)
	return multiples(map[string]float64{
		"BritishThermalUnit": btu, "KilobritishThermalUnit": btu * 1e3, "MegabritishThermalUnit": btu * 1e6, "GigabritishThermalUnit": btu * 1e9,
		"Calorie": calorie, "Kilocalorie": calorie * 1e3, "Megacalorie": calorie * 1e6,
		"ThermEc": thermEC, "ThermImperial": thermImperial, "ThermUs": thermUS,
		"DecathermEc": thermEC * 10, "DecathermImperial": thermImperial * 10, "DecathermUs": thermUS * 10,
		"ElectronVolt": electronVolt, "KiloelectronVolt": electronVolt * 1e3, "MegaelectronVolt": electronVolt * 1e6,
		"GigaelectronVolt": electronVolt * 1e9, "TeraelectronVolt": electronVolt * 1e12,
		"Erg": 1e-7, "FootPound": 1.355817948, "HorsepowerHour": 2.6845195376961e6,
		"Joule": 1, "Millijoule": 1e-3, "Kilojoule": 1e3, "Megajoule": 1e6, "Gigajoule": 1e9,
		"WattHour": wattHour, "KilowattHour": wattHour * 1e3, "MegawattHour": wattHour * 1e6, "GigawattHour": wattHour * 1e9, "TerawattHour": wattHour * 1e12,
		"WattDay": wattHour * 24, "KilowattDay": wattHour * 24e3, "MegawattDay": wattHour * 24e6, "GigawattDay": wattHour * 24e9, "TerawattDay": wattHour * 24e12,
	})
}

// forceUnits are in newtons.
func forceUnits() map[string]unit {
	const pound, gravity = 4.4482216152605, 9.80665
	return multiples(map[string]float64{
		"Newton": 1, "Decanewton": 10, "Kilonewton": 1e3, "Meganewton": 1e6, "Micronewton": 1e-6, "Millinewton": 1e-3,
		"Dyn": 1e-5, "KilogramForce": gravity, "KiloPond": gravity, "TonneForce": gravity * 1e3,
		"PoundForce": pound, "KilopoundForce": pound * 1e3, "OunceForce": pound / 16, "ShortTonForce": pound * 2e3, "Poundal": 0.138254954376,
	})
}

// lengthUnits are in metres.
func lengthUnits() map[string]unit {
	const inch, lightYear, parsec = 0.0254, 9.46073047258e15, 3.08567758128e16
	return multiples(map[string]float64{
		"Meter": 1, "Angstrom": 1e-10, "Centimeter": 1e-2, "Decameter": 10, "Decimeter": 0.1, "Hectometer": 100, "Kilometer": 1e3,
		"Micrometer": 1e-6, "Millimeter": 1e-3, "Nanometer": 1e-9,
		"AstronomicalUnit": 1.4959787070e11, "LightYear": lightYear, "KilolightYear": lightYear * 1e3, "MegalightYear": lightYear * 1e6,
		"Parsec": parsec, "Kiloparsec": parsec * 1e3, "Megaparsec": parsec * 1e6, "SolarRadius": 6.955e8,
		"Inch": inch, "Microinch": inch * 1e-6, "Mil": inch * 1e-3, "Hand": inch * 4, "Foot": inch * 12, "Yard": inch * 36,
		"Fathom": inch * 72, "Chain": inch * 792, "Shackle": 27.432, "Mile": 1609.344, "NauticalMile": 1852, "DataMile": 1828.8,
		"UsSurveyFoot": 1200. / 3937, "Twip": inch / 1440,
		"DtpPica": inch / 6, "DtpPoint": inch / 72, "PrinterPica": 1 / 237.106301584, "PrinterPoint": inch / 72.27,
	})
}

// massUnits are in grams.
func massUnits() map[string]unit {
	const pound = 453.59237
	return multiples(map[string]float64{
		"Gram": 1, "Centigram": 1e-2, "Decagram": 10, "Decigram": 0.1, "Hectogram": 100, "Kilogram": 1e3, "Microgram": 1e-6,
		"Milligram": 1e-3, "Nanogram": 1e-9, "Tonne": 1e6, "Kilotonne": 1e9, "Megatonne": 1e12,
		"Pound": pound, "Kilopound": pound * 1e3, "Megapound": pound * 1e6, "Ounce": pound / 16, "Grain": pound / 7000, "Stone": pound * 14,
		"ShortHundredweight": pound * 100, "LongHundredweight": pound * 112, "ShortTon": pound * 2000, "LongTon": pound * 2240,
		"Slug": 14593.90294, "EarthMass": 5.9722e27, "SolarMass": 1.98947e33,
	})
}

// speedUnits are in metres a second.
func speedUnits() map[string]unit {
	const foot, inch, surveyFoot, minute, hour = 0.3048, 0.0254, 1200. / 3937, 60, 3600
	return multiples(map[string]float64{
		"MeterPerSecond": 1, "MeterPerMinute": 1. / minute, "MeterPerHour": 1. / hour,
		"CentimeterPerSecond": 1e-2, "CentimeterPerMinute": 1e-2 / minute, "CentimeterPerHour": 1e-2 / hour,
		"DecimeterPerSecond": 0.1, "DecimeterPerMinute": 0.1 / minute,
		"KilometerPerSecond": 1e3, "KilometerPerMinute": 1e3 / minute, "KilometerPerHour": 1e3 / hour,
		"MillimeterPerSecond": 1e-3, "MillimeterPerMinute": 1e-3 / minute, "MillimeterPerHour": 1e-3 / hour,
		"MicrometerPerSecond": 1e-6, "MicrometerPerMinute": 1e-6 / minute, "NanometerPerSecond": 1e-9, "NanometerPerMinute": 1e-9 / minute,
		"FootPerSecond": foot, "FootPerMinute": foot / minute, "FootPerHour": foot / hour,
		"InchPerSecond": inch, "InchPerMinute": inch / minute, "InchPerHour": inch / hour,
		"YardPerSecond": foot * 3, "YardPerMinute": foot * 3 / minute, "YardPerHour": foot * 3 / hour,
		"UsSurveyFootPerSecond": surveyFoot, "UsSurveyFootPerMinute": surveyFoot / minute, "UsSurveyFootPerHour": surveyFoot / hour,
		"Knot": 1852. / hour, "MilePerHour": 1609.344 / hour,
	})
}

// volumeUnits are in cubic metres.
func volumeUnits() map[string]unit {
	const (
		liter, cubicFoot, cubicInch = 1e-3, 0.028316846592, 1.6387064e-5
		gallon, imperialGallon      = 3.785411784e-3, 4.54609e-3
	)
	return multiples(map[string]float64{
		"CubicMeter": 1, "HectocubicMeter": 100, "KilocubicMeter": 1e3, "CubicCentimeter": 1e-6, "CubicDecimeter": 1e-3,
		"CubicHectometer": 1e6, "CubicKilometer": 1e9, "CubicMicrometer": 1e-18, "CubicMillimeter": 1e-9,
		"Liter": liter, "Centiliter": liter / 100, "Decaliter": liter * 10, "Deciliter": liter / 10, "Hectoliter": liter * 100,
		"Kiloliter": liter * 1e3, "Megaliter": liter * 1e6, "Microliter": liter / 1e6, "Milliliter": liter / 1e3,
		"CubicFoot": cubicFoot, "HectocubicFoot": cubicFoot * 100, "KilocubicFoot": cubicFoot * 1e3, "MegacubicFoot": cubicFoot * 1e6,
		"CubicInch": cubicInch, "CubicYard": cubicFoot * 27, "CubicMile": 4.16818182544058e9, "AcreFoot": 1233.48183754752, "BoardFoot": 2.359737216e-3,
		"UsGallon": gallon, "DecausGallon": gallon * 10, "DeciusGallon": gallon / 10, "HectousGallon": gallon * 100, "KilousGallon": gallon * 1e3,
		"MegausGallon": gallon * 1e6, "UsQuart": gallon / 4, "UsPint": gallon / 8, "UsCustomaryCup": gallon / 16, "UsLegalCup": 2.4e-4,
		"UsOunce": gallon / 128, "UsTablespoon": gallon / 256, "UsTeaspoon": gallon / 768, "UsBeerBarrel": gallon * 31, "OilBarrel": gallon * 42,
		"ImperialGallon": imperialGallon, "KiloimperialGallon": imperialGallon * 1e3, "MegaimperialGallon": imperialGallon * 1e6,
		"ImperialPint": imperialGallon / 8, "ImperialOunce": imperialGallon / 160, "ImperialBeerBarrel": imperialGallon * 36,
		"MetricCup": 2.5e-4, "MetricTeaspoon": 5e-6, "AuTablespoon": 2e-5, "UkTablespoon": 1.5e-5,
	})
}
