# range includes its end
range x from 1 to 8 step 3
----
x: long
1
4
7

# downwards, and nowhere
range x from 10 to 1 step 1
----
x: long

# times
range t from datetime(2024-01-01) to datetime(2024-01-02) step 12h
----
t: datetime
2024-01-01T00:00:00.0000000Z
2024-01-01T12:00:00.0000000Z
2024-01-02T00:00:00.0000000Z

# a bound that is null
range x from 1 to long(null) step 1
| count
----
Count: long
0

# steps of zero lead nowhere
range x from 1 to 3 step 0
----
x: long

# reals, and downwards
range x from 1.0 to 0.0 step -0.5
----
x: real
1
0.5
0

# times by a number
range t from datetime(2024-01-01) to datetime(2024-01-02) step 1
----
error 1:1 KS106 a range from datetime to datetime cannot go by long

# texts
range s from "a" to "c" step 1
----
error 1:1 KS106 a range from string to string cannot go by long
