package eval_test

import (
	"context"
	"fmt"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/eval"
	"github.com/seed-2512943d/picket/eval/scalar"
)

// bags is a table with one column of bags, and a query that unpacks them.
func bags(records ...string) eval.TableMap {
	var raw [][]byte
	for _, r := range records {
		raw = append(raw, []byte(r))
	}
	return eval.TableMap{"Events": eval.RecordTable("Events", []eval.Column{{Name: "Data", Type: scalar.Dynamic}}, raw...)}
}

const unpackEvents = `Events | evaluate bag_unpack(Data)`

func ExampleProgram_Resolve() {
	tables := bags(`{"Data": {"user": "ann", "tries": 3}}`)
	program, err := eval.Compile(unpackEvents, eval.WithSchemas(tables))
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(program.Columns(), program.Open())
	program, err = program.Resolve(context.Background(), tables)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(program.Columns(), program.Open())
	// Output:
	// [] true
	// [{tries long} {user string}] false
}

// TestResolveManyTables resolves one program at once for tables that bring other columns.
func TestResolveManyTables(t *testing.T) {
	program, err := eval.Compile(unpackEvents, eval.WithSchemas(bags()))
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			name := fmt.Sprintf("key%d", i)
			result, err := program.Result(context.Background(), bags(fmt.Sprintf(`{"Data": {%q: %d}}`, name, i)))
			if err != nil {
				t.Error(err)
				return
			}
			want := []eval.Column{{Name: name, Type: scalar.Long}}
			if diff := cmp.Diff(want, result.Columns); diff != "" {
				t.Errorf("columns (-want +got):\n%s", diff)
			}
			if len(result.Rows) != 1 || result.Rows[0][0].Long() != int64(i) {
				t.Errorf("rows: %v, want one of %d", result.Rows, i)
			}
		})
	}
	group.Wait()
}

func TestResolveStopsWithContext(t *testing.T) {
	tables := bags(`{"Data": {"a": 1}}`)
	program, err := eval.Compile(unpackEvents, eval.WithSchemas(tables))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := program.Result(ctx, tables); err != context.Canceled {
		t.Errorf("error %v, want %v", err, context.Canceled)
	}
}
