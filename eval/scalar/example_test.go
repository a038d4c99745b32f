package scalar_test

import (
	"fmt"

	"github.com/seed-2512943d/picket/eval/scalar"
)

func ExampleParseJSON() {
	event := scalar.ParseJSON(`{"userIdentity": {"type": "IAMUser"}, "ports": [22, 443]}`)
	fmt.Println(scalar.ToString(event.Field("userIdentity").Field("type")))
	fmt.Println(scalar.ToString(event.Field("ports").At(-1)))
	fmt.Println(event.Field("missing").IsNull())
	// Output:
	// IAMUser
	// 443
	// true
}

func ExampleConvert() {
	v := scalar.Convert(scalar.NewString("0xa0"), scalar.Long)
	fmt.Println(v.Type(), scalar.ToString(v))
	fmt.Println(scalar.Convert(scalar.NewString("ten"), scalar.Long).IsNull())
	// Output:
	// long 160
	// true
}

func ExampleParseDateTime() {
	t, ok := scalar.ParseDateTime("12/02/2022 1:45:56 PM")
	fmt.Println(t.Time(), ok)
	_, ok = scalar.ParseDateTime("13/01/2022")
	fmt.Println(ok)
	// Output:
	// 2022-12-02 13:45:56 +0000 UTC true
	// false
}

func ExampleParseTimeSpan() {
	d, _ := scalar.ParseTimeSpan("1.5h")
	fmt.Println(string(scalar.AppendTimeSpan(nil, d)))
	// Output: 01:30:00
}

func ExampleHas() {
	fmt.Println(scalar.Has("North America", "america"))
	fmt.Println(scalar.Has("North America", "ame"))
	fmt.Println(scalar.HasPrefix("North America", "ame"))
	// Output:
	// true
	// false
	// true
}

func ExampleArithmetic() {
	fmt.Println(scalar.ToString(scalar.Arithmetic('%', scalar.NewLong(-14), scalar.NewLong(12), scalar.Long)))
	fmt.Println(scalar.Arithmetic('/', scalar.NewLong(1), scalar.NewLong(0), scalar.Long).IsNull())
	// Output:
	// 10
	// true
}

func ExampleBagBuilder() {
	var bag scalar.BagBuilder
	bag.Append("count", scalar.NewLong(2))
	bag.Append("share", scalar.NewReal(1))
	fmt.Println(bag.Value().JSON())
	// Output: {"count":2,"share":1.0}
}

func ExampleParseDecimal() {
	d, _ := scalar.ParseDecimal("1.10")
	e, _ := scalar.ParseDecimal("2.2")
	sum, _ := scalar.AddDec(d, e)
	fmt.Println(sum)
	// Output: 3.3
}

func ExampleAppendKey() {
	int1 := scalar.AppendKey(nil, scalar.NewInt(1))
	long1 := scalar.AppendKey(nil, scalar.NewLong(1))
	fmt.Println(string(int1) == string(long1))
	// Output: true
}
