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
