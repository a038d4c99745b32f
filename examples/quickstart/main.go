// Quickstart runs a Sentinel analytics rule over CloudTrail events and prints the alerts.
package main

import (
	"context"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/seed-2512943d/picket/rules"
)

func main() {
	if err := quickstart(context.Background(), os.Stdout); err != nil {
		log.Fatal(err)
	}
}

func quickstart(ctx context.Context, out io.Writer) error {
	rule, events, at := rules.Quickstart()
	workspace := rules.NewWorkspace()
	if err := workspace.AddSource(ctx, "AWSCloudTrail", events); err != nil {
		return err
	}
	compiled, err := rule.Compile(workspace)
	if err != nil {
		return err
	}
	result, err := compiled.Run(ctx, workspace, at, rules.RunOptions{})
	if err != nil {
		return err
	}
	for _, alert := range result.Alerts {
		fmt.Fprintf(out, "%s: %s\n", alert.Severity, alert.Name)
	}
	return nil
}
