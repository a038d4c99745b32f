T | as hint.materialized=true Saved
----
T | as hint.materialized=true Saved

T | assert-schema (a: long)
----
T | assert-schema (a: long)

T | consume decodeblocks=true
----
T | consume decodeblocks=true

T | count
----
T | count

T | count as n
----
T | count as n

T | distinct hint.strategy=shuffle a, b = c.d
----
T | distinct hint.strategy=shuffle a, b = c.d

T | distinct *
----
T | distinct *

T | evaluate hint.distribution=per_node pivot(a, count(), b) : (*, a: string)
----
T | evaluate hint.distribution=per_node pivot(a, count(), b) : (*, a: string)

evaluate schema_merge(T)
----
evaluate schema_merge(T)

T | execute_and_cache
----
T | execute_and_cache

T | extend a = 1, (b, c) = f(x), ['d e'] = 2, g
----
T | extend a = 1, (b, c) = f(x), ['d e'] = 2, g

T | facet by a, b with (where c == 1 | take 5)
----
T | facet by a, b with (where c == 1 | take 5)

find withsource=Source in (A, B*, database('x').C*) where a == 1 and b:"term" project a, b: string, pack(*)
----
find withsource=Source in (A, B*, database('x').C*) where a == 1 and b : "term" project a, b : string, pack(*)

find "term" project-smart
----
find where "term" project-smart

find in (A) where * has "x" project-away a, b*
----
find in (A) where * has "x" project-away a, b*

T | fork Big = (where a > 1 | count) (take 5)
----
T | fork Big = (where a > 1 | count) (take 5)

T | getschema kind=csl
----
T | getschema kind=csl

T | graph-mark-components kind=weak with_component_id=Component
----
T | graph-mark-components kind=weak with_component_id=Component

T | graph-match cycles=none (a)-[e*1..5]->(b)<-[f]-(), (c)-[g*]-(d)-->(h)<--(i)--(j) where a.x == 1 project a.x, y = b.z
----
T | graph-match cycles=none (a)-[e*1 .. 5]->(b)<-[f]-(), (c)-[g*]-(d)-->(h)<--(i)--(j) where a.x == 1 project a.x, y = b.z

T | graph-shortest-paths output=all (a)-[e*1..5]->(b) where a.x == 1 project path = e
----
T | graph-shortest-paths output=all (a)-[e*1 .. 5]->(b) where a.x == 1 project path = e

T | graph-to-table nodes as N with_node_id=id, edges as E with_source_id=s with_target_id=t
----
T | graph-to-table nodes as N with_node_id=id, edges as E with_source_id=s with_target_id=t

T | graph-where-edges e == 1
----
T | graph-where-edges e == 1

T | graph-where-nodes n == 1
----
T | graph-where-nodes n == 1

T | invoke f(1, x = 2)
----
T | invoke f(1, x = 2)

T | invoke database('d').f()
----
T | invoke database('d').f()

T | join kind = inner hint.strategy=broadcast (U | where a == 1) on a, $left.b == $right.c
----
T | join kind=inner hint.strategy=broadcast (U | where a == 1) on a, $left.b == $right.c

T | join U where a == b
----
T | join U where a == b

T | lookup kind=leftouter U on a
----
T | lookup kind=leftouter U on a

macro-expand isfuzzy=true entity_group [cluster('a').database('b'), database('c')] as X (let y = 1; X.T | count)
----
macro-expand isfuzzy=true entity_group [cluster('a').database('b'), database('c')] as X (let y = 1; X.T | count;)

T | macro-expand G as X (X.U | take 1;)
----
T | macro-expand G as X (X.U | take 1;)

T | make-graph a --> b with N on id, M on other
----
T | make-graph a --> b with N on id, M on other

T | make-graph a --> b with_node_id=n
----
T | make-graph a --> b with_node_id = n

T | make-graph a -- b partitioned-by c (graph-match (x)-->(y) project x.id)
----
T | make-graph a -- b partitioned-by c (graph-match (x)-->(y) project x.id)

