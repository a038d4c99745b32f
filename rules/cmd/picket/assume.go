package main

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// assumptions is the flag that chooses otherwise where the documentation of Sentinel is silent: each option stands in the
// documentation of package rules.
type assumptions struct {
	Assume []string `placeholder:"NAME[=VALUE]" sep:"none" help:"Choose otherwise where Sentinel's documentation is silent: an option of package rules, such as WindowEndIncluded or TimeColumns=StartTime,EndTime."`
}

// apply sets the options named in structs whose fields are options.
func (a *assumptions) apply(structs ...any) error {
	options := map[string]reflect.Value{}
	var names []string
	for _, s := range structs {
		v := reflect.ValueOf(s).Elem()
		for i := range v.NumField() {
			if name := v.Type().Field(i).Name; settable(v.Field(i)) {
				options[name] = v.Field(i)
				names = append(names, name)
			}
		}
	}
	slices.Sort(names)
	for _, text := range a.Assume {
		name, value, given := strings.Cut(text, "=")
		field, known := options[name]
		if !known {
			return fmt.Errorf("--assume %s: there is no such option; there are %s", name, strings.Join(names, ", "))
		}
		if err := set(field, value, given); err != nil {
			return fmt.Errorf("--assume %s: %w", text, err)
		}
	}
	return nil
}

// settable says whether an option can be written on a command line.
func settable(field reflect.Value) bool {
	switch field.Interface().(type) {
	case bool, string, []string, rules.Duration:
		return true
	}
	return false
}

// set writes an option; one that is true or false needs no value.
func set(field reflect.Value, value string, given bool) error {
	if field.Kind() != reflect.Bool && value == "" {
		return errors.New("the option wants a value")
	}
	switch p := field.Addr().Interface().(type) {
	case *bool:
		if given && value != "true" && value != "false" {
			return errors.New("the option is true or false")
		}
		*p = value != "false"
	case *string:
		*p = value
	case *[]string:
		*p = strings.Split(value, ",")
	case *rules.Duration:
		d, err := rules.ParseDuration(value)
		if err != nil {
			return err
		}
		*p = d
	}
	return nil
}
