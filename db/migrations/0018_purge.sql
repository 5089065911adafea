-- Dossiers whose people were taken off this machine. Their events stay at their places with their hashes; of the content only what figures
-- are made from (shared/domain/purged-event.ts). One row for each transaction that did it; `hub`: what the city's backup reached then.
CREATE TABLE purge (
  id TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  -- Account; NULL = the machine by itself.
  actor TEXT,
  days INTEGER NOT NULL,
  hub INTEGER NOT NULL,
  -- The greeting that named the backup, as the city signed it (JWS).
  proof TEXT NOT NULL
) STRICT;
CREATE TABLE purged_dossier (
  id TEXT PRIMARY KEY,
  purge_id TEXT NOT NULL REFERENCES purge (id)
) STRICT;
CREATE TABLE purged_event (
  event_n INTEGER PRIMARY KEY REFERENCES event (n),
  purge_id TEXT NOT NULL REFERENCES purge (id),
  -- This machine's signature under what is left of the row.
  seal TEXT NOT NULL
) STRICT;
CREATE TRIGGER purge_no_update BEFORE UPDATE ON purge BEGIN SELECT RAISE(ABORT, 'purge is append-only'); END;
CREATE TRIGGER purge_no_delete BEFORE DELETE ON purge BEGIN SELECT RAISE(ABORT, 'purge is append-only'); END;
CREATE TRIGGER purged_event_no_update BEFORE UPDATE ON purged_event BEGIN SELECT RAISE(ABORT, 'purged_event is append-only'); END;
CREATE TRIGGER purged_event_no_delete BEFORE DELETE ON purged_event BEGIN SELECT RAISE(ABORT, 'purged_event is append-only'); END;

-- Append-only but for this: the content of an event that stands in `purged_event`, nothing else of its row.
DROP TRIGGER event_no_update;
CREATE TRIGGER event_no_update BEFORE UPDATE ON event
WHEN NOT EXISTS (SELECT 1 FROM purged_event WHERE event_n = OLD.n)
  OR (NEW.n, NEW.id, NEW.schema, NEW.stream, NEW.seq, NEW.verb, NEW.subject_kind, NEW.subject_id, NEW.base, NEW.at, NEW.day, NEW.own, NEW.branch, NEW.hash)
     IS NOT (OLD.n, OLD.id, OLD.schema, OLD.stream, OLD.seq, OLD.verb, OLD.subject_kind, OLD.subject_id, OLD.base, OLD.at, OLD.day, OLD.own, OLD.branch, OLD.hash)
  OR NEW.seal IS NOT OLD.seal OR length(NEW.raw) > length(OLD.raw)
BEGIN SELECT RAISE(ABORT, 'event is append-only'); END;
DROP TRIGGER resent_no_update;
CREATE TRIGGER resent_no_update BEFORE UPDATE ON resent
WHEN NOT EXISTS (SELECT 1 FROM purged_event WHERE event_n = OLD.event_n)
  OR (NEW.stream, NEW.seq, NEW.event_n, NEW.hash) IS NOT (OLD.stream, OLD.seq, OLD.event_n, OLD.hash) OR length(NEW.raw) > length(OLD.raw)
BEGIN SELECT RAISE(ABORT, 'resent is append-only'); END;