T | make-series kind=nonempty n = count() default=0, avg(x) on t from a to b step 1h by c, d = e
----
T | make-series kind=nonempty n = count() default = 0, avg(x) on t from a to b step 1h by c, d = e

T | make-series count() on t in range(a, b, 1d)
----
T | make-series count() on t in range (a, b, 1d)

T | mv-apply with_itemindex=i e = d to typeof(long), f limit 5 on (where e > 1 | take 1)
----
T | mv-apply with_itemindex=i e = d to typeof(long), f limit 5 on (where e > 1 | take 1)

T | mvapply d on (top 1 by d)
----
T | mvapply d on (top 1 by d)

T | mv-expand bagexpansion=array with_itemindex=i a, b = c.d to typeof(string) limit 10
----
T | mv-expand bagexpansion=array with_itemindex=i a, b = c.d to typeof(string) limit 10

T | mvexpand kind=bag a
----
T | mvexpand kind=bag a

T | parse kind=regex flags=Ui a with * "x=" x: long ", y=" y @"\d" *
----
T | parse kind=regex flags=Ui a with * "x=" x:long ", y=" y @"\d" *

T | parse-where a with "b" c
----
T | parse-where a with "b" c

T | parse-kv a as (b: string, ['c d']: long) with (pair_delimiter=',', kv_delimiter='=', quote='"')
----
T | parse-kv a as (b: string, ['c d']: long) with (pair_delimiter=',', kv_delimiter='=', quote='"')

T | partition hint.strategy=native by a (where b == 1 | take 1)
----
T | partition hint.strategy=native by a (where b == 1 | take 1)

T | partition by a.b { U | where c == 1 }
----
T | partition by a.b {U | where c == 1}

T | partition by a (U | take 1)
----
T | partition by a (U | take 1)

T | __partitionby a id guid(74be27de-1e4e-49d9-b579-fe0b331d3642) (take 1)
----
T | __partitionby a id guid(74be27de-1e4e-49d9-b579-fe0b331d3642) (take 1)

print a = 1, 2, ['b'] = "c"
----
print a = 1, 2, ['b'] = "c"

T | project a, b = c + 1, (d, e) = f()
----
T | project a, b = c + 1, (d, e) = f()

T | project
----
T | project

T | project-away a*, b, *c*, ['d e']
----
T | project-away a*, b, *c*, ['d e']

T | project-by-names "a", dynamic(["b"])
----
T | project-by-names "a", dynamic(["b"])

T | project-keep a, b*
----
T | project-keep a, b*

T | project-rename a = b, ['c'] = d
----
T | project-rename a = b, ['c'] = d

T | project-reorder a asc, b* granny-desc, *
----
T | project-reorder a asc, b* granny-desc, *

range x from 1 to 10 step 2
----
range x from 1 to 10 step 2

T | reduce kind=source by a with threshold=0.1, characters="x"
----
T | reduce kind=source by a with threshold=0.1, characters="x"

T | render timechart kind=stacked with (title="a", ycolumns=a, b, ymin=0)
----
T | render timechart kind=stacked with (title="a", ycolumns=a, b, ymin=0)

T | render barchart with title="x"
----
T | render barchart with (title="x")

T | render anomalychart title="x" xtitle="y"
----
T | render anomalychart title="x" xtitle="y"

T | sample 5
----
T | sample 5

T | sample-distinct 5 of a
----
T | sample-distinct 5 of a

T | scan with_match_id=m order by t asc nulls first, u partition by a, b declare (c: long = 0, d: string) with (step s1 output=none: x == 1; step s2 optional: y > s1.c => c = s1.c + 1, d = "e";)
----
T | scan with_match_id=m order by t asc nulls first, u partition by a, b declare (c: long = 0, d: string) with (step s1 output=none : x == 1; step s2 optional : y > s1.c => c = s1.c + 1, d = "e";)

