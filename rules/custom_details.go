package rules

import (
	"bytes"
	"encoding/json"
	"slices"
)

// DetailValues are the values that an alert shows under a key of customDetails.
type DetailValues struct {
	Key    string
	Values []string // distinct and not empty, in the order of the rows; arrays and bags as JSON
}

// CustomDetailValues is the content of an alert's Custom Details: a key for each of the rule's, in the order of its file.
type CustomDetailValues []DetailValues

// BuildCustomDetails collects the values of custom details from the rows of an alert (Sentinel page
// "surface-custom-details-in-alerts"). A key that no row has a value for has none.
func BuildCustomDetails(details []CustomDetail, rows []Row) CustomDetailValues {
	return collectDetails(details, rows, false)
}

// collectDetails is BuildCustomDetails, with equal values as often as rows give them where repeat says so.
func collectDetails(details []CustomDetail, rows []Row, repeat bool) CustomDetailValues {
	collected := make(CustomDetailValues, 0, len(details))
	for _, detail := range details {
		values := DetailValues{Key: detail.Key}
		seen := map[string]bool{}
		for _, row := range rows {
			if text, ok := cellText(row, detail.Column); ok && (repeat || !seen[text]) {
				seen[text] = true
				values.Values = append(values.Values, text)
			}
		}
		collected = append(collected, values)
	}
	return collected
}

// Get gives the values of a key.
func (c CustomDetailValues) Get(key string) []string {
	i := slices.IndexFunc(c, func(d DetailValues) bool { return d.Key == key })
	if i < 0 {
		return nil
	}
	return c[i].Values
}

// MarshalJSON writes {"Key":["v1","v2"]} with the keys in order. Values are always arrays of strings, as alerts have them.
func (c CustomDetailValues) MarshalJSON() ([]byte, error) {
	fields := make([]jsonField, len(c))
	for i, d := range c {
		fields[i] = jsonField{d.Key, append([]string{}, d.Values...)}
	}
	return marshalFields(fields)
}

// jsonField is a name and value of a JSON object whose order counts.
type jsonField struct {
	name  string
	value any
}

func marshalFields(fields []jsonField) ([]byte, error) {
	var text bytes.Buffer
	text.WriteByte('{')
	for i, field := range fields {
		if i > 0 {
			text.WriteByte(',')
		}
		name, err := marshalPlain(field.name)
		if err != nil {
			return nil, err
		}
		value, err := marshalPlain(field.value)
		if err != nil {
			return nil, err
		}
		text.Write(name)
		text.WriteByte(':')
		text.Write(value)
	}
	text.WriteByte('}')
	return text.Bytes(), nil
}

// marshalPlain is JSON in which <, > and & stay as they are, since alerts are no HTML.
func marshalPlain(value any) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	err := encoder.Encode(value)
	return bytes.TrimSuffix(text.Bytes(), []byte("\n")), err
}
