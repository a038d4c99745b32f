package ingest

import (
	"bytes"
	"strings"
	"time"

	"github.com/tidwall/gjson"
)

// windowsEvent is an event of a Windows event log, whatever the JSON that it is written in:
//
//   - the event's XML as JSON, {"Event":{"System":…,"EventData":…}}, with attributes under "#attributes" or in a member beside
//     (evtx_dump), or under names with @ (xmltodict and others);
//   - Winlogbeat, {"winlog":{"event_data":…}}, or of version 6, whose members stand at the top;
//   - flat, system members and event data side by side, as NXLog writes them and open data sets have them.
type windowsEvent struct {
	time                              time.Time
	channel, provider, computer, id   string
	level, task, opcode, keywords     string
	version, record, process, thread  string
	user, userName, activity, message string
	data                              []eventField // in the order of the source
}

// eventField is one value of the event's data; the name is "" where the event has none.
type eventField struct{ name, value string }

// isWindowsEvent says whether a record is an event in one of the forms.
func isWindowsEvent(rec gjson.Result) bool {
	return rec.Get("Event.System").IsObject() ||
		rec.Get("winlog.event_id").Exists() ||
		rec.Get("event_id").Exists() && rec.Get("log_name").Exists() ||
		rec.Get("EventID").Exists() && rec.Get("Channel").Exists()
}

// readWindowsEvent reads an event in any of the forms; ok is false if it is none or its time cannot be read.
func readWindowsEvent(rec gjson.Result) (e windowsEvent, ok bool) {
	var at []gjson.Result
	switch {
	case rec.Get("Event.System").IsObject():
		at = e.xml(rec.Get("Event"))
	case rec.Get("winlog.event_id").Exists():
		at = e.beat(rec, rec.Get("winlog"), "channel")
	case rec.Get("log_name").Exists():
		at = e.beat(rec, rec, "log_name")
	case rec.Get("EventID").Exists():
		at = e.flat(rec)
	}
	e.time, ok = firstTime(at...)
	return e, ok
}

// xml reads the JSON of an event's XML and returns its time.
func (e *windowsEvent) xml(event gjson.Result) (at []gjson.Result) {
	system := event.Get("System")
	element := func(name string) string { return elementText(member(system, name)) }
	e.channel, e.computer, e.id, e.level = element("Channel"), element("Computer"), element("EventID"), element("Level")
	e.task, e.opcode, e.keywords, e.version = element("Task"), element("Opcode"), element("Keywords"), element("Version")
	e.record = element("EventRecordID")
	e.provider = attribute(system, "Provider", "Name").String()
	e.process = attribute(system, "Execution", "ProcessID").String()
	e.thread = attribute(system, "Execution", "ThreadID").String()
	e.user = attribute(system, "Security", "UserID").String()
	e.activity = attribute(system, "Correlation", "ActivityID").String()
	e.message = elementText(member(event.Get("RenderingInfo"), "Message"))
	e.addData(event.Get("EventData"))
	event.Get("UserData").ForEach(func(_, data gjson.Result) bool { // one element that holds the values
		e.addData(data)
		return true
	})
	return []gjson.Result{attribute(system, "TimeCreated", "SystemTime")}
}

// addData adds the values of an EventData element: members, or Data elements with names and without.
func (e *windowsEvent) addData(data gjson.Result) {
	if !data.IsObject() {
		return
	}
	data.ForEach(func(key, v gjson.Result) bool {
		switch {
		case strings.HasPrefix(key.Str, "#") || strings.HasPrefix(key.Str, "@") || strings.HasPrefix(key.Str, "xmlns"):
		case key.Str != "Data":
			e.add(key.Str, elementText(v))
		case v.IsArray():
			v.ForEach(func(_, element gjson.Result) bool {
				e.addElement(element)
				return true
			})
		default:
			e.addElement(v)
		}
		return true
	})
}

// addElement adds a Data element; one without a name may hold several texts.
func (e *windowsEvent) addElement(element gjson.Result) {
	name := attributeOf(element, "Name").String()
	if texts := member(element, "#text"); texts.IsArray() {
		texts.ForEach(func(_, text gjson.Result) bool {
			e.add(name, text.String())
			return true
		})
		return
	}
	e.add(name, elementText(element))
}

func (e *windowsEvent) add(name, value string) {
	e.data = append(e.data, eventField{name, value})
}

// value returns the first value of the event's data with one of the names.
func (e *windowsEvent) value(names ...string) string {
	for _, name := range names {
		for _, field := range e.data {
			if field.name == name {
				return field.value
			}
		}
	}
	return ""
}

