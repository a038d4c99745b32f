package function

import (
	"fmt"
	"strconv"
	"strings"
)

// Signature is one parsed line of a Sig.
type Signature struct {
	Name   string
	Params []Param
	// Result is a type's name, or one of
	//
	//	arg0, arg1    the type of that argument
	//	widest        the widest numeric type among the arguments
	//	common        the common type of the arguments of a common… kind
	//	type0, type1  the type that argument names by typeof()
	//	typeN         the type that the last argument names by typeof()
	//	columns       several columns, which eval works out
	Result string
}

// Param is a parameter. Kind is a type's name or one of number, integer,
// numberorbool, scalar, notdynamic, summable, orderable, array, bag,
// stringordynamic, stringorarray, integerorarray, commonscalar,
// commonscalarordynamic, commonorderable, any, type (a typeof literal),
// tabular, star.
type Param struct {
	Name     string
	Kind     string
	Min, Max int    // how often it may stand; Max 1000 means without bound
	Need     string // "", "constant", "literal" or "column"
}

// unbounded is the Max of a parameter that may stand any number of times.
const unbounded = 1000

// ParseSignature parses one line such as
//
//	bin(value: number, roundTo: number): widest
//	strcat(arg: scalar{1,64}): string
//	split(source: string, delimiter: string, index: integer?): dynamic
//	extract(regex: string, group: integer, source: string, type: type literal?): typeN
//
// A kind may be followed by a need (constant, literal, column), then by ? for
// an optional parameter or {min,max} for a repeated one, * meaning no bound.
// Parameters that repeat and stand side by side repeat as a block.
func ParseSignature(line string) (Signature, error) {
	open := strings.IndexByte(line, '(')
	end := strings.LastIndex(line, "):")
	if open <= 0 || end < open {
		return Signature{}, fmt.Errorf("signature %q: want name(param: kind, …): result", line)
	}
	s := Signature{Name: strings.TrimSpace(line[:open]), Result: strings.TrimSpace(line[end+2:])}
	for text := range splitParams(line[open+1 : end]) {
		name, kind, ok := strings.Cut(text, ":")
		if !ok {
			return Signature{}, fmt.Errorf("signature %q: parameter %q has no kind", line, text)
		}
		p := Param{Name: strings.TrimSpace(name), Min: 1, Max: 1}
		kind = strings.TrimSpace(kind)
		if k, ok := strings.CutSuffix(kind, "?"); ok {
			kind, p.Min = k, 0
		} else if k, bounds, ok := strings.Cut(kind, "{"); ok {
			kind = k
			lo, hi, _ := strings.Cut(strings.TrimSuffix(bounds, "}"), ",")
			var err error
			if p.Min, err = strconv.Atoi(lo); err != nil {
				return Signature{}, fmt.Errorf("signature %q: bounds of %s: %w", line, p.Name, err)
			}
			p.Max = unbounded
			if hi != "*" {
				if p.Max, err = strconv.Atoi(hi); err != nil {
					return Signature{}, fmt.Errorf("signature %q: bounds of %s: %w", line, p.Name, err)
				}
			}
		}
		p.Kind, p.Need, _ = strings.Cut(strings.TrimSpace(kind), " ")
		s.Params = append(s.Params, p)
	}
	return s, nil
}

// SignatureName gives the name that the first of some signatures declares.
func SignatureName(signatures string) string {
	name, _, _ := strings.Cut(signatures, "(")
	return strings.TrimSpace(name)
}

// MustParseSignatures parses signatures, one a line, and panics where one is no signature.
func MustParseSignatures(lines string) []Signature {
	var signatures []Signature
	for line := range strings.Lines(lines) {
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		s, err := ParseSignature(line)
		if err != nil {
			panic(err)
		}
		signatures = append(signatures, s)
	}
	return signatures
}

// splitParams yields the parts of a parameter list between commas that stand
// outside braces.
func splitParams(list string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		depth, start := 0, 0
		for i := range len(list) {
			switch list[i] {
			case '{':
				depth++
			case '}':
				depth--
			case ',':
				if depth == 0 {
					if !yield(list[start:i]) {
						return
					}
					start = i + 1
				}
			}
		}
		if strings.TrimSpace(list[start:]) != "" {
			yield(list[start:])
		}
	}
}

// Arity gives the least and the greatest number of arguments.
func (s Signature) Arity() (least, most int) {
	for _, p := range s.Params {
		least += p.Min
		most += p.Max
	}
	return least, min(most, unbounded)
}

// Group is how many arguments come together where a run of parameters may stand more than once, as key and value do; it is 1 for others.
func (s Signature) Group() int {
	_, block := s.repeating()
	return max(block, 1)
}

// Takes reports whether so many arguments fill the parameters.
func (s Signature) Takes(n int) bool {
	least, most := s.Arity()
	_, block := s.repeating()
	return n >= least && n <= most && (block < 2 || (n-len(s.Params))%block == 0)
}

// Param returns the parameter that the i-th of n arguments fills.
func (s Signature) Param(i, n int) Param {
	first, block := s.repeating()
	if block == 0 {
		return s.Params[i]
	}
	tail := len(s.Params) - first - block
	switch {
	case i < first:
		return s.Params[i]
	case i >= n-tail:
		return s.Params[len(s.Params)-(n-i)]
	default:
		return s.Params[first+(i-first)%block]
	}
}

// repeating finds the run of parameters that may stand more than once.
func (s Signature) repeating() (first, length int) {
	for i, p := range s.Params {
		if p.Max > 1 {
			if length == 0 {
				first = i
			}
			length++
		}
	}
	return first, length
}
