package main

import (
	"context"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestStream(t *testing.T) {
	in := `{"service":"web","level":"info","message":"started"}
{"service":"db","level":"error","message":"disk \"full\""}
{"service":"web","level":"fatal","message":"stopped"}
`
	var out strings.Builder
	if err := stream(context.Background(), strings.NewReader(in), &out); err != nil {
		t.Fatal(err)
	}
	want := "db: disk \"full\"\nweb: stopped\n"
	if diff := cmp.Diff(want, out.String()); diff != "" {
		t.Errorf("output (-want +got):\n%s", diff)
	}
}