search kind=case_sensitive in (A, B*) "term" and a:"b" and not(c has "d")
----
search kind=case_sensitive in (A, B*) "term" and a : "b" and not(c has "d")

T | search *
----
T | search *

T | serialize
----
T | serialize

T | serialize a = row_number()
----
T | serialize a = row_number()

T | sort by a, b asc, c desc nulls last
----
T | sort by a, b asc, c desc nulls last

T | order by hint.x
----
T | order by hint.x

T | summarize hint.strategy=shuffle count(), a = sum(b) by c, d = bin(t, 1h)
----
T | summarize hint.strategy=shuffle count(), a = sum(b) by c, d = bin(t, 1h)

T | summarize by a
----
T | summarize by a

T | summarize count() by t bin=1h
----
T | summarize count() by t bin = 1h

T | take 5
----
T | take 5

T | limit 5 + 1
----
T | limit 5 + 1

T | top 5 by a desc nulls first
----
T | top 5 by a desc nulls first

T | top-hitters 5 of a by b
----
T | top-hitters 5 of a by b

T | top-nested 2 of a with others="rest" by n = sum(b) desc, top-nested of c by max(1)
----
T | top-nested 2 of a with others = "rest" by n = sum(b) desc, top-nested of c by max(1)

union kind=outer withsource=S isfuzzy=true A, B*, (C | take 1), database('x').D*, f()
----
union kind=outer withsource=S isfuzzy=true A, B*, (C | take 1), database('x').D*, f()

T | union U
----
T | union U

T | where a == 1
----
T | where a == 1

T | filter a == 1
----
T | filter a == 1

datatable(a: long, b: string)[1, "x", 2, "y",]
----
datatable(a: long, b: string)[1, "x", 2, "y"]

externaldata(a: string)[h@"https://a", 'b'] with (format="csv", ignoreFirstRecord=true)
----
externaldata(a: string)[h@"https://a", 'b'] with (format="csv", ignoreFirstRecord=true)

external_data(a: string)['b']
----
external_data(a: string)['b']

inline_external_table(a: datetime, b: string) kind=storage partition by (d: datetime = startofday(a), e: string) pathformat=('x' datetime_pattern('yyyy', d) '/y') dataformat=csv ("u", "v") with (includeHeaders='All')
----
inline_external_table (a: datetime, b: string) kind = storage partition by (d: datetime = startofday(a), e: string) pathformat = ('x' datetime_pattern('yyyy', d) '/y') dataformat = csv ("u", "v") with (includeHeaders='All')

inline_external_table kind=delta ("u")
----
inline_external_table kind = delta ("u")

materialized-view-combine("V") base (T) delta (U | take 1) aggregates (summarize count() by a)
----
materialized-view-combine("V") base (T) delta (U | take 1) aggregates (summarize count() by a)

let a = 1; set b; set c = 2; alias database d = cluster('e').database('f'); restrict access to (g, h*); declare query_parameters(i: long = 1)
----
let a = 1; set b; set c = 2; alias database d = cluster('e').database('f'); restrict access to (g, h*); declare query_parameters(i: long = 1)

declare pattern p
----
declare pattern p

declare pattern p = (a: string)[b: string] { ("x").["y"] = { T | take 1 }; ("z").["w"] = { U }; }; p("x").y
----
declare pattern p = (a: string)[b: string] {("x").["y"] = {T | take 1}; ("z").["w"] = {U};}; p("x").y

let f = view (a: long = 5, T: (*), U: (b: string)) { let c = 1; T | where x == c }; f(1, T = V)
----
let f = view (a: long = 5, T: (*), U: (b: string)) {let c = 1; T | where x == c}; f(1, T = V)

print x = typeof(*, a: long), toscalar(T | count), toscalar kind=nooptimization (T), entity_group [A.B]
----
print x = typeof(*, a: long), toscalar(T | count), toscalar kind=nooptimization(T), entity_group [A.B]
