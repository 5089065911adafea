-- How far the access log of each machine went when it last said so, by the stream that it wrote then: what the city signed back to it.
create table access_head (
  stream uuid primary key,
  device uuid not null,
  seq bigint not null,
  hash text not null,
  at timestamptz not null
);
-- next
alter table alert drop constraint alert_kind_check;
-- next
alter table alert add constraint alert_kind_check
  check (kind in ('fork', 'replaced', 'clone', 'restored', 'returned', 'mark', 'readmitted', 'access_log'));
