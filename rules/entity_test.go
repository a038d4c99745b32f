package rules

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// mapRow is a row of texts; those that start with [ or { are composite.
type mapRow map[string]string

func (r mapRow) Cell(column string) (string, CellKind) {
	text, present := r[column]
	switch {
	case !present:
		return "", Missing
	case text == "":
		return "", Empty
	case text[0] == '[' || text[0] == '{':
		return text, Composite
	}
	return text, Scalar
}

func mapping(entityType string, fields ...string) EntityMapping {
	m := EntityMapping{Type: entityType}
	for i := 0; i < len(fields); i += 2 {
		m.Fields = append(m.Fields, FieldMapping{fields[i], fields[i+1]})
	}
	return m
}

func TestBuildEntities(t *testing.T) {
	account, host, ip := mapping("Account", "FullName", "A"), mapping("Host", "FullName", "H"), mapping("IP", "Address", "I")
	for _, test := range []struct {
		name     string
		mappings []EntityMapping
		rows     []Row
		want     string
		notes    string
	}{
		{"none", []EntityMapping{ip}, nil, `[]`, ""},
		{"mappings before rows", []EntityMapping{ip, host}, []Row{mapRow{"I": "1", "H": "h"}, mapRow{"I": "2", "H": "h"}},
			`[{"Address":"1","Type":"ip"},{"Address":"2","Type":"ip"},{"HostName":"h","Type":"host"}]`, ""},
		{"domain and name", []EntityMapping{account}, []Row{mapRow{"A": `CORP\alice`}}, `[{"Name":"alice","NTDomain":"CORP","Type":"account"}]`, ""},
		{"name and suffix", []EntityMapping{account}, []Row{mapRow{"A": "alice@contoso.com"}}, `[{"Name":"alice","UPNSuffix":"contoso.com","Type":"account"}]`, ""},
		{"bare name", []EntityMapping{account}, []Row{mapRow{"A": "alice"}}, `[{"Name":"alice","Type":"account"}]`, ""},
		{"empty parts", []EntityMapping{account}, []Row{mapRow{"A": `\alice`}, mapRow{"A": "alice@"}, mapRow{"A": "@x"}},
			`[{"Name":"\\alice","Type":"account"},{"Name":"alice@","Type":"account"},{"Name":"@x","Type":"account"}]`, ""},
		{"host and domain", []EntityMapping{host}, []Row{mapRow{"H": "web1.corp.contoso.com"}}, `[{"HostName":"web1","DnsDomain":"corp.contoso.com","Type":"host"}]`, ""},
		{"an address is no name with a domain", []EntityMapping{host}, []Row{mapRow{"H": "10.1.2.3"}}, `[{"HostName":"10.1.2.3","Type":"host"}]`, ""},
		{"mapped name beats that of the full name", []EntityMapping{mapping("Account", "FullName", "A", "Name", "N")}, []Row{mapRow{"A": "x@y.z", "N": "n"}},
			`[{"UPNSuffix":"y.z","Name":"n","Type":"account"}]`, ""},
		{"empty identifier", []EntityMapping{mapping("Account", "Name", "N", "UPNSuffix", "U")}, []Row{mapRow{"N": "a", "U": ""}}, `[{"Name":"a","Type":"account"}]`, ""},
		{"required missing", []EntityMapping{mapping("Account", "Name", "N", "UPNSuffix", "U")}, []Row{mapRow{"N": "", "U": "u"}, mapRow{"U": "u"}}, `[]`, ""},
		{"blanks are a value", []EntityMapping{ip}, []Row{mapRow{"I": " "}}, `[{"Address":" ","Type":"ip"}]`, ""},
		{"array", []EntityMapping{ip}, []Row{mapRow{"I": `["1"]`}, mapRow{"I": `["2"]`}}, `[]`, "ENT-ARRAY"},
		{"generic name", []EntityMapping{mapping("Account", "Name", "N")}, []Row{mapRow{"N": "System"}, mapRow{"N": "bob"}}, `[{"Name":"bob","Type":"account"}]`, "ENT-GENERIC"},
		{"generic name with a domain", []EntityMapping{mapping("Account", "Name", "N", "NTDomain", "D")}, []Row{mapRow{"N": "root", "D": "d"}},
			`[{"Name":"root","NTDomain":"d","Type":"account"}]`, ""},
		{"duplicates, in any order of identifiers", []EntityMapping{mapping("Account", "Name", "N", "Sid", "S"), mapping("Account", "Sid", "S", "Name", "N")},
			[]Row{mapRow{"N": "n", "S": "s"}, mapRow{"N": "n", "S": "s"}}, `[{"Name":"n","Sid":"s","Type":"account"}]`, ""},
		{"no partial merging", []EntityMapping{mapping("Account", "Name", "N", "UPNSuffix", "U")}, []Row{mapRow{"N": "a"}, mapRow{"N": "a", "U": "u"}},
			`[{"Name":"a","Type":"account"},{"Name":"a","UPNSuffix":"u","Type":"account"}]`, ""},
		{"unknown type", []EntityMapping{mapping("Nothing", "Name", "N")}, []Row{mapRow{"N": "a"}}, `[]`, ""},
	} {
		entities, notes := BuildEntities(test.mappings, test.rows, EntityOptions{})
		got := `[]`
		if entities != nil {
			text, err := json.Marshal(entities)
			if err != nil {
				t.Fatal(err)
			}
			got = string(text)
		}
		var codes []string
		for _, note := range notes {
			codes = append(codes, note.Code)
		}
		if test.notes == "ENT-ARRAY" && len(notes) != 1 {
			t.Errorf("%s: %d notes, want one for all rows", test.name, len(notes))
		}
		if got != test.want || strings.Join(codes, " ") != test.notes {
			t.Errorf("%s: %s %v\nwant %s %s", test.name, got, notes, test.want, test.notes)
		}
	}
}

