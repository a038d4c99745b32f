# the arguments and the path choose the body
declare pattern country = (name: string)[state: string]
{
  ("USA").["New York"] = { print Capital = "Albany" };
  ("USA").["Washington"] = { print Capital = "Olympia" };
  ("Canada").["Alberta"] = { print Capital = "Edmonton" };
};
union (country("Canada").Alberta), country("USA").["New York"]
----
Capital: string
"Edmonton"
"Albany"

# without a path; the parameters are constants in the body
declare pattern p = (n: long, s: string) { (1, "a") = { print x = n * 2, s }; (2, "a") = { let y = 5; range x from y to y + n step 1 } };
p(1, "a") | union (p(2, "a"))
----
x: long  print_1: string
2        "a"
5        ""
6        ""
7        ""

# a star stands for all paths
declare pattern app = (id: string)[kind: string] { ("X").["Start"] = { print e = kind }; ("X").["Stop"] = { print e = kind }; ("Y").["Stop"] = { print e = "none" } };
app("X").["*"] | sort by e asc
----
e: string
"Start"
"Stop"

# arguments for which there is no case
declare pattern p = (s: string) { ("a") = { print 1 } };
p("b")
----
error 2:1 KS188 No pattern matches the specified arguments.

# a path for which there is no case
declare pattern p = (s: string)[q: string] { ("a").["here"] = { print 1 } };
p("a").her
----
error 2:8 KS142 the pattern 'p' has no path 'her' for these arguments (did you mean here?)

# a path that is left out, or that there is not
declare pattern p = (s: string)[q: string] { ("a").["here"] = { print 1 } };
declare pattern q = (s: string) { ("a") = { print 1 } };
union (p("a")), (q("a").b)
----
error 3:8 KS188 the pattern 'p' needs a path (write p(…).path)
error 3:25 KS142 the pattern 'q' has no path

# arguments are constants
declare pattern p = (s: string) { ("a") = { print 1 } };
p(strcat("a", rand()))
----
error 2:3 KS140 the arguments of a pattern must be constants

# as many as there are parameters
declare pattern p = (s: string) { ("a") = { print 1 }; ("a", "b") = { print 2 } };
p()
----
error 1:56 KS119 the pattern has 1 parameter, this case 2 arguments
error 2:1 KS119 the pattern 'p' takes 1 argument

# a pattern that is only named
declare pattern p;
p("a")
----
error 2:1 KS188 the pattern 'p' is declared without its cases, which the service would ask the caller for (declare them)

# a pattern does not call itself
declare pattern p = (s: string) { ("a") = { p("a") } };
p("a")
----
error 1:45 KS198 'p' calls itself, which KQL does not allow

# within a function
let f = (x: long) { declare pattern p = (s: string) { ("a") = { print x } }; p("a") };
f(3)
----
print_0: long
3

# a pattern is neither a table nor a value
declare pattern p = (s: string) { ("a") = { print x = 1 } };
union p, (print y = p)
----
error 2:7 KS204 'p' is a pattern, which takes arguments, where a table is expected
error 2:21 KS101 'p' is a pattern, which takes arguments, where a scalar is expected

# nor is a group of databases
let G = entity_group [database('d')];
union G, (print y = G)
----
error 2:7 KS204 'G' is a group of databases where a table is expected
error 2:21 KS101 'G' is a group of databases where a scalar is expected
