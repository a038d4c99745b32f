// Package rules reads the rules of Microsoft Sentinel from their YAML files, as published, and runs them over logs.
//
// Load, LoadFS, LoadDir and Parse give a Rule. Rule.Validate finds what is amiss with its file, and Rule.ValidateColumns what is amiss
// between the file and the result of its query, each as a Diagnostic with a stable code and a place in the file. QueryPos turns an offset
// of the query into such a place.
//
// A Workspace holds what rules run over: tables, saved functions and watchlists. Rule.Compile binds a rule's query to it; faults
// are a QueryError, which shows them in the rule's file. Compiled.Run is one run of the rule at a scheduled instant, and gives a Result
// with the rows and the alerts that Sentinel would raise; RunAll runs many. An Alert's JSON is a record of the SecurityAlert
// table. Incidents makes incidents of alerts. The same inputs always give the same bytes: nothing looks at the clock, and ids follow from what they stand for.
//
// What Sentinel knows of tables, entity types and tactics stands in package catalog.
//
// # What is assumed
//
// Microsoft's documentation leaves these open. Where a RunOptions field is named, it chooses otherwise.
//
//	what                                     here                                      option
//	an event at the end of the window        is outside: start ≤ t < end               WindowEndIncluded
//	what the window bounds                   each reference to a table that has        Window: NoWindow
//	                                         TimeGenerated, also in joins and lets
//	workspace("x")                           is the workspace at hand
//	the row behind name, description, …      the first of the result                   DetailRow
//	of a SingleAlert
//	StartTime, EndTime of an alert whose     the ends of the window                    TimeColumns
//	rows have no TimeGenerated
//	an alert without rows                    has no entities and the rule's texts
//	values of a custom detail                distinct, in the order of the rows        SortCustomDetails
//	a name or description over its limit     is cut
//	an empty identifier of an entity         is left out; white space is a value
//	an array or bag as an identifier         makes no entity, and a warning
//	equal entities                           are listed once, where the first stood
//	AlertPerResult with equal rows           one alert for each
//	the workspace's id                       zeros                                     WorkspaceID
//	the start of a suppression               the instant the run is scheduled for      SuppressFromExecution
//
// Those of incidents are chosen by IncidentOptions.
//
//	what                                     here                                      option
//	an incident's severity                   that of its first alert                   HighestSeverity
//	AllEntities, alerts without entities     match each other                          EntitylessApart
//	Selected, where both alerts lack         they are equal in this                    AbsentApart
//	what is compared
//	when analysts close incidents            never                                     CloseAfter
//	an alert that comes at the very end      joins the incident
//	of the lookback
//	an incident that an alert reopens        is Active
package rules
