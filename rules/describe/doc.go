// Package describe makes the page of a rule: what it looks for and what it gives, read from the rule's file, its syntax tree and its bound
// query, without running it.
//
// A Corpus is a collection of rules; its Page describes one of them and says what it shares with the others: the indicators, and the actions
// that rules detect. Page.Text, Page.Markdown and Page.HTML write a page, and its JSON is that of its fields. Site writes the
// pages of a whole collection with an index, an ATT&CK matrix and a list of tables. Compare gives the differences between the indicators of two
// versions of a rule.
//
// # How a query is read
//
// Analyze walks the syntax tree. It keeps the columns that a table has at each point with the operators that made them, so that a
// name in a predicate is a column or else a let, as in Kusto. An indicator is a leaf of a where operator (or of search and find) that compares a field with
// constants, wherever the operator stands: in a let, a leg of a join or union, a function. Fields are named as they are at that point. Conversions
// around them are left out; lets and computed constants are resolved. What is compared with other columns or is no comparison at all
// is listed as another predicate, so that nothing is lost. Conditions on TimeGenerated and on the clock are none of these.
//
// # JSON
//
// The JSON of a page is one object; lists are never null, and lines and columns count from 1 in the rule's file.
//
//	path, id, name, kind, version, tags, description, status, severity, window, source    of the file
//	banner                             what to know before all else: that the rows are alerts of another product
//	attack, tacticsWithoutTechnique    tactics with their techniques; those without one
//	corpus, related                    how many other rules were looked at; those that share an action, with the actions
//	body                               the file
//	parameters, functions              lets, without comments
//	pipelines                          name, from and stages: number, kind, steps, text, conditionals, legs, and of where
//	                                   the predicate, a tree whose op is and, or, not, indicator, time or other
//	indicators                         field, kind, negated, others, values: text, transforms, reference, others
//	otherPredicates, groupBy           what is no indicator; keys of all summarize operators
//	outputs, columns, open             made columns with their operator; all columns with type and uses; may be more
//	tables, calls, needs               names that the query reads and calls; what each of them is
//	entities, customDetails, alert, schedule, connectors, faults
package describe
