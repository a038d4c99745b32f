package rules

import "time"

// SuppressedUntil is the earliest instant that the rule can be scheduled for again, after its run for the instant at raised alerts: rules with
// suppressionEnabled stop running for a while (Sentinel page "scheduled-rules-overview"). Without suppression this is at itself.
func (r *Rule) SuppressedUntil(at time.Time, options RunOptions) time.Time {
	if !r.Suppression.Enabled || r.Kind != Scheduled {
		return at
	}
	if options.SuppressFromExecution {
		at = at.Add(r.Delay())
	}
	return at.Add(time.Duration(r.Suppression.Duration))
}
