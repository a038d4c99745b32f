package catalog

import (
	_ "embed"
	"maps"
	"slices"
	"strings"
	"sync"
)

// attack holds names of MITRE ATT&CK, one technique a line: id, name, tactics (as Sentinel spells them), with tabs
// between the fields; a sub-technique has the tactics of its technique. Techniques that ATT&CK has withdrawn stay,
// since published rules still name them.
//
//go:embed attack.tsv
var attack string

type technique struct {
	name    string
	tactics []string
}

var techniques = sync.OnceValue(func() map[string]technique {
	byID := map[string]technique{}
	for line := range strings.Lines(attack) {
		fields := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		entry := technique{name: fields[1]}
		if len(fields) > 2 {
			entry.tactics = strings.Split(fields[2], ",")
		}
		byID[fields[0]] = entry
	}
	return byID
})

// Technique gives the name of an ATT&CK technique or sub-technique (T1486, T1078.004) and the tactics it serves, as
// Sentinel spells them. A sub-technique that is not in the catalogue takes the name and tactics of its technique.
func Technique(id string) (name string, tactics []string, ok bool) {
	parent, _, isSub := strings.Cut(id, ".")
	of, ok := techniques()[parent]
	if !ok {
		return "", nil, false
	}
	if sub, known := techniques()[id]; isSub && known {
		return of.name + ": " + sub.name, slices.Clone(of.tactics), true
	}
	return of.name, slices.Clone(of.tactics), true
}

// Techniques lists the ids of all techniques and sub-techniques, in order.
func Techniques() []string { return slices.Sorted(maps.Keys(techniques())) }

// tactics pairs the names that Sentinel accepts with those that ATT&CK prints, in the order of an attack.
var tactics = []struct{ name, title string }{
	{"Reconnaissance", "Reconnaissance"},
	{"ResourceDevelopment", "Resource Development"},
	{"InitialAccess", "Initial Access"},
	{"Execution", "Execution"},
	{"Persistence", "Persistence"},
	{"PrivilegeEscalation", "Privilege Escalation"},
	{"DefenseEvasion", "Defense Evasion"},
	{"CredentialAccess", "Credential Access"},
	{"Discovery", "Discovery"},
	{"LateralMovement", "Lateral Movement"},
	{"Collection", "Collection"},
	{"Exfiltration", "Exfiltration"},
	{"CommandAndControl", "Command and Control"},
	{"Impact", "Impact"},
	{"PreAttack", "Pre-Attack"},
	{"ImpairProcessControl", "Impair Process Control"},
	{"InhibitResponseFunction", "Inhibit Response Function"},
}

// Tactic gives the title that ATT&CK prints for a tactic ("Command and Control") from the name that Sentinel accepts
// ("CommandAndControl"); names are case-sensitive.
func Tactic(name string) (title string, ok bool) {
	for _, t := range tactics {
		if t.name == name {
			return t.title, true
		}
	}
	return "", false
}

// Tactics lists the names of tactics that Sentinel accepts, in the order of an attack.
func Tactics() []string {
	names := make([]string, len(tactics))
	for i, t := range tactics {
		names[i] = t.name
	}
	return names
}
