# every network that holds the address, and an extra key
let N = datatable(net: string, zone: string, name: string)[
    "10.0.0.0/8", "a", "wide", "10.1.0.0/16", "a", "narrow", "10.1.0.0/16", "b", "other"];
datatable(ip: string, zone: string)["10.1.2.3", "a", "10.9.9.9", "a", "11.0.0.1", "a", "no address", "a"]
| evaluate ipv4_lookup(N, ip, net, zone)
----
ip: string  zone: string  net: string    name: string
"10.1.2.3"  "a"           "10.0.0.0/8"   "wide"
"10.1.2.3"  "a"           "10.1.0.0/16"  "narrow"
"10.9.9.9"  "a"           "10.0.0.0/8"   "wide"

# rows without a network may stay; a name taken is numbered
let N = datatable(net: string, ip: string)["10.0.0.0/8", "here"];
datatable(ip: string)["10.1.2.3", "11.0.0.1"]
| evaluate ipv4_lookup(N, ip, net, return_unmatched = true)
----
ip: string  net: string   ip1: string
"10.1.2.3"  "10.0.0.0/8"  "here"
"11.0.0.1"  ""            ""

# a source with a prefix meets the networks within it
let N = datatable(net: string)["10.1.0.0/16", "10.2.0.1", "11.0.0.0/8"];
datatable(ip: string)["10.0.0.0/8"]
| evaluate ipv4_lookup(N, ip, net)
----
ip: string    net: string
"10.0.0.0/8"  "10.1.0.0/16"
"10.0.0.0/8"  "10.2.0.1"

# an address that is empty or no address meets none
let nets = datatable(net: string, site: string, n: long)["10.0.0.0/8", "office", long(null)];
datatable(ip: string)["10.1.2.3", "", "x"] | evaluate ipv4_lookup(nets, ip, net, return_unmatched = true)
----
ip: string  net: string   site: string  n: long
"10.1.2.3"  "10.0.0.0/8"  "office"      null
""          ""            ""            null
"x"         ""            ""            null

# no rows
let nets = datatable(net: string, site: string)[];
datatable(ip: string)["10.1.2.3"] | evaluate ipv4_lookup(nets, ip, net)
----
ip: string  net: string  site: string

# the table of networks must have the column
let nets = datatable(net: string)["10.0.0.0/8"];
datatable(ip: string)[] | evaluate ipv4_lookup(nets, ip, cidr)
----
error 2:58 KS109 the table has no such column
