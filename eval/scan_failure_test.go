package eval_test

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/seed-2512943d/picket/eval"
)

// A filter that cannot be computed fails the run of its program, whoever meets it first: the reading for several programs, which has no run to
// fail, or one of the goroutines of a run.
func TestFailureInASharedFilter(t *testing.T) {
	absent := errors.New("nothing stands there")
	asked := 0
	external := func(_ context.Context, uri string) (io.ReadCloser, error) {
		if asked++; strings.HasSuffix(uri, "later") && asked > 1 {
			return io.NopCloser(strings.NewReader("s1\n")), nil
		}
		return nil, absent
	}
	table := partedTable(500)
	tables := eval.TableMap{"T": table}
	compile := func(query string) *eval.Program {
		program, err := eval.Compile(query, eval.WithSchemas(eval.TableMap{"T": table}), eval.WithExternalData(external), eval.WithWorkers(4))
		if err != nil {
			t.Fatal(err)
		}
		return program
	}
	run := func(program *eval.Program, tables eval.Tables) (rows int, failure error) {
		for _, err := range program.Run(t.Context(), tables) {
			var bad badLine
			switch {
			case err == nil:
				rows++
			case !errors.As(err, &bad):
				failure = err
			}
		}
		return rows, failure
	}
	for _, filter := range []string{"s in (x)", "s == toscalar(x)", "i > 300 and s in~ (x)"} {
		failing := compile(`let x = externaldata(a: string)["never"]; T | where ` + filter)
		shared, err := eval.Share(t.Context(), tables, 1<<20, failing, compile(`T | where s == "s1"`))
		if err != nil {
			t.Fatal(err)
		}
		for name, over := range map[string]eval.Tables{"alone": tables, "shared": shared} {
			if rows, err := run(failing, over); !errors.Is(err, absent) || rows > 0 {
				t.Errorf("%s, %s: %d rows, %v", filter, name, rows, err)
			}
		}
		// What failed while the tables were read for all is no answer to the run, which asks again.
		asked = 0
		later := compile(`let x = externaldata(a: string)["later"]; T | where ` + filter)
		if shared, err = eval.Share(t.Context(), tables, 1<<20, later); err != nil {
			t.Fatal(err)
		}
		if rows, err := run(later, shared); err != nil || rows == 0 {
			t.Errorf("%s, later: %d rows, %v", filter, rows, err)
		}
	}
}
