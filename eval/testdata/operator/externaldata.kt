# cells go to the columns by place; what is no value of the type is null, a cell that lacks is null or empty, one too many is left out
externaldata(Name: string, Age: long, Since: datetime, Tags: dynamic)["https://example.org/people.csv"] with (format="csv", ignoreFirstRecord=true)
----
Name: string    Age: long  Since: datetime               Tags: dynamic
"Ada"           36         2024-02-29T00:00:00.0000000Z  [1,2]
"Bo \"B\" b,c"  null       null                          {"a":1}
"Eve"           null       null                          null
"Kim"           1          2024-01-01T00:00:00.0000000Z  5

# without ignoreFirstRecord the line of names is a row
externaldata(Name: string, Age: long)[@"https://example.org/people.csv"] | take 1
----
Name: string  Age: long
"Name"        null

# the end of the address tells the format where nothing else does; gzip is recognised
external_data(Name: string)[h"https://example.org/people.csv.gz?key=x;secret"] with (ignoreFirstRecord=True) | where Name == "Ada"
----
Name: string
"Ada"

# several addresses are read one after the other, each with its own first record
externaldata(Name: string, Age: int)["https://example.org/people.psv", "https://example.org/people.psv"] with (format="psv", ignoreFirstRecord=true)
----
Name: string  Age: int
"Bo"          7
"Bo"          7

# other separators
union withsource=T (externaldata(Name: string, Age: int)["https://example.org/people.tsv"]), (externaldata(Name: string, Age: int)["https://example.org/people.scsv"]), (externaldata(Name: string, Age: int)["https://example.org/people.sohsv"])
| project Name, Age
----
Name: string  Age: int
"Ada"         36
"Bo"          null
"Ada"         36
"Ada"         36

# tsve: a backslash stands before tabs and line ends
externaldata(Name: string, Age: int)["https://example.org/people.tsve"] with (format=tsve)
----
Name: string  Age: int
"Ada\tx"      36
"Bo\\n"       7

# txt: a row of each line that is not empty
externaldata(Net: string)["https://example.org/nets.txt"] with (format="txt")
----
Net: string
"10.0.0.0/8"
"# 192,168"

# raw: the whole text in one row
externaldata(Text: string)["https://example.org/people.scsv"] with (format="raw")
----
Text: string
"Ada;36\n"

# JSON: members go to the columns of their names
externaldata(Age: long, Name: string, at: dynamic, Missing: string)["https://example.org/people.json"] with (format="json")
----
Age: long  Name: string  at: dynamic                    Missing: string
36         "Ada"         {"city name":"Ur","xs":[5,6]}  ""
7          ""            {"xs":[]}                      ""

# multijson: arrays and objects over several lines
externaldata(Name: string, Age: long, Records: dynamic)["https://example.org/people.multijson"] with (format="multijson")
----
Name: string  Age: long  Records: dynamic
"Ada"         36         null
"Bo"          null       null
"Di"          null       [{"Name":"Cy"}]

# a mapping takes columns from paths; one that it leaves out is null
externaldata(City: string, X: long, When: datetime, Const: string, Whole: dynamic, Left: long)["https://example.org/people.json"] with (format="json", ingestionMapping='[{"Column":"City","Properties":{"Path":"$.at[\'city name\']"}},{"column":"X","path":"$.at.xs[1]"},{"Column":"When","Properties":{"Path":"$.t","Transform":"DateTimeFromUnixSeconds"}},{"Column":"Const","Properties":{"ConstValue":"c"}},{"Column":"Whole","Properties":{"Path":"$"}}]')
| extend Whole = bag_keys(Whole)
----
City: string  X: long  When: datetime                Const: string  Whole: dynamic           Left: long
"Ur"          6        2024-02-29T00:00:00.0000000Z  "c"            ["Name","Age","at","t"]  null
""            null     null                          "c"            ["Name","Age","at"]      null

# a mapping takes columns from ordinals
externaldata(Age: long, Name: string)["https://example.org/people.psv"] with (format="psv", ingestionMapping='[{"Column":"Name","Properties":{"Ordinal":"0"}},{"Name":"Age","Ordinal":1}]')
----
Age: long  Name: string
36         "Ada"
7          "Bo"

# of an archive the files that fit the pattern are read
externaldata(n: int, s: string)["https://example.org/lists.zip"] with (format="csv", zipPattern="*.csv")
----
n: int  s: string
1       "x"
2       "y"
3       "z"

# an empty text has no rows
externaldata(n: int, s: string)["https://example.org/empty.csv"] | summarize count()
----
count_: long
0

# within a let
let nets = externaldata(Net: string)["https://example.org/nets.txt"] with (format="txt");
print ip = "10.1.2.3" | where ip has_any (nets) or toscalar(nets | count) == 2
----
ip: string
"10.1.2.3"

# what cannot be opened ends the run
externaldata(n: int)["https://example.org/absent.csv"]
----
error externaldata: https://example.org/absent.csv: no such file or directory

# JSON that breaks off ends the run
externaldata(Name: string)["https://example.org/broken.json"]
----
error externaldata: https://example.org/broken.json: byte 14: unexpected EOF

# formats that are not text are not read
externaldata(n: int)["https://example.org/a.parquet"]
----
error externaldata: https://example.org/a.parquet: the format parquet cannot be read here; give the data as CSV or JSON

# a format that there is not
externaldata(n: int)["https://example.org/a"] with (format="cvs")
----
error 1:60 'cvs' is no format of data (want one of apacheavro, avro, csv, json, multijson, orc, parquet, psv, raw, scsv, singlejson, sohsv, sstream, tsv, tsve, txt, w3clogfile)

# a mapping of a column that is not declared
externaldata(n: int)["https://example.org/a"] with (ingestionMapping='[{"Column":"m","Properties":{"Ordinal":"0"}}]')
----
error 1:70 the mapping cannot be read: there is no column 'm' (write [{"Column":"a","Properties":{"Path":"$.x"}}], or Ordinal in place of Path)

# a mapping with a transformation that is not there
externaldata(n: int)["https://example.org/a"] with (ingestionMapping='[{"Column":"n","Properties":{"Path":"$.n","Transform":"SourceLocation"}}]')
----
error 1:70 the mapping cannot be read: column 'n': the transformation SourceLocation cannot run here (write [{"Column":"a","Properties":{"Path":"$.x"}}], or Ordinal in place of Path)

# a path that cannot be read
externaldata(n: int)["https://example.org/a"] with (ingestionMapping='[{"Column":"n","Properties":{"Path":"$..n"}}]')
----
error 1:70 the mapping cannot be read: column 'n': the path $..n cannot be read (write [{"Column":"a","Properties":{"Path":"$.x"}}], or Ordinal in place of Path)

# addresses are constants
datatable(u: string)["a"] | where u in ((externaldata(n: string)[u]))
----
error 1:66 KS142 The name 'u' does not refer to any known column, table, variable or function.

# a column twice
externaldata(n: int, n: string)["https://example.org/a"]
----
error 1:22 KS171 the column 'n' is declared twice

# what a cluster holds is not reached
cluster("help").database("Samples").StormEvents | count
----
error 1:1 another cluster is not reached: the query cannot run here

# nor by adx()
adx("https://help.kusto.windows.net/Samples").StormEvents
----
error 1:1 adx() cannot run here: it reads from a service

# no rows pass a filter
externaldata(name: string, age: long)["https://example.org/people.csv"] with (format="csv", ignoreFirstRecord=true) | where false
----
name: string  age: long
