package ruletest

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// setPath sets the value at a path of a JSON text; a value of "null" deletes. Steps of a path are parted by dots, \. is a dot within one, and
// a number is a place in an array. A step into a string that holds JSON decodes it, and encodes it again with the value set.
func setPath(text, path, value string) (string, error) {
	return setSteps(gjson.Parse(text), splitPath(path), nil, value)
}

// splitPath parts a path into its steps.
func splitPath(path string) []string {
	const dot = "\x00"
	steps := strings.Split(strings.ReplaceAll(path, `\.`, dot), ".")
	for i := range steps {
		steps[i] = strings.ReplaceAll(steps[i], dot, ".")
	}
	return steps
}

// setSteps is setPath for the rest of a path; done is what has been walked, for messages.
func setSteps(at gjson.Result, steps, done []string, value string) (string, error) {
	switch {
	case at.IsObject():
		return setMember(at, steps, done, value)
	case at.IsArray():
		return setElement(at, steps, done, value)
	case at.Type == gjson.String && gjson.Valid(at.Str):
		if inner := gjson.Parse(at.Str); inner.IsObject() || inner.IsArray() {
			text, err := setSteps(inner, steps, done, value)
			return quote(text), err
		}
	}
	return "", fmt.Errorf("%s is %s, which has no %s", pathName(done), kindOf(at), strconv.Quote(steps[0]))
}

func pathName(done []string) string {
	if len(done) == 0 {
		return "the record"
	}
	return strings.Join(done, ".")
}

// kindOf says what a JSON value is.
func kindOf(v gjson.Result) string {
	switch {
	case !v.Exists():
		return "missing"
	case v.IsObject():
		return "an object"
	case v.IsArray():
		return "an array"
	case v.Type == gjson.Null:
		return "null"
	case v.Type == gjson.String:
		return "a string"
	}
	return v.Raw
}

func setMember(at gjson.Result, steps, done []string, value string) (string, error) {
	var text strings.Builder
	var names []string
	var failure error
	found := false
	write := func(name, raw string) {
		if text.Len() > 0 {
			text.WriteByte(',')
		}
		text.WriteString(name + ":" + raw)
	}
	at.ForEach(func(key, member gjson.Result) bool {
		names = append(names, key.Str)
		raw := member.Raw
		if key.Str == steps[0] {
			found = true
			switch {
			case len(steps) > 1:
				raw, failure = setSteps(member, steps[1:], append(done, steps[0]), value)
			case value == "null":
				return true
			default:
				raw = value
			}
		}
		write(key.Raw, raw)
		return failure == nil
	})
	switch {
	case failure != nil:
		return "", failure
	case !found && len(steps) > 1:
		err := fmt.Sprintf("%s has no member %s", pathName(done), strconv.Quote(steps[0]))
		if hint := didYouMean(steps[0], names); hint != "" {
			err += "; " + hint
		}
		return "", fmt.Errorf("%s", err)
	case !found && value != "null":
		write(quote(steps[0]), value)
	}
	return "{" + text.String() + "}", nil
}

func setElement(at gjson.Result, steps, done []string, value string) (string, error) {
	elements := at.Array()
	i, err := strconv.Atoi(steps[0])
	if err != nil || i < 0 || i > len(elements) || i == len(elements) && len(steps) > 1 {
		return "", fmt.Errorf("%s is an array of %d, which has no %s", pathName(done), len(elements), strconv.Quote(steps[0]))
	}
	var raws []string
	for j, element := range elements {
		raw := element.Raw
		if j == i {
			if raw = value; len(steps) > 1 {
				if raw, err = setSteps(element, steps[1:], append(done, steps[0]), value); err != nil {
					return "", err
				}
			}
			if raw == "null" && len(steps) == 1 {
				continue
			}
		}
		raws = append(raws, raw)
	}
	if i == len(elements) && value != "null" {
		raws = append(raws, value)
	}
	return "[" + strings.Join(raws, ",") + "]", nil
}
