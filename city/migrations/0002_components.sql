-- The life of each component, the steps of a dossier, corrections of the catalogue. The dossiers are made anew: while `rebuild_due`
-- exists, the next start folds all applied events and drops it.
create table rebuild_due (one integer primary key);
-- next
drop table component;
-- next
create table component (
  dossier text not null references dossier (id),
  place integer not null,
  code text not null,
  due date,
  first_due date,
  waits_for text,
  state text not null,
  since date not null,
  started_on date,
  ended_on date,
  at text not null,
  obstacle text not null,
  supplements integer not null,
  asked_on text not null,
  primary key (dossier, place)
);
-- next
alter table dossier add column steps jsonb not null default '[]';
-- next
alter table dossier alter column steps drop default;
-- next
create table setting (
  id text primary key,
  revision bigint not null,
  office text not null,
  corrections jsonb not null
);
