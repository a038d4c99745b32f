package rules

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"

	"github.com/seed-2512943d/picket/eval"
)

// sharedMemory is how many bytes of records one pass over the tables keeps for the rules that want them.
const sharedMemory = 512 << 20

// Set is rules that run together: each table is read once for all of them, as far as what they keep of it fits into memory. It
// is safe for concurrent use.
type Set struct {
	workspace *Workspace
	jobs      int
	rules     []*Rule
	compiled  []*Compiled
	errs      []error // of those that could not be compiled
}

// NewSet compiles rules for a workspace, up to jobs of them at once. What is wrong with a rule is told when the set runs.
func NewSet(w *Workspace, rules []*Rule, jobs int) *Set {
	s := &Set{workspace: w, jobs: max(jobs, 1), rules: rules, compiled: make([]*Compiled, len(rules)), errs: make([]error, len(rules))}
	options := []eval.Option{eval.WithSharedColumns(new(eval.SharedColumns)), eval.WithWorkers(s.jobs)}
	parallel(s.jobs, len(rules), func(i int) {
		s.errs[i] = Guard(func() (err error) {
			s.compiled[i], err = rules[i].Compile(w, options...)
			return err
		})
	})
	return s
}

// Run runs the rules for one instant, up to jobs of them at once. The outcomes come in the order of the rules, whatever the
// number of jobs. A rule's failure does not stop the others. done, if not nil, is told of each rule that ended; it is
// called by one goroutine at a time.
func (s *Set) Run(ctx context.Context, at time.Time, options RunOptions, done func(Outcome)) []Outcome {
	outcomes := make([]Outcome, len(s.rules))
	programs := make([]*eval.Program, len(s.rules))
	var sharing []*eval.Program
	for i, c := range s.compiled {
		if outcomes[i] = (Outcome{Rule: s.rules[i], Err: s.errs[i]}); s.errs[i] == nil {
			if programs[i], outcomes[i].Err = c.scheduled(at, options); outcomes[i].Err == nil {
				sharing = append(sharing, programs[i])
			}
		}
	}
	var tables eval.Tables = s.workspace
	if len(sharing) > 1 {
		// What goes wrong here, the rules meet themselves.
		_ = Guard(func() error {
			ctx, cancel := options.limit(ctx)
			defer cancel()
			shared, err := eval.Share(ctx, s.workspace, sharedMemory, sharing...)
			if err == nil {
				tables = shared
			}
			return err
		})
	}
	var mu sync.Mutex
	parallel(s.jobs, len(s.rules), func(i int) {
		if programs[i] != nil {
			outcomes[i].Err = Guard(func() (err error) {
				outcomes[i].Result, err = s.compiled[i].run(ctx, programs[i], tables, at, options)
				return err
			})
		}
		if done != nil {
			mu.Lock()
			defer mu.Unlock()
			done(outcomes[i])
		}
	})
	return outcomes
}

// RunAll compiles rules and runs them for one instant: see Set.Run.
func RunAll(ctx context.Context, w *Workspace, rules []*Rule, at time.Time, options RunOptions, jobs int, done func(Outcome)) []Outcome {
	return NewSet(w, rules, jobs).Run(ctx, at, options, done)
}

// parallel calls f for 0 … n-1, up to jobs of them at once.
func parallel(jobs, n int, f func(i int)) {
	var workers sync.WaitGroup
	next := make(chan int)
	for range min(max(jobs, 1), n) {
		workers.Go(func() {
			for i := range next {
				f(i)
			}
		})
	}
	for i := range n {
		next <- i
	}
	close(next)
	workers.Wait()
}

// InternalError is a panic that Guard caught: a fault of this program, not of its input.
type InternalError struct {
	Value any
	Stack []byte
}

// Error tells what was panicked with.
func (e *InternalError) Error() string { return fmt.Sprintf("internal error: %v", e.Value) }

// Guard calls f and turns a panic into an *InternalError, so that one rule's failure does not end the others.
func Guard(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = &InternalError{value, debug.Stack()}
		}
	}()
	return f()
}
