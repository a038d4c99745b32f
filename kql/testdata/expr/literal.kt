1
----
long "1"

0x1F
----
long "0x1F"

1.5
----
real "1.5"

1.
----
real "1."

1e3
----
real "1e3"

1.e3
----
real "1.e3"

1.5h
----
timespan "1.5h"

5m
----
timespan "5m"

1d
----
timespan "1d"

3microseconds
----
timespan "3microseconds"

true
----
bool "true"

False
----
bool "false"

'a' "b"
----
string "ab"

@'a''b\c'
----
string "a'b\\c"

h'x'
----
string "x"

"a\tb\u00e9\x41\101\U0001F600\\"
----
string "a\tbéAA😀\\"

"\ud83d\ude00"
----
string "😀"

~~~a b~~~
----
string "a b"

int(5)
----
int "5"

int(null)
----
int "null"

long(-0x10)
----
long "-0x10"

real(nan)
----
real "nan"

real(+inf)
----
real "+inf"

double(1.5)
----
real "1.5"

decimal(1.50)
----
decimal "1.50"

bool(1)
----
bool "1"

datetime(2020-01-01)
----
datetime "2020-01-01"

date(null)
----
datetime "null"

datetime()
----
datetime ""

time(1.02:03:04.5)
----
timespan "1.02:03:04.5"

timespan(15 seconds)
----
timespan "15 seconds"

guid('74be27de-1e4e-49d9-b579-fe0b331d3642')
----
guid "74be27de-1e4e-49d9-b579-fe0b331d3642"

datetime("2020-01-01 (x")
----
datetime "2020-01-01 (x"

dynamic(null)
----
dynamic null

dynamic([1, 2.0, 1e3, -5, 0x10, true, null, "a", 'b'])
----
dynamic [1,2.0,1000.0,-5,16,true,null,"a","b"]

dynamic({"b": 1, 'a': {"c": []}})
----
dynamic {"b":1,"a":{"c":[]}}

dynamic({"d": datetime(2020-01-01 10:00), "t": 1d, "u": time(-1.02:03:04.5), "r": real(nan), "n": long(null), "x": dynamic([1])})
----
dynamic {"d":"2020-01-01T10:00:00.0000000Z","t":"1.00:00:00","u":"-1.02:03:04.5000000","r":"NaN","n":null,"x":[1]}

dynamic("<a & b>")
----
dynamic "<a & b>"
