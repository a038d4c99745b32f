package rules

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"

	"github.com/seed-2512943d/picket/rules/catalog"
)

// Limits of the entities of one alert (Sentinel page "map-data-fields").
const (
	MaxEntities     = 500       // shared equally among the mappings
	MaxEntitiesSize = 64 * 1024 // bytes of their JSON
)

// Entity is a thing that an alert is about: an account, a host, an address.
type Entity struct {
	Type        string       // as rules write it: Account
	Identifiers []Identifier // in the order of the mapping
	Raw         string       // the JSON of an entity taken over from another alert, which has no Identifiers
	origin      int          // the cell that Raw was taken from: ids are those of their cell
}

// Identifier is one of the values that identify an entity.
type Identifier struct{ Name, Value string }

// Get gives the value of an identifier, or "".
func (e Entity) Get(name string) string {
	i := slices.IndexFunc(e.Identifiers, func(id Identifier) bool { return id.Name == name })
	if i < 0 {
		return ""
	}
	return e.Identifiers[i].Value
}

// MarshalJSON writes the plain form: the identifiers, then "Type" as alerts spell it.
func (e Entity) MarshalJSON() ([]byte, error) {
	if e.Raw != "" {
		return []byte(e.Raw), nil
	}
	return marshalFields(e.fields())
}

func (e Entity) fields() []jsonField {
	fields := make([]jsonField, 0, len(e.Identifiers)+2)
	for _, id := range e.Identifiers {
		fields = append(fields, jsonField{id.Name, id.Value})
	}
	return append(fields, jsonField{"Type", e.jsonType()})
}

// jsonType is the type as alerts spell it.
func (e Entity) jsonType() string {
	if t, known := catalog.Entity(e.Type); known {
		return t.JSON
	}
	return strings.ToLower(e.Type)
}

// Entities are those of one alert.
type Entities []Entity

// JSON writes the form of SecurityAlert's Entities column: each object opens with a "$id", counted from 1. Entities taken over from other
// alerts get new ids, and a {"$ref":id} among them points to the new id.
func (e Entities) JSON() string {
	var text strings.Builder
	text.WriteByte('[')
	var ids numbering
	for i, entity := range e {
		if i > 0 {
			text.WriteByte(',')
		}
		text.WriteString(ids.write(entity))
	}
	text.WriteByte(']')
	return text.String()
}

// numbering gives out the ids of entities, from 1.
type numbering struct {
	last    int
	renamed map[string]string // by origin and old id
}

func (n *numbering) next() string {
	n.last++
	return strconv.Itoa(n.last)
}

// write is the entity's JSON with an id.
func (n *numbering) write(entity Entity) string {
	if entity.Raw != "" {
		return n.rewrite(gjson.Parse(entity.Raw), strconv.Itoa(entity.origin)+":")
	}
	text, err := marshalFields(append([]jsonField{{"$id", n.next()}}, entity.fields()...))
	if err != nil {
		return "{}"
	}
	return string(text)
}

// rewrite renames the ids in an entity of another alert.
func (n *numbering) rewrite(value gjson.Result, origin string) string {
	if !value.IsObject() && !value.IsArray() {
		return value.Raw
	}
	brackets, parts := "[]", []string(nil)
	if value.IsObject() {
		brackets = "{}"
	}
	value.ForEach(func(key, item gjson.Result) bool {
		text := ""
		switch key.Str {
		case "$id", "$ref":
			text = strconv.Quote(n.rename(origin + item.String()))
		default:
			text = n.rewrite(item, origin)
		}
		if value.IsObject() {
			text = key.Raw + ":" + text
		}
		parts = append(parts, text)
		return true
	})
	return brackets[:1] + strings.Join(parts, ",") + brackets[1:]
}

func (n *numbering) rename(old string) string {
	if n.renamed == nil {
		n.renamed = map[string]string{}
	}
	if n.renamed[old] == "" {
		n.renamed[old] = n.next()
	}
	return n.renamed[old]
}

// EntityNote tells of entities that were not built.
type EntityNote struct {
	Code    string // ENT-ARRAY, ENT-GENERIC, ENT-LIMIT, ENT-SIZE, ENT-JSON
	Column  string // the column at fault, where there is one
	Message string
}

