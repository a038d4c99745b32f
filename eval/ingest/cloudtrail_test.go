package ingest

import (
	"encoding/json"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/tidwall/gjson"
)

const shared = "../../../shared/"

func needShared(t testing.TB, path string) string {
	t.Helper()
	if _, err := os.Stat(shared + path); err != nil {
		t.Skip("the reference material " + path + " is not there")
	}
	return shared + path
}

// TestCloudTrailSamples counts what is known of the 55 real files.
func TestCloudTrailSamples(t *testing.T) {
	dir := needShared(t, "cloudtrail")
	for _, format := range []Format{CloudTrail, Auto} {
		s := open(t, Options{}, format, dir)
		got := map[string]int{}
		minTime, maxTime := "~", ""
		records, errs := readAll(t, s)
		if len(errs) > 0 {
			t.Fatal(errs)
		}
		known := map[string]string{}
		for _, c := range CloudTrailColumns() {
			known[c.Name] = c.Type
		}
		ids := map[string]bool{}
		for _, rec := range records {
			gjson.Parse(rec).ForEach(func(key, value gjson.Result) bool {
				isBool := value.Type == gjson.True || value.Type == gjson.False
				if kind := known[key.String()]; kind == "" || isBool != (kind == "bool") {
					t.Fatalf("column %s: %s", key, value.Raw)
				}
				got[key.String()]++
				return true
			})
			row := gjson.Parse(rec)
			got["type "+row.Get("UserIdentityType").String()]++
			got["mfa "+row.Get("SessionMfaAuthenticated").Raw]++
			got["error "+row.Get("ErrorCode").String()]++
			if row.Get("ErrorCode").Exists() || row.Get("ErrorMessage").Exists() {
				got["failed "+row.Get("EventName").String()]++
			}
			got["event "+row.Get("EventName").String()]++
			minTime, maxTime = min(minTime, row.Get("TimeGenerated").String()), max(maxTime, row.Get("TimeGenerated").String())
			ids[row.Get("AwsEventId").String()] = true
		}
		for what, want := range map[string]int{
			"TimeGenerated": 2900, "Type": 2900, "ErrorCode": 300, "ErrorMessage": 296, "RequestParameters": 2567,
			"ResponseElements": 327, "AdditionalEventData": 310, "Resources": 693, "TlsVersion": 2295,
			"VpcEndpointId": 155, "SharedEventId": 36, "APIVersion": 10, "ServiceEventDetails": 2,
			"type IAMUser": 2748, "type AssumedRole": 76, "type AWSService": 34, "type ": 42,
			"mfa true": 358, "mfa false": 316, "error ThrottlingException": 102,
			"error Client.UnauthorizedOperation": 44, "error AccessDenied": 16,
			"event AssumeRole": 49, "failed AssumeRole": 13, "event StopLogging": 3, "failed StopLogging": 3,
			"event RunInstances": 8, "failed RunInstances": 6, "event CreateKey": 0, "event PutKeyPolicy": 0,
		} {
			if got[what] != want {
				t.Errorf("%v: %s: %d, want %d", format, what, got[what], want)
			}
		}
		if minTime != "2023-07-10T11:42:18Z" || maxTime != "2023-07-10T12:37:50Z" || len(ids) != 2900 {
			t.Errorf("%v: %s to %s, %d ids", format, minTime, maxTime, len(ids))
		}
		if stats, want := s.(Counted).Stats(), (Stats{Files: 55, Records: 2900}); stats != want {
			t.Errorf("%v: stats %+v, want %+v", format, stats, want)
		}
	}
}

// TestCloudTrailText compares the JSON text columns of the real files with their source.
func TestCloudTrailText(t *testing.T) {
	dir := needShared(t, "cloudtrail")
	rows, _ := readAll(t, open(t, Options{}, CloudTrail, dir))
	events, _ := readAll(t, open(t, Options{}, JSONArray, dir))
	if len(rows) != 2900 || len(events) != len(rows) {
		t.Fatalf("%d rows of %d events", len(rows), len(events))
	}
	for i, row := range rows {
		for column, member := range map[string]string{
			"RequestParameters": "requestParameters", "ResponseElements": "responseElements", "Resources": "resources",
			"AdditionalEventData": "additionalEventData", "EventName": "eventName", "UserIdentityArn": "userIdentity.arn",
			"SessionIssuerUserName": "userIdentity.sessionContext.sessionIssuer.userName", "CipherSuite": "tlsDetails.cipherSuite",
		} {
			text, source := gjson.Get(row, column).String(), gjson.Get(events[i], member)
			same := text == source.String()
			if source.IsObject() || source.IsArray() {
				same = equalJSON(text, source.Raw)
			}
			if !same {
				t.Fatalf("%s is %s, want %s", column, text, source.Raw)
			}
		}
	}
}

