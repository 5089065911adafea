-- A stream that takes another one's place gets a number of the log: a database put back to before it knows less than the mark says.
alter table stream add column hub_seq bigint;
-- next
create unique index stream_hub_seq on stream (hub_seq) where hub_seq is not null;
