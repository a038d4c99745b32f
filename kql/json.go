package kql

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
)

// dynamic reads dynamic(value).
func (r *reader) dynamic() (Expr, error) {
	start := r.lex.Next().Pos.Offset
	value, err := r.jsonInParens()
	if err != nil {
		return nil, err
	}
	var b strings.Builder
	if err := value.encode(&b); err != nil {
		return nil, err
	}
	return &Dynamic{r.since(start), b.String(), value}, nil
}

func (r *reader) jsonInParens() (*JSON, error) {
	if err := r.expect("("); err != nil {
		return nil, err
	}
	if r.is(")") {
		return nil, r.fault("KS006", "Missing json value")
	}
	value, err := r.json()
	if err != nil {
		return nil, err
	}
	return value, r.expect(")")
}

// json reads a value within a dynamic literal: JSON, single quotes, and the typed literals of Kusto.
func (r *reader) json() (*JSON, error) {
	token := r.peek()
	start := token.Pos.Offset
	scalar := func(l *Literal) *JSON { return &JSON{at: l.at, Kind: JSONScalar, Scalar: l} }
	switch token.Type {
	case tokenString:
		return scalar(r.str()), nil
	case tokenLong, tokenReal, tokenTimespan, tokenTyped:
		literal := numberOrTyped(token)
		if literal.Kind == Int {
			return nil, r.fault("KS006", "Missing json value: a dynamic holds no int")
		}
		r.lex.Next()
		return scalar(literal), nil
	case tokenIdent:
		if value, ok := booleans[token.Value]; ok {
			r.lex.Next()
			return scalar(&Literal{at: r.since(start), Kind: Bool, Raw: token.Value, Value: value}), nil
		}
		switch token.Value {
		case "null":
			r.lex.Next()
			return &JSON{at: r.since(start)}, nil
		case "dynamic":
			r.lex.Next()
			return r.jsonInParens()
		}
	}
	switch token.Value {
	case "-", "+":
		r.lex.Next()
		number := r.peek()
		if number.Type != tokenLong && number.Type != tokenReal && number.Type != tokenTimespan {
			return nil, r.fault("KS006", "Missing json value")
		}
		r.lex.Next()
		literal := numberOrTyped(number)
		literal.at = r.since(start)
		if token.Value == "-" {
			literal.Raw, literal.Value = "-"+literal.Raw, "-"+literal.Value
		}
		return scalar(literal), nil
	case "[":
		return r.jsonItems(JSONArray, "]")
	case "{":
		return r.jsonItems(JSONObject, "}")
	}
	return nil, r.fault("KS006", "Missing json value")
}

// jsonItems reads the items of an array, or the pairs of an object, and the bracket that ends them.
func (r *reader) jsonItems(kind JSONKind, end string) (*JSON, error) {
	value := &JSON{Kind: kind}
	start := r.lex.Next().Pos.Offset
	for !r.is(end) || len(value.Items) > 0 {
		if kind == JSONObject {
			if r.peek().Type != tokenString {
				return nil, r.fault("KS006", "Missing json key in quotes")
			}
			value.Keys = append(value.Keys, r.str().Value)
			if err := r.expect(":"); err != nil {
				return nil, err
			}
		}
		item, err := r.json()
		if err != nil {
			return nil, err
		}
		value.Items = append(value.Items, item)
		if !r.take(",") {
			break
		}
	}
	if err := r.expect(end); err != nil {
		return nil, err
	}
	value.at = r.since(start)
	return value, nil
}

// encode writes the value as JSON.
func (j *JSON) encode(b *strings.Builder) error {
	switch j.Kind {
	case JSONNull:
		b.WriteString("null")
	case JSONScalar:
		return encodeScalar(b, j.Scalar)
	case JSONArray:
		b.WriteByte('[')
		for i, item := range j.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			if err := item.encode(b); err != nil {
				return err
			}
		}
		b.WriteByte(']')
	case JSONObject:
		b.WriteByte('{')
		for i, item := range j.Items {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(quoteJSON(j.Keys[i]))
			b.WriteByte(':')
			if err := item.encode(b); err != nil {
				return err
			}
		}
		b.WriteByte('}')
	}
	return nil
}

// encodeScalar writes a literal as the engine stores it in a dynamic: times as text, reals with a point.
func encodeScalar(b *strings.Builder, l *Literal) error {
	if l.IsNull() {
		b.WriteString("null")
		return nil
	}
	switch l.Kind {
	case Bool:
		v, err := l.Bool()
		if err != nil {
			return err
		}
		b.WriteString(strconv.FormatBool(v))
	case Int, Long:
		v, err := l.Int()
		if err != nil {
			return err
		}
		b.WriteString(strconv.FormatInt(v, 10))
	case Real:
		v, err := l.Float()
		if err != nil {
			return err
		}
		b.WriteString(encodeReal(v))
	case Decimal:
		return &Error{Code: "KS215", Span: l.Span(), Message: "Decimal values are not supported in dynamic objects"}
	case DateTime:
		v, err := l.Ticks()
		if err != nil {
			return err
		}
		b.WriteString(quoteJSON(formatDateTime(v)))
	case TimeSpan:
		v, err := l.Ticks()
		if err != nil {
			return err
		}
		b.WriteString(quoteJSON(formatTimeSpan(v)))
	default:
		b.WriteString(quoteJSON(l.Value))
	}
	return nil
}

// encodeReal writes a real so that it reads back as a real; NaN and the infinities are strings.
func encodeReal(v float64) string {
	switch {
	case math.IsNaN(v):
		return `"NaN"`
	case math.IsInf(v, 1):
		return `"Infinity"`
	case math.IsInf(v, -1):
		return `"-Infinity"`
	}
	text := strconv.FormatFloat(v, 'g', -1, 64)
	if !strings.ContainsAny(text, ".e") {
		text += ".0"
	}
	return text
}

func quoteJSON(text string) string {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	encoder.SetEscapeHTML(false)
	// A string is always encoded: what is no UTF-8 becomes U+FFFD.
	_ = encoder.Encode(text)
	return strings.TrimSuffix(b.String(), "\n")
}
