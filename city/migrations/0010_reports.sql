-- Dossiers that got components later: the only corrections that change what a dossier was on an earlier day.
create index event_added on event (subject_id) where verb = 'dossier.correct' and jsonb_exists(body, 'added');
