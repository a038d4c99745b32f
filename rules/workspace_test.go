package rules

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/ingest"
	"github.com/seed-2512943d/picket/eval/scalar"
)

func columnOf(name, columnTypeName string) eval.Column {
	return eval.Column{Name: name, Type: columnType(columnTypeName)}
}

// ask runs a query over a workspace and writes its rows as JSON arrays.
func ask(t *testing.T, w *Workspace, query string) string {
	t.Helper()
	program, err := eval.Compile(query, w.Options()...)
	if err != nil {
		return err.Error()
	}
	rows, err := program.Collect(t.Context(), w)
	if err != nil {
		return err.Error()
	}
	var lines []string
	for _, row := range rows {
		values := make([]json.RawMessage, len(row))
		for i, v := range row {
			values[i] = scalar.AppendJSON(nil, v)
		}
		line, err := json.Marshal(values)
		if err != nil {
			t.Fatal(err)
		}
		lines = append(lines, string(line))
	}
	return strings.Join(lines, " ")
}

// write makes files in a new directory.
func write(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestWorkspace(t *testing.T) {
	dir := write(t, map[string]string{
		"a.json":       `{"A_CL":{"n":"int","s":"string"},"AWSCloudTrail":{"Extra":"long","EventName":"int"}}`,
		"b.json":       `{"Name":"B_CL","Properties":[{"name":"TimeGenerated","type":"DateTime"},{"Name":"d","Type":"Dynamic"}]}`,
		"C_CL.csv":     "ColumnName,ColumnOrdinal,DataType,ColumnType\nTimeGenerated,0,System.DateTime,datetime\nn,1,System.Int64,long\n",
		"d.csv":        "\ufefftable,column,type\r\nD_CL,s,String\r\nE_CL,b,bool\r\n",
		"notes.txt":    `no JSON`,
		"F.yaml":       "FunctionName: F\nFunctionAlias: F\nFunctionParameters: 'least:long=1'\nFunctionQuery: |\n  I_CL | where a > least\n",
		"Broken.yaml":  "FunctionName: Broken\nFunctionQuery: ''\n",
		"i.jsonl":      `{"a":1,"when":"2026-03-01T10:00:00Z"}` + "\n" + `{"a":2.5,"b":{"c":1}}` + "\n",
		"more-i.jsonl": `{"a":7,"x":"y"}` + "\n",
	})
	lists := write(t, map[string]string{"vips.csv": "Name,Mail,SearchKey\nAlice,a@x,old\nBob,b@x,old\n"})
	w := NewWorkspace()
	if err := w.AddSchemas(dir); err != nil {
		t.Fatal(err)
	}
	if err := w.AddFunctions(dir); err != nil {
		t.Fatal(err)
	}
	for alias, key := range map[string]string{"first": "", "mail": "Mail"} {
		if err := w.AddWatchlist(t.Context(), alias, key, filepath.Join(lists, "vips.csv")); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"i.jsonl", "more-i.jsonl"} {
		source, err := ingest.Open(ingest.NDJSON, filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := w.AddSource(t.Context(), "I_CL", source); err != nil {
			t.Fatal(err)
		}
	}
	if got := fmt.Sprint(w.Inferred()); got != "[I_CL]" {
		t.Errorf("inferred: %s", got)
	}
	for _, test := range []struct{ about, query, want string }{
		{"a known table without records is empty", "SigninLogs | count", "[0]"},
		{"so is one of a schema file", "A_CL | count", "[0]"},
		{"types are those of the file", "A_CL | getschema | project ColumnName, ColumnType", `["n","int"] ["s","string"]`},
		{"a table is known by the name of its CSV file", "C_CL | getschema | project ColumnName, ColumnType", `["TimeGenerated","datetime"] ["n","long"]`},
		{"or by a column of it", "D_CL | extend E = toscalar(E_CL | count) | getschema | project ColumnName, ColumnType", `["s","string"] ["E","long"]`},
		{"also in the other form", "B_CL | getschema | project ColumnName, ColumnType", `["TimeGenerated","datetime"] ["d","dynamic"]`},
		{"a schema file adds to the catalogue and does not change it", "AWSCloudTrail | project Extra, EventName | getschema | project ColumnName, ColumnType", `["Extra","long"] ["EventName","string"]`},
		{"records show their columns, and sources follow one another", "I_CL | project a, when, b, x", `[1.0,"2026-03-01T10:00:00.0000000Z",null,""] [2.5,null,{"c":1},""] [7.0,null,null,"y"]`},
		{"a saved function has defaults", "F | project a", "[2.5] [7.0]"},
		{"and parameters", "F(5) | project a", "[7.0]"},
		{"a watchlist's search key is its first column", "_GetWatchlist('first') | project Name, Mail, SearchKey", `["Alice","a@x","Alice"] ["Bob","b@x","Bob"]`},
		{"or the one named", "_GetWatchlist('mail') | project SearchKey, WatchlistItem.Name, isnull(LastUpdatedTimeUTC)", `["a@x","Alice",true] ["b@x","Bob",true]`},
		{"every workspace is the one at hand", `workspace("other").I_CL | count`, "[3]"},
		{"and its rows count once", `union I_CL, workspace("a").I_CL, (workspace("b").I_CL), app("c").I_CL | count`, "[3]"},
		{"but a table may be named twice", `union I_CL, I_CL, workspace("a").I_CL | count`, "[6]"},
		{"one that is not there is empty", "_GetWatchlist('absent') | project SearchKey, Other", ""},
		{"its rows have ids of their own", "_GetWatchlist('mail') | summarize dcount(_DTItemId)", "[2]"},
	} {
		if got := ask(t, w, test.query); got != test.want {
			t.Errorf("%s: %s gives %s, want %s", test.about, test.query, got, test.want)
		}
	}
	for _, query := range []string{"Absent_CL", "Broken"} {
		if _, err := eval.Compile(query, w.Options()...); err == nil {
			t.Errorf("%s is found", query)
		}
	}
	if err := w.BrokenFunctions(); err == nil || !strings.Contains(err.Error(), "Broken.yaml") {
		t.Errorf("broken functions: %v", err)
	}
}

func TestSchemaTablesThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"": "a header", "Column,Kind\n": "must have Column and Type", "Column,Type\na\n": "wrong number of fields", "Table,Column,Type\n,a,int\n": "row 2 names no table",
	} {
		err := NewWorkspace().AddSchemas(write(t, map[string]string{"s.csv": text}))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestSchemaFilesThatAreNone(t *testing.T) {
	for text, want := range map[string]string{
		"[1]": "one JSON object", "{": "one JSON object", `{"T":1}`: "no object of columns", `{"Properties":[]}`: "no Name",
		`{"Name":"T","Properties":[{"Type":"int"}]}`: "has no Name",
	} {
		err := NewWorkspace().AddSchemas(write(t, map[string]string{"s.json": text}))
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

// TestWorkspaceThatGrows looks names up before and after what they stand for is added.
func TestWorkspaceThatGrows(t *testing.T) {
	w := NewWorkspace()
	if columns, _, known := w.TableSchema("T_CL"); known {
		t.Errorf("T_CL has the columns %v before it is added", columns)
	}
	for i, column := range []string{"First", "Second"} {
		dir := write(t, map[string]string{"T_CL.csv": "Column,Type\n" + column + ",string\n", "F" + column + ".kql": "print " + column + " = 1"})
		if err := w.AddSchemas(filepath.Join(dir, "T_CL.csv")); err != nil {
			t.Fatal(err)
		}
		columns, _, known := w.TableSchema("T_CL")
		if !known || len(columns) != i+1 || columns[i].Name != column {
			t.Errorf("with the column %s added, T_CL has %v", column, columns)
		}
		if _, found := w.StoredFunction("F" + column); found {
			t.Errorf("F%s is there before it is added", column)
		}
		if err := w.AddFunctions(filepath.Join(dir, "F"+column+".kql")); err != nil {
			t.Fatal(err)
		}
		for range 2 { // the second time from its syntax tree
			if got := ask(t, w, "F"+column); got != "[1]" {
				t.Errorf("F%s gives %q", column, got)
			}
		}
	}
	f, _ := w.StoredFunction("FFirst")
	if again, _ := w.StoredFunction("FFirst"); f.Syntax == nil || f.Syntax != again.Syntax {
		t.Error("the syntax tree of a function is not kept")
	}
}
