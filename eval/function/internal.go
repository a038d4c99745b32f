package function

// internalFunctions are those that the service's own queries call. Their behaviour is not
// documented, so that an answer of ours could be held to nothing.
func internalFunctions() []Function {
	const internal = "it is internal to the service, and its behaviour is not documented"
	return []Function{
		{Sig: "__geo_length_to_s2cell_level(length: number): int", Doc: "The S2 level whose cells are about as long.", Refused: internal},
		{Sig: "__geo_line_s2cell_covering_level(lineString: bag): int", Doc: "The S2 level that suits a line.", Refused: internal},
		{Sig: "__geo_line_validate(lineString: bag): string", Doc: "What is wrong with a line.", Refused: internal},
		{Sig: "__geo_polygon_s2cell_covering_level(polygon: bag): int", Doc: "The S2 level that suits a polygon.", Refused: internal},
		{Sig: "__geo_polygon_validate(polygon: bag): string", Doc: "What is wrong with a polygon.", Refused: internal},
		{Sig: "__hash_crc32(source: notdynamic, mod: integer, seed: integer): long", Doc: "A CRC-32 hash.", Refused: internal},
		{Sig: "__hash_djb2(source: notdynamic, mod: integer?): long", Doc: "A DJB2 hash.", Refused: internal},
		{Sig: "__hash_many_crc32(arg: scalar{1,2}): long", Doc: "A CRC-32 hash of several values.", Refused: internal},
		{Sig: "__hash_xxh64(source: notdynamic, mod: integer, seed: integer): long", Doc: "An xxHash64 with a seed.", Refused: internal},
		{Sig: "__hll_normalize(hll: dynamic{2,16}): dynamic", Doc: "Another form of a sketch.", Names: NameRule{Kind: FirstArgument}, Refused: internal},
		{Sig: "__invoke(name: string literal, type: type literal, arg: any{0,*}): type1", Doc: "Calls a function by its name.", Refused: internal},
		{Sig: "__ipv6_lookup_ranges(ip: stringordynamic, ranges: array): dynamic", Doc: "The ranges that an address is in.", Refused: internal},
		{Sig: "__lz4_compress_dynamic_array_to_base64_string(dynamic: array): string", Doc: "An array, compressed.", Refused: internal},
	}
}
