-- Clusters of units that an office made, beside its corrections.
alter table setting add column clusters jsonb not null default '{}';
