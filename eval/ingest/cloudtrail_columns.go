package ingest

import (
	"slices"
	"strings"
	"sync"
)

// Column is a table column: its name and Kusto type.
type Column struct{ Name, Type string }

// CloudTrailColumns returns the 55 columns of the AWSCloudTrail table in the order of the table
// reference (Azure Monitor table AWSCloudTrail), which is alphabetical.
func CloudTrailColumns() []Column {
	columns := make([]Column, 0, len(awsColumns))
	for _, c := range awsColumns {
		columns = append(columns, Column{c.name, c.kind})
	}
	slices.SortFunc(columns, func(a, b Column) int { return strings.Compare(a.Name, b.Name) })
	return columns
}

// awsColumn says where a column's value comes from.
type awsColumn struct {
	name, kind string
	constant   string   // JSON value; with it there are no sources
	sources    []string // paths into the event, of which the first that has a value counts
}

// permission is the path of the first rule in a security group request.
const permission = "requestParameters.ipPermissions.items.0."

// awsColumns is in the order in which a row is written: what rules filter on first, long texts
// last. A column without constant and sources is never written, so it is "" or null.
var awsColumns = [...]awsColumn{
	{"TimeGenerated", "datetime", "", []string{"eventTime"}},
	{"Type", "string", `"AWSCloudTrail"`, nil},
	{"EventName", "string", "", []string{"eventName"}},
	{"EventSource", "string", "", []string{"eventSource"}},
	{"ErrorCode", "string", "", []string{"errorCode"}},
	{"ErrorMessage", "string", "", []string{"errorMessage"}},
	{"EventTypeName", "string", "", []string{"eventType"}},
	{"SourceIpAddress", "string", "", []string{"sourceIPAddress"}},
	{"UserIdentityType", "string", "", []string{"userIdentity.type"}},
	{"UserIdentityPrincipalid", "string", "", []string{"userIdentity.principalId"}},
	{"UserIdentityArn", "string", "", []string{"userIdentity.arn"}},
	{"UserIdentityAccountId", "string", "", []string{"userIdentity.accountId"}},
	{"UserIdentityInvokedBy", "string", "", []string{"userIdentity.invokedBy"}},
	{"UserIdentityAccessKeyId", "string", "", []string{"userIdentity.accessKeyId"}},
	{"UserIdentityUserName", "string", "", []string{"userIdentity.userName"}},
	{"UserIdentityStoreArn", "string", "", []string{"userIdentity.onBehalfOf.identityStoreArn"}},
	{"UserIdentityUserId", "string", "", []string{"userIdentity.onBehalfOf.userId"}},
	{"SessionMfaAuthenticated", "bool", "", []string{"userIdentity.sessionContext.attributes.mfaAuthenticated"}},
	{"SessionCreationDate", "datetime", "", []string{"userIdentity.sessionContext.attributes.creationDate"}},
	{"SessionIssuerType", "string", "", []string{"userIdentity.sessionContext.sessionIssuer.type"}},
	{"SessionIssuerPrincipalId", "string", "", []string{"userIdentity.sessionContext.sessionIssuer.principalId"}},
	{"SessionIssuerArn", "string", "", []string{"userIdentity.sessionContext.sessionIssuer.arn"}},
	{"SessionIssuerAccountId", "string", "", []string{"userIdentity.sessionContext.sessionIssuer.accountId"}},
	{"SessionIssuerUserName", "string", "", []string{"userIdentity.sessionContext.sessionIssuer.userName"}},
	{"EC2RoleDelivery", "string", "", []string{"userIdentity.sessionContext.ec2RoleDelivery"}},
	{"AWSRegion", "string", "", []string{"awsRegion"}},
	{"RecipientAccountId", "string", "", []string{"recipientAccountId"}},
	{"ReadOnly", "bool", "", []string{"readOnly"}},
	{"ManagementEvent", "bool", "", []string{"managementEvent"}},
	{"Category", "string", "", []string{"eventCategory"}},
	{"AwsEventId", "string", "", []string{"eventID"}},
	{"AwsRequestId_", "string", "", []string{"requestID"}},
	{"AwsRequestId", "string", "", nil}, // given up by the service in favour of AwsRequestId_
	{"SharedEventId", "string", "", []string{"sharedEventID"}},
	{"EventVersion", "string", "", []string{"eventVersion"}},
	{"APIVersion", "string", "", []string{"apiVersion"}},
	{"VpcEndpointId", "string", "", []string{"vpcEndpointId"}},
	{"TlsVersion", "string", "", []string{"tlsDetails.tlsVersion"}},
	{"CipherSuite", "string", "", []string{"tlsDetails.cipherSuite"}},
	{"ClientProvidedHostHeader", "string", "", []string{"tlsDetails.clientProvidedHostHeader"}},
	{"CidrIp", "string", "", []string{permission + "ipRanges.items.0.cidrIp", "requestParameters.cidrIp"}},
	{"IpProtocol", "string", "", []string{permission + "ipProtocol", "requestParameters.ipProtocol"}},
	{"SourcePort", "string", "", []string{permission + "fromPort", "requestParameters.fromPort"}},
	{"DestinationPort", "string", "", []string{permission + "toPort", "requestParameters.toPort"}},
	{"OperationName", "string", `"CloudTrail"`, nil},
	{"SourceSystem", "string", "", nil},
	{"TenantId", "string", `"00000000-0000-0000-0000-000000000000"`, nil},
	{"_BilledSize", "real", "", nil},
	{"_IsBillable", "string", "", nil},
	{"UserAgent", "string", "", []string{"userAgent"}},
	{"Resources", "string", "", []string{"resources"}},
	{"AdditionalEventData", "string", "", []string{"additionalEventData"}},
	{"ServiceEventDetails", "string", "", []string{"serviceEventDetails"}},
	{"RequestParameters", "string", "", []string{"requestParameters"}},
	{"ResponseElements", "string", "", []string{"responseElements"}},
}

// step is a node of the tree of all source paths: the event is walked along it once.
type step struct {
	path string           // from the event to here, with a dot behind it
	slot int              // where the value is kept; -1 if the path only leads on
	next map[string]*step // by key; "0" is the first element of an array
	kept bool             // all of the value is in some column, so that no member is without one
}

// layout is the tree, and for each column the slots of its sources.
type layout struct {
	root  *step
	slots [len(awsColumns)][]int
	count int
}

var awsLayout = sync.OnceValue(func() *layout {
	l := &layout{root: &step{slot: -1}}
	for i, c := range awsColumns {
		for _, path := range c.sources {
			at := l.root
			for key := range strings.SplitSeq(path, ".") {
				if at.next[key] == nil {
					if at.next == nil {
						at.next = map[string]*step{}
					}
					at.next[key] = &step{path: at.path + key + ".", slot: -1}
				}
				at = at.next[key]
			}
			at.slot = l.count
			l.slots[i] = append(l.slots[i], l.count)
			l.count++
		}
	}
	l.root.mark(false)
	return l
})

// mark sets kept here and below.
func (s *step) mark(kept bool) {
	s.kept = kept || s.slot >= 0
	for _, next := range s.next {
		next.mark(s.kept)
	}
}
