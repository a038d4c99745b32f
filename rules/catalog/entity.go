package catalog

import "slices"

// EntityType is a type that a rule's entityMappings may name: an item of the Sentinel page "entities-reference",
// as the validator of analytics-rule templates checks it.
type EntityType struct {
	Name        string     // as entityMappings writes it: CloudApplication
	JSON        string     // as the Entities of an alert write it: cloud-application
	Identifiers []string   // what a field mapping may name
	Required    [][]string // a mapping must hold all identifiers of at least one of these sets
	Strong      [][]string // sets that tell one entity from all others; any other mapping is weak
}

// Entity gives the entity type of a name, spelt exactly as in a rule.
func Entity(name string) (EntityType, bool) {
	i := slices.IndexFunc(entityTypes, func(t EntityType) bool { return t.Name == name })
	if i < 0 {
		return EntityType{}, false
	}
	return entityTypes[i], true
}

// EntityTypes lists the names of all entity types, those that rules use most first.
func EntityTypes() []string {
	names := make([]string, len(entityTypes))
	for i, t := range entityTypes {
		names[i] = t.Name
	}
	return names
}

// Satisfies says whether the identifiers hold all of at least one of the sets.
func Satisfies(sets [][]string, identifiers []string) bool {
	return slices.ContainsFunc(sets, func(set []string) bool {
		return !slices.ContainsFunc(set, func(identifier string) bool { return !slices.Contains(identifiers, identifier) })
	})
}

