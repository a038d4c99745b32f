package kql

// Inspect calls visit for node and, as long as visit returns true, for the nodes below it in the order of the text.
func Inspect(node Node, visit func(Node) bool) {}
