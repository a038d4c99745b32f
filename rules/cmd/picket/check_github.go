package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/seed-2512943d/picket/rules"
)

// Escapes of workflow commands (GitHub page "workflow-commands").
var (
	annotationText  = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	annotationValue = strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
)

// writeAnnotations writes diagnostics as commands by which a GitHub workflow marks lines of files.
func writeAnnotations(w io.Writer, diagnostics []rules.Diagnostic) error {
	for _, d := range diagnostics {
		command := d.Severity
		if command == rules.Note {
			command = "notice"
		}
		_, err := fmt.Fprintf(w, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", command, annotationValue.Replace(d.Path), d.Line, d.Column,
			annotationValue.Replace(d.Codes()), annotationText.Replace(d.Text()))
		if err != nil {
			return err
		}
	}
	return nil
}
