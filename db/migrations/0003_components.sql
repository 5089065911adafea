-- The life of each component, papers, codes of other systems, corrections of the catalogue. The dossiers' rows are made anew:
-- while `rebuild_due` exists, the next opening folds all events and drops it.
CREATE TABLE rebuild_due (one INTEGER PRIMARY KEY) STRICT;
DROP TABLE component;
DROP TABLE dossier;

CREATE TABLE dossier (
  n INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  -- Unique by the numbers that the city gives to devices; not by constraint, or one wrong event of another machine would block the inbox.
  code TEXT NOT NULL,
  official_code TEXT NOT NULL,
  chain TEXT NOT NULL CHECK (chain IN ('birth', 'death')),
  regime TEXT NOT NULL,
  office TEXT NOT NULL,
  commune TEXT NOT NULL,
  channel TEXT NOT NULL,
  received_on TEXT NOT NULL,
  received_time TEXT NOT NULL,
  due TEXT,
  next_due TEXT,
  state TEXT NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('under_way', 'whole', 'part', 'none')),
  missing INTEGER NOT NULL,
  subject_name TEXT NOT NULL,
  subject_birth TEXT NOT NULL,
  sort_name TEXT NOT NULL,
  relative_name TEXT NOT NULL,
  requester_name TEXT NOT NULL,
  requester_phone TEXT NOT NULL,
  requester_address TEXT NOT NULL,
  id_suffix TEXT NOT NULL,
  synthetic INTEGER NOT NULL CHECK (synthetic IN (0, 1))
) STRICT;
CREATE INDEX dossier_code ON dossier (code);
CREATE INDEX dossier_chain ON dossier (chain, n);
CREATE INDEX dossier_received ON dossier (received_on, received_time);
-- One for each way to sort or to filter a list: each holds all that its list asks, so that no row is read.
CREATE INDEX dossier_next_due ON dossier (next_due) WHERE next_due IS NOT NULL;
CREATE INDEX dossier_by_due ON dossier (ifnull(next_due, '~'), n, chain, outcome);
CREATE INDEX dossier_by_name ON dossier (sort_name, n, chain, outcome);
CREATE INDEX dossier_under_way ON dossier (n, chain) WHERE outcome = 'under_way';
CREATE INDEX dossier_ended ON dossier (n, chain) WHERE outcome <> 'under_way';

CREATE TABLE component (
  dossier_id TEXT NOT NULL REFERENCES dossier (id),
  code TEXT NOT NULL,
  due TEXT,
  first_due TEXT,
  waits_for TEXT,
  state TEXT NOT NULL,
  since TEXT NOT NULL,
  started_on TEXT,
  ended_on TEXT,
  at TEXT NOT NULL,
  obstacle TEXT NOT NULL,
  supplements INTEGER NOT NULL,
  asked_on TEXT NOT NULL,
  PRIMARY KEY (dossier_id, code)
) STRICT, WITHOUT ROWID;

-- What somebody has to do about a dossier (supplement, elsewhere, obstacle, to_give, missing) and each missing paper (missing/<code>).
CREATE TABLE dossier_mark (
  dossier_n INTEGER NOT NULL REFERENCES dossier (n),
  mark TEXT NOT NULL,
  PRIMARY KEY (dossier_n, mark)
) STRICT, WITHOUT ROWID;
CREATE INDEX dossier_mark_mark ON dossier_mark (mark, dossier_n);

-- Keys by equality, see shared/domain/duplicate.ts. No reference: taking a dossier away would read all of them.
CREATE TABLE duplicate_key (
  key TEXT NOT NULL,
  dossier_n INTEGER NOT NULL,
  PRIMARY KEY (key, dossier_n)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  office TEXT NOT NULL,
  corrections TEXT NOT NULL
) STRICT;
CREATE INDEX setting_office ON setting (office);

-- Of this machine alone; not events.
CREATE TABLE saved_filter (
  actor TEXT NOT NULL,
  name TEXT NOT NULL,
  filter TEXT NOT NULL,
  PRIMARY KEY (actor, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE print_log (
  n INTEGER PRIMARY KEY,
  dossier_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
CREATE INDEX print_log_dossier ON print_log (dossier_id, n);
