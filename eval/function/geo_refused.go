package function

// geoRefusedFunctions are those whose vertices depend on how the engine's geometry
// library snaps and rounds, which is not done here, or on data.
func geoRefusedFunctions() []Function {
	const (
		simplify = "the vertices that a simplified shape keeps depend on the engine's own snapping"
		join     = "how lines are joined depends on the engine's own snapping"
		data     = "it looks an address up in the service's own table of places"
	)
	return []Function{
		{Sig: "geo_simplify_polygons_array(polygons: array, tolerance: number?): dynamic", Doc: "Polygons with fewer vertices whose shared edges stay shared.", Refused: simplify},
		{Sig: "geo_union_lines_array(lineStrings: array): dynamic", Doc: "The union of the lines of an array.", Refused: join},
		{Sig: "geo_info_from_ip_address(ip: string): dynamic", Doc: "The place of an IP address.", Refused: data},
	}
}
