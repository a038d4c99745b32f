package catalog

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const shared = "../../../shared/sentinel/"

var update = flag.Bool("update", false, "write tables.txt anew from the schemas of shared/sentinel")

// readShared decodes a reference file, or skips the test where the reference material is absent.
func readShared(t *testing.T, name string, to any) {
	t.Helper()
	data, err := os.ReadFile(shared + name)
	if os.IsNotExist(err) {
		t.Skipf("%s%s is not here: the reference material stands beside the repository, not in it", shared, name)
	}
	if err == nil {
		err = json.Unmarshal(data, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// sharedColumns are column sets that many tables have: those of every table, and those of every table that
// an agent or the data collector API fills.
var sharedColumns = map[string]map[string]string{
	"0": {
		"SourceSystem": "string", "TenantId": "string", "TimeGenerated": "datetime", "Type": "string", "_BilledSize": "real", "_IsBillable": "string",
		"_ItemId": "string", "_ResourceId": "string", "_SubscriptionId": "string", "_TimeReceived": "datetime",
	},
	"1": {"Computer": "string", "MG": "string", "ManagementGroupName": "string", "RawData": "string"},
}

func TestTablesAreThoseOfTheReference(t *testing.T) {
	var schemas map[string]map[string]string
	var openTables struct {
		Open, Without_schema []string
		Standard_columns     map[string]string
	}
	readShared(t, "schemas.json", &schemas)
	readShared(t, "open_tables.json", &openTables)
	open := map[string]bool{}
	for _, name := range slices.Concat(openTables.Open, openTables.Without_schema) {
		open[name] = true
		if schemas[name] == nil {
			schemas[name] = openTables.Standard_columns
		}
	}
	if *update {
		if err := os.WriteFile("tables.txt", []byte(encodeTables(schemas, open, sharedColumns)), 0o644); err != nil {
			t.Fatal(err)
		}
		t.Log("tables.txt is written; run the tests again")
		return
	}
	if names := Tables(); len(names) != len(schemas) || !slices.IsSorted(names) {
		t.Errorf("the catalogue lists %d tables, the reference %d", len(names), len(schemas))
	}
	columns := 0
	for name, want := range schemas {
		got, isOpen, ok := Table(name)
		if !ok || isOpen != open[name] {
			t.Errorf("%s: known %v, open %v; want open %v", name, ok, isOpen, open[name])
		}
		byName := map[string]string{}
		for _, column := range got {
			byName[column.Name] = column.Type
		}
		if diff := cmp.Diff(want, byName); diff != "" {
			t.Errorf("%s: columns differ (-reference +catalogue):\n%s", name, diff)
		}
		columns += len(got)
	}
	t.Logf("%d tables, %d columns, %d bytes", len(schemas), columns, len(tables))
}

func TestTableNamesThatAreNone(t *testing.T) {
	for _, name := range []string{"", "0", "1", "A", "AWSCloudTrai", "AWSCloudTrailX", "awscloudtrail", "zzz", "\n", "s:", "~"} {
		if _, _, ok := Table(name); ok {
			t.Errorf("Table(%q) is known", name)
		}
	}
}

func ExampleTable() {
	columns, open, ok := Table("Heartbeat")
	fmt.Println(len(columns) > 30, open, ok)
	fmt.Println(columns[0])
	// Output:
	// true false true
	// {Category string}
}

func BenchmarkTable(b *testing.B) {
	for b.Loop() {
		if _, _, ok := Table("AWSCloudTrail"); !ok {
			b.Fatal("AWSCloudTrail is unknown")
		}
	}
}
