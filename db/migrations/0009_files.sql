-- Scans: their contents stand beside this file, each encrypted with a key made from this one.
CREATE TABLE file_key (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  -- 32 bytes, hex.
  key TEXT NOT NULL
) STRICT;

-- What stands on this machine. `kept`: taken in, not yet named by an event; `attached`: named by an own event; `fetched`: came from the city.
CREATE TABLE file (
  sha256 TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('kept', 'attached', 'fetched')),
  -- Epoch of the city that had the whole file; NULL = not sent yet.
  sent_to TEXT
) STRICT;

-- Scans that were saved out of the book on this machine.
CREATE TABLE file_log (
  n INTEGER PRIMARY KEY,
  dossier_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  at TEXT NOT NULL,
  actor TEXT NOT NULL
) STRICT;
