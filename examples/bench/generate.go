package main

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"strconv"
	"time"
)

// eventNames are the event names of the generated records, the most frequent first; the k-th
// occurs about as often as 1/k^0.9.
var eventNames = []string{
	"AssumeRole", "DescribeInstances", "GetObject", "Decrypt", "ListBuckets", "PutObject", "DescribeSecurityGroups", "GetCallerIdentity",
	"GetBucketAcl", "DescribeVolumes", "ListAttachedRolePolicies", "GetUser", "DescribeRegions", "GenerateDataKey", "CreateLogStream",
	"DescribeLogGroups", "GetRole", "ListRoles", "DescribeSnapshots", "ConsoleLogin", "CreateKeyPair", "DescribeSubnets", "RunInstances",
	"TerminateInstances", "GetPolicyVersion", "ListAccessKeys", "DescribeImages", "PutMetricData", "SimulatePrincipalPolicy", "CreateUser",
	"AttachUserPolicy", "CreateAccessKey", "DeleteTrail", "StopLogging", "AuthorizeSecurityGroupIngress", "REST.PUT.KEY", "Key-Rotation",
	"Import.Key.Material", "UpdateFunctionCode", "DescribeKey", "CreateKey", "PutKeyPolicy",
}

// Sizes of the populations that the records draw from.
const (
	addresses   = 20000
	users       = 2000
	keyEvents   = 200  // one record in so many is a CreateKey or PutKeyPolicy
	permissives = 10   // one of so many of those has a policy that the seed rule looks for
	blankErrors = 0.45 // so many records carry empty error columns
)

// firstRecord is the time of the first record, the others follow by a millisecond each, and afterRecords is what queries take for now.
var (
	firstRecord  = time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	afterRecords = firstRecord.Add(time.Hour)
)

// generate writes n records in the manner of AWSCloudTrail tables: about 33 columns and 1.5 KB
// each, EventName the eighth. The same seed gives the same records.
func generate(w io.Writer, n int, seed uint64) error {
	out := bufio.NewWriterSize(w, 1<<20)
	r := rand.New(rand.NewPCG(seed, seed+1))
	pick := zipf(len(eventNames)-2, 0.9)
	var b []byte
	for i := range n {
		b = appendRecord(b[:0], r, pick, firstRecord.Add(time.Duration(i)*time.Millisecond), i)
		if _, err := out.Write(b); err != nil {
			return err
		}
	}
	return out.Flush()
}

// zipf gives a source of numbers below n with the given exponent.
func zipf(n int, exponent float64) func(*rand.Rand) int {
	sums := make([]float64, n)
	total := 0.0
	for i := range sums {
		total += math.Pow(float64(i+1), -exponent)
		sums[i] = total
	}
	return func(r *rand.Rand) int {
		x := r.Float64() * total
		lo, hi := 0, n-1
		for lo < hi {
			if mid := (lo + hi) / 2; sums[mid] < x {
				lo = mid + 1
			} else {
				hi = mid
			}
		}
		return lo
	}
}

