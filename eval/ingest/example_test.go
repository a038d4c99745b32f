package ingest_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/tidwall/gjson"
)

func Example() {
	source, err := ingest.Open(ingest.Auto, "testdata/cloudtrail-s3.json", "testdata/portal.csv")
	if err != nil {
		fmt.Println(err)
		return
	}
	for record, err := range source.Records(context.Background()) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(gjson.GetBytes(record, "TimeGenerated"), gjson.GetBytes(record, "EventName"))
	}
	// Output:
	// 2026-03-01T10:00:01Z GetCallerIdentity
	// 2026-03-01T10:00:02Z GetCallerIdentity
	// 2021-09-09T07:00:02.898Z CreateKey
	// 2021-12-31T12:00:00Z PutKeyPolicy
}

func ExampleBadRecord() {
	source := ingest.FromBytes(ingest.NDJSON, "events.jsonl", []byte("{\"A\":1}\nA=2\n{\"A\":3}\n"))
	for record, err := range source.Records(context.Background()) {
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(string(record))
	}
	// Output:
	// {"A":1}
	// events.jsonl:2: line is not a JSON object: A=2
	// {"A":3}
}

func ExampleDecompress() {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	fmt.Fprint(w, "text")
	w.Close()
	plain, release, err := ingest.Decompress(&packed)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer release()
	text, err := io.ReadAll(plain)
	fmt.Println(string(text), err)
	// Output: text <nil>
}

// Of logs with records of several tables, a table's are read.
func ExampleOptions_Open() {
	options := ingest.Options{Table: "AuditLogs", Notes: func(note string) { fmt.Println(note) }}
	source, err := options.Open(ingest.Auto, "testdata/raw/graph-signins.json", "testdata/raw/graph-audits.json")
	if err != nil {
		fmt.Println(err)
		return
	}
	for record, err := range source.Records(context.Background()) {
		fmt.Println(gjson.GetBytes(record, "OperationName"), err)
	}
	// Output:
	// testdata/raw/graph-signins.json: a sign-in belongs to table SigninLogs, not AuditLogs, and is left out
	// testdata/raw/graph-signins.json: a sign-in that is not interactive belongs to table AADNonInteractiveUserSignInLogs, not AuditLogs, and is left out
	// Add member to role <nil>
}

// What can be read once is kept, so that several tables can be read from it.
func ExampleKeep() {
	pipe := strings.NewReader(`{"category":"AuditLogs","time":"2026-03-01T10:00:00Z","operationName":"Add user"}
{"category":"SignInLogs","time":"2026-03-01T10:00:01Z","operationName":"Sign-in activity"}
`)
	kept := ingest.Keep(pipe, os.TempDir())
	for _, table := range []string{"AuditLogs", "SigninLogs"} {
		source := ingest.Options{Table: table}.FromKept(ingest.Diagnostics, "-", kept)
		for record, err := range source.Records(context.Background()) {
			fmt.Println(table, gjson.GetBytes(record, "OperationName"), err)
		}
	}
	// Output:
	// AuditLogs Add user <nil>
	// SigninLogs Sign-in activity <nil>
}

func ExampleFormats() {
	fmt.Println(ingest.Formats())
	// Output: [auto ndjson json csv cloudtrail diagnostics graph office windows cef syslog customlog]
}

func ExampleParseFormat() {
	format, err := ingest.ParseFormat("cloudtrail")
	fmt.Println(format == ingest.CloudTrail, err)
	_, err = ingest.ParseFormat("cloudtrial")
	fmt.Println(err)
	columns := ingest.CloudTrailColumns()
	fmt.Println(len(columns), columns[0].Name, columns[0].Type)
	// Output:
	// true <nil>
	// unknown log format "cloudtrial": want one of auto, ndjson, json, csv, cloudtrail, diagnostics, graph, office, windows, cef, syslog, customlog
	// 55 APIVersion string
}
