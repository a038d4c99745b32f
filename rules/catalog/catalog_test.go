package catalog

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlatformFunctionsAreThoseOfTheReference(t *testing.T) {
	var reference struct {
		Functions []struct {
			Name             string
			Parameters       []string
			Columns, Appends map[string]string
			Returns          string
			Open             bool
		}
	}
	readShared(t, "platform_functions.json", &reference)
	if got := len(PlatformFunctions()); got != len(reference.Functions) {
		t.Errorf("the catalogue has %d functions, the reference %d", got, len(reference.Functions))
	}
	for _, want := range reference.Functions {
		got, ok := Platform(want.Name)
		if !ok {
			t.Errorf("%s is missing", want.Name)
			continue
		}
		columns := map[string]string{}
		for _, c := range got.Columns {
			columns[c.Name] = c.Type
		}
		wantColumns, wantReturns := map[string]string{}, ReturnsScalar
		switch {
		case want.Columns != nil:
			wantColumns, wantReturns = want.Columns, ReturnsTable
		case want.Appends != nil:
			wantColumns, wantReturns = want.Appends, ReturnsExtended
		case strings.Contains(want.Returns, "database"):
			wantReturns = ReturnsDatabase
		}
		if diff := cmp.Diff(wantColumns, columns); diff != "" || got.Returns != wantReturns {
			t.Errorf("%s gives %s, want %s; columns (-reference +catalogue):\n%s", want.Name, got.Returns, wantReturns, diff)
		}
		var types []string
		for _, p := range got.Parameters {
			types = append(types, p.Type+strings.Repeat("?", map[bool]int{true: 1}[p.Optional]))
		}
		for i, p := range want.Parameters {
			want.Parameters[i] = p[strings.IndexByte(p, ':')+1:]
		}
		if !slices.Equal(types, want.Parameters) {
			t.Errorf("%s takes %v, want %v", want.Name, types, want.Parameters)
		}
	}
}

func TestEntityTypesAreConsistent(t *testing.T) {
	if got := len(EntityTypes()); got != 19 {
		t.Errorf("%d entity types, want 19", got)
	}
	for _, name := range EntityTypes() {
		entity, _ := Entity(name)
		if len(entity.Required) == 0 {
			t.Errorf("%s has no required set", name)
		}
		for _, set := range slices.Concat(entity.Required, entity.Strong) {
			for _, identifier := range set {
				if !slices.Contains(entity.Identifiers, identifier) {
					t.Errorf("%s: %s is in a set but is no identifier", name, identifier)
				}
			}
		}
	}
	if _, ok := Entity("Url"); ok {
		t.Error("Url is known; the name is URL")
	}
}

func TestTechniqueTacticsAreTactics(t *testing.T) {
	for id := range techniques() {
		name, tactics, ok := Technique(id)
		if !ok || name == "" || len(tactics) == 0 {
			t.Errorf("%s: %q %v", id, name, tactics)
		}
		for _, tactic := range tactics {
			if _, known := Tactic(tactic); !known {
				t.Errorf("%s has the tactic %q", id, tactic)
			}
		}
	}
}

func TestEveryTechniqueOfRealRulesIsNamed(t *testing.T) {
	root := os.DirFS(shared + "rules")
	id, count := regexp.MustCompile(`(?m)^\s*-\s*(T\d{4}(\.\d{3})?)\s*$`), 0
	err := fs.WalkDir(root, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(root, path)
		for _, match := range id.FindAllSubmatch(text, -1) {
			count++
			if _, known := techniques()[string(match[1])]; !known {
				t.Errorf("%s: %s has no name", path, match[1])
			}
		}
		return err
	})
	if os.IsNotExist(err) {
		t.Skip(shared + "rules is not here: the reference material stands beside the repository, not in it")
	}
	if err != nil || count < 100 {
		t.Errorf("%d techniques read: %v", count, err)
	}
}

func ExampleTechnique() {
	fmt.Println(Technique("T1486"))
	fmt.Println(Technique("T1078.004"))
	// Output:
	// Data Encrypted for Impact [Impact] true
	// Valid Accounts: Cloud Accounts [DefenseEvasion InitialAccess Persistence PrivilegeEscalation] true
}

func ExampleTactic() {
	fmt.Println(Tactic("CommandAndControl"))
	// Output: Command and Control true
}

func ExampleEntity() {
	host, _ := Entity("Host")
	fmt.Println(host.JSON, Satisfies(host.Required, []string{"HostName"}), Satisfies(host.Strong, []string{"HostName"}))
	// Output: host true false
}

func ExamplePlatform() {
	watchlist, _ := Platform("_GetWatchlist")
	fmt.Println(watchlist.Parameters[0].Name, watchlist.Returns, watchlist.Open)
	// Output: watchlistAlias table true
}

// The lists of what the catalogue knows are in the order of their names; tactics are in that of an attack.
func ExampleTables() {
	tables, functions := Tables(), PlatformFunctions()
	fmt.Println(slices.Contains(tables, "AWSCloudTrail"), slices.IsSorted(tables), slices.Contains(functions, "_GetWatchlist"))
	fmt.Println(len(EntityTypes()), EntityTypes()[0])
	fmt.Println(len(Tactics()), Tactics()[:2], len(Techniques()) > 100)
	// Output:
	// true true true
	// 19 Account
	// 17 [Reconnaissance ResourceDevelopment] true
}
