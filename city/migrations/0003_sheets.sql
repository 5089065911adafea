-- Sheets of every form with their state, cells that are outside, targets, kept reports. The sheets are made anew: while `rebuild_due`
-- exists, the next start folds all applied events and drops it.
create table if not exists rebuild_due (one integer primary key);
-- next
drop table count;
-- next
drop table sheet;
-- next
-- Days that a sheet only claims are text: a date type would have no room for every day that their schema allows.
create table sheet (
  id text primary key,
  revision bigint not null,
  unit text not null,
  as_of date not null,
  form text not null,
  from_date text,
  status text not null check (status in ('draft', 'locked', 'approved', 'returned')),
  status_reason text not null,
  sent_on text,
  notes jsonb not null
);
-- next
create index sheet_as_of on sheet (as_of, form);
-- next
-- No row: chưa báo cáo. Null: không thuộc địa bàn.
create table count (
  sheet text not null references sheet (id),
  category text not null,
  measure text not null,
  value integer check (value >= 0),
  primary key (sheet, category, measure)
);
-- next
create table target (
  id text primary key,
  revision bigint not null,
  unit text not null,
  targets jsonb not null
);
-- next
create table report_record (
  id text primary key,
  revision bigint not null,
  report text not null,
  from_date text,
  to_date text not null,
  office text not null,
  printed jsonb not null,
  frozen jsonb not null
);
