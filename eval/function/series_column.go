package function

import "github.com/seed-2512943d/picket/eval/scalar"

// Column is one of the columns that a function with the result columns gives.
type Column struct {
	Name string // the end of the column's name: series_stats(x) names one series_stats_x_min
	Type scalar.Type
}

// ResultColumns gives the columns of a function that has several, such as series_stats.
// A call of its Impl gives an array of their values. It is nil for other functions; those
// of array_sort_asc and array_sort_desc depend on the arguments.
func ResultColumns(name string) []Column {
	switch name {
	case "series_stats":
		return statisticColumns
	case "series_fit_line":
		return lineColumns
	case "series_fit_2lines":
		return twoLineColumns
	case "series_fit_poly":
		return []Column{{"rsquare", scalar.Real}, {"coefficients", scalar.Dynamic}, {"variance", scalar.Real}, {"rvariance", scalar.Real}, {"poly_fit", scalar.Dynamic}}
	case "series_fft", "series_ifft":
		return dynamicColumns("real", "imag")
	case "series_periods_detect", "series_periods_validate":
		return dynamicColumns("periods", "scores")
	case "series_decompose", "series_decompose_forecast":
		return dynamicColumns("baseline", "seasonal", "trend", "residual")
	case "series_decompose_anomalies":
		return dynamicColumns("ad_flag", "ad_score", "baseline")
	}
	return nil
}

func dynamicColumns(names ...string) []Column {
	cols := make([]Column, len(names))
	for i, name := range names {
		cols[i] = Column{name, scalar.Dynamic}
	}
	return cols
}

// bag makes the result of a …_dynamic function: a property for each column.
func bag(cols []Column, values []scalar.Value) scalar.Value {
	var b scalar.BagBuilder
	for i, c := range cols {
		b.Append(c.Name, values[i])
	}
	return b.Value()
}