func equalJSON(a, b string) bool {
	var va, vb any
	if json.Unmarshal([]byte(a), &va) != nil || json.Unmarshal([]byte(b), &vb) != nil {
		return false
	}
	na, errA := json.Marshal(va)
	nb, errB := json.Marshal(vb)
	return errA == nil && errB == nil && string(na) == string(nb)
}

// TestCloudTrailColumns compares the columns with the catalogue of tables.
func TestCloudTrailColumns(t *testing.T) {
	columns := CloudTrailColumns()
	if len(columns) != 55 || !slices.IsSortedFunc(columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) }) {
		t.Errorf("%d columns: %v", len(columns), columns)
	}
	data, err := os.ReadFile(needShared(t, "sentinel/schemas.json"))
	if err != nil {
		t.Fatal(err)
	}
	catalogue := gjson.GetBytes(data, "AWSCloudTrail").Map()
	for _, c := range columns {
		if catalogue[c.Name].String() != c.Type {
			t.Errorf("column %s is %s, in the catalogue %q", c.Name, c.Type, catalogue[c.Name])
		}
		delete(catalogue, c.Name)
	}
	for name := range catalogue {
		if !slices.Contains([]string{"_ItemId", "_ResourceId", "_SubscriptionId", "_TimeReceived"}, name) {
			t.Errorf("column %s of the catalogue is missing", name)
		}
	}
}

