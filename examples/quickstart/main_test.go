package main

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestQuickstart(t *testing.T) {
	var out strings.Builder
	if err := quickstart(context.Background(), &out); err != nil {
		t.Fatal(err)
	}
	want := "High: AWS overly permissive KMS key policy change by alice\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
