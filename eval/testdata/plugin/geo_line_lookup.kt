# a row for each line within the radius, in metres, of the point; rows without one are left out
let roads = datatable(road: string, shape: dynamic)[
  "equator", dynamic({"type": "LineString", "coordinates": [[0, 0], [10, 0]]}),
  "meridian", dynamic({"type": "LineString", "coordinates": [[0, 0], [0, 10]]})];
datatable(place: string, lon: real, lat: real)["crossing", 0.001, 0.001, "near one", 5, 0.001, "far", 5, 5]
| evaluate geo_line_lookup(roads, shape, lon, lat, 200)
----
place: string  lon: real  lat: real  road: string
"crossing"     0.001      0.001      "equator"
"crossing"     0.001      0.001      "meridian"
"near one"     5          0.001      "equator"

# rows without a line may be kept, and the lines shown
let roads = datatable(road: string, shape: dynamic)["equator", dynamic({"type": "LineString", "coordinates": [[0, 0], [10, 0]]})];
datatable(place: string, lon: real, lat: real)["near", 5, 0.001, "far", 5, 5]
| evaluate geo_line_lookup(roads, shape, lon, lat, 200, return_unmatched = true, return_lookup_key = true)
----
place: string  lon: real  lat: real  road: string  shape: dynamic
"near"         5          0.001      "equator"     {"coordinates":[[0,0],[10,0]],"type":"LineString"}
"far"          5          5          ""            null

# several lines in one
let roads = datatable(road: string, shape: dynamic)["both", dynamic({"type": "MultiLineString", "coordinates": [[[0, 0], [10, 0]], [[0, 5], [10, 5]]]})];
datatable(lon: long, lat: long)[5, 0, 5, 5, 5, 3]
| evaluate geo_line_lookup(roads, shape, lon, lat, 1000)
----
lon: long  lat: long  road: string
5          0          "both"

# a point or a line that is null or not valid meets none
let roads = datatable(road: string, shape: dynamic)["null", dynamic(null), "one point", dynamic({"type": "LineString", "coordinates": [[0, 0]]})];
datatable(lon: real, lat: real)[0, 0, real(null), 0]
| evaluate geo_line_lookup(roads, shape, lon, lat, 1000, return_unmatched = true)
----
lon: real  lat: real  road: string
0          0          ""
null       0          ""

# no points
datatable(lon: real, lat: real)[] | evaluate geo_line_lookup((datatable(road: string, shape: dynamic)[]), shape, lon, lat, 1000)
----
lon: real  lat: real  road: string

# the radius cannot be left out
datatable(lon: real, lat: real)[] | evaluate geo_line_lookup((datatable(road: string, shape: dynamic)[]), shape, lon, lat)
----
error 1:46 KS119 geo_line_lookup needs an argument for 'radius'

# it must be a constant
datatable(lon: real, lat: real)[] | evaluate geo_line_lookup((datatable(road: string, shape: dynamic)[]), shape, lon, lat, rand())
----
error 1:124 KS140 geo_line_lookup needs a constant here

# the column of lines must be dynamic
datatable(lon: real, lat: real)[] | evaluate geo_line_lookup((datatable(road: string, shape: dynamic)[]), road, lon, lat, 10)
----
error 1:107 KS235 the column of shapes must be dynamic, not string (parse the text with parse_json())
