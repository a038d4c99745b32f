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
