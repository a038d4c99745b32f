package function

// serviceFunctions ask the service about itself, its storage and its users.
func serviceFunctions() []Function {
	const (
		service = "it asks the service that runs the query about itself"
		user    = "it asks who runs the query"
		storage = "it asks how the service stores a record"
	)
	return []Function{
		{Sig: "current_cluster_endpoint(): string", Doc: "The endpoint of the cluster that runs the query.", Refused: service},
		{Sig: "current_database(): string", Doc: "The name of the database in scope.", Refused: service},
		{Sig: "current_node_id(): string", Doc: "The node that runs the query.", Refused: service},
		{Sig: "current_principal(): string", Doc: "The principal that runs the query.", Refused: user},
		{Sig: "current_principal_details(): dynamic", Doc: "What is known of the principal that runs the query.", Refused: user},
		{Sig: "current_principal_is_member_of(group: stringorarray{1,64}): bool", Doc: "Whether the principal that runs the query belongs to a group.", Refused: user},
		{Sig: "cursor_current(): string", Doc: "The cursor of the database.", Refused: storage},
		{Sig: "current_cursor(): string", Doc: "An obsolete name of cursor_current().", Refused: storage},
		{Sig: "cursor_after(cursor: string): bool", Doc: "Whether a record was taken in after a cursor.", Refused: storage},
		{Sig: "cursor_before_or_at(cursor: string): bool", Doc: "Whether a record was taken in before a cursor or at it.", Refused: storage},
		{Sig: "extent_id(): guid", Doc: "The data shard that holds a record.", Refused: storage},
		{Sig: "extentid(): guid", Doc: "An obsolete name of extent_id().", Refused: storage},
		{Sig: "extent_tags(): dynamic", Doc: "The tags of the data shard that holds a record.", Refused: storage},
		{Sig: "row_id(): string", Doc: "The place of a record in its data shard.", Refused: storage},
		{Sig: "rowstore_ordinal_range(): dynamic", Doc: "The place of a record in the row store.", Refused: storage},
	}
}
