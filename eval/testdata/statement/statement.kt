# a parameter has its default
declare query_parameters(n: long = 5, s: string = "x"); print n + 1, s
----
print_0: long  print_1: string
6              "x"

# a parameter without a value can be bound, but not read
declare query_parameters(p: long); print p
----
error the parameter 'p' has no value: give it one, or a default in the query

# one that is not read does not matter
declare query_parameters(p: long); print 1
----
print_0: long
1

# a default of another type
declare query_parameters(p: long = "a"); print p
----
error 1:36 KS141 the expression must have the type long, not string (convert it with tolong())

# options of the service change nothing
set notruncation; set truncationmaxsize = 5; set no_such_option = "x"; range x from 1 to 2 step 1
----
x: long
1
2

# an alias of a database that is not read
alias database d = cluster("x").database("y"); print 1
----
print_0: long
1

# one that is read
alias database d = cluster("x").database("y"); database("d").T
----
error 1:48 another cluster is not reached: the query cannot run here

# views are among all tables, other lets are not
let v = view () { print x = 1 }; let w = () { print x = 2 }; union *
----
x: long
1

# access is restricted to what is listed; what a view reads stays in its reach
let t = view () { print x = 1 }; let v = view () { t | extend y = 2 };
restrict access to (v);
union *
----
x: long  y: long
1        2

# patterns of names
let va = view () { print x = 1 }; let vb = view () { print x = 2 }; let w = view () { print x = 3 };
restrict access to (v*, database("d").w);
union withsource = T *
----
T: string  x: long
"va"       1
"vb"       2
"w"        3

# a name that there is not
let view1 = view () { print x = 1 };
restrict access to (view2); view1
----
error 2:21 KS142 The name 'view2' does not refer to any known table or view. (did you mean view1?)

# a name that is declared twice
let a = 1; let a = 2; print a
----
error 1:16 KS201 'a' is declared already (give it another name)

# query_now is now()
set query_now = datetime(2020-02-02); print now(), ago(1d)
----
print_0: datetime             print_1: datetime
2020-02-02T00:00:00.0000000Z  2020-02-01T00:00:00.0000000Z

# query_now is a constant datetime
set query_now = "2020"; print now()
----
error 1:17 KS141 the expression must have the type datetime, not string (convert it with todatetime())

# query_take_max_records bounds the result
set query_take_max_records = 2; range x from 1 to 5 step 1 | extend n = toscalar(range y from 1 to 5 step 1 | count)
----
x: long  n: long
1        5
2        5
