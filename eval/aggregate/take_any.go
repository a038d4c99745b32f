package aggregate

import (
	"github.com/seed-2512943d/picket/eval/function"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func takeAnyAggregates() []Aggregate {
	anyIf := filter(1, ofFirst(func(t scalar.Type) Accumulator { return &anyOf{Any: NewTakeAny(1), result: t} }))
	return []Aggregate{
		{
			Sig: "take_any(expr: scalar{1,*}): columns",
			Doc: "take_any gives some row of the group, here the first. Of a single column it gives a value that is neither null nor empty, if there is one.",
			Examples: []string{
				`toscalar(datatable(x:long)[long(null), 7] | summarize take_any(x)) == 7`,
				`toscalar(datatable(s:string, x:long)["a", 1] | summarize take_any(*) | project strcat(s, x)) == "a1"`,
				`isnull(toscalar(datatable(x:long)[] | summarize take_any(x)))`,
			},
			Special: true,
		},
		{
			Sig:   "any(expr: scalar{1,*}): columns",
			Doc:   "any is the obsolete spelling of take_any; its columns are named any_x.",
			Alias: "take_any",
			Examples: []string{
				`toscalar(datatable(x:long)[long(null), 7] | summarize any(x) | project any_x) == 7`,
				`isnull(toscalar(datatable(x:long)[] | summarize any(x)))`,
			},
			Special: true,
		},
		{
			Sig:   "take_anyif(expr: scalar, predicate: bool): arg0",
			Doc:   "take_anyif gives a value of some row for which the predicate is true.",
			Names: function.NameRule{Kind: function.FirstArgument},
			New:   anyIf,
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize take_anyif(x, x > 9)) == 10`,
				`isnull(toscalar(range x from 1 to 10 step 1 | summarize take_anyif(x, x > 10)))`,
			},
		},
		{
			Sig:   "anyif(expr: scalar, predicate: bool): arg0",
			Doc:   "anyif is the obsolete spelling of take_anyif.",
			Names: prefixed("anyif"),
			Alias: "take_anyif",
			Examples: []string{
				`toscalar(range x from 1 to 10 step 1 | summarize anyif(x, x > 9)) == 10`,
				`isnull(toscalar(range x from 1 to 10 step 1 | summarize anyif(x, x > 10)))`,
			},
		},
		{
			Sig:     "passthrough(expr: scalar): arg0",
			Doc:     "passthrough is internal to the service, which alone plans queries with it.",
			Names:   function.NameRule{Kind: function.FirstArgument},
			Refused: "passthrough is internal to the Kusto service and documented nowhere",
		},
	}
}

// anyOf is Any of one column of a known type.
type anyOf struct {
	*Any
	result scalar.Type
}

func (a *anyOf) Merge(other Accumulator) { a.Any.Merge(other.(*anyOf).Any) }

func (a *anyOf) Result() scalar.Value {
	if a.row == nil {
		return scalar.Null(a.result)
	}
	return a.row[0]
}
