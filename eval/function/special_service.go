package function

import "github.com/seed-2512943d/picket/eval/scalar"

// serviceFunctions ask the service about itself, its storage and its users. What the caller says of the service is eval.Service.
func serviceFunctions() []Function {
	const storage = "it asks how the service stores a record, and is not documented"
	return []Function{
		{
			Sig:      "current_cluster_endpoint(): string",
			Doc:      "The endpoint of the cluster that runs the query, which the caller gives; without it the run fails.",
			Impl:     Special,
			Examples: []string{`current_cluster_endpoint() == "help.kusto.windows.net"`, `isnotempty(current_cluster_endpoint())`},
		},
		{
			Sig:      "current_database(): string",
			Doc:      "The name of the database in scope, which the caller gives; without it the run fails.",
			Impl:     Special,
			Examples: []string{`current_database() == "Samples"`, `strcat("in ", current_database()) == "in Samples"`},
		},
		{
			Sig:      "current_node_id(): string",
			Doc:      "The node that runs the query, which the caller gives; without it the run fails.",
			Impl:     Special,
			Examples: []string{`current_node_id() startswith "KEngine"`, `isnotempty(current_node_id())`},
		},
		{
			Sig:      "current_principal(): string",
			Doc:      "The fully qualified name of who runs the query, which the caller gives; without it the run fails.",
			Impl:     Special,
			Examples: []string{`current_principal() startswith "aaduser="`, `array_length(split(current_principal(), ";")) == 2`},
		},
		{
			Sig:      "current_principal_details(): dynamic",
			Doc:      "What is known of who runs the query, as a bag that the caller gives; without it the run fails.",
			Impl:     Special,
			Examples: []string{`current_principal_details().DisplayName == "Ana Brandt"`, `isnull(current_principal_details().Notes)`},
		},
		{
			Sig:  "current_principal_is_member_of(group: stringorarray{1,64}): bool",
			Doc:  "Whether who runs the query belongs to one of the groups, each a fully qualified name or an array of them. The caller says who runs it; without it the run fails.",
			Impl: Special,
			Examples: []string{
				`current_principal_is_member_of("aadgroup=soc@contoso.com")`,
				`not(current_principal_is_member_of("aadgroup=hr@contoso.com", dynamic(["aadgroup=it@contoso.com"])))`,
			},
		},
		{
			Sig:      "cursor_current(): string",
			Doc:      "The cursor of the database, a number of ticks as text: the moment of the run.",
			Impl:     Special,
			Examples: []string{`tolong(cursor_current()) > 600000000000000000`, `cursor_current() == cursor_current()`},
		},
		{
			Sig:      "current_cursor(): string",
			Doc:      "An obsolete name of cursor_current().",
			Impl:     Special,
			Examples: []string{`current_cursor() == cursor_current()`, `isnotempty(current_cursor())`},
		},
		{
			Sig:  "cursor_after(cursor: string): bool",
			Doc:  "Whether a record was taken in, as ingestion_time() says, after a cursor: a number of ticks or a datetime as text. Every record was after the empty one.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 3 step 1 | extend TimeGenerated = datetime(2024-01-01) + x * 1d | where cursor_after("2024-01-03") | count) == 1`,
				`toscalar(range x from 1 to 3 step 1 | where cursor_after("") | count) == 3`,
			},
		},
		{
			Sig:  "cursor_before_or_at(cursor: string): bool",
			Doc:  "Whether a record was taken in, as ingestion_time() says, before a cursor or at it.",
			Impl: Special,
			Examples: []string{
				`toscalar(range x from 1 to 3 step 1 | extend TimeGenerated = datetime(2024-01-01) + x * 1d | where cursor_before_or_at("2024-01-03") | count) == 2`,
				`toscalar(range x from 1 to 3 step 1 | where cursor_before_or_at("") | count) == 0`,
			},
		},
		{
			Sig:      "extent_id(): guid",
			Doc:      "The data shard that holds a record. Records read here are in none, for which the service gives a guid of zeros.",
			Impl:     Raw(func([]scalar.Value) scalar.Value { return scalar.NewGuid(scalar.UUID{}) }),
			Examples: []string{`extent_id() == guid(00000000-0000-0000-0000-000000000000)`, `isnotnull(extent_id())`},
		},
		{
			Sig:      "extentid(): guid",
			Doc:      "An obsolete name of extent_id().",
			Alias:    "extent_id",
			Examples: []string{`extentid() == extent_id()`, `isnotnull(extentid())`},
		},
		{
			Sig:      "extent_tags(): dynamic",
			Doc:      "The tags of the data shard that holds a record. Records read here are in none, for which there are no tags.",
			Impl:     Raw(func([]scalar.Value) scalar.Value { return scalar.Null(scalar.Dynamic) }),
			Examples: []string{`isnull(extent_tags())`, `tostring(extent_tags()) == ""`},
		},
		{Sig: "row_id(): string", Doc: "The place of a record in its data shard.", Refused: storage},
		{Sig: "rowstore_ordinal_range(): dynamic", Doc: "The place of a record in the row store.", Refused: storage},
	}
}
