-- The desk's store. `event` is the truth; every other domain table is what the events add up to.
CREATE TABLE event (
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
  -- The whole event as canonical JSON: what is hashed, signed and sent.
  raw TEXT NOT NULL,
  hash TEXT NOT NULL,
  UNIQUE (stream, seq)
) STRICT;
CREATE INDEX event_subject ON event (subject_kind, subject_id);
CREATE INDEX event_day ON event (day);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;

CREATE TABLE batch (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  header TEXT NOT NULL,
  body BLOB NOT NULL,
  sealed_at TEXT NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX batch_range ON batch (stream, from_seq);

CREATE TABLE receipt (
  id TEXT PRIMARY KEY,
  stream TEXT NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  epoch TEXT NOT NULL,
  at TEXT NOT NULL,
  jws TEXT NOT NULL
) STRICT;
CREATE INDEX receipt_range ON receipt (stream, to_seq);
CREATE TRIGGER receipt_no_update BEFORE UPDATE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;
CREATE TRIGGER receipt_no_delete BEFORE DELETE ON receipt BEGIN SELECT RAISE(ABORT, 'receipt is append-only'); END;

-- The city's word on an event: verdict, order at the city, receipt that proves it.
CREATE TABLE delivery (
  event_n INTEGER PRIMARY KEY REFERENCES event (n),
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'merged', 'conflict', 'rejected', 'held')),
  code TEXT,
  field TEXT,
  hub_seq INTEGER NOT NULL,
  -- NULL for events of others, which come through the signed inbox.
  receipt_id TEXT REFERENCES receipt (id),
  at TEXT NOT NULL
) STRICT;
CREATE INDEX delivery_verdict ON delivery (verdict, event_n);
CREATE INDEX delivery_receipt ON delivery (receipt_id);

CREATE TABLE dossier (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  -- Unique by the numbers that the city gives to devices; not by constraint, or one wrong event of another machine would block the inbox.
  code TEXT NOT NULL,
  chain TEXT NOT NULL CHECK (chain IN ('birth', 'death')),
  regime TEXT NOT NULL,
  office TEXT NOT NULL,
  commune TEXT NOT NULL,
  channel TEXT NOT NULL,
  received_on TEXT NOT NULL,
  received_time TEXT NOT NULL,
  due TEXT,
  next_due TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('under_way', 'whole', 'part', 'none')),
  subject_name TEXT NOT NULL,
  subject_birth TEXT NOT NULL,
  requester_name TEXT NOT NULL,
  requester_phone TEXT NOT NULL,
  id_suffix TEXT NOT NULL,
  synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1))
) STRICT;
CREATE INDEX dossier_code ON dossier (code);
CREATE INDEX dossier_chain ON dossier (chain, n);
CREATE INDEX dossier_next_due ON dossier (next_due) WHERE next_due IS NOT NULL;
CREATE INDEX dossier_received ON dossier (received_on);

CREATE TABLE component (
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  code TEXT NOT NULL,
  due TEXT,
  outcome TEXT NOT NULL,
  PRIMARY KEY (dossier_id, code)
) STRICT, WITHOUT ROWID;

-- words: names, codes, numbers; place: addresses, asked only where no name fits. Folded words (see shared/lib/vietnamese-text.ts); rowid = dossier.n. đ is folded before it comes here: FTS5 does not do it.
CREATE VIRTUAL TABLE dossier_search USING fts5 (words, place, content = '', contentless_delete = 1, prefix = '2 3', tokenize = 'unicode61 remove_diacritics 0');

CREATE TABLE sheet (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  unit TEXT NOT NULL,
  as_of TEXT NOT NULL
) STRICT;
CREATE INDEX sheet_as_of ON sheet (as_of, unit);
CREATE INDEX sheet_unit ON sheet (unit, as_of);

CREATE TABLE count (
  sheet_id TEXT NOT NULL REFERENCES sheet (id),
  category TEXT NOT NULL,
  measure TEXT NOT NULL,
  value INTEGER NOT NULL CHECK (value >= 0),
  PRIMARY KEY (sheet_id, category, measure)
) STRICT, WITHOUT ROWID;

-- Half-typed forms, invalid values included. Private to the actor; not events.
CREATE TABLE draft (
  id TEXT PRIMARY KEY,
  actor TEXT NOT NULL,
  chain TEXT NOT NULL,
  "values" TEXT NOT NULL,
  saved_at TEXT NOT NULL
) STRICT;

-- One row: this machine at the city.
CREATE TABLE device_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  device TEXT NOT NULL,
  no INTEGER NOT NULL,
  name TEXT NOT NULL,
  office TEXT NOT NULL,
  stream TEXT NOT NULL,
  private_key TEXT NOT NULL,
  city_url TEXT NOT NULL,
  city_key TEXT NOT NULL,
  epoch TEXT NOT NULL,
  account TEXT NOT NULL,
  demo INTEGER NOT NULL,
  clock_offset_ms INTEGER,
  enrolled_at TEXT NOT NULL
) STRICT;

CREATE TABLE inbox_cursor (
  epoch TEXT PRIMARY KEY,
  after INTEGER NOT NULL
) STRICT;
