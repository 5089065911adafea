-- Up to which number of the log a backup was made, restored into a scratch database and found equal. Nobody changes a mark.
create table backup_mark (
  n bigint primary key generated always as identity,
  -- Newest number of the log that the backup holds.
  hub bigint not null,
  events bigint not null,
  -- SHA-256 over all entries of the log up to there.
  digest text not null,
  place text not null,
  at timestamptz not null
);
-- next
create trigger backup_mark_append_only before update or delete or truncate on backup_mark execute function refuse_change();
