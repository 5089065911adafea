-- Sheets of every form with their state, cells that are outside, targets, kept reports. The sheets are made anew:
-- while `rebuild_due` exists, the next opening folds all events and drops it.
CREATE TABLE IF NOT EXISTS rebuild_due (one INTEGER PRIMARY KEY) STRICT;
DROP TABLE count;
DROP TABLE sheet;

CREATE TABLE sheet (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  unit TEXT NOT NULL,
  as_of TEXT NOT NULL,
  form TEXT NOT NULL,
  -- First day of the window of a sheet of flows.
  from_date TEXT,
  status TEXT NOT NULL CHECK (status IN ('draft', 'locked', 'approved', 'returned')),
  status_reason TEXT NOT NULL,
  sent_on TEXT,
  notes TEXT NOT NULL
) STRICT;
-- Both hold all that figures ask of their sheet, so that the long notes are not read for them.
CREATE INDEX sheet_as_of ON sheet (as_of, form, unit, from_date);
CREATE INDEX sheet_unit ON sheet (form, unit, as_of);

-- No row: chưa báo cáo. NULL: không thuộc địa bàn. By the sheet's number: a million keys of text would be twice as long.
CREATE TABLE count (
  sheet_n INTEGER NOT NULL REFERENCES sheet (n),
  category TEXT NOT NULL,
  measure TEXT NOT NULL,
  value INTEGER CHECK (value >= 0),
  PRIMARY KEY (sheet_n, category, measure)
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  unit TEXT NOT NULL,
  targets TEXT NOT NULL
) STRICT;

CREATE TABLE report_record (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  report TEXT NOT NULL,
  from_date TEXT,
  to_date TEXT NOT NULL,
  office TEXT NOT NULL,
  -- JSON: figures printed elsewhere, reports frozen as they were sent.
  state TEXT NOT NULL
) STRICT;

-- Events of one import. Of what is not JSON nothing is asked: `db:verify` has to be able to find it.
CREATE INDEX event_group ON event (json_extract(raw, '$.body.group'))
  WHERE verb = 'count.record' AND json_valid(raw) AND json_extract(raw, '$.body.group') IS NOT NULL;

-- Dossiers that ended in a window.
CREATE INDEX component_ended ON component (ended_on) WHERE ended_on IS NOT NULL;
