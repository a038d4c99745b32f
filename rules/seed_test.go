package rules

import (
	"context"
	"encoding/json"
	"fmt"
	"testing"
)

func TestSeed(t *testing.T) {
	rule, src, at := Quickstart()
	w := NewWorkspace()
	if err := w.AddSource(context.Background(), "AWSCloudTrail", src); err != nil {
		t.Fatal(err)
	}
	for _, o := range RunAll(context.Background(), w, []*Rule{rule}, at, RunOptions{}, 1, nil) {
		if o.Err != nil {
			if q, ok := o.Err.(*QueryError); ok {
				t.Fatal(q.Format())
			}
			if q, ok := o.Err.(*InternalError); ok {
				t.Fatal(q, string(q.Stack))
			}
			t.Fatal(o.Err)
		}
		b, err := json.MarshalIndent(o.Result.Alerts, "", " ")
		fmt.Println(string(b), err, o.Result.Warnings)
	}
}