// A FullName counts as strong: it is split into a name and the domain or suffix that makes it so.
var entityTypes = []EntityType{
	{
		Name: "Account", JSON: "account",
		Identifiers: []string{
			"Name", "FullName", "NTDomain", "DnsDomain", "UPNSuffix", "Sid", "AadTenantId", "AadUserId", "PUID", "IsDomainJoined", "DisplayName",
			"ObjectGuid", "CloudAppAccountId",
		},
		Required: [][]string{{"FullName"}, {"Sid"}, {"Name"}, {"AadUserId"}, {"PUID"}, {"ObjectGuid"}},
		Strong: [][]string{
			{"FullName"}, {"Name", "UPNSuffix"}, {"AadUserId"}, {"Sid"}, {"Name", "NTDomain"}, {"Name", "DnsDomain"}, {"PUID"}, {"ObjectGuid"},
		},
	},
	{
		Name: "IP", JSON: "ip",
		Identifiers: []string{"Address", "AddressScope"},
		Required:    [][]string{{"Address"}},
		Strong:      [][]string{{"Address"}},
	},
	{
		Name: "Host", JSON: "host",
		Identifiers: []string{
			"DnsDomain", "NTDomain", "HostName", "FullName", "NetBiosName", "AzureID", "OMSAgentID", "OSFamily", "OSVersion", "IsDomainJoined",
		},
		Required: [][]string{{"FullName"}, {"HostName"}, {"NetBiosName"}, {"AzureID"}, {"OMSAgentID"}},
		Strong: [][]string{
			{"FullName"}, {"HostName", "NTDomain"}, {"HostName", "DnsDomain"}, {"NetBiosName", "NTDomain"}, {"NetBiosName", "DnsDomain"}, {"AzureID"}, {"OMSAgentID"},
		},
	},
	{
		Name: "URL", JSON: "url",
		Identifiers: []string{"Url"},
		Required:    [][]string{{"Url"}},
		Strong:      [][]string{{"Url"}},
	},
	{
		Name: "AzureResource", JSON: "azure-resource",
		Identifiers: []string{"ResourceId"},
		Required:    [][]string{{"ResourceId"}},
		Strong:      [][]string{{"ResourceId"}},
	},
	{
		Name: "Process", JSON: "process",
		Identifiers: []string{"ProcessId", "CommandLine", "ElevationToken", "CreationTimeUtc"},
		Required:    [][]string{{"CommandLine"}, {"ProcessId"}},
		// Only together with its host is a process told apart, and a mapping has no place for the host.
		Strong: nil,
	},
	{
		Name: "FileHash", JSON: "filehash",
		Identifiers: []string{"Algorithm", "Value"},
		Required:    [][]string{{"Algorithm", "Value"}},
		Strong:      [][]string{{"Algorithm", "Value"}},
	},
	{
		Name: "File", JSON: "file",
		Identifiers: []string{"Directory", "Name"},
		Required:    [][]string{{"Name"}},
		Strong:      [][]string{{"Name", "Directory"}},
	},
	{
		Name: "Malware", JSON: "malware",
		Identifiers: []string{"Name", "Category"},
		Required:    [][]string{{"Name"}},
		Strong:      [][]string{{"Name", "Category"}},
	},
	{
		Name: "SecurityGroup", JSON: "security-group",
		Identifiers: []string{"DistinguishedName", "SID", "ObjectGuid"},
		Required:    [][]string{{"DistinguishedName"}, {"SID"}, {"ObjectGuid"}},
		Strong:      [][]string{{"DistinguishedName"}, {"SID"}, {"ObjectGuid"}},
	},
	{
		Name: "DNS", JSON: "dns",
		Identifiers: []string{"DomainName"},
		Required:    [][]string{{"DomainName"}},
		// The server's and the host's address would make it strong; a mapping has no place for them.
		Strong: nil,
	},
	{
		Name: "CloudApplication", JSON: "cloud-application",
		Identifiers: []string{"AppId", "Name", "InstanceName"},
		Required:    [][]string{{"AppId"}, {"Name"}},
		Strong:      [][]string{{"AppId"}, {"Name"}},
	},
	{
		Name: "MailMessage", JSON: "mail-message",
		Identifiers: []string{
			"Recipient", "Urls", "Threats", "Sender", "P1Sender", "P1SenderDisplayName", "P1SenderDomain", "SenderIP", "P2Sender", "P2SenderDisplayName",
			"P2SenderDomain", "ReceivedDate", "NetworkMessageId", "InternetMessageId", "Subject", "BodyFingerprintBin1", "BodyFingerprintBin2",
			"BodyFingerprintBin3", "BodyFingerprintBin4", "BodyFingerprintBin5", "AntispamDirection", "DeliveryAction", "DeliveryLocation", "Language",
			"ThreatDetectionMethods",
		},
		Required: [][]string{{"NetworkMessageId"}, {"Recipient"}},
		Strong:   [][]string{{"NetworkMessageId", "Recipient"}},
	},
	{
		Name: "Mailbox", JSON: "mailbox",
		Identifiers: []string{"MailboxPrimaryAddress", "DisplayName", "Upn", "ExternalDirectoryObjectId", "RiskLevel"},
		Required:    [][]string{{"MailboxPrimaryAddress"}},
		Strong:      [][]string{{"MailboxPrimaryAddress"}},
	},
	{
		Name: "MailCluster", JSON: "mail-cluster",
		Identifiers: []string{
			"NetworkMessageIds", "CountByDeliveryStatus", "CountByThreatType", "CountByProtectionStatus", "Threats", "Query", "QueryTime", "MailCount",
			"IsVolumeAnomaly", "Source", "ClusterSourceIdentifier", "ClusterSourceType", "ClusterQueryStartTime", "ClusterQueryEndTime", "ClusterGroup",
		},
		Required: [][]string{{"Query"}, {"Source"}},
		Strong:   [][]string{{"Query", "Source"}},
	},
	{
		Name: "RegistryKey", JSON: "registry-key",
		Identifiers: []string{"Hive", "Key"},
		Required:    [][]string{{"Key"}, {"Hive"}},
		Strong:      [][]string{{"Hive", "Key"}},
	},
	{
		Name: "RegistryValue", JSON: "registry-value",
		Identifiers: []string{"Name", "Value", "ValueType"},
		Required:    [][]string{{"Name"}},
		// The key would make it strong; a mapping has no place for it.
		Strong: nil,
	},
	{
		Name: "SubmissionMail", JSON: "SubmissionMail",
		Identifiers: []string{
			"NetworkMessageId", "Timestamp", "Recipient", "Sender", "SenderIp", "Subject", "ReportType", "SubmissionId", "SubmissionDate", "Submitter",
		},
		Required: [][]string{{"SubmissionId"}, {"NetworkMessageId"}, {"Recipient"}, {"Submitter"}},
		Strong:   [][]string{{"SubmissionId", "NetworkMessageId", "Recipient", "Submitter"}},
	},
	{
		Name: "IoTDevice", JSON: "iotdevice",
		Identifiers: []string{
			"DeviceId", "DeviceName", "Manufacturer", "Model", "FirmwareVersion", "OperatingSystem", "MacAddress", "Protocols", "SerialNumber", "Source",
			"IoTSecurityAgentId", "DeviceType",
		},
		Required: [][]string{{"DeviceId"}},
		// The IoT hub would make it strong; a mapping has no place for it.
		Strong: nil,
	},
}
