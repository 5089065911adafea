-- Scans that a dossier shows.
alter table dossier add column files jsonb not null default '[]';
-- next
alter table dossier alter column files drop default;
