# render changes no rows
print a = 1 | render table with (title = 'A', xcolumn = a)
----
a: long
1

# the cache of the engine changes none either
print a = 1 | execute_and_cache
----
a: long
1

# render changes nothing
print a = 1 | render table
----
a: long
1

# with properties, of nulls
datatable(t: datetime, n: long)[datetime(null), long(null)] | render timechart with (title="none", ycolumns=n)
----
t: datetime  n: long
null         null

# no rows
datatable(a: long)[] | render piechart
----
a: long

# a chart that there is not
print a = 1 | render nochart
----
error 1:22 KS005 'nochart' is no kind of chart (did you mean 3Dchart?)

# properties that are right
datatable(t: datetime, n: long, s: string)[] | render timechart with (title="x", xcolumn=t, ycolumns=n, series=s, ymin=-1, ymax=2.5, legend=hidden, accumulate=true) | project n
----
n: long

# a property that no chart has
print n = 1 | render card with (titles="x")
----
error 1:33 KS198 a chart has no property 'titles' (did you mean title?)

# a column that is not there
print n = 1 | render columnchart with (ycolumns=n, m)
----
error 1:52 KS142 The name 'm' does not refer to any known column, table, variable or function.

# a word that is none
print n = 1 | render columnchart with (kind=stackd)
----
error 1:45 KS005 'stackd' is no kind of a chart (did you mean stacked?)

# values of other types
print n = 1 | render columnchart with (ymin="x", accumulate=1, xmax=n)
----
error 1:45 KS224 the ymin of a chart must be a number
error 1:61 KS223 the accumulate of a chart must be true or false
error 1:69 KS226 the xmax of a chart must be a constant
