package rules

import (
	"context"
	"fmt"
	"runtime/debug"
	"sync"
	"time"
)

// Outcome is how the run of one rule among many ended: with a result, or with an error.
type Outcome struct {
	Rule   *Rule
	Result *Result
	Err    error
}

// RunAll compiles rules and runs them for one instant, up to jobs of them at once. The outcomes come in the order of the rules, whatever
// the number of jobs. done, if not nil, is told of each rule that ended; it is called by one goroutine at a time.
func RunAll(ctx context.Context, w *Workspace, rules []*Rule, at time.Time, options RunOptions, jobs int, done func(Outcome)) []Outcome {
	outcomes := make([]Outcome, len(rules))
	var mu sync.Mutex
	parallel(jobs, len(rules), func(i int) {
		outcomes[i] = runOne(ctx, w, rules[i], at, options)
		if done != nil {
			mu.Lock()
			defer mu.Unlock()
			done(outcomes[i])
		}
	})
	return outcomes
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

func runOne(ctx context.Context, w *Workspace, rule *Rule, at time.Time, options RunOptions) (o Outcome) {
	o.Rule = rule
	o.Err = Guard(func() error {
		compiled, err := rule.Compile(w)
		if err != nil {
			return err
		}
		o.Result, err = compiled.Run(ctx, w, at, options)
		return err
	})
	return o
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