func appendRecord(b []byte, r *rand.Rand, pick func(*rand.Rand) int, at time.Time, i int) []byte {
	event, policy := eventNames[pick(r)], ""
	if r.IntN(keyEvents) == 0 {
		event = eventNames[len(eventNames)-1-r.IntN(2)]
		policy = keyPolicy(r)
	}
	user := r.IntN(users)
	arn := fmt.Sprintf("arn:aws:iam::%012d:user/user%d@contoso.com", 111122223333+user%7, user)
	field := func(name, value string) {
		b = append(b, ',')
		b = strconv.AppendQuote(b, name)
		b = append(b, ':')
		b = strconv.AppendQuote(b, value)
	}
	b = append(b, `{"TenantId":"00000000-0000-0000-0000-000000000000"`...)
	field("SourceSystem", "")
	field("TimeGenerated", at.Format("2006-01-02T15:04:05.000Z"))
	field("AwsEventId", fmt.Sprintf("%08x-0000-4000-8000-%012x", r.Uint32(), i))
	field("EventVersion", "1.08")
	field("EventSource", "service"+strconv.Itoa(r.IntN(30))+".amazonaws.com")
	field("EventTypeName", "AwsApiCall")
	if event == "PutKeyPolicy" && r.IntN(50) == 0 {
		b = append(b, `,"EventName":"Put\u004bey\u0050olicy"`...) // an escaped spelling of the same name
	} else {
		field("EventName", event)
	}
	field("AWSRegion", []string{"us-east-1", "us-west-2", "eu-central-1", "ap-south-1"}[r.IntN(4)])
	field("SourceIpAddress", address(r.IntN(addresses)))
	field("UserAgent", "aws-cli/2."+strconv.Itoa(r.IntN(40))+" Python/3.11 Linux/5.10 exe/x86_64.amzn.2 prompt/off command/s3.ls")
	if r.Float64() < blankErrors {
		field("ErrorCode", "")
		field("ErrorMessage", "")
	} else if r.IntN(10) == 0 {
		field("ErrorCode", "AccessDenied")
		field("ErrorMessage", "User is not authorized to perform this operation on the resource")
	}
	field("RequestParameters", requestParameters(r, policy))
	field("ResponseElements", responseElements(r))
	field("Resources", `[{"accountId":"111122223333","type":"AWS::KMS::Key","ARN":"arn:aws:kms:us-east-1:111122223333:key/`+strconv.Itoa(i)+`"}]`)
	field("AwsRequestId_", fmt.Sprintf("req-%016x", r.Uint64()))
	b = append(b, `,"ReadOnly":`...)
	b = strconv.AppendBool(b, r.IntN(3) > 0)
	b = append(b, `,"ManagementEvent":true`...)
	field("Category", "Management")
	field("RecipientAccountId", "111122223333")
	field("UserIdentityType", "IAMUser")
	field("UserIdentityPrincipalid", fmt.Sprintf("AIDA%016d", user))
	field("UserIdentityArn", arn)
	field("UserIdentityAccountId", "111122223333")
	field("UserIdentityAccessKeyId", fmt.Sprintf("AKIA%016d", user))
	field("UserIdentityUserName", "user"+strconv.Itoa(user)+"@contoso.com")
	if r.IntN(2) == 0 {
		b = append(b, `,"SessionMfaAuthenticated":false`...)
		field("SessionCreationDate", at.Add(-time.Hour).Format(time.RFC3339))
		field("SessionIssuerUserName", "issuer"+strconv.Itoa(r.IntN(50)))
	}
	field("TlsVersion", "TLSv1.3")
	field("CipherSuite", "TLS_AES_128_GCM_SHA256")
	field("ClientProvidedHostHeader", "service.us-east-1.amazonaws.com")
	field("OperationName", "CloudTrail")
	field("Type", "AWSCloudTrail")
	return append(b, "}\n"...)
}

func address(i int) string {
	return strconv.Itoa(10+i>>14) + "." + strconv.Itoa(i>>8&63) + "." + strconv.Itoa(i&255) + ".7"
}

// keyPolicy makes the policy of a key event: one that the seed rule looks for, or a near miss.
func keyPolicy(r *rand.Rand) string {
	statement := `{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["kms:Encrypt","kms:Decrypt"],"Resource":"*"}`
	if r.IntN(permissives) > 0 {
		statement = []string{
			`{"Effect":"Deny","Principal":{"AWS":"*"},"Action":["kms:Encrypt"],"Resource":"*"}`,
			`{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::111122223333:root"},"Action":"kms:*","Resource":"*"}`,
			`{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"kms:EncryptX","Resource":"*"}`,
			`{"Effect":"Allow","Principal":{"AWS":["*"]},"Action":"kms:Encrypt","Resource":"*"}`,
		}[r.IntN(4)]
	}
	return `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"kms:Decrypt","Resource":"*"},` + statement + `]}`
}

func requestParameters(r *rand.Rand, policy string) string {
	if policy != "" {
		return `{"keyId":"1234abcd","policyName":"default","policy":` + strconv.Quote(policy) + `}`
	}
	return `{"bucketName":"bucket-` + strconv.Itoa(r.IntN(500)) + `","prefix":"logs/2026/03/","delimiter":"/","maxKeys":` + strconv.Itoa(r.IntN(1000)) +
		`,"filterSet":{"items":[{"name":"instance-state-name","valueSet":{"items":[{"value":"running"}]}}]}}`
}

func responseElements(r *rand.Rand) string {
	if r.IntN(3) == 0 {
		return ""
	}
	return `{"assumedRoleUser":{"assumedRoleId":"AROA` + strconv.Itoa(r.IntN(1000)) + `:session","arn":"arn:aws:sts::111122223333:assumed-role/role/session"},"credentials":{"expiration":"Mar 1, 2026 1:00:00 PM"}}`
}
