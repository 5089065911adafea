-- Tables of the city hub. Statements are separated by lines that read "-- next".
create table epoch (
  id uuid primary key,
  counter integer not null unique,
  receipt_key text not null,
  started_at timestamptz not null
);
-- next
create table device (
  id uuid primary key,
  no integer not null generated always as identity unique,
  name text not null,
  unit text not null,
  key text not null unique,
  demo boolean not null,
  enrolled_at timestamptz not null,
  revoked_at timestamptz
);
-- next
create table account (
  id uuid primary key,
  name text not null,
  role text not null check (role in ('clerk', 'head', 'admin', 'officer', 'auditor', 'technician')),
  unit text not null,
  device uuid not null references device (id),
  demo boolean not null,
  created_at timestamptz not null
);
-- next
create index account_device on account (device);
-- next
create table enrol_code (
  hash text primary key,
  unit text not null,
  role text not null,
  name text not null,
  demo boolean not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  device uuid references device (id)
);
-- next
create table stream (
  id uuid primary key,
  device uuid not null references device (id),
  acked bigint not null,
  head text not null,
  frozen boolean not null,
  opened_at timestamptz not null
);
-- next
create index stream_device on stream (device);
-- next
create table event (
  hub_seq bigint primary key generated always as identity,
  id uuid not null unique,
  stream uuid not null references stream (id),
  seq bigint not null,
  device uuid not null,
  schema bigint not null,
  verb text,
  subject_kind text,
  subject_id text,
  base bigint,
  body jsonb,
  raw text not null,
  hash text not null,
  actor_id text,
  office text,
  at timestamptz,
  day date,
  received_at timestamptz not null,
  verdict_kind text not null check (verdict_kind in ('accepted', 'merged', 'conflict', 'rejected', 'held')),
  verdict jsonb not null,
  revision bigint,
  scope text[] not null,
  unique (stream, seq),
  check ((revision is not null) = (verdict_kind in ('accepted', 'merged')))
);
-- next
create unique index event_subject_revision on event (subject_kind, subject_id, revision) where revision is not null;
-- next
create index event_scope on event using gin (scope) where revision is not null;
-- next
create index event_device_day on event (device, day);
-- next
create index event_received on event (received_at);
-- next
create table event_repeat (
  stream uuid not null references stream (id),
  seq bigint not null,
  id uuid not null,
  raw text not null,
  hash text not null,
  verdict jsonb not null,
  received_at timestamptz not null,
  primary key (stream, seq)
);
-- next
create table receipt (
  batch text primary key,
  stream uuid not null references stream (id),
  from_seq bigint not null,
  to_seq bigint not null,
  jws text not null,
  at timestamptz not null
);
-- next
create index receipt_stream on receipt (stream, to_seq);
-- next
create table dossier (
  id text primary key,
  revision bigint not null,
  code text not null,
  chain text not null,
  regime text not null,
  office text not null,
  commune text not null,
  channel text not null,
  received_on date not null,
  received_time text not null,
  due date,
  form jsonb not null,
  synthetic boolean not null
);
-- next
create index dossier_commune on dossier (commune, received_on);
-- next
create table component (
  dossier text not null references dossier (id),
  place integer not null,
  code text not null,
  due date,
  outcome text not null,
  primary key (dossier, place)
);
-- next
create table sheet (
  id text primary key,
  revision bigint not null,
  unit text not null,
  as_of date not null,
  unique (unit, as_of)
);
-- next
create index sheet_as_of on sheet (as_of);
-- next
create table count (
  sheet text not null references sheet (id),
  category text not null,
  measure text not null,
  value integer not null check (value >= 0),
  primary key (sheet, category, measure)
);
-- next
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'append-only: % on %', tg_op, tg_table_name using errcode = 'restrict_violation';
end
$$;
-- next
create trigger event_append_only before update or delete or truncate on event execute function refuse_change();
-- next
create trigger event_repeat_append_only before update or delete or truncate on event_repeat execute function refuse_change();
-- next
create trigger receipt_append_only before update or delete or truncate on receipt execute function refuse_change();
