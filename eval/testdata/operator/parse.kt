# the columns stand between the texts, and are strings unless typed
print s = "Event: name=disk, total=27, rest" | parse s with * "name=" name ", total=" total: long "," *
----
s: string                           name: string  total: long
"Event: name=disk, total=27, rest"  "disk"        27

# a typed column before a star takes what is of its type
print s = "n=27, at 2024-02-29" | parse s with "n=" n: long * "at " at: datetime
----
s: string              n: long  at: datetime
"n=27, at 2024-02-29"  27       2024-02-29T00:00:00.0000000Z

# the whole row is null where a column is not of its type
print s = "a=x b=1" | parse s with "a=" a: long " b=" b: long
----
s: string  a: long  b: long
"a=x b=1"  null     null

# and where a text is missing
print s = "a=1" | parse s with "a=" a: long " b=" b
----
s: string  a: long  b: string
"a=1"      null     ""

# kind=relaxed leaves null only the column that is not of its type
print s = "a=x b=1" | parse kind=relaxed s with "a=" a: long " b=" b: long
----
s: string  a: long  b: long
"a=x b=1"  null     1

# a missing text is not forgiven
print s = "a=1" | parse kind=relaxed s with "a=" a: long " b=" b
----
s: string  a: long  b: string
"a=1"      null     ""

# the pattern fits from the start
print s = "xa=1" | parse s with "a=" a
----
s: string  a: string
"xa=1"     ""

# a last column takes the rest, which must be of its type
print s = "a=1 b" | parse s with "a=" a: long
----
s: string  a: long
"a=1 b"    null

# a last text need not end the text
print s = "f(x) and (y)" | parse s with "f(" a ")"
----
s: string       a: string
"f(x) and (y)"  "x"

# a column first
print s = "user@host" | parse s with user "@" host
----
s: string    user: string  host: string
"user@host"  "user"        "host"

# a column of the input is overwritten where it stands
print a = "k=5", b = 1 | parse a with "k=" a: long
----
a: long  b: long
5        1

# other values are taken as texts
print n = 1234 | parse n with "12" rest: int
----
n: long  rest: int
1234     34

# kind=regex takes as much as it can for a column
print s = "r=a,b,c" | parse kind=regex s with "r=" r "," *
----
s: string  r: string
"r=a,b,c"  "a,b"

# flags=U turns that round
print s = "r=a,b,c" | parse kind=regex flags=U s with "r=" r "," *
----
s: string  r: string
"r=a,b,c"  "a"

# texts are regular expressions, and may hold groups of their own
print s = "id12=x" | parse kind=regex s with @"(id|no)\d+=" v
----
s: string  v: string
"id12=x"   "x"

# flags=i is blind to case
print s = "USER bob" | parse kind=regex flags=i s with "user " u
----
s: string   u: string
"USER bob"  "bob"

# a dynamic column is read as JSON
print s = "d={\"k\":1}" | parse s with "d=" d: dynamic | extend k = d.k
----
s: string      d: dynamic  k: dynamic
"d={\"k\":1}"  {"k":1}     1

# two columns in a row
print s = "" | parse s with a b
----
error 1:31 KS101 a text must stand before the column 'b'

# a star after a column of strings
print s = "" | parse s with "x" a * "y"
----
error 1:35 KS103 a * after a column of strings is ambiguous (leave the * out: the column goes up to the next text)

# a star before a column
print s = "" | parse s with * a
----
error 1:29 KS102 a text must follow a * in a pattern

# a column made twice
print s = "" | parse s with "x" a "y" a
----
error 1:39 KS171 the column 'a' is made twice

# a broken regular expression
print s = "" | parse kind=regex s with "(" a
----
error 1:40 KS140 the regular expression of the pattern cannot be used: regular expression "\\A(?:((?P<column_0>.*))$": error parsing regexp: missing closing ): `\A(?:((?P<column_0>.*))$`

# no rows
datatable(s: string)[] | parse s with "a=" a: long
----
s: string  a: long
