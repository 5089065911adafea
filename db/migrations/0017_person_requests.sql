-- Requests of persons for their own data (NĐ 356/2025, art. 5), and what was handed out. Of this machine; not events: whose data was asked for is nobody else's business.
CREATE TABLE person_request (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  actor_name TEXT NOT NULL,
  received_on TEXT NOT NULL,
  due TEXT NOT NULL,
  reason TEXT NOT NULL,
  name TEXT NOT NULL,
  number TEXT NOT NULL,
  birth TEXT NOT NULL,
  -- How many dossiers named the person then.
  dossiers INTEGER NOT NULL
) STRICT;
CREATE TRIGGER person_request_no_update BEFORE UPDATE ON person_request BEGIN SELECT RAISE(ABORT, 'person_request is append-only'); END;
CREATE TRIGGER person_request_no_delete BEFORE DELETE ON person_request BEGIN SELECT RAISE(ABORT, 'person_request is append-only'); END;

CREATE TABLE person_export (
  n INTEGER PRIMARY KEY,
  request_id TEXT NOT NULL REFERENCES person_request (id),
  what TEXT NOT NULL CHECK (what IN ('paper', 'pdf', 'json')),
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX person_export_request ON person_export (request_id, n);
CREATE TRIGGER person_export_no_update BEFORE UPDATE ON person_export BEGIN SELECT RAISE(ABORT, 'person_export is append-only'); END;
CREATE TRIGGER person_export_no_delete BEFORE DELETE ON person_export BEGIN SELECT RAISE(ABORT, 'person_export is append-only'); END;
