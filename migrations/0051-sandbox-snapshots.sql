-- The numbered states of a holder's table. Questions are asked of the pinned one; `vault` says what the vault has of it,
-- `change` how many units differ from the one pinned when it was taken. No value of the holders is kept here.
create table sandbox_snapshot (
  table_id uuid not null references sandbox_table,
  number integer not null check (number > 0),
  state text not null check (state in ('loading', 'held', 'pinned', 'retired', 'refused', 'failed')),
  taken_at timestamptz not null,
  taken_by text,
  file_name text not null,
  file_size bigint not null,
  vault jsonb,
  change jsonb,
  pinned_at timestamptz,
  pinned_by text,
  retired_at timestamptz,
  primary key (table_id, number)
);
create unique index sandbox_snapshot_pinned on sandbox_snapshot (table_id) where state = 'pinned';
create unique index sandbox_snapshot_waiting on sandbox_snapshot (table_id) where state in ('loading', 'held');

insert into sandbox_snapshot
  (table_id, number, state, taken_at, taken_by, file_name, file_size, vault, pinned_at, pinned_by)
select id, 1, 'pinned', uploaded_at, uploaded_by, file_name, file_size, vault, confirmed_at, confirmed_by
from sandbox_table where state = 'confirmed';
