-- The day of sending is that of the sending that stands: while `rebuild_due` exists, the next start folds all applied events and drops it.
create table if not exists rebuild_due (one integer primary key);
