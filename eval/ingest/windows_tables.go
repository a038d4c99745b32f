package ingest

import (
	"bytes"
	"encoding/xml"
	"slices"
	"strconv"
	"strings"

	"github.com/tidwall/gjson"
)

// windows makes rows of Windows events. Those of the Security and AppLocker channels belong to SecurityEvent, others to Event;
// WindowsEvent takes all when it is asked for.
func windows(r *reading) func([]byte, place) error {
	w := newRow(r.options)
	return func(data []byte, at place) error {
		e, ok := readWindowsEvent(gjson.ParseBytes(data))
		if !ok {
			return r.bad(at, "byte %d: not a Windows event with a time: %s", at.offset, abridge(data))
		}
		table := "Event"
		switch {
		case r.options.Table == "WindowsEvent":
			table = r.options.Table
		case e.channel == "Security" || strings.HasPrefix(e.channel, "Microsoft-Windows-AppLocker/"):
			table = "SecurityEvent"
		}
		if !r.wants(table, "channel "+e.channel) {
			return nil
		}
		w.begin(table)
		w.time("TimeGenerated", e.time)
		w.string("Computer", e.computer)
		w.string("EventID", e.id)
		switch table {
		case "SecurityEvent":
			e.securityEvent(w)
		case "Event":
			e.event(w)
		default:
			e.windowsEvent(w)
		}
		return r.row(w.end())
	}
}

// system writes the columns that SecurityEvent and WindowsEvent have in common.
func (e *windowsEvent) system(w *row) {
	w.string("Channel", e.channel)
	w.string("EventLevelName", levelName(e.level))
	w.string("EventRecordId", e.record)
	w.string("Keywords", e.keywords)
	w.string("Opcode", e.opcode)
	w.string("Task", e.task)
	w.string("Version", e.version)
	w.string("SystemProcessId", e.process)
	w.string("SystemThreadId", e.thread)
	w.string("SystemUserId", e.user)
	w.string("Correlation", e.activity)
}

// securityEvent writes the columns of SecurityEvent: the event's data have columns of their names.
func (e *windowsEvent) securityEvent(w *row) {
	e.system(w)
	w.string("EventSourceName", e.provider)
	w.string("Level", e.level)
	w.string("Activity", activityOf(e.id))
	subject, target := e.account("Subject"), e.account("Target")
	who, name := subject, e.value("SubjectUserName")
	if target != "" && (subject == "" || isLogon(e.id)) {
		who, name = target, e.value("TargetUserName")
	}
	w.string("Account", who)
	switch {
	case strings.HasSuffix(name, "$"):
		w.string("AccountType", "Machine")
	case name != "":
		w.string("AccountType", "User")
	}
	w.string("SubjectAccount", subject)
	w.string("TargetAccount", target)
	w.string("LogonTypeName", logonTypeName(e.value("LogonType")))
	w.string("Process", baseName(e.value("NewProcessName", "ProcessName")))
	for _, field := range e.data {
		if field.name != "" {
			w.string(field.name, field.value)
		}
	}
	w.string("EventData", e.dataXML())
}

// event writes the columns of Event. Its EventData is the XML that the agent wraps the event's data in.
func (e *windowsEvent) event(w *row) {
	w.string("EventLog", e.channel)
	w.string("Source", e.provider)
	w.string("EventLevel", e.level)
	w.string("EventLevelName", levelName(e.level))
	w.string("EventCategory", e.task)
	if e.userName == "" {
		w.string("UserName", e.user)
	}
	w.string("UserName", e.userName)
	w.string("RenderedDescription", e.message)
	if len(e.data) > 0 {
		w.string("EventData", `<DataItem type="System.XmlData" time="`+e.time.Format("2006-01-02T15:04:05.0000000Z")+`">`+e.dataXML()+`</DataItem>`)
	}
	var parameters bytes.Buffer
	for _, field := range e.data {
		parameters.WriteString("<Param>")
		xml.EscapeText(&parameters, []byte(field.value)) // a buffer takes all
		parameters.WriteString("</Param>")
	}
	w.string("ParameterXml", parameters.String())
}

// windowsEvent writes the columns of WindowsEvent, whose EventData is a bag. Values without a name are called Data, as the
// element is.
func (e *windowsEvent) windowsEvent(w *row) {
	e.system(w)
	w.string("Provider", e.provider)
	w.string("EventLevel", e.level)
	if !w.key("EventData") {
		return
	}
	var names []string
	w.out = append(w.out, '{')
	for i, field := range e.data {
		name := field.name
		if name == "" {
			name = "Data"
		}
		if slices.Contains(names, name) {
			continue
		}
		if i > 0 {
			w.out = append(w.out, ',')
		}
		names = append(names, name)
		w.out = append(appendQuoted(w.out, []byte(name)), ':')
		w.out = appendQuoted(w.out, []byte(field.value))
	}
	w.out = append(w.out, '}')
}

// dataXML writes the event's data as the XML of the event has them.
func (e *windowsEvent) dataXML() string {
	if len(e.data) == 0 {
		return ""
	}
	var out bytes.Buffer
	out.WriteString(`<EventData xmlns="http://schemas.microsoft.com/win/2004/08/events/event">`)
	for _, field := range e.data {
		out.WriteString("<Data")
		if field.name != "" {
			out.WriteString(` Name="`)
			xml.EscapeText(&out, []byte(field.name))
			out.WriteByte('"')
		}
		out.WriteByte('>')
		xml.EscapeText(&out, []byte(field.value))
		out.WriteString("</Data>")
	}
	out.WriteString("</EventData>")
	return out.String()
}

// account returns the account that the data name with this prefix.
func (e *windowsEvent) account(prefix string) string {
	name := e.value(prefix + "UserName")
	if e.has(prefix + "DomainName") {
		return e.value(prefix+"DomainName") + `\` + name
	}
	return name
}

// account joins a domain, which may be missing, and a name.
func account(domain, name string) string {
	if domain == "" || name == "" {
		return name
	}
	return domain + `\` + name
}

// isLogon says whether an event's account is that which logs on or off, or is authenticated, rather than its subject.
func isLogon(id string) bool {
	switch id {
	case "4624", "4625", "4626", "4634", "4647", "4768", "4769", "4770", "4771", "4772", "4773", "4774", "4775", "4776", "4777", "4778", "4779", "4964":
		return true
	}
	return false
}

// baseName returns the last part of a Windows path.
func baseName(path string) string { return path[strings.LastIndexByte(path, '\\')+1:] }

// logonTypeName returns "3 - Network" for 3.
func logonTypeName(number string) string {
	names := map[string]string{"0": "System", "2": "Interactive", "3": "Network", "4": "Batch", "5": "Service", "7": "Unlock",
		"8": "NetworkCleartext", "9": "NewCredentials", "10": "RemoteInteractive", "11": "CachedInteractive",
		"12": "CachedRemoteInteractive", "13": "CachedUnlock"}
	if name, ok := names[number]; ok {
		return number + " - " + name
	}
	return ""
}

// levels are the names of the levels 0 to 5.
var levels = [...]string{"LogAlways", "Critical", "Error", "Warning", "Information", "Verbose"}

func levelName(number string) string {
	if len(number) == 1 && number[0] >= '0' && int(number[0]-'0') < len(levels) {
		return levels[number[0]-'0']
	}
	return ""
}

// levelNumber returns the number of a level, which some forms give by its name, in full or cut.
func levelNumber(level string) string {
	for i, name := range levels {
		if len(level) >= 3 && strings.EqualFold(level[:3], name[:3]) {
			return strconv.Itoa(i)
		}
	}
	return level
}
