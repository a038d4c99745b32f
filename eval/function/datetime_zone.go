package function

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // so that zones are the same on machines without a zone database

	"github.com/seed-2512943d/picket/eval/scalar"
)

func zoneFunctions() []Function {
	return []Function{
		{
			Sig:  "datetime_utc_to_local(from: datetime, timezone: string): datetime",
			Doc:  "What the clocks of a time zone show at a datetime. The zone is an IANA name or one of Windows.",
			Bind: bindZone(toLocal),
			Examples: []string{
				`datetime_utc_to_local(datetime(2022-07-01 12:00), "Europe/Brussels") == datetime(2022-07-01 14:00)`,
				`datetime_utc_to_local(datetime(2020-02-03 04:02:20), "US/Pacific") == datetime(2020-02-02 20:02:20)`,
				`isnull(datetime_utc_to_local(datetime(null), "Europe/Brussels"))`,
			},
		},
		{
			Sig:  "datetime_local_to_utc(from: datetime, timezone: string): datetime",
			Doc:  "The datetime at which the clocks of a time zone show a time. One that is left out as the clocks go forward counts as the hour before; of two equal ones the first is meant.",
			Bind: bindZone(toUTC),
			Examples: []string{
				`datetime_local_to_utc(datetime(2020-02-02 20:02:20), "US/Pacific") == datetime(2020-02-03 04:02:20)`,
				`datetime_local_to_utc(datetime(2022-03-27 02:00), "Europe/Brussels") == datetime(2022-03-27 00:00)`,
				`datetime_local_to_utc(datetime(2022-03-27 03:00), "Europe/Brussels") == datetime(2022-03-27 01:00)`,
			},
		},
		{
			Sig:  "datetime_list_timezones(): dynamic",
			Doc:  "The names of all time zones.",
			Impl: Raw(func([]scalar.Value) scalar.Value { return zoneList() }),
			Examples: []string{
				`set_has_element(datetime_list_timezones(), "Europe/Brussels")`,
				`array_length(datetime_list_timezones()) > 500`,
			},
		},
	}
}

//go:embed zone_names.txt
var zoneNames string

//go:embed zone_windows.txt
var windowsZones string

var zoneList = sync.OnceValue(func() scalar.Value { return stringArray(strings.Fields(zoneNames)) })

// loadZone finds a zone by its IANA name, or by the name that Windows has for it.
func loadZone(name string) (*time.Location, error) {
	for line := range strings.Lines(windowsZones) {
		if windows, iana, _ := strings.Cut(strings.TrimSpace(line), "\t"); windows == name {
			return time.LoadLocation(iana)
		}
	}
	if name == "" || name == "Local" { // names of Go's own, and none of a zone
		return nil, fmt.Errorf("%q is no time zone", name)
	}
	return time.LoadLocation(name)
}

// bindZone looks a constant zone up once; one that there is not is an error. The
// zone of a row is looked up when it first comes by, and if there is none the
// result is null.
func bindZone(shift func(t scalar.Instant, zone *time.Location) (scalar.Instant, bool)) func([]Arg) (Impl, error) {
	return func(args []Arg) (Impl, error) {
		find := zoneCache()
		if args[1].Const {
			zone, err := loadZone(args[1].Value.Str())
			if err != nil {
				return Impl{}, unanswered("%v", err)
			}
			find = func(string) *time.Location { return zone }
		}
		return N2(func(t scalar.Instant, name string) (scalar.Instant, bool) {
			if zone := find(name); zone != nil {
				return shift(t, zone)
			}
			return 0, false
		}), nil
	}
}

// zoneCache returns a look-up that loads each zone once. Names of no zone are not
// kept, so that it cannot grow beyond the list of zones.
func zoneCache() func(name string) *time.Location {
	var loaded sync.Map
	return func(name string) *time.Location {
		if zone, ok := loaded.Load(name); ok {
			return zone.(*time.Location)
		}
		zone, err := loadZone(name)
		if err != nil {
			return nil
		}
		loaded.Store(name, zone)
		return zone
	}
}

// offsetAt is how far the clocks of a zone are ahead of UTC at t.
func offsetAt(t scalar.Instant, zone *time.Location) scalar.Span {
	_, seconds := t.Time().In(zone).Zone()
	return scalar.Span(seconds) * scalar.TicksPerSecond
}

func toLocal(t scalar.Instant, zone *time.Location) (scalar.Instant, bool) {
	return t.Add(offsetAt(t, zone))
}

// toUTC tries the offsets of the days before and after, one of which holds at t
// unless the clocks leave t out. They then go forward, and the greater offset is
// that of the hour before t.
func toUTC(t scalar.Instant, zone *time.Location) (scalar.Instant, bool) {
	earlier := offsetAt(max(t-scalar.TicksPerDay, scalar.MinInstant), zone)
	later := offsetAt(min(t+scalar.TicksPerDay, scalar.MaxInstant), zone)
	for _, offset := range [...]scalar.Span{earlier, later} {
		if utc, ok := t.Add(-offset); ok && offsetAt(utc, zone) == offset {
			return utc, true
		}
	}
	return t.Add(-max(earlier, later))
}
