// Package rules reads the rules of Microsoft Sentinel from their YAML files, as published, and says what they would do.
//
// Load, LoadFS, LoadDir and Parse give a Rule. Rule.Validate finds what is amiss with its file, and Rule.ValidateColumns what is amiss
// between the file and the result of its query, each as a Diagnostic with a stable code and a place in the file. QueryPos turns an offset
// of the query into such a place.
//
// From the rows of a result come the parts of an alert: Trigger.Fires, Rule.AlertName and its like, Rule.BuildEntities and
// BuildCustomDetails. LoadFunctions finds the saved functions that queries call. What Sentinel knows of tables, entity types and tactics
// stands in package catalog.
package rules
