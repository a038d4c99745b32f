package rules

import "slices"

// DiagnosticCode is the code of a sort of finding and what it is about.
type DiagnosticCode struct{ Code, Title string }

// DiagnosticCodes lists the codes of all findings, in order. Their meaning never changes.
func DiagnosticCodes() []DiagnosticCode { return slices.Clone(diagnosticCodes) }

var diagnosticCodes = []DiagnosticCode{
	{"SR000", "The file is no readable YAML or JSON."},
	{"SR001", "A key is missing."},
	{"SR002", "A value is none of those that the key takes."},
	{"SR003", "A duration has the wrong form or is out of range."},
	{"SR004", "The period is shorter than the frequency."},
	{"SR005", "A rule that looks back far runs too often."},
	{"SR006", "The threshold is no number in range."},
	{"SR007", "A value has the wrong form."},
	{"SR010", "A key is unknown."},
	{"SR011", "An id is used twice."},
	{"SR012", "A text is too long."},
	{"SR020", "The query is too long."},
	{"SR021", "The query reads all tables."},
	{"SR022", "The query is no valid KQL over the tables at hand."},
	{"SR023", "A table, function or watchlist is not there."},
	{"SR030", "An entity type is unknown, or there are too many mappings."},
	{"SR031", "An identifier is unknown or mapped twice, or there are too many."},
	{"SR032", "A mapping lacks an identifier that its type requires."},
	{"SR033", "A mapped column is not in the result."},
	{"SR034", "A mapped column is dynamic."},
	{"SR035", "A mapping identifies its entity weakly."},
	{"SR036", "A column of an old name makes no entity."},
	{"SR040", "A custom detail has a wrong key or column."},
	{"SR041", "Braces make no placeholder."},
	{"SR042", "A text has too many placeholders."},
	{"SR043", "A placeholder's column is not in the result."},
	{"SR044", "A column of severity, tactics, properties or entities is not in the result."},
	{"SR050", "A technique serves none of the tactics."},
	{"SR060", "A near-real-time rule has a schedule."},
	{"SR061", "A near-real-time rule reads other workspaces."},
	{"SR070", "The grouping of incidents is incomplete."},
	{"SR071", "A grouping by selection selects nothing."},
	{"SR080", "The suppression has no effect."},
	{"SR090", "Several runs raise alerts for the same events."},
}
