package eval

// WithEarlySpill is WithSpill for a run whose operators put away what they hold after a few rows, whatever the budget.
func WithEarlySpill(dir string) Option {
	return func(o *options) { o.spill = &spilling{dir: dir, early: 256} }
}

// SpillFiles is how many temporary files the runs of a program have made.
func (p *Program) SpillFiles() int { return int(p.opts.spill.files.Load()) }
