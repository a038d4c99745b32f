// Package catalog holds what Sentinel knows before any rule runs: the columns of its tables, the functions
// that the platform provides, the entity types with their identifiers, and the tactics and techniques of
// MITRE ATT&CK.
//
// Everything is embedded, read only when asked for, and safe for concurrent use.
package catalog
