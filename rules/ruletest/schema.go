package ruletest

import _ "embed"

//go:embed test.schema.json
var schema string

// Schema is the JSON Schema of test files, for editors that complete and check YAML. Editors with the YAML language server take it from a comment at the top of
// a file:
//
//	# yaml-language-server: $schema=test.schema.json
func Schema() string { return schema }