// BuildEntities makes the entities of an alert from its rows: for each mapping in turn, one for each row that has the identifiers which the type
// requires. Empty cells leave their identifier out; so do arrays and bags, which identify nothing. Equal entities are listed once, where the
// first stood; a full name is split into its parts; account names that stand for no one (SYSTEM, ROOT …) make no entity. The limits
// of Sentinel hold. The notes say, once for each mapping and reason, what was left out.
func BuildEntities(mappings []EntityMapping, rows []Row, options EntityOptions) (Entities, []EntityNote) {
	b := entityBuilder{options: options, seen: map[string]bool{}, noted: map[EntityNote]bool{}}
	for _, mapping := range mappings {
		b.fromMapping(mapping, rows, MaxEntities/len(mappings))
	}
	return b.fit()
}

// BuildEntities makes the entities of an alert about rows of the rule's result: those of its mappings, then those that its
// sentinelEntitiesMappings take over from other alerts.
func (r *Rule) BuildEntities(rows []Row, options EntityOptions) (Entities, []EntityNote) {
	b := entityBuilder{options: options, seen: map[string]bool{}, noted: map[EntityNote]bool{}}
	for _, mapping := range r.Entities {
		b.fromMapping(mapping, rows, MaxEntities/(len(r.Entities)+len(r.SentinelEntities)))
	}
	for _, column := range r.SentinelEntities {
		b.fromAlerts(column, rows, MaxEntities/(len(r.Entities)+len(r.SentinelEntities)))
	}
	return b.fit()
}

type entityBuilder struct {
	options  EntityOptions
	entities Entities
	seen     map[string]bool // the key of each entity
	cells    int             // of other alerts' entities, read so far
	notes    []EntityNote
	noted    map[EntityNote]bool
}

func (b *entityBuilder) note(code, column, format string, args ...any) {
	note := EntityNote{code, column, fmt.Sprintf(format, args...)}
	if !b.noted[note] {
		b.noted[note] = true
		b.notes = append(b.notes, note)
	}
}

func (b *entityBuilder) fromMapping(mapping EntityMapping, rows []Row, limit int) {
	entityType, known := catalog.Entity(mapping.Type)
	if !known {
		return
	}
	added := 0
	for _, row := range rows {
		entity := b.fromRow(entityType, mapping, row)
		if len(entity.Identifiers) == 0 {
			continue
		}
		if added == limit && !b.has(entity) {
			b.note("ENT-LIMIT", "", "an alert has %d entities, %d for each mapping: further ones of type %s are dropped", MaxEntities, limit, mapping.Type)
			return
		}
		if b.add(entity) {
			added++
		}
	}
}

// fromRow gives an entity without identifiers where the row does not identify one.
func (b *entityBuilder) fromRow(entityType catalog.EntityType, mapping EntityMapping, row Row) Entity {
	entity := Entity{Type: mapping.Type}
	var present []string
	for _, field := range mapping.Fields {
		text, kind := row.Cell(field.Column)
		if b.options.TrimSpace {
			text = strings.TrimSpace(text)
		}
		switch {
		case kind == Composite && b.options.ArraysAsText, kind == Scalar && text != "", kind != Missing && text == "" && b.options.KeepEmpty:
			present = append(present, field.Identifier)
			entity.Identifiers = append(entity.Identifiers, Identifier{field.Identifier, text})
		case kind == Composite:
			b.note("ENT-ARRAY", field.Column, "column %s holds an array or bag, which identifies no %s; expand it with mv-expand", field.Column, mapping.Type)
		}
	}
	if !catalog.Satisfies(entityType.Required, present) && !b.options.KeepIncomplete {
		return Entity{}
	}
	if name := entity.Get("Name"); mapping.Type == "Account" && len(mapping.Fields) == 1 && b.generic(name) {
		b.note("ENT-GENERIC", mapping.Fields[0].Column, "the account name %s stands for no one account and makes no entity", name)
		return Entity{}
	}
	if !b.options.KeepFullName {
		splitFullName(&entity)
	}
	return entity
}

// genericAccounts are names that identify no account unless something else does (Sentinel page "entities-reference").
var genericAccounts = []string{
	"ADMIN", "ADMINISTRATOR", "SYSTEM", "ROOT", "ANONYMOUS", "AUTHENTICATED USER", "NETWORK", "NULL", "LOCAL SYSTEM", "LOCALSYSTEM", "NETWORK SERVICE",
}

