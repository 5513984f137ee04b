-- One room per agreement.
create table sandbox_workspace (
  id uuid primary key,
  agreement_id text not null unique,
  question_id text not null,
  title text not null,
  state text not null check (state in ('open', 'closed')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  close_reason text check (close_reason in ('withdrawn', 'expired', 'ended')),
  key_destroyed_at timestamptz
);
create index sandbox_workspace_question on sandbox_workspace (question_id);

-- Tables of the holders. No value of theirs is kept here: `spec` holds names, roles and what the holder registered,
-- `vault` what the vault says of the table as a whole.
create table sandbox_table (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  organisation_id text not null,
  entry_id text,
  name text not null check (name ~ '^[a-z][a-z0-9_]{0,62}$'),
  description text not null default '',
  state text not null check (state in ('loading', 'proposed', 'confirmed', 'failed', 'removed')),
  spec jsonb,
  vault jsonb,
  findings jsonb not null default '[]',
  file_name text not null,
  file_size bigint not null,
  uploaded_by text,
  uploaded_at timestamptz not null,
  confirmed_by text,
  confirmed_at timestamptz
);
create unique index sandbox_table_name on sandbox_table (workspace_id, name)
  where state in ('loading', 'proposed', 'confirmed');

-- Every question asked, with its protected answer or its refusal. `running` is written before the vault is asked.
create table sandbox_query (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  asked_by text,
  organisation_id text not null,
  asked_at timestamptz not null,
  sql text not null,
  form jsonb,
  state text not null check (state in ('running', 'answered', 'refused', 'failed')),
  refusal jsonb,
  plan_hash text,
  preset_version text,
  table_ids text[] not null default '{}',
  cell_keys text[] not null default '{}',
  result jsonb,
  result_sha256 text,
  cells_shown integer not null default 0,
  cells_protected integer,
  cells_new integer not null default 0,
  finished_at timestamptz,
  duration_ms integer
);
create index sandbox_query_workspace on sandbox_query (workspace_id, asked_at desc);
create index sandbox_query_person on sandbox_query (asked_by, asked_at);

-- Which cells a workspace has paid for: the key stands for a set of units, not for its members.
create table sandbox_cell (
  workspace_id uuid not null references sandbox_workspace,
  cell_key text not null,
  first_query_id uuid not null references sandbox_query,
  primary key (workspace_id, cell_key)
);
create index sandbox_cell_query on sandbox_cell (first_query_id);

-- In how many ways the same set of units was split up already.
create table sandbox_partition (
  workspace_id uuid not null references sandbox_workspace,
  base text not null,
  way text not null,
  first_query_id uuid not null references sandbox_query,
  primary key (workspace_id, base, way)
);

create table sandbox_release (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  query_id uuid not null references sandbox_query,
  requested_by text,
  organisation_id text not null,
  requested_at timestamptz not null,
  context text not null,
  affected text[] not null,
  checks jsonb not null,
  state text not null check (state in ('requested', 'approved', 'rejected')),
  decided_at timestamptz,
  package jsonb,
  package_sha256 text
);
create index sandbox_release_workspace on sandbox_release (workspace_id, requested_at desc);
create unique index sandbox_release_one_open on sandbox_release (query_id) where state in ('requested', 'approved');

-- The cells of a release, so that later requests can be compared with what has left already.
create table sandbox_release_cell (
  release_id uuid not null references sandbox_release,
  cell_key text not null,
  primary key (release_id, cell_key)
);
create index sandbox_release_cell_key on sandbox_release_cell (cell_key);

create table sandbox_decision (
  release_id uuid not null references sandbox_release,
  organisation_id text not null,
  decision text not null check (decision in ('approve', 'reject')),
  reason text not null,
  decided_by text,
  decided_at timestamptz not null,
  primary key (release_id, organisation_id)
);

-- A released package and a decision never change; only the person behind them may be forgotten.
create function sandbox_keep_release() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a release is kept';
  end if;
  if old.state <> 'requested' and
     (to_jsonb(new) - 'requested_by') is distinct from (to_jsonb(old) - 'requested_by') then
    raise exception 'a decided release does not change';
  end if;
  return new;
end $$;
create trigger sandbox_release_kept before update or delete on sandbox_release
  for each row execute function sandbox_keep_release();

create function sandbox_keep_decision() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' or (to_jsonb(new) - 'decided_by') is distinct from (to_jsonb(old) - 'decided_by') then
    raise exception 'a decision is kept';
  end if;
  return new;
end $$;
create trigger sandbox_decision_kept before update or delete on sandbox_decision
  for each row execute function sandbox_keep_decision();
