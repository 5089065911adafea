-- Later words on events, returned events, epochs that begin by themselves, streams that took another one's place, alerts.
alter table epoch add column since bigint not null default 0;
-- next
alter table epoch alter column since drop default;
-- next
-- What PostgreSQL says of itself: another one, or the same after a recovery, holds another history.
alter table epoch add column system_id text;
-- next
alter table epoch add column timeline bigint;
-- next
alter table epoch add column why text not null default 'first';
-- next
alter table epoch alter column why drop default;
-- next
-- A returned event came back by another desk's hands: it has no place on a stream of its own.
alter table event alter column stream drop not null;
-- next
alter table event alter column seq drop not null;
-- next
alter table event add constraint event_place check ((stream is null) = (seq is null));
-- next
create index event_device on event (device, hub_seq);
-- next
create index event_held on event (subject_kind, subject_id) where verdict_kind = 'held';
-- next
-- A later word of the city on an event. `applies`: by this word the event took effect. Numbers come from the sequence of `event`,
-- so that one cursor reads both.
create table judgement (
  hub_seq bigint primary key default nextval('event_hub_seq_seq'),
  event uuid not null,
  device uuid not null,
  subject_kind text not null,
  subject_id text not null,
  verdict_kind text not null check (verdict_kind in ('accepted', 'merged', 'conflict', 'rejected', 'held')),
  verdict jsonb not null,
  revision bigint,
  applies boolean not null,
  scope text[] not null,
  at timestamptz not null,
  check ((revision is not null) = (verdict_kind in ('accepted', 'merged'))),
  check (not applies or revision is not null)
);
-- next
create index judgement_event on judgement (event, hub_seq);
-- next
create unique index judgement_subject_revision on judgement (subject_kind, subject_id, revision) where applies;
-- next
create index judgement_scope on judgement using gin (scope) where revision is not null;
-- next
create index judgement_device on judgement (device, hub_seq);
-- next
create trigger judgement_append_only before update or delete or truncate on judgement execute function refuse_change();
-- next
-- Each event with the city's newest word on it; `came`: its own number, `came_kind`: what was said of it then.
create view told_event as
  select e.id, e.hub_seq as came, e.verdict_kind as came_kind, e.stream, e.seq, e.device, e.day, e.verb, e.hash, e.raw,
    e.subject_kind, e.subject_id, coalesce(j.hub_seq, e.hub_seq) as hub_seq,
    coalesce(j.verdict_kind, e.verdict_kind) as verdict_kind, coalesce(j.verdict, e.verdict) as verdict
  from event e
  left join lateral (
    select hub_seq, verdict_kind, verdict from judgement where event = e.id order by hub_seq desc limit 1
  ) j on true;
-- next
-- Events that took effect, when they came or by a later word.
create view applied_event as
  select id, subject_kind, subject_id, revision, raw from event where revision is not null
  union all
  select e.id, j.subject_kind, j.subject_id, j.revision, e.raw from judgement j join event e on e.id = j.event where j.applies;
-- next
-- The same batch gets one receipt in each epoch. `hub`: the newest number when it was given, the place of the receipt in `/v1/own`.
alter table receipt disable trigger receipt_append_only;
-- next
alter table receipt add column epoch uuid references epoch (id);
-- next
alter table receipt add column hub bigint;
-- next
update receipt r set
  epoch = (select id from epoch order by counter desc limit 1),
  hub = coalesce((select max(e.hub_seq) from event e where e.stream = r.stream and e.seq between r.from_seq and r.to_seq), 1);
-- next
alter table receipt alter column epoch set not null;
-- next
alter table receipt alter column hub set not null;
-- next
alter table receipt drop constraint receipt_pkey;
-- next
alter table receipt add primary key (batch, epoch);
-- next
alter table receipt enable trigger receipt_append_only;
-- next
-- Which stream this one took the place of, and up to where its author knew that one.
alter table stream add column replaces uuid;
-- next
alter table stream add column shared bigint;
-- next
-- What a person at the city should look at. Each is told once.
create table alert (
  n bigint primary key generated always as identity,
  kind text not null check (kind in ('fork', 'replaced', 'clone', 'restored', 'returned', 'mark', 'readmitted')),
  epoch uuid not null,
  device uuid,
  stream uuid,
  successor uuid,
  at timestamptz not null
);
-- next
create unique index alert_once on alert (kind, epoch, coalesce(device, epoch), coalesce(successor, epoch));
-- next
create trigger alert_append_only before update or delete or truncate on alert execute function refuse_change();
