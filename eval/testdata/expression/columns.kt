# functions of all columns
print a = 1, b = "xy" | extend l = pack_array(*), n = estimate_data_size(*)
----
a: long  b: string  l: dynamic  n: long
1        "xy"       [1,"xy"]    10

# whether there is a column
print a = 1 | extend x = iscolumnexists("a"), y = iscolumnexists("b")
----
a: long  x: bool  y: bool
1        True     False

# the names of a table's columns
let T = print a = 1, b = 2; print column_names_of(T)
----
print_0: dynamic
["a","b"]

# bin_auto takes its size from a set statement
set query_bin_auto_size = 10; print v = 27 | extend b = bin_auto(v)
----
v: long  b: long
27       20

# and its fixed point
set query_bin_auto_size = 10; set query_bin_auto_at = 3; print v = 27 | extend b = bin_auto(v)
----
v: long  b: long
27       23

# without one it cannot run
print v = 27 | extend b = bin_auto(v)
----
error 1:27 bin_auto() needs the size of a bin (write set query_bin_auto_size = 1h; before the query)
