-- How far the mirror journal beside this file goes (db/journal): changes in the same transaction as what it counts. A store that was put
-- back and lost something begins a new branch; `parent` = the branch that it came from, `parent_position` = where.
CREATE TABLE journal_state (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  branch TEXT NOT NULL,
  position INTEGER NOT NULL CHECK (position >= 0),
  parent TEXT,
  parent_position INTEGER
) STRICT;
INSERT INTO journal_state VALUES (1, 'first', 0, NULL, NULL);
