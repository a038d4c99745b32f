package ruletest

import (
	"fmt"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
)

// Missing lists the rules that lack a test which fires or one which stays silent. Tests that are skipped or marked todo do not count.
func Missing(suites []*Suite) []string {
	type kinds struct{ fires, silent bool }
	found := map[string]*kinds{}
	var order []string
	for _, s := range suites {
		for _, rule := range s.Rules {
			if found[rule.Path] == nil {
				found[rule.Path] = new(kinds)
				order = append(order, rule.Path)
			}
			for _, t := range s.Tests {
				if t.Skip != "" || t.Todo {
					continue
				}
				fires, silent := t.expect.kinds()
				found[rule.Path].fires = found[rule.Path].fires || fires
				found[rule.Path].silent = found[rule.Path].silent || silent
			}
		}
	}
	var missing []string
	for _, path := range order {
		switch k := found[path]; {
		case !k.fires && !k.silent:
			missing = append(missing, fmt.Sprintf("%s: no test expects an alert, and none expects silence", path))
		case !k.fires:
			missing = append(missing, fmt.Sprintf("%s: no test expects an alert", path))
		case !k.silent:
			missing = append(missing, fmt.Sprintf("%s: no test expects the rule to stay silent", path))
		}
	}
	return missing
}

// kinds says whether an expectation is of a rule that fires, and whether of one that stays silent.
func (e *expectation) kinds() (fires, silent bool) {
	fires = e.fires != nil || e.alert != nil || e.some != nil || len(e.alertAt) > 0 || e.alerts != nil && e.alerts.min > 0 || e.rowCount != nil && e.rowCount.min > 0
	silent = e.none != nil || e.alerts != nil && e.alerts.max == 0 || e.rowCount != nil && e.rowCount.max == 0
	for _, p := range e.rows {
		fires = fires || len(p.rows) > 0
		silent = silent || p.exact && len(p.rows) == 0
	}
	for _, at := range e.atRun {
		f, s := at.expect.kinds()
		fires, silent = fires || f, silent || s
	}
	return fires, silent
}

// Files lists the files that a suite is made of: the test file, rules, data, functions, schemas and watchlists.
func (s *Suite) Files() []string {
	files := slices.Concat([]string{s.Path}, s.companion, s.file.included)
	for _, t := range s.Tests {
		if n := t.expect.snapshot; n.node != nil {
			files = append(files, beside(s.Path, n.text))
		}
	}
	for _, rule := range s.Rules {
		files = append(files, rule.Path)
	}
	s.builder.mu.Lock()
	defer s.builder.mu.Unlock()
	files = append(files, s.builder.others...)
	for key := range s.builder.files {
		files = append(files, key.path)
	}
	slices.Sort(files)
	return slices.Compact(files)
}

// Changed keeps the suites of which a file differs from that of a git revision, or is new.
func Changed(suites []*Suite, revision string) ([]*Suite, error) {
	if strings.HasPrefix(revision, "-") {
		return nil, fmt.Errorf("%s is no revision", revision)
	}
	var changed []*Suite
	byDir := map[string][]string{}
	for _, s := range suites {
		dir := filepath.Dir(s.Path)
		if _, known := byDir[dir]; !known {
			paths, err := changedPaths(dir, revision)
			if err != nil {
				return nil, err
			}
			byDir[dir] = paths
		}
		if slices.ContainsFunc(s.Files(), func(file string) bool { return within(file, byDir[dir]) }) {
			changed = append(changed, s)
		}
	}
	return changed, nil
}

// changedPaths lists the files of the repository around a directory that differ from a revision, or that are new. Git parts them by null
// characters, since it quotes names with other than ASCII letters otherwise.
func changedPaths(dir, revision string) ([]string, error) {
	out, err := git(dir, "rev-parse", "--show-toplevel")
	if err != nil {
		return nil, err
	}
	top := strings.TrimSpace(out)
	differ, err := git(dir, "diff", "--name-only", "-z", revision, "--")
	if err != nil {
		return nil, err
	}
	added, err := git(dir, "ls-files", "--others", "--exclude-standard", "--full-name", "-z", top)
	if err != nil {
		return nil, err
	}
	var paths []string
	for name := range strings.SplitSeq(differ+added, "\x00") {
		if name != "" {
			paths = append(paths, filepath.Join(top, filepath.FromSlash(name)))
		}
	}
	return paths, nil
}

// within says whether a file, or one below a directory, is among paths.
func within(file string, paths []string) bool {
	full, err := filepath.Abs(file)
	if err != nil {
		return false
	}
	if resolved, err := filepath.EvalSymlinks(full); err == nil {
		full = resolved
	}
	return slices.ContainsFunc(paths, func(p string) bool { return p == full || strings.HasPrefix(p, full+string(filepath.Separator)) })
}

func git(dir string, args ...string) (string, error) {
	command := exec.Command("git", append([]string{"-C", dir}, args...)...)
	out, err := command.Output()
	if failure, ok := err.(*exec.ExitError); ok {
		return "", fmt.Errorf("git %s: %s", strings.Join(args, " "), strings.TrimSpace(string(failure.Stderr)))
	}
	return string(out), err
}
