-- When each machine last greeted and how far it had written then: what the city never received of one that is lost.
create table device_contact (
  device uuid primary key references device (id),
  at timestamptz not null,
  stream uuid not null,
  seq bigint not null
);
-- next
-- Who took a machine's rights away, when and why. `by_device`, `by_account`: null where it was done on the city's own console.
create table device_revocation (
  device uuid primary key references device (id),
  at timestamptz not null,
  by_device uuid references device (id),
  by_account uuid references account (id),
  by_name text not null,
  reason text not null
);
-- next
create trigger device_revocation_append_only before update or delete or truncate on device_revocation execute function refuse_change();
