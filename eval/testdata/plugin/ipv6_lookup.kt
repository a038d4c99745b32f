# the table's columns come first; addresses of both kinds are met
let N = datatable(net: string, name: string)["2001:db8::/32", "six", "10.0.0.0/8", "four"];
datatable(ip: string)["2001:db8::1", "10.1.1.1", "2002::1"]
| evaluate ipv6_lookup(N, ip, net, true)
----
net: string      name: string  ip: string
"2001:db8::/32"  "six"         "2001:db8::1"
"10.0.0.0/8"     "four"        "10.1.1.1"
""               ""            "2002::1"
