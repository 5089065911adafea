-- The day of sending is that of the sending that stands: while `rebuild_due` exists, the next opening folds all events and drops it.
CREATE TABLE IF NOT EXISTS rebuild_due (one INTEGER PRIMARY KEY) STRICT;
