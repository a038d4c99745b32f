package rules

// EntityOptions choose how entities are built where the documentation of Sentinel is silent. The zero value does what the package's
// documentation lists.
type EntityOptions struct {
	// KeepEmpty takes a null or empty identifier as a value.
	KeepEmpty bool

	// KeepIncomplete makes an entity of whatever identifiers there are, though the type requires others.
	KeepIncomplete bool

	// TrimSpace takes white space around an identifier away, so that one of nothing else is empty.
	TrimSpace bool

	// ArraysAsText makes the JSON of an array or bag an identifier.
	ArraysAsText bool

	// KeepEqual lists equal entities as often as rows give them.
	KeepEqual bool

	// KeepFullName leaves a full name as the identifier FullName.
	KeepFullName bool

	// GenericExactCase drops account names that stand for no one (SYSTEM, ROOT …) in capitals only.
	GenericExactCase bool
}
