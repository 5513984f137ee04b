-- Harvest from any kind of source on a schedule, quarantine, duplicates, links, quality and users' feedback.

alter table catalogue_source
  add column format text,
  add column schedule text not null default 'manual' check (schedule in ('manual', 'daily', 'weekly', 'monthly')),
  add column next_run_at timestamptz,
  -- higher wins where two sources describe the same data on the same day
  add column priority integer not null default 50 check (priority between 0 and 100),
  -- milliseconds between two requests
  add column pace integer not null default 200 check (pace between 0 and 60000),
  add column run_no integer not null default 0,
  add column full_at timestamptz;
create index catalogue_source_due on catalogue_source (next_run_at) where next_run_at is not null;

alter table catalogue_run
  add column no integer not null default 0,
  add column format text,
  -- what to fetch next; null before the first and after the last page
  add column next jsonb,
  -- the process that works on it; another one that took it over changes the claim
  add column claim uuid,
  add column since timestamptz,
  add column pages integer not null default 0,
  add column spared integer not null default 0,
  add column failures integer not null default 0,
  add column repeated integer not null default 0,
  add column bytes bigint not null default 0,
  -- what was seen missing in this run; it goes after its days of grace
  add column missing integer not null default 0;

-- what a source has listed: one narrow row per record, so that an unchanged one costs almost nothing
create table catalogue_harvested (
  source_id uuid not null references catalogue_source (id),
  remote_id text not null,
  entry_id uuid references catalogue_entry (id) on delete cascade,
  raw_hash text not null,
  hash text not null,
  page text not null,
  run_no integer not null,
  missing_since timestamptz,
  primary key (source_id, remote_id)
) with (fillfactor = 80);
create index catalogue_harvested_page on catalogue_harvested (source_id, page);
create index catalogue_harvested_entry on catalogue_harvested (entry_id);
create index catalogue_harvested_missing on catalogue_harvested (missing_since) where missing_since is not null;
insert into catalogue_harvested (source_id, remote_id, entry_id, raw_hash, hash, page, run_no)
  select source_id, remote_id, id, '', '', '', 0 from catalogue_entry where source_id is not null and remote_id is not null;
drop table catalogue_run_seen;

-- pages as they were last answered, for conditional requests and against feeds that lead in circles
create table catalogue_source_page (
  source_id uuid not null references catalogue_source (id),
  page text not null,
  etag text,
  last_modified text,
  sha256 text not null,
  next jsonb,
  total integer,
  records integer not null,
  run_no integer not null,
  primary key (source_id, page)
);

create table catalogue_quarantine (
  id uuid primary key,
  source_id uuid not null references catalogue_source (id),
  run_id uuid references catalogue_run (id) on delete set null,
  remote_id text,
  title text,
  code text not null,
  message jsonb not null,
  raw text not null,
  raw_size integer not null,
  raw_hash text not null,
  state text not null default 'open' check (state in ('open', 'dismissed', 'resolved')),
  created_at timestamptz not null,
  decided_at timestamptz,
  unique (source_id, raw_hash)
);
create index catalogue_quarantine_state on catalogue_quarantine (state, created_at);
create index catalogue_quarantine_remote on catalogue_quarantine (source_id, remote_id);

-- the same data listed twice: the loser stays readable but out of lists
alter table catalogue_entry drop constraint catalogue_entry_state_check;
alter table catalogue_entry add constraint catalogue_entry_state_check check (state in ('live', 'duplicate', 'gone'));
alter table catalogue_entry add column twin_of uuid references catalogue_entry (id) on delete set null;
create index catalogue_entry_twin on catalogue_entry (twin_of) where twin_of is not null;
create table catalogue_entry_key (
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  kind text not null check (kind in ('identifier', 'other-identifier', 'download')),
  key text not null,
  primary key (entry_id, kind, key)
);
create index catalogue_entry_key_key on catalogue_entry_key (kind, key);
create table catalogue_cluster (
  id uuid primary key,
  winner uuid not null references catalogue_entry (id) on delete cascade,
  members uuid[] not null,
  reasons jsonb not null,
  decided_by text not null,
  state text not null default 'open' check (state in ('open', 'confirmed', 'split', 'over')),
  created_at timestamptz not null,
  decided_at timestamptz
);
create index catalogue_cluster_winner on catalogue_cluster (winner);
create index catalogue_cluster_members on catalogue_cluster using gin (members);
create index catalogue_cluster_state on catalogue_cluster (state, created_at);

create table catalogue_link (
  id uuid primary key,
  url text not null,
  host text not null,
  service boolean not null default false,
  state text not null default 'unknown' check (state in ('unknown', 'ok', 'suspect', 'broken', 'refused')),
  status integer,
  note text,
  checked_at timestamptz,
  -- the first of the failures without an answer between them
  failed_at timestamptz,
  failures integer not null default 0,
  next_at timestamptz not null
);
create unique index catalogue_link_url on catalogue_link (md5(url));
create index catalogue_link_next on catalogue_link (next_at);
create table catalogue_entry_link (
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  link_id uuid not null references catalogue_link (id) on delete cascade,
  position integer not null,
  kind text not null check (kind in ('access', 'download')),
  primary key (entry_id, position, kind)
);
create index catalogue_entry_link_link on catalogue_entry_link (link_id);

create table catalogue_score (
  entry_id uuid primary key references catalogue_entry (id) on delete cascade,
  -- the version and the state of links it was reckoned from
  version integer not null,
  scored_at timestamptz not null,
  mqa integer,
  inventory integer,
  findability integer,
  accessibility integer,
  interoperability integer,
  reusability integer,
  contextuality integer,
  due_on date,
  late_on date,
  fixes jsonb not null,
  gain integer not null
);
create index catalogue_score_gain on catalogue_score (gain desc);

create table catalogue_feedback (
  id uuid primary key,
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  person_id text,
  kind text not null check (kind in ('too-coarse', 'period-missing', 'out-of-date', 'hard-to-understand', 'wrong', 'not-reachable', 'useful')),
  text text not null default '',
  created_at timestamptz not null,
  answer text,
  answered_at timestamptz,
  state text not null default 'open' check (state in ('open', 'answered', 'done'))
);
create index catalogue_feedback_entry on catalogue_feedback (entry_id, created_at);
create index catalogue_feedback_state on catalogue_feedback (state, created_at);
