package catalog

import "slices"

// PlatformFunction is the signature of a function that Sentinel or Defender provides, which is neither part of the
// query language nor saved in a workspace.
type PlatformFunction struct {
	Name       string
	Parameters []Parameter
	Returns    Returns
	Columns    []Column // of the table it gives, or those it adds to the table it is invoked on
	Open       bool     // the table has further columns, known only when run
}

// Parameter is a parameter of a platform function.
type Parameter struct {
	Column
	Optional bool
}

// Returns says what a platform function gives.
type Returns string

// What a platform function gives.
const (
	ReturnsScalar   Returns = "string"   // a string; all scalar ones do
	ReturnsTable    Returns = "table"    // a table with Columns
	ReturnsExtended Returns = "extended" // invoke T | F(): T with Columns added
	ReturnsDatabase Returns = "database" // a place that tables are read from, as workspace("x").T
)

// Platform gives the signature of a platform function; names are case-sensitive.
func Platform(name string) (PlatformFunction, bool) {
	i := slices.IndexFunc(platformFunctions, func(f PlatformFunction) bool { return f.Name == name })
	if i < 0 {
		return PlatformFunction{}, false
	}
	return platformFunctions[i], true
}

// PlatformFunctions lists the names of all platform functions.
func PlatformFunctions() []string {
	names := make([]string, len(platformFunctions))
	for i, f := range platformFunctions {
		names[i] = f.Name
	}
	return names
}

var (
	optionalString = Parameter{Column{"value", "string"}, true}
	databaseName   = []Parameter{{Column{"id", "string"}, false}}
)

var platformFunctions = []PlatformFunction{
	{
		Name: "_GetWatchlist", Returns: ReturnsTable, Open: true,
		Parameters: []Parameter{{Column{"watchlistAlias", "string"}, false}, {Column{"keyValues", "dynamic"}, true}},
		Columns: []Column{
			{"_DTItemId", "string"}, {"LastUpdatedTimeUTC", "datetime"}, {"SearchKey", "string"}, {"WatchlistItem", "dynamic"},
		},
	},
	{Name: "_GetWatchlistAlias", Returns: ReturnsTable, Columns: []Column{{"WatchlistAlias", "string"}}},
	{
		Name: "FileProfile", Returns: ReturnsExtended,
		Parameters: []Parameter{{Column{"x", "string"}, true}, {Column{"y", "long"}, true}},
		Columns: []Column{
			{"SHA1", "string"}, {"SHA256", "string"}, {"MD5", "string"}, {"FileSize", "int"}, {"GlobalPrevalence", "int"}, {"GlobalFirstSeen", "datetime"},
			{"GlobalLastSeen", "datetime"}, {"Signer", "string"}, {"Issuer", "string"}, {"SignerHash", "string"}, {"IsCertificateValid", "bool"},
			{"IsRootSignerMicrosoft", "bool"}, {"SignatureState", "string"}, {"IsExecutable", "bool"}, {"ThreatName", "string"}, {"Publisher", "string"},
			{"SoftwareName", "string"}, {"ProfileAvailability", "string"},
		},
	},
	{
		Name: "DeviceFromIP", Returns: ReturnsTable, Open: true,
		Parameters: []Parameter{{Column{"x", "string"}, true}, {Column{"y", "datetime"}, true}},
		Columns:    []Column{{"IP", "string"}, {"DeviceId", "string"}},
	},
	{
		Name: "SeenBy", Returns: ReturnsTable, Open: true,
		Parameters: []Parameter{{Column{"x", "string"}, true}}, Columns: []Column{{"DeviceId", "string"}},
	},
	{
		Name: "AssignedIPAddresses", Returns: ReturnsTable,
		Parameters: []Parameter{{Column{"x", "string"}, true}, {Column{"y", "datetime"}, true}},
		Columns: []Column{
			{"Timestamp", "datetime"}, {"IPAddress", "string"}, {"IPType", "string"}, {"NetworkAdapterType", "string"}, {"ConnectedNetworks", "dynamic"},
		},
	},
	{Name: "_ASIM_LookupDnsQueryType", Returns: ReturnsScalar, Parameters: []Parameter{optionalString}},
	{Name: "_ASIM_LookupDnsResponseCode", Returns: ReturnsScalar, Parameters: []Parameter{optionalString}},
	{Name: "_ASIM_LookupICMPType", Returns: ReturnsScalar, Parameters: []Parameter{optionalString}},
	{Name: "_ASIM_LookupNetworkProtocol", Returns: ReturnsScalar, Parameters: []Parameter{optionalString}},
	{Name: "_ASIM_GetUsernameType", Returns: ReturnsScalar, Parameters: []Parameter{optionalString}},
	{Name: "_ASIM_GetWindowsUserType", Returns: ReturnsScalar, Parameters: []Parameter{optionalString, optionalString}},
	{Name: "_ASIM_GetUserType", Returns: ReturnsScalar, Parameters: []Parameter{optionalString, optionalString}},
	{Name: "_ASIM_GetAppType", Returns: ReturnsScalar, Parameters: []Parameter{optionalString}},
	{Name: "workspace", Returns: ReturnsDatabase, Parameters: databaseName},
	{Name: "app", Returns: ReturnsDatabase, Parameters: databaseName},
	{Name: "resource", Returns: ReturnsDatabase, Parameters: databaseName},
	{Name: "arg", Returns: ReturnsDatabase, Parameters: databaseName, Open: true},
	{Name: "adx", Returns: ReturnsDatabase, Parameters: databaseName, Open: true},
}
