# a row for each polygon that holds the point; rows without one are left out
let areas = datatable(area: string, shape: dynamic)[
  "south", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 5], [0, 5], [0, 0]]]}),
  "wide", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [20, 0], [20, 20], [0, 20], [0, 0]]]})];
datatable(place: string, lon: real, lat: real)["in both", 5, 2, "in one", 15, 15, "in none", -5, 5]
| evaluate geo_polygon_lookup(areas, shape, lon, lat)
----
place: string  lon: real  lat: real  area: string
"in both"      5          2          "south"
"in both"      5          2          "wide"
"in one"       15         15         "wide"

# rows without a polygon may be kept, and the polygons shown
let areas = datatable(area: string, shape: dynamic)["south", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 5], [0, 0]]]})];
datatable(place: string, lon: real, lat: real)["in", 5, 2, "out", -5, 5]
| evaluate geo_polygon_lookup(areas, shape, lon, lat, return_unmatched = true, return_lookup_key = true)
----
place: string  lon: real  lat: real  area: string  shape: dynamic
"in"           5          2          "south"       {"coordinates":[[[0,0],[10,0],[10,5],[0,0]]],"type":"Polygon"}
"out"          -5         5          ""            null

# within a radius, in metres, of the polygon or in it
let areas = datatable(area: string, shape: dynamic)["south", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 5], [0, 5], [0, 0]]]})];
datatable(place: string, lon: real, lat: real)["in", 5, 2, "near", 5, -0.5, "far", 5, -2]
| evaluate geo_polygon_lookup(areas, shape, lon, lat, 100000)
----
place: string  lon: real  lat: real  area: string
"in"           5          2          "south"
"near"         5          -0.5       "south"

# a radius by its name, and one around the shapes, which only speeds up the service
let areas = datatable(area: string, shape: dynamic)["south", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 5], [0, 5], [0, 0]]]})];
datatable(lon: real, lat: real)[5, 2, 5, -0.5, 5, -2]
| evaluate geo_polygon_lookup(areas, shape, lon, lat, radius = 100000.0, lookup_area_radius = 1.0)
----
lon: real  lat: real  area: string
5          2          "south"
5          -0.5       "south"

# several polygons in one, of which one has a hole
let areas = datatable(area: string, shape: dynamic)["two", dynamic({"type": "MultiPolygon", "coordinates": [
  [[[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]], [[2, 2], [2, 4], [4, 4], [4, 2], [2, 2]]], [[[20, 0], [30, 0], [30, 10], [20, 0]]]]})];
datatable(place: string, lon: long, lat: long)["first", 1, 1, "hole", 3, 3, "second", 28, 5]
| evaluate geo_polygon_lookup(areas, shape, lon, lat)
----
place: string  lon: long  lat: long  area: string
"first"        1          1          "two"
"second"       28         5          "two"

# a point or a polygon that is null or not valid meets none
let areas = datatable(area: string, shape: dynamic)[
  "null", dynamic(null), "line", dynamic({"type": "LineString", "coordinates": [[0, 0], [1, 1]]}), "flat", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [0, 0]]]}),
  "good", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 10], [0, 0]]]})];
datatable(lon: real, lat: real)[5, 1, real(null), 1, 500, 1, 5, 95]
| evaluate geo_polygon_lookup(areas, shape, lon, lat, return_unmatched = true)
----
lon: real  lat: real  area: string
5          1          "good"
null       1          ""
500        1          ""
5          95         ""

# columns of one name on both sides, and coordinates in dynamic columns
let areas = datatable(id: string, shape: dynamic)["a", dynamic({"type": "Polygon", "coordinates": [[[0, 0], [10, 0], [10, 10], [0, 0]]]})];
datatable(id: long, at: dynamic)[1, dynamic([5, 1])] | extend lon = at[0], lat = at[1] | evaluate geo_polygon_lookup(areas, shape, lon, lat)
----
id: long  at: dynamic  lon: dynamic  lat: dynamic  id1: string
1         [5,1]        5             1             "a"

# no points
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon, lat)
----
lon: real  lat: real  id: string

# no polygons
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[1, 1] | evaluate geo_polygon_lookup(areas, shape, lon, lat, return_unmatched = true)
----
lon: real  lat: real  id: string
1          1          ""

# the column of polygons must be dynamic
let areas = datatable(id: string, shape: string)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon, lat)
----
error 2:72 KS235 the column of shapes must be dynamic, not string (parse the text with parse_json())

# a column that the table lacks
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, polygon, lon, lat)
----
error 2:72 KS109 the table has no such column

# coordinates are numbers
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: string, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon, lat)
----
error 2:81 KS141 a coordinate must be a number, not string (convert it with toreal())

# a radius that is negative
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon, lat, -1)
----
error 2:89 KS140 the radius must be a number of metres that is not negative

# a parameter that is not there
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon, lat, unmatched = true)
----
error 2:89 KS119 geo_polygon_lookup has no parameter 'unmatched'

# a radius that is no number
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon, lat, true)
----
error 2:89 KS141 the expression must have the type real, not bool (convert it with toreal())

# an argument that is left out
let areas = datatable(id: string, shape: dynamic)[];
datatable(lon: real, lat: real)[] | evaluate geo_polygon_lookup(areas, shape, lon)
----
error 2:46 KS119 geo_polygon_lookup needs an argument for 'SourceLatitude'
