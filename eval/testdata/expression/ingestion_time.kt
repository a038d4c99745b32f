# the time of the event stands in for a time of ingestion that a record does not tell
datatable(TimeGenerated: datetime, _TimeReceived: datetime)[
  datetime(2026-03-01 10:00), datetime(2026-03-01 10:07),
  datetime(2026-03-01 11:00), datetime(null)]
| project at = ingestion_time()
----
at: datetime
2026-03-01T10:07:00.0000000Z
2026-03-01T11:00:00.0000000Z

# rows without either time have none
datatable(a: long)[1]
| project at = ingestion_time()
----
at: datetime
null
