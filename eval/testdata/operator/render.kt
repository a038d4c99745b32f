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