// has says whether the event's data have a value of this name.
func (e *windowsEvent) has(name string) bool {
	for _, field := range e.data {
		if field.name == name {
			return true
		}
	}
	return false
}

// beat reads an event of Winlogbeat and returns its time.
func (e *windowsEvent) beat(rec, log gjson.Result, channel string) (at []gjson.Result) {
	text := func(paths ...string) string {
		for _, path := range paths {
			if v := log.Get(path); v.Exists() {
				return v.String()
			}
		}
		return ""
	}
	e.channel, e.provider, e.computer = text(channel), text("provider_name", "source_name"), text("computer_name")
	e.id, e.task, e.opcode, e.version = text("event_id"), text("task"), text("opcode"), text("version")
	e.record, e.activity = text("record_id", "record_number"), text("activity_id")
	e.process, e.thread = text("process.pid", "process_id"), text("process.thread.id", "thread_id")
	e.user = text("user.identifier")
	e.userName = account(text("user.domain"), text("user.name"))
	e.message = rec.Get("message").String()
	e.level = levelNumber(firstText(rec.Get("log.level"), log.Get("level")))
	log.Get("keywords").ForEach(func(_, word gjson.Result) bool {
		e.keywords = strings.TrimPrefix(e.keywords+","+word.String(), ",")
		return true
	})
	e.addData(log.Get("event_data"))
	e.addData(log.Get("user_data"))
	return []gjson.Result{rec.Get(`\@timestamp`)}
}

// flat reads an event whose data stand beside the system members and returns the times that it may have.
func (e *windowsEvent) flat(rec gjson.Result) (at []gjson.Result) {
	var times [3]gjson.Result // that of the event comes before that of its collection, and that before one without a zone
	var domain, name string
	rec.ForEach(func(key, v gjson.Result) bool {
		text := v.String()
		switch key.Str {
		case "Channel":
			e.channel = text
		case "SourceName", "ProviderName", "Provider":
			e.provider = text
		case "Hostname", "Computer":
			e.computer = text
		case "EventID":
			e.id = text
		case "Level":
			e.level = levelNumber(text)
		case "Severity":
			if e.level == "" {
				e.level = levelNumber(text)
			}
		case "Task":
			e.task = text
		case "Opcode", "OpcodeValue":
			e.opcode = text
		case "Keywords":
			e.keywords = text
		case "Version":
			e.version = text
		case "RecordNumber", "EventRecordID":
			e.record = text
		case "ExecutionProcessID", "ProcessID":
			e.process = text
		case "ExecutionThreadID", "ThreadID":
			e.thread = text
		case "ActivityID":
			e.activity = text
		case "UserID":
			e.user = text
		case "AccountName":
			name = text
		case "Domain":
			domain = text
		case "Message":
			e.message = text
		case "TimeCreated":
			times[0] = v
		case "@timestamp":
			times[1] = v
		case "EventTime":
			times[2] = v
		case "@version", "host", "port", "tags", "AccountType", "Category", "EventReceivedTime", "EventType", "ProviderGuid",
			"SeverityValue", "SourceModuleName", "SourceModuleType":
		default:
			if v.Type != gjson.Null {
				e.add(key.Str, text)
			}
		}
		return true
	})
	e.userName = account(domain, name)
	return times[:]
}

// isRecordHeading says whether a line is "Record 1", which evtx_dump writes before each event.
func isRecordHeading(line []byte) bool {
	number, ok := bytes.CutPrefix(bytes.TrimSpace(line), []byte("Record "))
	return ok && len(number) > 0 && len(bytes.Trim(number, "0123456789")) == 0
}

// attribute returns an attribute of an element, however the element's attributes are written.
func attribute(parent gjson.Result, element, name string) gjson.Result {
	if v := attributeOf(member(parent, element), name); v.Exists() {
		return v
	}
	return member(member(parent, element+"_attributes"), name)
}

func attributeOf(element gjson.Result, name string) gjson.Result {
	for _, v := range [...]gjson.Result{member(member(element, "#attributes"), name), member(element, "@"+name), member(element, name)} {
		if v.Exists() {
			return v
		}
	}
	return gjson.Result{}
}

// elementText returns the text of an element, with attributes or without.
func elementText(element gjson.Result) string {
	if element.IsObject() {
		return member(element, "#text").String()
	}
	return element.String()
}

// member returns the member of this name, whose characters have no meaning; nothing where v is no object.
func member(v gjson.Result, name string) (found gjson.Result) {
	if v.IsObject() {
		v.ForEach(func(key, value gjson.Result) bool {
			if key.Str == name {
				found = value
			}
			return key.Str != name
		})
	}
	return found
}
