-- Named choices of the reports room; of this machine alone, not events.
CREATE TABLE saved_report (
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  choice TEXT NOT NULL,
  PRIMARY KEY (actor, name)
) STRICT, WITHOUT ROWID;
