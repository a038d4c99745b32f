# events by the cell that they are in; where a place is not known there is none
datatable(User: string, Longitude: real, Latitude: real)
[
    "ana", -73.956683, 40.807907,
    "bo", -73.916869, 40.818314,
    "cy", -73.989148, 40.743273,
    "di", real(null), 40.7,
    "ed", 181, 40.7,
]
| summarize Users = make_list(User) by Cell = geo_point_to_h3cell(Longitude, Latitude, 5)
| order by Cell asc
----
Cell: string       Users: dynamic
""                 ["di","ed"]
"852a100bfffffff"  ["ana","bo"]
"852a1073fffffff"  ["cy"]

# a resolution that is null, out of range or not a cell's parent's gives nothing
print cell = "862a1072fffffff"
| project point = geo_point_to_h3cell(1, 1, int(null)), fine = geo_point_to_h3cell(1, 1, 16), coarse = geo_point_to_h3cell(1, 1, -1),
    same = geo_h3cell_parent(cell, 6), base = geo_h3cell_parent(geo_h3cell_parent(cell, 0)),
    children = isnull(geo_h3cell_children(cell, 6)), deep = isnull(geo_h3cell_children(cell, 12)), finest = isnull(geo_h3cell_children("8f2a1072b59ad23"))
----
point: string  fine: string  coarse: string  same: string  base: string  children: bool  deep: bool  finest: bool
""             ""            ""              ""            ""            True            True        True

# what is no cell gives null: a word, too few digits, a mode other than a cell's, the child that a pentagon lacks
datatable(Cell: string) ["", "abc", "862a1072ffffff", "962a1072fffffff", "81087ffffffffff", "862a1072fffffff"]
| project Level = geo_h3cell_level(Cell), Center = isnotnull(geo_h3cell_to_central_point(Cell)), Outline = isnotnull(geo_h3cell_to_polygon(Cell)),
    Around = array_length(geo_h3cell_neighbors(Cell)), Rings = array_length(geo_h3cell_rings(Cell, 2))
----
Level: int  Center: bool  Outline: bool  Around: long  Rings: long
null        False         False          null          null
null        False         False          null          null
null        False         False          null          null
null        False         False          null          null
null        False         False          null          null
6           True          True           6             3

# a distance outside 0 to 142 gives null; the distance 0 is the cell alone
print cell = "861f8894fffffff"
| project zero = geo_h3cell_rings(cell, 0), none = isnull(geo_h3cell_rings(cell, int(null))), less = isnull(geo_h3cell_rings(cell, -1)), more = isnull(geo_h3cell_rings(cell, 143))
----
zero: dynamic          none: bool  less: bool  more: bool
[["861f8894fffffff"]]  True        True        True

# a pentagon has five neighbours and six children, its rings five cells more each
print cell = "81083ffffffffff"
| project Around = array_length(geo_h3cell_neighbors(cell)), Children = array_length(geo_h3cell_children(cell)),
    Ring = array_length(geo_h3cell_rings(cell, 3)[3]), Vertices = array_length(geo_h3cell_to_polygon(cell).coordinates[0]) - 1
----
Around: long  Children: long  Ring: long  Vertices: long
5             6               15          10

# a cell's outline holds its centre and covers itself
print cell = "862a1072fffffff"
| extend center = geo_h3cell_to_central_point(cell).coordinates
| project inside = geo_point_in_polygon(toreal(center[0]), toreal(center[1]), geo_h3cell_to_polygon(cell)),
    back = geo_point_to_h3cell(toreal(center[0]), toreal(center[1]), 6),
    covers = geo_polygon_to_h3cells(geo_h3cell_to_polygon(cell), 6)
----
inside: bool  back: string       covers: dynamic
True          "862a1072fffffff"  ["862a1072fffffff"]

# a hole has no cells; parts that overlap have each cell once
let square = dynamic([[0,0],[2,0],[2,2],[0,2],[0,0]]);
let hole = dynamic([[0.5,0.5],[1.5,0.5],[1.5,1.5],[0.5,1.5],[0.5,0.5]]);
print whole = array_length(geo_polygon_to_h3cells(bag_pack("type", "Polygon", "coordinates", pack_array(square)), 5)),
    inner = array_length(geo_polygon_to_h3cells(bag_pack("type", "Polygon", "coordinates", pack_array(hole)), 5)),
    frame = array_length(geo_polygon_to_h3cells(bag_pack("type", "Polygon", "coordinates", pack_array(square, hole)), 5)),
    both = array_length(geo_polygon_to_h3cells(bag_pack("type", "MultiPolygon", "coordinates", pack_array(pack_array(square), pack_array(hole))), 5))
----
whole: long  inner: long  frame: long  both: long
262          68           194          262

# a polygon across the antimeridian
print cells = array_length(geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[179,0],[-179,0],[-179,2],[179,2],[179,0]]]}), 4)),
    beyond = array_length(geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[179,0],[181,0],[181,2],[179,2],[179,0]]]}), 4))
----
cells: long  beyond: long
38           38

# a shape is not widened
print geo_polygon_to_h3cells(dynamic({"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}), 6, 100)
----
error 1:7 KS140 geo_polygon_to_h3cells(): radius has to be 0: shapes are not widened
