# print names its columns by their place
print 1, a = 5, "x"
----
print_0: long  a: long  print_2: string
1              5        "x"

# nulls have types too
print a = long(null), b = datetime(null), c = dynamic(null), d = ""
----
a: long  b: datetime  c: dynamic  d: string
null     null         null        ""

# window functions see one row
print n = row_number(), s = row_cumsum(5), r = row_rank_dense("x")
----
n: long  s: long  r: long
1        5        1

# one row goes in, none may come out
print a = 1 | where false
----
a: long

# a name twice
print a = 1, a = 2
----
error 1:14 KS171 the column 'a' is made twice

# there are no columns to speak of
print a = b
----
error 1:11 KS142 The name 'b' does not refer to any known column, table, variable or function.

# a type is no value
print typeof(long)
----
error 1:7 KS006 typeof() names a type for a function or an operator, and is no value (call gettype() for the type of a value)