func TestEntityLimits(t *testing.T) {
	var rows []Row
	for i := range 600 {
		rows = append(rows, mapRow{"I": fmt.Sprint("10.0.", i), "U": strings.Repeat("x", 1000) + fmt.Sprint(i)})
	}
	entities, notes := BuildEntities([]EntityMapping{mapping("IP", "Address", "I")}, rows, EntityOptions{})
	if len(entities) != 500 || len(notes) != 1 || notes[0].Code != "ENT-LIMIT" {
		t.Errorf("%d entities, notes %v", len(entities), notes)
	}
	entities, notes = BuildEntities([]EntityMapping{mapping("IP", "Address", "I"), mapping("DNS", "DomainName", "I"), mapping("Host", "HostName", "I")}, rows[:300], EntityOptions{})
	if len(entities) != 3*166 || len(notes) != 3 {
		t.Errorf("%d entities, notes %v", len(entities), notes)
	}
	entities, notes = BuildEntities([]EntityMapping{mapping("URL", "Url", "U")}, rows[:100], EntityOptions{})
	size := len(entities.JSON())
	if size > MaxEntitiesSize || size < MaxEntitiesSize-1100 || len(notes) != 1 || notes[0].Code != "ENT-SIZE" {
		t.Errorf("%d entities of %d bytes, notes %v", len(entities), size, notes)
	}
}

func TestEntitiesOfOtherAlerts(t *testing.T) {
	rule := &Rule{Entities: []EntityMapping{mapping("IP", "Address", "I")}, SentinelEntities: []string{"E"}}
	alert := `[{"$id":"3","HostName":"h","Type":"host"},{"$id":"4","ProcessId":"1","Host":{"$ref":"3"},"Type":"process"},{"$ref":"3"}]`
	entities, notes := rule.BuildEntities([]Row{mapRow{"I": "1.2.3.4", "E": alert}, mapRow{"E": alert}, mapRow{"E": "{}"}, mapRow{"E": "[{"}}, EntityOptions{})
	want := `[{"$id":"1","Address":"1.2.3.4","Type":"ip"},{"$id":"2","HostName":"h","Type":"host"},{"$id":"3","ProcessId":"1","Host":{"$ref":"2"},"Type":"process"}]`
	if diff := cmp.Diff(want, entities.JSON()); diff != "" {
		t.Error(diff)
	}
	if len(notes) != 1 || notes[0].Code != "ENT-JSON" {
		t.Errorf("notes %v", notes)
	}
}

func ExampleBuildEntities() {
	mappings := []EntityMapping{{Type: "Account", Fields: []FieldMapping{{"FullName", "User"}}}}
	entities, _ := BuildEntities(mappings, []Row{mapRow{"User": "alice@contoso.com"}}, EntityOptions{})
	fmt.Println(entities.JSON())
	// Output: [{"$id":"1","Name":"alice","UPNSuffix":"contoso.com","Type":"account"}]
}

func ExampleBuildCustomDetails() {
	details := BuildCustomDetails([]CustomDetail{{"Event", "EventName"}, {"Region", "AWSRegion"}},
		[]Row{mapRow{"EventName": "PutKeyPolicy"}, mapRow{"EventName": "CreateKey", "AWSRegion": ""}, mapRow{"EventName": "PutKeyPolicy"}})
	text, _ := json.Marshal(details)
	fmt.Println(string(text))
	fmt.Println(details.Get("Event")[1], details.Get("None"))
	// Output:
	// {"Event":["PutKeyPolicy","CreateKey"],"Region":[]}
	// CreateKey []
}

func ExampleLegacyEntities() {
	columns := []catalog.Column{{Name: "TimeGenerated", Type: "datetime"}, {Name: "IPCustomEntity", Type: "string"}, {Name: "AccountCustomEntity", Type: "string"}}
	for _, mapping := range LegacyEntities(columns) {
		fmt.Println(mapping.Type, mapping.Fields)
	}
	// Output:
	// Account [{FullName AccountCustomEntity}]
	// IP [{Address IPCustomEntity}]
}
