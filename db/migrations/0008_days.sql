-- Closed days, the city's last word on each day, and where a dossier lies after it was handed over.
CREATE TABLE day (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  office TEXT NOT NULL,
  device TEXT NOT NULL,
  day TEXT NOT NULL,
  entered INTEGER NOT NULL,
  sent INTEGER NOT NULL,
  accepted INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  waiting INTEGER NOT NULL,
  digest_hash TEXT,
  differences TEXT NOT NULL,
  closed_at TEXT NOT NULL,
  closed_by TEXT NOT NULL
) STRICT;
CREATE INDEX day_day ON day (day);

-- What the city last said that it holds of this machine's day; not events.
CREATE TABLE city_day (
  day TEXT PRIMARY KEY,
  -- The city's time.
  at TEXT NOT NULL,
  -- JSON of the whole answer.
  reply TEXT NOT NULL
) STRICT;

-- `code@validFrom` of the unit that has it; NULL = it lies where it was received.
ALTER TABLE dossier ADD COLUMN holder TEXT;
CREATE INDEX dossier_holder ON dossier (holder) WHERE holder IS NOT NULL;
