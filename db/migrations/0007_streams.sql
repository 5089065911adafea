-- Several own streams one after the other, places of events that were written again, words that a newer word replaces.
-- `own`: made by this machine. `branch`: 0 = the chain as it stands here; 1.. = came from the city where something else stands at its place.
CREATE TABLE event_new (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  schema INTEGER NOT NULL,
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  verb TEXT NOT NULL,
  subject_kind TEXT NOT NULL,
  subject_id TEXT NOT NULL,
  base INTEGER NOT NULL,
  at TEXT NOT NULL,
  day TEXT NOT NULL,
  -- Before the long text: what stands behind it costs a walk over its pages.
  own INTEGER NOT NULL CHECK (own IN (0, 1)),
  branch INTEGER NOT NULL CHECK (branch >= 0),
  -- The whole event as canonical JSON: what is hashed, signed and sent.
  raw TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (stream, branch, seq)
) STRICT;
-- What cannot be read any more belongs to whoever wrote its stream.
INSERT INTO event_new
  SELECT n, id, schema, stream, seq, verb, subject_kind, subject_id, base, at, day,
    coalesce((SELECT CASE WHEN json_valid(raw) THEN json_extract(raw, '$.device') = device ELSE event.stream = device_state.stream END
              FROM device_state), 0),
    0, raw, hash
  FROM event ORDER BY n;
DROP TABLE event;
ALTER TABLE event_new RENAME TO event;
CREATE INDEX event_subject ON event (subject_kind, subject_id);
CREATE INDEX event_own_day ON event (day) WHERE own = 1;
-- Events of one import. Of what is not JSON nothing is asked: `db:verify` has to be able to find it.
CREATE INDEX event_group ON event (json_extract(raw, '$.body.group'))
  WHERE verb = 'count.record' AND json_valid(raw) AND json_extract(raw, '$.body.group') IS NOT NULL;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;

-- Further places of own events: written again on a stream that took another one's place. Same id and content, other stream, seq, prev, hash.
CREATE TABLE resent (
  stream TEXT NOT NULL,
  seq INTEGER NOT NULL,
  event_n INTEGER NOT NULL REFERENCES event (n),
  raw TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (stream, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX resent_event ON resent (event_n);
CREATE TRIGGER resent_no_update BEFORE UPDATE ON resent BEGIN SELECT RAISE(ABORT, 'resent is append-only'); END;
CREATE TRIGGER resent_no_delete BEFORE DELETE ON resent BEGIN SELECT RAISE(ABORT, 'resent is append-only'); END;

-- Each stream as a gap-free list of places.
CREATE VIEW chain AS
  SELECT stream, seq, n AS event_n, id, raw, hash FROM event WHERE branch = 0
  UNION ALL
  SELECT r.stream, r.seq, r.event_n, e.id, r.raw, r.hash FROM resent r JOIN event e ON e.n = r.event_n;

-- Streams that this machine wrote, the present one among them (device_state.stream).
CREATE TABLE own_stream (
  id TEXT PRIMARY KEY,
  opened_at TEXT NOT NULL,
  why TEXT NOT NULL,
  -- The stream whose place it took, and the epoch of the city that was told so: one that was put back may have forgotten.
  replaces TEXT,
  told TEXT,
  -- Places up to this number have a receipt that stands.
  acked INTEGER NOT NULL,
  closed_at TEXT
) STRICT;
INSERT INTO own_stream
  SELECT stream, enrolled_at, 'enrolled', NULL, NULL, coalesce((SELECT max(to_seq) FROM receipt r WHERE r.stream = d.stream), 0), NULL
  FROM device_state d;

-- The same batch is answered once by each epoch of the city.
CREATE TABLE receipt_new (
  id TEXT NOT NULL,
  stream TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  at TEXT NOT NULL,
  jws TEXT NOT NULL,
  PRIMARY KEY (id, epoch)
) STRICT;
INSERT INTO receipt_new SELECT id, stream, from_seq, to_seq, epoch, at, jws FROM receipt ORDER BY rowid;

CREATE TABLE delivery_new (
  event_n INTEGER PRIMARY KEY REFERENCES event (n),
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'merged', 'conflict', 'rejected', 'held')),
  code TEXT,
  field TEXT,
  -- Number and epoch of this word; a later word replaces it.
  hub_seq INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  -- The receipt that names the event; NULL for events of others, which come through the signed inbox.
  receipt_id TEXT,
  receipt_epoch TEXT,
  at TEXT NOT NULL,
  FOREIGN KEY (receipt_id, receipt_epoch) REFERENCES receipt (id, epoch)
) STRICT;
INSERT INTO delivery_new
  SELECT d.event_n, d.verdict, d.code, d.field, d.hub_seq,
    coalesce(r.epoch, (SELECT epoch FROM device_state), ''), d.receipt_id, r.epoch, d.at
  FROM delivery d LEFT JOIN receipt r ON r.id = d.receipt_id;
DROP TABLE delivery;
DROP TABLE receipt;
ALTER TABLE receipt_new RENAME TO receipt;
ALTER TABLE delivery_new RENAME TO delivery;
CREATE INDEX receipt_range ON receipt (stream, to_seq);
CREATE INDEX delivery_verdict ON delivery (verdict, event_n);
CREATE INDEX delivery_receipt ON delivery (receipt_id);
CREATE INDEX delivery_hub ON delivery (hub_seq);
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

-- The city's signature by which an event of another machine can be brought back to it; stays where the word itself became void.
CREATE TABLE city_mark (
  event_n INTEGER PRIMARY KEY REFERENCES event (n),
  epoch TEXT NOT NULL,
  hub_seq INTEGER NOT NULL,
  mark TEXT NOT NULL
) STRICT;

-- Where this machine opened a stream by itself because its store was put back: until that is settled with the city.
ALTER TABLE device_state ADD COLUMN recovering TEXT;
-- 0: the city does not know the signed-in account any more; reading only.
ALTER TABLE device_state ADD COLUMN account_known INTEGER NOT NULL DEFAULT 1 CHECK (account_known IN (0, 1));

-- Settings of this machine alone; not events.
CREATE TABLE machine_setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
