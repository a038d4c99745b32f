package main

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules"
)

// realQueries are the queries of the rules in a directory that read AWSCloudTrail alone and name events, as they stand, and so many
// variations of these on other events that they are n in all.
func realQueries(dir string, tables eval.TableMap, n int) (all []string, real int, err error) {
	loaded, err := rules.LoadDir(dir)
	if err != nil {
		return nil, 0, err
	}
	for _, rule := range loaded {
		_, err := eval.Compile(rule.Query, eval.WithSchemas(tables))
		if err == nil && rule.Kind == rules.Scheduled && len(eventLiterals(rule.Query)) > 0 {
			all = append(all, rule.Query)
		}
	}
	if real = len(all); real == 0 {
		return nil, 0, errors.New(dir + ": no rule here reads AWSCloudTrail alone and names the events that it looks for")
	}
	for i := real; i < n; i++ {
		all = append(all, onOtherEvents(all[i%real], i))
	}
	return all, real, nil
}

// onOtherEvents is a query with other names in the place of the events that it names; shift chooses them.
func onOtherEvents(query string, shift int) string {
	var out strings.Builder
	end := 0
	for k, literal := range eventLiterals(query) {
		span := literal.Span()
		out.WriteString(query[end:span.Start])
		out.WriteString(strconv.Quote(watchedEvents[(shift*7+k)%len(watchedEvents)]))
		end = span.End
	}
	out.WriteString(query[end:])
	return out.String()
}

// eventLiterals are the strings that a query compares EventName with, itself or by a variable, in the order of the text.
func eventLiterals(query string) []*kql.Literal {
	q, err := kql.Parse(query)
	if err != nil {
		return nil
	}
	variables := map[string]kql.Node{}
	kql.Inspect(q, func(n kql.Node) bool {
		if let, ok := n.(*kql.Let); ok {
			variables[let.Name.Name] = let.Value
		}
		return true
	})
	var literals []*kql.Literal
	var collect func(n kql.Node) bool
	collect = func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Literal:
			if n.Kind == kql.String && !slices.Contains(literals, n) {
				literals = append(literals, n)
			}
		case *kql.Name:
			if value := variables[n.Name]; value != nil {
				delete(variables, n.Name) // once is enough, and a parameter of it may have its own name
				kql.Inspect(value, collect)
			}
		}
		return true
	}
	isEventName := func(x kql.Expr) bool {
		name, ok := x.(*kql.Name)
		return ok && name.Name == "EventName"
	}
	kql.Inspect(q, func(n kql.Node) bool {
		switch n := n.(type) {
		case *kql.Binary:
			if isEventName(n.X) {
				kql.Inspect(n.Y, collect)
			}
		case *kql.In:
			if isEventName(n.X) {
				for _, item := range n.List {
					kql.Inspect(item, collect)
				}
			}
		}
		return true
	})
	slices.SortFunc(literals, func(a, b *kql.Literal) int { return a.Span().Start - b.Span().Start })
	return literals
}
