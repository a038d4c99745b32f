// Package scalar holds KQL's scalar values: the data types, their text and JSON
// forms, conversions, comparison, arithmetic and the string predicates.
//
// Everything works on [Value], which is small, comparable in cost to a string
// header and free of pointers to shared state. Nothing here fails on bad input:
// a conversion that does not apply gives null, as KQL's own functions do.
//
// Time is counted in ticks of 100 ns. An [Instant] counts them from
// 0001-01-01T00:00:00 UTC and a [Span] measures a distance.
//
// A dynamic value keeps the raw JSON text it came from. [Value.Field] and
// [Value.At] read only as much of the text as they need; key order and the
// difference between 118 and 118.0 stay as written.
//
// Sources: Kusto docs, "Scalar data types", "The dynamic data type", "String
// operators".
package scalar
