// Package rules reads the rules of Microsoft Sentinel from their YAML files, as published, and runs them over logs.
//
// Load, LoadFS, LoadDir and Parse give a Rule. Rule.Validate finds what is amiss with its file, and Rule.ValidateColumns what is amiss
// between the file and the result of its query, each as a Diagnostic with a stable code and a place in the file. QueryPos turns an offset
// of the query into such a place.
//
// A Workspace holds what rules run over: tables, saved functions and watchlists. Rule.Compile binds a rule's query to it; faults
// are a QueryError, which shows them in the rule's file. Compiled.Run is one run of the rule at a scheduled instant, and gives a Result
// with the rows and the alerts that Sentinel would raise; RunAll runs many. An Alert's JSON is a record of the SecurityAlert
// table. Incidents makes incidents of alerts. The same inputs always give the same bytes: nothing looks at the clock, and ids follow from what
// they stand for.
//
// Simulate makes all the runs of rules over a span of time, feeds alerts and incidents to later runs, keeps to suppression, and tells how many runs
// saw each event.
//
// What Sentinel knows of tables, entity types and tactics stands in package catalog.
//
// # What is assumed
//
// Microsoft's documentation leaves these open. Each has an option that chooses otherwise; without it, what stands here under "here" is done.
// The command picket takes most of them by --assume.
// The options of a run are those of RunOptions:
//
//	what                                       here                                       option
//	an event at the end of the window          is outside: start ≤ t < end                WindowEndIncluded
//	what the window bounds                     each reference to a table that has         Window
//	                                           TimeGenerated, also in joins and lets
//	the window of a hunting query              everything; the portal shows 24 hours      Window: LastWindow
//	{{StartTimeISO}} and {{EndTimeISO}} in     are the ends of the window, which then     Window
//	a hunting query, for the portal to fill    does not bound the tables; without one,
//	in                                         all time before the run
//	when a record was ingested                 at _TimeReceived, else at TimeGenerated    IngestionColumn
//	now() in a query                           the instant the run is scheduled for       DelayedNow
//	an alert without rows                      is raised, without entities and with       SilentWithoutRows
//	                                           the rule's texts
//	AlertPerResult with equal rows             one alert for each                         DistinctRows
//	AlertPerResult with as many rows as        one alert for each                         SummaryAtLimit
//	alerts may be
//	the row behind name, description,          the first of the result                    DetailRow
//	severity and tactics of a SingleAlert
//	StartTime, EndTime of an alert whose       the ends of the window                     TimeColumns
//	rows have no TimeGenerated
//	the order of a custom detail's values      that of the rows                           SortCustomDetails
//	equal values of a custom detail            are shown once                             RepeatCustomDetails
//	tactics in a column                        are a JSON array, or parted by commas      TacticsSeparator
//	a name or description over its limit       is cut                                     KeepLongTexts
//	a dynamic property that has not its form   is left out                                AnyPropertyValue
//	how entities are built                     see below                                  Entities
//	the start of a suppression                 the instant the run is scheduled for       SuppressFromExecution
//	a query that takes long                    runs to its end; the service gives up      Timeout
//	                                           after 10 minutes
//	the workspace's id                         zeros                                      WorkspaceID
//
// Those of entities are EntityOptions:
//
//	what                                       here                                       option
//	an empty identifier                        is left out                                KeepEmpty
//	an entity without the identifiers that     is none                                    KeepIncomplete
//	its type requires
//	white space as an identifier               is a value                                 TrimSpace
//	an array or bag as an identifier           makes no entity, and a warning             ArraysAsText
//	equal entities                             are listed once, where the first stood     KeepEqual
//	a full name                                is split: DOMAIN\user, user@suffix,        KeepFullName
//	                                           host.domain
//	account names that stand for no one        are dropped in any case                    GenericExactCase
//
// Those of incidents are IncidentOptions:
//
//	what                                       here                                       option
//	an incident's severity                     that of its first alert                    HighestSeverity
//	AllEntities, alerts without entities       match each other                           EntitylessApart
//	Selected, where both alerts lack what      they are equal in this                     AbsentApart
//	is compared
//	when analysts close incidents              never                                      CloseAfter
//
// And workspace("x").T is table T of the workspace at hand, unless Workspace.Alone refuses it. Without an option stand two more: an alert that
// comes at the very end of a lookback joins the incident; an incident that an alert reopens is Active.
package rules
