# a dynamic value is no number, time or bool; it has to be converted
datatable(d: dynamic)[dynamic(4)] | project a = sqrt(d), b = bin(d, 2), c = dayofmonth(d), e = iff(d, 1, 2), f = round(toreal(d), 1)
----
error 1:54 KS141 argument 1 of sqrt() must be a number, not dynamic (convert it with tolong())
error 1:66 KS141 argument 1 of bin() must be a number, not dynamic (convert it with tolong())
error 1:88 KS141 argument 1 of dayofmonth() must be datetime, not dynamic (convert it with todatetime())
error 1:100 KS107 the condition must be bool, not dynamic (compare it, or convert it with tobool())

# but it goes for a text
datatable(d: dynamic)[dynamic("Ab")] | project toupper(d)
----
Column1: string
"AB"

# a literal is an array or a bag
print a = bag_keys(dynamic([1, 2])), b = array_length(dynamic({"a": 1})), c = strlen(dynamic([1]))
----
error 1:20 KS141 argument 1 of bag_keys() must be a property bag, not an array
error 1:55 KS141 argument 1 of array_length() must be a dynamic array, not a property bag

# what stays open is not refused
print a = bag_keys(parse_json("[1]")), b = array_length(parse_json("[1]"))
----
a: dynamic  b: long
null        1

# values need a type in common
datatable(n: long, s: string, d: dynamic)[1, "a", dynamic(2)] | project a = coalesce(n, s), b = max_of(n, s), c = coalesce(d, n), e = coalesce(n, 1.5)
----
error 1:89 KS232 the arguments of coalesce() have no type in common: long and string (convert one of them)
error 1:107 KS232 the arguments of max_of() have no type in common: long and string (convert one of them)
error 1:127 KS232 the arguments of coalesce() have no type in common: dynamic and long (convert one of them)

# a pattern is the same for all rows
let p = toscalar(print "a+");
datatable(s: string)["aab"] | project a = extract(p, 0, s), b = extract(strcat("b", "?"), 0, s), c = extract(s, 0, s)
----
error 2:110 KS129 the regex of extract() must be the same for all rows

# the columns of window functions and of bags have names
datatable(n: long)[1, 2] | serialize | extend a = prev(n + 1), b = prev(n, 1, n), c = bag_pack_columns(n * 2)
----
error 1:56 KS109 prev() takes the name of a column (extend the rows with a column of this value)
error 1:79 KS129 the default value of prev() must be the same for all rows
error 1:104 KS109 bag_pack_columns() takes the name of a column (extend the rows with a column of this value)

# tables come first among parameters
let f = (n: long, T: (x: long)) { T | take n }; f(1, (print x = 1))
----
error 1:19 KS226 the parameters that are tables must come first

# a time cannot be multiplied by a dynamic value
datatable(d: dynamic)[dynamic(2)] | project a = 1h * d, b = now() / d, c = 1h + d
----
error 1:49 KS106 the operator '*' cannot be used on timespan and dynamic (convert the dynamic value, as with tolong())
error 1:61 KS106 the operator '/' cannot be used on datetime and dynamic (convert the dynamic value, as with tolong())

# a key without its value
print bag_pack("a", 1, "b")
----
error 1:7 KS121 bag_pack() takes its arguments by groups of 2, and not 3

# a kind of counting that there is not
print countof("aaa", "a", "regexp")
----
error 1:7 KS140 countof(): the kind is normal or regex, not "regexp"

# an empty format
print format_datetime(now(), "")
----
error 1:7 KS140 format_datetime(): the format is empty

# a column in parentheses is an expression
datatable(a: long)[1] | serialize | extend b = prev((a))
----
error 1:53 KS109 prev() takes the name of a column (extend the rows with a column of this value)

# columns that are not said
datatable(a: long)[1] | summarize take_any()
----
error 1:35 KS120 take_any() needs the columns to give, or a *

# columns of dynamic values
print a = dynamic({"b": 1}) | evaluate pivot(a)
----
error 1:46 KS116 pivot makes columns of scalar values, not of dynamic ones (convert the column with tostring() before)
