-- Closed days of each machine, and the hand-overs of a dossier to other wards. Days that a machine only claims are text.
create table day (
  id text primary key,
  revision bigint not null,
  office text not null,
  device text not null,
  day text not null,
  entered integer not null,
  sent integer not null,
  accepted integer not null,
  returned integer not null,
  waiting integer not null,
  digest_hash text,
  differences jsonb not null,
  closed_at text not null,
  closed_by text not null
);
-- next
create index day_office on day (office, day);
-- next
alter table dossier add column transfers jsonb not null default '[]';
-- next
alter table dossier alter column transfers drop default;
