package rules

import (
	"slices"
	"strings"

	"github.com/seed-2512943d/picket/kql"
	"github.com/seed-2512943d/picket/rules/catalog"
)

// entities checks the mappings against the identifiers of their types.
func (c *checker) entities() {
	mappings := c.rule.Entities
	if n := len(mappings); n > MaxMappings {
		c.report("SR030", Error, "entityMappings", "", "there are %d entity mappings; at most %d are allowed", n, MaxMappings)
	} else if n == 0 && c.has("entityMappings") {
		c.report("SR030", Error, "entityMappings", "leave the key out", "an empty list of entityMappings is refused")
	}
	for i, mapping := range mappings {
		c.entity(index("entityMappings", i), mapping)
	}
	c.legacy()
}

func (c *checker) entity(path string, mapping EntityMapping) {
	entityType, known := catalog.Entity(mapping.Type)
	if mapping.Type == "" {
		c.report("SR030", Error, path, "", "the mapping has no entityType")
	}
	if n := len(mapping.Fields); n == 0 || n > MaxFieldMappings {
		c.report("SR031", Error, path, "", "the mapping of %s has %d identifiers; it must have 1 to %d", mapping.Type, n, MaxFieldMappings)
	}
	identifiers := mapping.Identifiers()
	for i, field := range mapping.Fields {
		at := index(path+".fieldMappings", i)
		switch {
		case known && !slices.Contains(entityType.Identifiers, field.Identifier):
			c.report("SR031", Error, at+".identifier", didYouMean(field.Identifier, entityType.Identifiers), "%q is no identifier of %s", field.Identifier, mapping.Type)
		case slices.Contains(identifiers[:i], field.Identifier):
			c.report("SR031", Error, at+".identifier", "", "the identifier %s is mapped twice", field.Identifier)
		}
		if !columnForm().MatchString(field.Column) {
			c.report("SR033", Error, at+".columnName", "", "%q is no column name", field.Column)
		}
	}
	if known && !catalog.Satisfies(entityType.Required, identifiers) {
		c.report("SR032", Error, path, "", "the mapping of %s needs %s", mapping.Type, sets(entityType.Required))
	}
}

// sets writes alternatives of identifiers: Name and UPNSuffix, or Sid.
func sets(sets [][]string) string {
	texts := make([]string, len(sets))
	for i, set := range sets {
		texts[i] = strings.Join(set, " and ")
	}
	return strings.Join(texts, ", or ")
}

var customEntity = pattern(`\b(Account|Host|IP|URL)CustomEntity\b`)

// legacy finds columns that once were mapped by their name alone, and no longer are.
func (c *checker) legacy() {
	if c.rule.Kind == Hunting {
		return
	}
	var mapped, told []string
	for _, mapping := range c.rule.Entities {
		for _, field := range mapping.Fields {
			mapped = append(mapped, field.Column)
		}
	}
	plain := plainKQL(c.rule.Query)
	for _, at := range customEntity().FindAllStringIndex(plain, -1) {
		column := plain[at[0]:at[1]]
		if !slices.Contains(mapped, column) && !slices.Contains(told, column) {
			told = append(told, column)
			c.inQuery("SR036", Warning, at[0], "%s makes no entity unless entityMappings name it", column)
		}
	}
}

// ValidateColumns finds names in the rule's file that its result lacks, that hold arrays or bags where one value is meant, or that leave an
// entity weakly identified although the result could do better. The columns are those of the bound
// query, types in Kusto's words; open says that the result has further columns that are known only when run, so
// that none can be said to be missing.
func (r *Rule) ValidateColumns(columns []catalog.Column, open bool) []Diagnostic {
	c := &checker{rule: r}
	names := columnNames(columns)
	check := func(code, severity, path, column, use string) {
		i := slices.Index(names, column)
		switch {
		case column == "":
		case i >= 0 && columns[i].Type == "dynamic" && code == "SR033":
			c.dynamicColumn(path, column, use)
		case i < 0 && !open:
			c.report(code, severity, path, didYouMean(column, names), "the result has no column %s, which %s takes", column, use)
		}
	}
	for i, mapping := range r.Entities {
		c.weak(index("entityMappings", i), mapping, names)
		for j, field := range mapping.Fields {
			path := index(index("entityMappings", i)+".fieldMappings", j) + ".columnName"
			check("SR033", Error, path, field.Column, "entity "+mapping.Type+"."+field.Identifier)
		}
	}
	for i, column := range r.SentinelEntities {
		check("SR044", Error, index("sentinelEntitiesMappings", i)+".columnName", column, "sentinelEntitiesMappings")
	}
	for _, detail := range r.CustomDetails {
		check("SR040", Error, "customDetails."+detail.Key, detail.Column, "custom detail "+detail.Key)
	}
	for _, column := range r.Override.Name.Columns() {
		check("SR043", Warning, "alertDetailsOverride.alertDisplayNameFormat", column, "the alert's name")
	}
	for _, column := range r.Override.Description.Columns() {
		check("SR043", Warning, "alertDetailsOverride.alertDescriptionFormat", column, "the alert's description")
	}
	check("SR044", Warning, "alertDetailsOverride.alertSeverityColumnName", r.Override.SeverityColumn, "the alert's severity")
	check("SR044", Warning, "alertDetailsOverride.alertTacticsColumnName", r.Override.TacticsColumn, "the alert's tactics")
	for i, property := range r.Override.Properties {
		check("SR044", Warning, index("alertDetailsOverride.alertDynamicProperties", i)+".value", property.Column, property.Property)
	}
	SortDiagnostics(c.found)
	return c.found
}

// dynamicColumn tells of a dynamic column that an entity takes: arrays and bags make no entity.
func (c *checker) dynamicColumn(path, column, use string) {
	query, err := kql.Parse(c.rule.Query)
	if err == nil && holdsComposites(query, column) {
		c.report("SR034", Warning, path, "take one value by mv-expand", "column %s, which %s takes, holds arrays or bags, which make no entity", column, use)
		return
	}
	c.report("SR034", Note, path, "", "column %s, which %s takes, is dynamic: where it holds an array or a bag it makes no entity", column, use)
}

// weak tells of a mapping that identifies its entity weakly while the result has a column that would do better: beside AccountName there is
// AccountUPNSuffix. Where there is none, weak is the best there is.
func (c *checker) weak(path string, mapping EntityMapping, columns []string) {
	entityType, known := catalog.Entity(mapping.Type)
	identifiers := mapping.Identifiers()
	if !known || entityType.Strong == nil || catalog.Satisfies(entityType.Strong, identifiers) {
		return
	}
	for _, field := range mapping.Fields {
		prefix, named := strings.CutSuffix(field.Column, field.Identifier)
		if !named {
			continue
		}
		for _, identifier := range slices.Concat(entityType.Strong...) {
			if column := prefix + identifier; !slices.Contains(identifiers, identifier) && slices.Contains(columns, column) {
				c.report("SR035", Note, path, "map "+identifier+" to column "+column, "%s alone identifies no %s for certain", strings.Join(identifiers, " and "), mapping.Type)
				return
			}
		}
	}
}
