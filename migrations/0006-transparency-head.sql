-- The end of the chain: appending locks this row, and a cut tail shows against it.
create table transparency_head (
  only_row boolean primary key default true check (only_row),
  seq bigint not null,
  hash text not null,
  at timestamptz not null
);
insert into transparency_head (seq, hash, at) values (0, repeat('0', 64), '-infinity');
