-- Imports and harvests: one run reads one file or one feed; what it could not take waits with its raw input.

create table catalogue_run (
  id uuid primary key,
  source_id uuid not null references catalogue_source (id),
  kind text not null check (kind in ('upload', 'url')),
  state text not null check (state in ('waiting', 'fetching', 'reading', 'complete', 'incomplete', 'failed')),
  inputs jsonb not null default '[]',
  media_type text,
  expected integer,
  read integer not null default 0,
  created integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  quarantined integer not null default 0,
  gone integer not null default 0,
  -- entries of the source that were missing in a complete run but too many to take away unasked
  withheld integer not null default 0,
  reason jsonb,
  created_at timestamptz not null,
  beat_at timestamptz not null,
  finished_at timestamptz
);
create index catalogue_run_source on catalogue_run (source_id, created_at);
create index catalogue_run_open on catalogue_run (state) where state in ('waiting', 'fetching', 'reading');

create table catalogue_run_seen (
  run_id uuid not null references catalogue_run (id) on delete cascade,
  remote_id text not null,
  primary key (run_id, remote_id)
);

create table catalogue_run_finding (
  id uuid primary key,
  run_id uuid not null references catalogue_run (id) on delete cascade,
  remote_id text,
  level text not null check (level in ('error', 'warning', 'info')),
  code text not null,
  message jsonb not null,
  raw text
);
create index catalogue_run_finding_run on catalogue_run_finding (run_id, id);
