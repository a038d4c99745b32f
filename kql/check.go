package kql

import (
	"slices"
	"strings"
	"sync"
)

// reserved are the words that need brackets, as ['title'], to be a name. The value tells whether the word may
// yet be declared, as a column's or variable's name.
var reserved = sync.OnceValue(func() map[string]bool {
	table := map[string]bool{}
	for word := range strings.FieldsSeq(`3Dchart __crossCluster __crossDB __id __isFuzzy __noWithSource
		__packedColumn __sourceColumnIndex and anomalychart areachart asc assert-schema bagexpansion barchart
		between bin_legacy boolean byte cachingpolicy callout cancel card char columnchart cycles dataexport date
		datetime decimal decodeblocks desc double encodingpolicy endswith expandoutput extent_tags_retention
		first flags float force_remote graph-mark-components graph-match graph-shortest-paths graph-to-table
		graph-where-edges graph-where-nodes harddelete hardretention has_all has_any has_cs hasprefix hotcache
		int int16 int32 int64 int8 isfuzzy journal ladderchart last like linechart long macro-expand make-graph
		make-series missing mv-apply mv-expand nooptimization or others parse-kv parse-where pathformat piechart
		pivotchart project project-away project-by-names project-keep project-rename project-reorder
		project-smart queries query_results real relaxed restricted_view_access row_level_security rowstore
		rowstore_references rowstore_sealinfo rowstorepolicy rowstores scatterchart seal seals shards simple
		softdelete softretention stackedareachart startswith statistics storedqueryresultcontainers string
		tablepurge time timechart timeline timepivot timespan treemap uint uint16 uint32 uint64 uint8 ulong
		union uniqueid unrestrictedviewers views with_itemindex with_match_id with_step_name writeaheadlog`) {
		table[word] = false
	}
	for word := range strings.FieldsSeq(`accumulate as by contains earliest find has in invoke latest materialize
		mdm of print sample sample-distinct search set sql title to top-hitters top-nested verbose viewers where`) {
		table[word] = true
	}
	return table
})

// check reports what the grammar lets pass: words used as names that need brackets, and stars for columns that are
// to be computed or declared.
func check(node Node) (faults Errors) {
	refuse := func(code, message, name string, span Span) {
		faults = append(faults, &Error{Code: code, Span: span, Message: message, Hint: "write ['" + name + "']"})
	}
	declare := func(names ...*Ident) {
		for _, name := range names {
			if declarable, known := reserved()[name.Name]; known && !declarable && !name.Quoted {
				refuse("KS228", "The name '"+name.Name+"' needs brackets here", name.Name, name.Span())
			}
		}
	}
	compute := func(columns []*NamedExpr) {
		for _, column := range columns {
			if star, ok := column.X.(*Star); ok {
				faults = append(faults, &Error{Code: "KS198", Span: star.Span(), Message: "A star is no value of a column"})
			}
		}
	}
	// A star stands for further columns at the front of what a plugin gives, and alone for the rows that a function takes.
	schema := func(s *Schema, open bool) {
		if s == nil {
			return
		}
		star := slices.IndexFunc(s.Columns, func(c *ColumnDecl) bool { return c.Star })
		switch {
		case star >= 0:
			faults = append(faults, &Error{Code: "KS005", Span: s.Columns[star].Span(), Message: "The name of a column is expected, not a star"})
		case s.Open && !open:
			faults = append(faults, &Error{Code: "KS005", Span: s.Span(), Message: "The columns are to be named, without a star"})
		}
	}
	Inspect(node, func(n Node) bool {
		switch n := n.(type) {
		case *Datatable:
			schema(n.Schema, false)
		case *ExternalData:
			schema(n.Schema, false)
		case *InlineExternalTable:
			schema(n.Schema, false)
		case *AssertSchema:
			schema(n.Schema, false)
		case *ParseKv:
			schema(n.Schema, false)
		case *Evaluate:
			schema(n.Schema, true)
		case *Ident:
			if !n.Quoted && (strings.EqualFold(n.Name, "true") || strings.EqualFold(n.Name, "false")) {
				refuse("KS006", "Missing name: '"+n.Name+"' is a value", n.Name, n.Span())
			}
		case *Parameter, *Property, *ChartProperty:
			return false
		case *Name:
			if _, known := reserved()[n.Name]; known && !n.Quoted {
				refuse("KS228", "The name '"+n.Name+"' needs brackets here", n.Name, n.Span())
			}
		case *Member:
			if _, known := reserved()[n.Name.Name]; known && !n.Name.Quoted {
				refuse("KS006", "Missing name: '"+n.Name.Name+"' is a keyword", n.Name.Name, n.Name.Span())
			}
		case *NamedExpr:
			declare(n.Names...)
		case *Project:
			compute(n.Columns)
		case *Extend:
			compute(n.Columns)
		case *Let:
			declare(n.Name)
		case *FuncParam:
			declare(n.Name)
			schema(n.Schema, n.Schema != nil && len(n.Schema.Columns) == 0)
		case *ColumnDecl:
			if n.Name != nil {
				declare(n.Name)
			}
		}
		return true
	})
	return faults
}
