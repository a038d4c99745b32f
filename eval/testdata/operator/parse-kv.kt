# with delimiters
print s = "ThreadId:458, Machine:Node001, Text: all is well" | parse-kv s as (Text: string, ThreadId: long, Machine: string, None: string) with (pair_delimiter=",", kv_delimiter=":") | project-away s
----
Text: string   ThreadId: long  Machine: string  None: string
"all is well"  458             "Node001"        ""

# quoted keys and values
print s = 'src=10.1.1.1 failure="connection aborted" "event time"=2021-01-01' | parse-kv s as (['event time']: datetime, src: string, failure: string) with (pair_delimiter=" ", kv_delimiter="=", quote='"') | project-away s
----
event time: datetime          src: string  failure: string
2021-01-01T00:00:00.0000000Z  "10.1.1.1"   "connection aborted"

# quotes of two characters
print s = "a=(x y) b=1" | parse-kv s as (a: string, b: long) with (pair_delimiter=" ", kv_delimiter="=", quote="()") | project-away s
----
a: string  b: long
"x y"      1

# an escaped quote
print s = @'a="x \"y\"" b=1' | parse-kv s as (a: string, b: long) with (pair_delimiter=" ", kv_delimiter="=", quote='"', escape=@"\") | project-away s
----
a: string  b: long
"x \"y\""  1

# a value that is not quoted ends at the delimiter
print s = "name=John Doe phone=555 5555" | parse-kv s as (name: string, phone: string) with (pair_delimiter=" ", kv_delimiter="=") | project-away s
----
name: string  phone: string
"John"        "555"

# greedy goes on to the next key
print s = "name=John Doe phone=555 5555" | parse-kv s as (name: string, phone: string) with (pair_delimiter=" ", kv_delimiter="=", greedy=true) | project-away s
----
name: string  phone: string
"John Doe"    "555 5555"

# without delimiters
print s = "2021-01-01 [INFO] ThreadId:458, Text: Started" | parse-kv s as (Text: string, ThreadId: long) | project-away s
----
Text: string  ThreadId: long
"Started"     458

# by a regular expression of two groups
print s = "<a>1</a><b>2</b>" | parse-kv s as (a: long, b: long) with (regex=@"<(\w)>([^<]*)") | project-away s
----
a: long  b: long
1        2

# the first of several wins, and what is no value of the type is null
print s = "a=1,a=2,b=x" | parse-kv s as (a: long, b: long) with (pair_delimiter=",", kv_delimiter="=") | project-away s
----
a: long  b: long
1        null

# a regular expression without its two groups
print s = "" | parse-kv s as (a: long) with (regex="a")
----
error 1:52 KS140 the regular expression needs two groups, one for the key and one for the value

# no rows
datatable(s: string)[] | parse-kv s as (a: string)
----
s: string  a: string

# options that there are not, of another type, and twice
print s = "a=1" | parse-kv s as (a: long) with (delimiter=",", pair_delimiter=1, greedy=1, kv_delimiter="=", kv_delimiter=":")
----
error 1:49 KS198 parse-kv has no option 'delimiter' (did you mean kv_delimiter?)
error 1:79 KS222 pair_delimiter is a text, written out
error 1:89 KS223 greedy is true or false
error 1:110 KS180 the option 'kv_delimiter' is written twice
