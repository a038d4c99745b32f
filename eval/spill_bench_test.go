package eval_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// BenchmarkSpill compares queries that have all the memory they want with the same ones in a twentieth of it or less. Rows are 100,000 sign-ins
// of 20,000 users; B/row is what the temporary files take.
func BenchmarkSpill(b *testing.B) {
	const rows = 100_000
	var records [][]byte
	for i := range rows {
		k := i * 7919 % rows
		records = append(records, fmt.Appendf(nil,
			`{"TimeGenerated":"2024-02-%02dT%02d:%02d:%02dZ","UserPrincipalName":"user%d@contoso.com","IPAddress":"10.%d.%d.%d","AppDisplayName":"Application %d","ResultType":%d,"Duration":%d.5}`,
			k%28+1, k%24, k%60, i%60, k%20_000, k%200, k%250, i%250, k%40, k%17, k%900))
	}
	cols := []eval.Column{{Name: "TimeGenerated", Type: scalar.DateTime}, {Name: "UserPrincipalName", Type: scalar.String}, {Name: "IPAddress", Type: scalar.String}, {Name: "AppDisplayName", Type: scalar.String}, {Name: "ResultType", Type: scalar.Long}, {Name: "Duration", Type: scalar.Real}}
	tables := eval.TableMap{"SigninLogs": eval.RecordTable("SigninLogs", cols, records...)}
	for _, q := range []struct{ name, query string }{
		{"sort", "SigninLogs | sort by IPAddress asc, TimeGenerated"},
		{"summarize", "SigninLogs | summarize count(), dcount(IPAddress), make_set(AppDisplayName), max(TimeGenerated) by UserPrincipalName"},
		{"summarize in order", "SigninLogs | summarize count(), dcount(IPAddress), avg(Duration) by UserPrincipalName"},
		{"distinct", "SigninLogs | distinct UserPrincipalName, IPAddress"},
		{"join", "SigninLogs | join kind=inner (SigninLogs | where ResultType == 3) on UserPrincipalName, AppDisplayName"},
		{"leftanti", "SigninLogs | join kind=leftanti (SigninLogs | where ResultType > 3) on UserPrincipalName"},
	} {
		for _, m := range []struct {
			name   string
			memory int
		}{{"in memory", 0}, {"in files", 512 << 10}} {
			b.Run(q.name+"/"+m.name, func(b *testing.B) {
				p, err := eval.Compile(q.query, eval.WithSchemas(tables), eval.WithWorkers(1), eval.WithLimits(eval.Limits{Memory: m.memory}), eval.WithSpill(b.TempDir()))
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for b.Loop() {
					for _, err := range p.Run(context.Background(), tables) {
						if err != nil {
							b.Fatal(err)
						}
						n++
					}
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/rows, "ns/row")
				b.ReportMetric(float64(p.SpillBytes())/float64(b.N)/rows, "spilled-B/row")
			})
		}
	}
}