func (b *entityBuilder) generic(name string) bool {
	if !b.options.GenericExactCase {
		name = strings.ToUpper(name)
	}
	return slices.Contains(genericAccounts, name)
}

// splitFullName replaces a full name by the identifiers that it stands for, unless the mapping gives these itself.
func splitFullName(entity *Entity) {
	i := slices.IndexFunc(entity.Identifiers, func(id Identifier) bool { return id.Name == "FullName" })
	if i < 0 {
		return
	}
	var parts []Identifier
	for _, part := range fullNameParts(entity.Type, entity.Identifiers[i].Value) {
		if entity.Get(part.Name) == "" {
			parts = append(parts, part)
		}
	}
	entity.Identifiers = slices.Replace(entity.Identifiers, i, i+1, parts...)
}

// fullNameParts reads DOMAIN\user and user@suffix for accounts, host.domain for hosts. A name of another form, or with an empty
// part, is a mere name, and so is a host's address.
func fullNameParts(entityType, full string) []Identifier {
	if entityType == "Host" {
		_, err := netip.ParseAddr(full)
		if host, domain, ok := strings.Cut(full, "."); ok && err != nil && host != "" && domain != "" {
			return []Identifier{{"HostName", host}, {"DnsDomain", domain}}
		}
		return []Identifier{{"HostName", full}}
	}
	if domain, name, ok := strings.Cut(full, `\`); ok && domain != "" && name != "" {
		return []Identifier{{"Name", name}, {"NTDomain", domain}}
	}
	if at := strings.LastIndexByte(full, '@'); at > 0 && at < len(full)-1 {
		return []Identifier{{"Name", full[:at]}, {"UPNSuffix", full[at+1:]}}
	}
	return []Identifier{{"Name", full}}
}

// fromAlerts takes over the entities in a column that holds the Entities of other alerts.
func (b *entityBuilder) fromAlerts(column string, rows []Row, limit int) {
	added := 0
	for _, row := range rows {
		b.cells++
		text, ok := cellText(row, column)
		if !ok {
			continue
		}
		list := gjson.Parse(text)
		if !gjson.Valid(text) || !list.IsArray() {
			b.note("ENT-JSON", column, "column %s holds no JSON array of entities", column)
			continue
		}
		for _, item := range list.Array() {
			entity := Entity{Type: item.Get("Type").String(), Raw: item.Raw, origin: b.cells}
			switch {
			case !item.IsObject() || item.Get(`\$ref`).Exists(): // a reference to an entity that is already there
			case added == limit && !b.has(entity):
				b.note("ENT-LIMIT", column, "an alert has %d entities, %d for each mapping: further ones of column %s are dropped", MaxEntities, limit, column)
				return
			case b.add(entity):
				added++
			}
		}
	}
}

func (b *entityBuilder) has(entity Entity) bool {
	return !b.options.KeepEqual && b.seen[entityKey(entity)]
}

func (b *entityBuilder) add(entity Entity) bool {
	key := entityKey(entity)
	if b.seen[key] && !b.options.KeepEqual {
		return false
	}
	b.seen[key] = true
	b.entities = append(b.entities, entity)
	return true
}

// entityKey is the same for entities of one type with the same identifiers, in whatever order they are mapped.
func entityKey(entity Entity) string {
	var fresh numbering
	if entity.Raw != "" {
		return fresh.write(entity)
	}
	sorted := slices.SortedFunc(slices.Values(entity.Identifiers), func(a, b Identifier) int { return strings.Compare(a.Name, b.Name) })
	return fmt.Sprintf("%s%q", entity.Type, sorted)
}

// fit keeps the entities, from the first, whose JSON is within the limit.
func (b *entityBuilder) fit() (Entities, []EntityNote) {
	var ids numbering
	size := len("[]")
	for i, entity := range b.entities {
		size += len(ids.write(entity)) + len(",")
		if size > MaxEntitiesSize+len(",") {
			b.note("ENT-SIZE", "", "the JSON of an alert's entities has at most %d bytes: %d of %d entities fit", MaxEntitiesSize, i, len(b.entities))
			return b.entities[:i], b.notes
		}
	}
	return b.entities, b.notes
}
