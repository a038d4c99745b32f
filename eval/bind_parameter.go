package eval

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/eval/scalar"
	"github.com/seed-2512943d/picket/kql"
)

// parameterRule is a parameter of an operator, and what it may be.
type parameterRule struct {
	name  string
	kind  parameterKind
	words []string
}

type parameterKind int

const (
	aWord         parameterKind = iota // one of words
	aWordOrNumber                      // one of words, or a number
	aBool
	anInteger
	aColumn
)

func (k parameterKind) rule(name string, words ...string) parameterRule {
	return parameterRule{name, k, words}
}

// hints are those that some operator knows. Others know them too, and do nothing with them.
var hints = []string{
	"hint.concurrency", "hint.distribution", "hint.materialized", "hint.num_partitions", "hint.pass_filters", "hint.pass_filters_column",
	"hint.progressive_top", "hint.remote", "hint.shufflekey", "hint.spread", "hint.strategy",
}

// parameterRules lists the parameters of an operator whose values are checked.
//
// Source: Microsoft's analyzer, QueryOperatorParameters.
func parameterRules(op kql.Node) []parameterRule {
	shuffleKey, partitions := aColumn.rule("hint.shufflekey"), anInteger.rule("hint.num_partitions")
	strategy := aWord.rule("hint.strategy", "auto", "broadcast", "centralized", "shuffle")
	fuzzy, bestEffort := aBool.rule("isfuzzy"), aBool.rule("best_effort")
	switch op.(type) {
	case *kql.Consume:
		return []parameterRule{aBool.rule("decodeblocks")}
	case *kql.Distinct:
		return []parameterRule{shuffleKey, strategy, partitions}
	case *kql.Evaluate:
		return []parameterRule{aWord.rule("hint.distribution", "single", "per_node", "per_shard", "default"), aWord.rule("hint.remote", "auto", "local")}
	case *kql.GraphMatch:
		return []parameterRule{aWord.rule("cycles", "none", "all", "unique_edges")}
	case *kql.Join:
		return []parameterRule{
			aWord.rule("kind", slices.Sorted(maps.Keys(joinKinds))...), aWord.rule("hint.remote", "auto", "left", "local", "right", "unresolved"),
			shuffleKey, strategy, partitions,
		}
	case *kql.Lookup:
		return []parameterRule{aWord.rule("kind", "inner", "leftouter")}
	case *kql.MacroExpand:
		return []parameterRule{aBool.rule("force_remote"), fuzzy, bestEffort}
	case *kql.MakeGraph:
		return []parameterRule{aWord.rule("hint.strategy", "shuffle", "native")}
	case *kql.MakeSeries:
		return []parameterRule{aWord.rule("kind", "nonempty"), shuffleKey}
	case *kql.MvExpand:
		return []parameterRule{aWord.rule("kind", "bag", "array"), aWord.rule("bagexpansion", "bag", "array")}
	case *kql.ParseOperator:
		return []parameterRule{aWord.rule("kind", "simple", "regex", "relaxed")}
	case *kql.Partition, *kql.PartitionBy:
		return []parameterRule{shuffleKey, aWord.rule("hint.strategy", "shuffle", "native", "legacy")}
	case *kql.Scan:
		return []parameterRule{aWord.rule("kind", "partial", "full")}
	case *kql.Search:
		return []parameterRule{aWord.rule("kind", "default", "case_insensitive", "case_sensitive")}
	case *kql.Sort:
		return []parameterRule{aWord.rule("hint.strategy", "splitBlock", "multipleBlocks")}
	case *kql.Summarize:
		return []parameterRule{shuffleKey, aWord.rule("hint.strategy", "shuffle"), partitions}
	case *kql.Union:
		return []parameterRule{
			aWord.rule("kind", "inner", "outer"), fuzzy, bestEffort,
			aWordOrNumber.rule("hint.concurrency", "auto", "left", "local", "right", "unresolved"), aWordOrNumber.rule("hint.spread", "auto", "local"),
		}
	}
	return nil
}

// parameters checks the parameters of an operator over the rows of in, or of nothing.
func (b *binder) parameters(op kql.Node, in *relation) {
	kql.Inspect(op, func(n kql.Node) bool {
		if p, ok := n.(*kql.Parameter); ok {
			b.parameter(op, p, in)
		}
		return n == op
	})
}

func (b *binder) parameter(op kql.Node, p *kql.Parameter, in *relation) {
	if strings.HasPrefix(p.Name, "hint.") && !slices.Contains(hints, p.Name) {
		b.fail(p, "KS198", "there is no "+p.Name, didYouMean(p.Name, hints))
	}
	rules := parameterRules(op)
	at := slices.IndexFunc(rules, func(r parameterRule) bool { return r.name == p.Name })
	if at < 0 {
		return
	}
	rule, text := rules[at], parameterText(p)
	_, isLiteral := p.Value.(*kql.Literal)
	isWord := slices.Contains(rule.words, text)
	switch rule.kind {
	case aWord:
		if !isWord {
			b.fail(p, "KS005", operatorWord(op)+" has no "+p.Name+" '"+text+"'", cmp.Or(didYouMean(text, rule.words), "write "+choice(rule.words)))
		}
	case aWordOrNumber:
		if !isWord && !isLiteral {
			b.fail(p, "KS005", p.Name+" is not '"+text+"'", "write a number, or "+choice(rule.words))
		}
	case aBool:
		if !strings.EqualFold(text, "true") && !strings.EqualFold(text, "false") {
			b.fail(p, "KS223", p.Name+" is true or false, not '"+text+"'", "")
		}
	case anInteger:
		if x := b.expr(p.Value, nil); x.typ != scalar.NoType && (x.konst == nil || !x.typ.Integer()) {
			b.fail(p, "KS220", p.Name+" is a whole number", "")
		}
	case aColumn:
		if in != nil {
			b.expr(p.Value, in)
		}
	}
}

// choice writes words as a choice: a, b or c.
func choice(words []string) string {
	last := len(words) - 1
	if last < 1 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}
