package eval_test

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
)

// otherWords are operators that another word names too, or that stand within another one: their cases are there.
var otherWords = map[string]string{
	"filter": "where", "limit": "take", "order": "sort", "mvexpand": "mv-expand", "mvapply": "mv-apply", "__partitionby": "partition",
	"__project-by-names": "project-by-names", "project-smart": "find", "execute_and_cache": "render",
}

// TestEveryOperatorAndPluginHasCases: each has a file of its own with what it does, of nulls and of no rows, and what it refuses.
func TestEveryOperatorAndPluginHasCases(t *testing.T) {
	text, err := os.ReadFile("../../shared/conformance/official.json")
	if err != nil {
		t.Skipf("the conformance material does not stand beside the module: %v", err)
	}
	var list official
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	files := map[string]bool{"operator/datatable": true, "operator/externaldata": true}
	for _, o := range list.Operators {
		word := o.Keyword
		if other, ok := otherWords[word]; ok {
			word = other
		}
		files["operator/"+word] = true
	}
	for _, p := range list.Plugins {
		if refusal("print x = 1 | evaluate "+p.Name+"()", "KS124") != "refused" {
			files["plugin/"+p.Name] = true
		}
	}
	for file := range files {
		text, err := os.ReadFile("testdata/" + file + ".kt")
		if err != nil {
			t.Errorf("%s has no cases: %v", file, err)
			continue
		}
		var rows, nulls, empty, errors bool
		for _, block := range strings.Split(strings.TrimSpace(string(text)), "\n\n") {
			query, answer, _ := strings.Cut(block, "\n----\n")
			failed := strings.HasPrefix(answer, "error ")
			errors = errors || failed
			rows = rows || !failed && strings.Contains(answer, "\n")
			nulls = nulls || !failed && strings.Contains(query, "null")
			empty = empty || !failed && (strings.Contains(query, ")[]") || strings.Contains(query, "where false") || !strings.Contains(answer, "\n"))
		}
		for what, there := range map[string]bool{"with rows": rows, "with nulls": nulls, "without rows": empty, "that fails": errors} {
			if !there {
				t.Errorf("%s has no case %s", file, what)
			}
		}
	}
}
