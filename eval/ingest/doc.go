// Package ingest reads log files as a sequence of JSON object records, one per table row.
//
// [Open] takes files, directories, globs or standard input and yields each record's JSON text,
// whatever the container: one record a line (NDJSON), an array of objects, one pretty-printed
// object, the {"Records":[…]} wrapper, CSV with a header line, and raw logs, which are converted to
// rows of a table. Byte order marks and CR LF line ends are accepted.
//
// Files may be packed with gzip, zstd or bzip2 and stand in zip and tar archives, also these packed and inside each
// other; this is recognised by content. Of directories, which are read with all folders in them, and of archives
// the members that are named like log files are read; a note tells of each other one. In a glob, ** stands for any
// number of folders.
//
// # Raw logs
//
// A record becomes a flat object with the columns of its table. The column Type tells the table. Records of
// another table than [Options.Table] are left out, counted and noted. A file whose first record has a TimeGenerated holds
// rows of a table, and is read as it is.
//
//   - CloudTrail: AWS CloudTrail records, as S3, Athena, lookup-events, EventBridge and CloudWatch
//     Logs hold them → AWSCloudTrail, see [CloudTrailColumns].
//   - Diagnostics: the envelope {"time","category","properties",…} of Azure's diagnostic settings and of
//     Defender's streaming API, in {"records":[…]} or one a line. The category says the table: SignInLogs and
//     the other logs of Entra ID → SigninLogs, AuditLogs, AADNonInteractiveUserSignInLogs and so on, with members under
//     PascalCase names; Administrative and the other activity logs → AzureActivity; AdvancedHunting-X → X;
//     all others → AzureDiagnostics, whose properties get suffixes as custom logs do, or the resource-specific table
//     that is asked for, under plain names.
//   - Graph: sign-ins and directory audits as Microsoft Graph gives them, pages {"value":[…]} or single → SigninLogs,
//     AADNonInteractiveUserSignInLogs and AuditLogs, under the columns of the diagnostic logs.
//   - Office: records of the Office 365 Management Activity API, and the results of an audit log search as JSON or CSV,
//     which have them as text in AuditData → OfficeActivity. Numbers of record, user and logon types become their
//     names.
//   - Windows: events as evtx_dump, other converters of the event's XML, Winlogbeat, NXLog and flat open data sets
//     write them → SecurityEvent for the Security and AppLocker channels, else Event; all of them → WindowsEvent
//     when that is asked for. In SecurityEvent the event's data have columns of their names, and Account, Activity,
//     LogonTypeName and Process are made of them as the agent does; EventData is XML there and, wrapped in a DataItem,
//     in Event, a bag in WindowsEvent.
//   - CEF: lines of Common Event Format → CommonSecurityLog, keys under the columns that Sentinel documents, further ones
//     in AdditionalExtensions as "key=value;key=value". Computer and TimeGenerated are of the syslog header; without one
//     the time is that of rt, end or start.
//   - Syslog: lines of RFC 3164 and RFC 5424 → Syslog. Times without a zone are UTC, those without a year lie before
//     [Options.Now]. Lines without a priority, as daemons write into files, have neither Facility nor SeverityLevel.
//   - CustomLog: objects as sent to the HTTP Data Collector API → a custom table. A name gets the suffix of its value's
//     type, _s string, _d number, _b boolean, _t ISO 8601 time, _g GUID; an object becomes a column for each
//     member, an array JSON text. TimeGenerated, Computer, RawData and _ResourceId get none.
//
// # Memory
//
// Files are read in blocks of 1 MiB; memory grows only with the longest record, at most 64 MiB.
// An NDJSON record is a slice of the block: no byte is copied and nothing is allocated for it.
// Standard input and pipes are kept in memory, as a [Source] can be read more than once, and so are zip archives
// inside other files.
//
// # Bad input
//
// A record that cannot be read is yielded as a [*BadRecord] and reading goes on behind it;
// [Options.Strict] ends the sequence there. In NDJSON a line counts as a record when it begins
// with { and ends with }; only Strict looks at the JSON between them, because a full check costs
// more than most queries. All other formats check every record.
// Where the end of a bad record cannot be found, or a packed file or archive is damaged, the rest of the file is
// given up, and the error says so.
//
// # Portal exports
//
// The Azure portal writes datetime columns as "TimeGenerated [UTC]" with times such as
// 9/9/2021, 7:00:02.898 AM. In CSV and JSON the suffix is dropped and values of this exact form
// become ISO 8601. Columns exported in another time zone are left as they are, with a note.
//
// # Adding a format
//
// A reader is one function that finds records in a [block] and hands each to [reading.record]:
//
//  1. Add the [Format] constant and its name in formatNames (format.go), and how to recognise it in detect (detect.go).
//  2. Write the reader in a file named after the format, with the signature of readNDJSON.
//     Report what cannot be read with [reading.bad], giving the place where it starts.
//  3. Return it from readerOf (format.go). A format that is an old container with new record
//     shapes, as CloudTrail is, sets [reading.convert] there instead.
//     It builds rows with [row].
//  4. Put a small file into testdata and a line into the table of TestFormats; a file of raw logs, named FORMAT-WHAT, into
//     testdata/raw, and have go test -update write its rows.
package ingest
