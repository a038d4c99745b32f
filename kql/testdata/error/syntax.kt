# Kusto's own words and codes
T | wher x
----
error 1:5 KS176 Query operator expected (did you mean where?)

T | order UserId
----
error 1:11 KS005 Expected: by

T | take
----
error 1:9 KS006 Missing expression

T |
----
error 1:4 KS176 Query operator expected

T | | take 1
----
error 1:5 KS176 Query operator expected

;print 1
----
error 1:1 KS198 The statement is empty

let x = 1;; print x
----
error 1:11 KS198 The statement is empty

print 1 2 print 3
----
error 1:9 KS005 Expected: ;

print 1)
----
error 1:8 KS198 The incomplete fragment is unexpected

print (1
----
error 1:9 KS005 Expected: )

print f(1,)
----
error 1:11 KS006 Missing expression

T | where a == b == c
----
error 1:18 KS198 The operator == cannot follow == at once (put the first comparison in brackets)

T | where a in (1) == true
----
error 1:20 KS198 The operator == cannot follow in at once (put the first comparison in brackets)

T | where a = 0
----
error 1:13 KS198 The incomplete fragment is unexpected (the comparison is ==)

T | where a in 5
----
error 1:16 KS005 Expected: (

T | where a in ("x",)
----
error 1:21 KS006 Missing expression

T | where x between (1 and 5)
----
error 1:29 KS005 Expected: ..

T | where x && y
----
error 1:13 KS002 Unexpected: "&"
error 1:14 KS002 Unexpected: "&"
error 1:16 KS005 Expected: | or ;

T | where !x
----
error 1:11 KS006 Missing expression

T | where a ? b : c
----
error 1:13 KS002 Unexpected: "?"
error 1:15 KS005 Expected: | or ;

print .5
----
error 1:7 KS006 Missing expression

print `a`
----
error 1:7 KS002 Unexpected: "`"
error 1:9 KS002 Unexpected: "`"

print a § b
----
error 1:9 KS002 Unexpected: "§"
error 1:11 KS005 Expected: ;

print "abc
----
error 1:7 KS001 Missing: "

print "a\qb"
----
error 1:9 KS001 The string has an escape that does not exist (write \\ for a backslash, or @ before the string)

print 'a\x1'
----
error 1:9 KS001 The string has an escape that does not exist (write \\ for a backslash, or @ before the string)

print ```abc
----
error 1:7 KS001 Missing: ```

print datetime(2020-01-01
----
error 1:26 KS001 Missing: )

print a.
----
error 1:9 KS006 Missing name

print a[
----
error 1:9 KS006 Missing expression

print ['']
----
error 1:8 KS006 The name is empty

print ['a
----
error 1:8 KS001 Missing: '

T | print 1
----
error 1:5 KS175 The operator print must be the first in the query

T | range x from 1 to 2 step 1
----
error 1:5 KS175 The operator range must be the first in the query

T | datatable(a: long)[1]
----
error 1:5 KS176 Query operator expected

take 5
----
error 1:6 KS005 Expected: ;

where a == 1
----
error 1:1 KS174 The operator where cannot be the first in a query

print project = 1
----
error 1:7 KS228 The name 'project' needs brackets here (write ['project'])

T | where title == 1 and a.in == 2
----
error 1:11 KS228 The name 'title' needs brackets here (write ['title'])
error 1:28 KS006 Missing name: 'in' is a keyword (write ['in'])

let string = 1; print 1
----
error 1:5 KS228 The name 'string' needs brackets here (write ['string'])

T | project *
----
error 1:13 KS198 A star is no value of a column

T | top 3 by a, b
----
error 1:15 KS198 The incomplete fragment is unexpected

T | join U
----
error 1:11 KS005 Expected: on

T | join kind=inner
----
error 1:20 KS006 Missing expression

T | top-nested 5 by a
----
error 1:18 KS005 Expected: of

T | parse a with
----
error 1:17 KS005 Expected: a pattern

T | parse a with 1
----
error 1:18 KS005 Expected: a pattern

T | parse-kv a
----
error 1:15 KS005 Expected: as

T | mv-expand
----
error 1:14 KS006 Missing expression

T | mv-apply a
----
error 1:15 KS005 Expected: on

T | summarize count() by
----
error 1:25 KS006 Missing expression

T | make-series count() on
----
error 1:27 KS006 Missing expression

T | scan with ()
----
error 1:16 KS005 Expected: step

T | partition a (take 1)
----
error 1:15 KS005 Expected: by

T | render
----
error 1:11 KS006 Missing name

T | evaluate
----
error 1:13 KS006 Missing name

T | evaluate f
----
error 1:15 KS005 Expected: (

T | fork
----
error 1:9 KS005 Expected: (

T | facet a
----
error 1:11 KS005 Expected: by

T | invoke
----
error 1:11 KS006 Missing expression

T | reduce a
----
error 1:12 KS005 Expected: by

T | lookup U
----
error 1:13 KS005 Expected: on

T | search
----
error 1:11 KS006 Missing expression

find
----
error 1:5 KS006 Missing expression

union
----
error 1:6 KS006 Missing expression

search
----
error 1:7 KS006 Missing expression

range x from 1 to 2
----
error 1:20 KS005 Expected: step

macro-expand G (T)
----
error 1:19 KS005 Expected: as

externaldata(a: long)
----
error 1:22 KS005 Expected: [

datatable(a)[1]
----
error 1:12 KS005 Expected: :

datatable(a: long)[1 2]
----
error 1:22 KS005 Expected: ]

print dynamic({a: 1})
----
error 1:16 KS006 Missing json key in quotes

print dynamic([1,])
----
error 1:18 KS006 Missing json value

print dynamic({'a': 1 + 1})
----
error 1:23 KS005 Expected: }

print dynamic(int(1))
----
error 1:15 KS006 Missing json value: a dynamic holds no int

print dynamic(decimal(1))
----
error 1:15 KS215 Decimal values are not supported in dynamic objects

print dynamic()
----
error 1:15 KS006 Missing json value

print 74be27de-1e4e-49d9-b579-fe0b331d3642, guid(74be27de-1e4e-49d9-b579-fe0b331d3642)
----
error 1:7 KS214 Raw guid literals are not allowed, use guid(...) instead

print {x}
----
error 1:7 KS213 Client parameters are not supported or enabled

let f = (x) { x }; f(1)
----
error 1:13 KS005 Expected: ;

let f = (x: long) { 
----
error 1:21 KS006 Missing expression

let x
----
error 1:6 KS005 Expected: =

declare query_parameters(x)
----
error 1:27 KS005 Expected: :

declare pattern
----
error 1:16 KS006 Missing name

set
----
error 1:1 KS228 The name 'set' needs brackets here (write ['set'])

alias database
----
error 1:15 KS006 Missing name

restrict access to ()
----
error 1:21 KS006 Missing expression

# each of these is reported
T | wher a | sumarize b | take; let x 1; print 2 +
----
error 1:5 KS176 Query operator expected (did you mean where?)
error 1:14 KS176 Query operator expected (did you mean summarize?)
error 1:31 KS006 Missing expression
error 1:39 KS005 Expected: =
error 1:51 KS006 Missing expression

# a fault in a function's body, and one behind it
let f = () { T | wher a | count }; f() | takee 5
----
error 1:18 KS176 Query operator expected (did you mean where?)
error 1:42 KS176 Query operator expected (did you mean take?)

# tabs and wide characters keep the columns right
print 'é', 	"日本" | wher
----
error 1:20 KS176 Query operator expected (did you mean where?)
