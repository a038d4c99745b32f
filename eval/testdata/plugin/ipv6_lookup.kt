# the table's columns come first; addresses of both kinds are met
let N = datatable(net: string, name: string)["2001:db8::/32", "six", "10.0.0.0/8", "four"];
datatable(ip: string)["2001:db8::1", "10.1.1.1", "2002::1"]
| evaluate ipv6_lookup(N, ip, net, true)
----
net: string      name: string  ip: string
"2001:db8::/32"  "six"         "2001:db8::1"
"10.0.0.0/8"     "four"        "10.1.1.1"
""               ""            "2002::1"

# an address that is empty or no address meets none
let nets = datatable(net: string, n: long)["fe80::/10", long(null)];
datatable(ip: string)["fe80::1", "", "x"] | evaluate ipv6_lookup(nets, ip, net, return_unmatched = true)
----
net: string  n: long  ip: string
"fe80::/10"  null     "fe80::1"
""           null     ""
""           null     "x"

# no rows
let nets = datatable(net: string, site: string)[];
datatable(ip: string)["fe80::1"] | evaluate ipv6_lookup(nets, ip, net)
----
net: string  site: string  ip: string

# the table of networks must have the column
let nets = datatable(net: string)["fe80::/10"];
datatable(ip: string)[] | evaluate ipv6_lookup(nets, ip, cidr)
----
error 2:58 KS109 the table has no such column
