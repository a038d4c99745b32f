// Package kql reads the Kusto Query Language: text into a syntax tree, with all of the query language's statements,
// tabular operators and expressions. It knows nothing of tables and values; package eval gives trees their meaning.
//
// [Parse] reads a query, [ParseExpr] an expression, [Inspect] walks a tree, [Canonical] and [Format] write one.
// A query is a list of statements. Most of them are pipes: a source and the operators it goes through. What is
// often called a stage of a query is one operator of its pipe:
//
//	SigninLogs                          the source, a Name
//	| where ResultType == "50126"       an Operator, Where
//	| summarize count() by IPAddress    an Operator, Summarize
//
// Faults are [Errors], each with Kusto's code, its place and perhaps a hint. A fault in one operator or statement does
// not hide those behind it. No text makes the package panic, and [Limits] bounds the work a text can cause.
//
// # How it works
//
// The lexer (lexer.go) is written by hand. A word is just a word to it; what is a keyword depends on the place.
// Statements and operators are structs whose participle tags are their grammar (query.go, operator.go, source.go);
// testdata/grammar.ebnf shows it whole. Expressions are read by precedence climbing (climb.go, primary.go), and the
// word that starts a statement or operator chooses its struct (parse.go, grammar.go). What a grammar cannot say is
// checked afterwards (check.go).
//
// # Adding an operator
//
// Say the operator is "shuffle by Column". Its struct embeds declared, which gives it its place, and its tags are the
// syntax:
//
//		// Shuffle puts the rows into an order without meaning.
//		type Shuffle struct {
//			declared
//			Params []*Parameter `parser:"'shuffle' @@*"`
//			By     []Path       `parser:"( 'by' @@ ( ',' @@ )* )?"`
//		}
//
//		func (*Shuffle) operator() {}
//
//	 1. Write the struct in operator.go. Every choice must be clear from the next token, or from a (?= … ) guard. Names
//	    that may have stars are of the type Selector, columns without calls are a Path.
//	 2. Add the line operator[Shuffle](t, "shuffle") to newTables in grammar.go, and a field to the type grammar of
//	    its test. A word with a hyphen goes to hyphenated in token.go.
//	 3. Add a case to walk_operator.go and print_operator.go. The tests fail for an operator that lacks one.
//	 4. Add a query to testdata/parse/operator.kt. Run go test -update for its canonical form and
//	    for the grammar, and look at both.
package kql