// TestCloudTrailConversion gives members of an event and the columns they become.
func TestCloudTrailConversion(t *testing.T) {
	tests := []struct {
		name, event string
		spacing     JSONSpacing
		want        string // members of the row
	}{
		{"compact, source order, number form", `"requestParameters": {"b" : 1.50, "a": [1e5, 12345678901234567890 , {}]}`, Compact,
			`"RequestParameters":"{\"b\":1.50,\"a\":[1e5,12345678901234567890,{}]}"`},
		{"spaced", `"additionalEventData":{"MFAUsed":"No","x":[1,2]}`, Spaced,
			`"AdditionalEventData":"{\"MFAUsed\": \"No\", \"x\": [1, 2]}"`},
		{"last of repeated keys", `"requestParameters":{"a":1,"b":{"c":1,"c":2},"a":3}`, Compact,
			`"RequestParameters":"{\"b\":{\"c\":2},\"a\":3}"`},
		{"escapes inside text", `"requestParameters":{"a":"\u00e9\u0026\/\"\n\ud83d\ude00\ud800"}`, Compact,
			`"RequestParameters":"{\"a\":\"é&/\\\"\\n😀\\ud800\"}"`},
		{"null and empty object", `"requestParameters":null,"responseElements":{}`, Compact, `"ResponseElements":"{}"`},
		{"string for an object", `"additionalEventData":"plain \u0026 text"`, Compact, `"AdditionalEventData":"plain \u0026 text"`},
		{"number for a string", `"apiVersion":2016`, Compact, `"APIVersion":"2016"`},
		{"bool from string", `"readOnly":"false","managementEvent":"perhaps","userIdentity":{"sessionContext":{"attributes":{"mfaAuthenticated":"true","creationDate":"2026-03-01T09:00:00Z"}}}`, Compact,
			`"SessionMfaAuthenticated":true,"SessionCreationDate":"2026-03-01T09:00:00Z","ReadOnly":false`},
		{"first permission", `"requestParameters":{"ipPermissions":{"items":[{"ipProtocol":"tcp","fromPort":22,"toPort":23,"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]},"fromPort":1}`, Compact,
			`"CidrIp":"0.0.0.0/0","IpProtocol":"tcp","SourcePort":"22","DestinationPort":"23"`},
		{"permission at the top", `"requestParameters":{"ipPermissions":{},"cidrIp":"10.0.0.0/8","ipProtocol":"udp","fromPort":53,"toPort":53}`, Compact,
			`"CidrIp":"10.0.0.0/8","IpProtocol":"udp","SourcePort":"53","DestinationPort":"53"`},
		{"resources", `"resources":[{"ARN":"arn:x","accountId":"1","type":"AWS::S3::Bucket"}]`, Compact,
			`"Resources":"[{\"ARN\":\"arn:x\",\"accountId\":\"1\",\"type\":\"AWS::S3::Bucket\"}]"`},
		{"on behalf of", `"userIdentity":{"onBehalfOf":{"userId":"u","identityStoreArn":"s"}}`, Compact, `"UserIdentityStoreArn":"s","UserIdentityUserId":"u"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			event := `{"eventTime":"2026-03-01T10:00:00Z",` + tt.event + `}`
			rows, errs := readAll(t, Options{JSONSpacing: tt.spacing}.FromBytes(CloudTrail, "f.jsonl", []byte(event)))
			if len(rows) != 1 || len(errs) > 0 {
				t.Fatalf("rows %q, errors %v", rows, errs)
			}
			if !strings.Contains(rows[0], tt.want) {
				t.Errorf("got %s\nwant %s", rows[0], tt.want)
			}
			gjson.Parse("{" + tt.want + "}").ForEach(func(key, value gjson.Result) bool {
				if got := gjson.Get(rows[0], key.String()); got.Raw != value.Raw {
					t.Errorf("%s is %s, want %s", key, got.Raw, value.Raw)
				}
				return true
			})
		})
	}
}

func TestManyRepeatedKeys(t *testing.T) {
	var b strings.Builder
	for i := range 20000 {
		b.WriteString(`,"k` + string(rune('a'+i%20)) + `":` + string(rune('0'+i%10)))
	}
	text := string(appendJSONText(nil, []byte("{"+b.String()[1:]+"}"), Compact))
	if n := len(gjson.Parse(text).Map()); n != 20 || strings.Count(text, ":") != 20 {
		t.Errorf("%d keys in %s", n, text)
	}
}

func TestCloudTrailNotes(t *testing.T) {
	var notes []string
	text := `{"Records":[{"eventTime":"2026-03-01T10:00:00Z","addendum":{},"userIdentity":{"credentialId":"x"},"requestParameters":{"any":1}},` +
		`{"eventTime":"2026-03-01T10:00:00Z","addendum":{},"readOnly":7,"userAgent":"` + strings.Repeat("a", maxCell+1) + `"}]}{"digestStartTime":"x","digestS3Object":"y"}`
	rows, errs := readAll(t, Options{Notes: func(n string) { notes = append(notes, n) }}.FromBytes(CloudTrail, "f", []byte(text)))
	want := []string{
		"f: event member addendum has no column",
		"f: event member userIdentity.credentialId has no column",
		"f: ReadOnly is neither true nor false: 7",
		"f: a value of UserAgent is longer than 32 KiB; the service would cut it",
		"f: skipped: a CloudTrail digest holds no events",
	}
	if len(rows) != 2 || len(errs) > 0 || !slices.Equal(notes, want) {
		t.Errorf("%d rows, errors %v, notes %q", len(rows), errs, notes)
	}
}

// BenchmarkCloudTrail converts the real records.
func BenchmarkCloudTrail(b *testing.B) {
	events, _ := readAll(b, open(b, Options{}, JSONArray, needShared(b, "cloudtrail")))
	benchmark(b, CloudTrail, []byte(strings.Join(events, "\n")))
}

// BenchmarkNDJSON hands on the same records unchanged.
func BenchmarkNDJSON(b *testing.B) {
	events, _ := readAll(b, open(b, Options{}, JSONArray, needShared(b, "cloudtrail")))
	benchmark(b, NDJSON, []byte(strings.Join(events, "\n")))
}

func benchmark(b *testing.B, format Format, text []byte) {
	s := FromBytes(format, "f.jsonl", text)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		for _, err := range s.Records(b.Context()) {
			if err != nil {
				b.Fatal(err)
			}
		}
	}
}
