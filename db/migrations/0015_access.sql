-- Who looked at what, printed it, carried it away, came in: an append-only chain of this machine, each entry signed by its key (db/access.ts).
CREATE TABLE access (
  seq INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  -- Account; NULL = the machine by itself.
  actor TEXT,
  action TEXT NOT NULL,
  subject_kind TEXT,
  subject_id TEXT,
  -- The whole entry as canonical JSON: what is hashed. Never contents: codes, ids and counts.
  raw TEXT NOT NULL,
  hash TEXT NOT NULL,
  signature TEXT NOT NULL
) STRICT;
CREATE INDEX access_at ON access (at);
CREATE INDEX access_actor ON access (actor);
CREATE INDEX access_action ON access (action);
CREATE INDEX access_subject ON access (subject_id);
-- Against mistakes of the program; whoever has the key can drop them, and is found by the chain.
CREATE TRIGGER access_no_update BEFORE UPDATE ON access BEGIN SELECT RAISE(ABORT, 'access is append-only'); END;
CREATE TRIGGER access_no_delete BEFORE DELETE ON access BEGIN SELECT RAISE(ABORT, 'access is append-only'); END;

-- Signature of this machine under the row as it put it here, and how far the access log went then: `seq.signature`. NULL: an older program put it.
ALTER TABLE event ADD COLUMN seal TEXT;
