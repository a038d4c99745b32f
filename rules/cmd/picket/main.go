// Command picket runs Microsoft Sentinel rules and KQL queries over logs in files. See picket --help.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"reflect"
	"strings"

	"github.com/alecthomas/kong"

	"github.com/seed-2512943d/picket/rules"
)

// Exit codes.
const (
	exitOK       = 0
	exitFindings = 1 // check or fmt --check found something, run --fail-on-alert raised an alert, or a test failed
	exitInput    = 2 // the command line, a file or a query is at fault
	exitInternal = 3 // picket is at fault
)

const description = `Runs Microsoft Sentinel analytics rules, as Microsoft publishes them, and KQL queries over logs in files.

Without arguments, "picket run" shows a rule firing on sample events.`

type commands struct {
	Run      runCommand      `cmd:"" help:"Run rules over logs and print the alerts that Sentinel would raise."`
	Simulate simulateCommand `cmd:"" help:"Make all scheduled runs of rules over a span of time, with incidents and suppression."`
	Test     testCommand     `cmd:"" help:"Run the tests of rules."`
	Query    queryCommand    `cmd:"" help:"Run a KQL query over logs."`
	Check    checkCommand    `cmd:"" help:"Find faults in rules and queries without running them."`
	Describe describeCommand `cmd:"" help:"Print the page of a rule: what it looks for and what it gives."`
	Catalog  catalogCommand  `cmd:"" help:"Write a site of the pages of many rules, with an index and an ATT&CK matrix."`
	Fmt      fmtCommand      `cmd:"" help:"Lay out KQL queries anew."`
}

// commandLine is the struct that the command line is read into: of the command alone that its first word names, as a model of all flags of all
// commands takes longer to build than many a run, and else of all commands.
func commandLine(word string) any {
	for field := range reflect.TypeFor[commands]().Fields() {
		if strings.ToLower(field.Name) == word {
			return reflect.New(reflect.StructOf([]reflect.StructField{field})).Interface()
		}
	}
	return new(commands)
}

// errFindings is the error of a command that ran and found something.
var errFindings = errors.New("findings")

func main() {
	boundProcess()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}

// run is the command with its streams; it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) (code int) {
	s := &streams{in: stdin, out: stdout, err: stderr}
	err := rules.Guard(func() error { return dispatch(ctx, args, s) })
	var internal *rules.InternalError
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFindings):
		return exitFindings
	case errors.As(err, &internal):
		fmt.Fprintf(stderr, "picket: %v\n%s", internal, internal.Stack)
		return exitInternal
	}
	printError(stderr, err)
	return exitInput
}

// printError shows an error, faults of a query with the lines they are in.
func printError(w io.Writer, err error) {
	var faults *rules.QueryError
	if errors.As(err, &faults) {
		fmt.Fprint(w, faults.Format())
		return
	}
	fmt.Fprintln(w, "picket:", err)
}

// helped is what kong's request to exit, after it printed a help text, unwinds the stack with.
type helped struct{}

func dispatch(ctx context.Context, args []string, io *streams) (err error) {
	defer func() {
		if value := recover(); value != nil {
			if _, ok := value.(helped); !ok {
				panic(value)
			}
		}
	}()
	if len(args) == 0 {
		args = []string{"--help"}
	}
	parser, err := kong.New(commandLine(args[0]),
		kong.Name("picket"),
		kong.Description(description),
		kong.Vars{"formats": formatNames()},
		kong.Writers(io.out, io.err),
		kong.Exit(func(int) { panic(helped{}) }),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.BindTo(ctx, (*context.Context)(nil)),
		kong.Bind(io),
	)
	if err != nil {
		return err
	}
	chosen, err := parser.Parse(args)
	if err != nil {
		return fmt.Errorf("%w; picket --help shows how", err)
	}
	return chosen.Run()
}
