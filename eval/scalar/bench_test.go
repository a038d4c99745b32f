package scalar

import (
	"strings"
	"testing"
)

var benchText = strings.Repeat("The quick brown fox jumps over the lazy dog, ", 8) + "powershell.exe -EncodedCommand"

func BenchmarkPredicates(b *testing.B) {
	for _, name := range []string{"=~", "contains", "contains_cs", "has", "has_cs", "hasprefix", "startswith", "endswith"} {
		b.Run(name, func(b *testing.B) {
			predicate := predicates[name]
			b.SetBytes(int64(len(benchText)))
			b.ReportAllocs()
			for b.Loop() {
				predicate(benchText, "encodedcommand")
			}
		})
	}
	b.Run("has term with s", func(b *testing.B) {
		b.SetBytes(int64(len(benchText)))
		b.ReportAllocs()
		for b.Loop() {
			Has(benchText, "secretsmanager")
		}
	})
}

func BenchmarkParseDateTime(b *testing.B) {
	for _, text := range []string{"2022-12-02T13:45:56Z", "2022-12-02T13:45:56.1234567Z", "2022-12-02", "Fri, 02 Dec 2022 13:45:56 GMT", "no date"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ParseDateTime(text)
			}
		})
	}
}

func BenchmarkField(b *testing.B) {
	doc := RawJSON(`{"eventVersion":"1.08","userIdentity":{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/r/s"},` +
		`"eventTime":"2022-12-02T13:45:56Z","eventSource":"kms.amazonaws.com","awsRegion":"us-east-1","requestParameters":{"keyId":"k","bytes":12}}`)
	b.Run("plain key", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			doc.Field("eventSource")
		}
	})
	b.Run("key with a dot", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			doc.Field("event.Source")
		}
	})
	b.Run("nested", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			doc.Field("requestParameters").Field("bytes")
		}
	})
}

func BenchmarkAppendKey(b *testing.B) {
	for _, v := range []Value{NewString("arn:aws:iam::1:user/a"), NewLong(7), NewReal(1.5), NewDateTime(MaxInstant)} {
		b.Run(v.Type().String(), func(b *testing.B) {
			var key []byte
			b.ReportAllocs()
			for b.Loop() {
				key = AppendKey(key[:0], v)
			}
		})
	}
}

func BenchmarkAppendDateTime(b *testing.B) {
	var text []byte
	b.ReportAllocs()
	for b.Loop() {
		text = AppendDateTime(text[:0], MaxInstant, true)
	}
}
