-- What a question is called by the person who asked it; empty: named after what it shows.
alter table sandbox_query add column title text not null default '';

-- Questions kept for asking again: own ones, and shared ones for everybody who analyses in the workspace.
create table sandbox_saved (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  title text not null,
  sql text not null,
  form jsonb,
  shared boolean not null default false,
  saved_by text,
  saved_at timestamptz not null
);
create index sandbox_saved_workspace on sandbox_saved (workspace_id, saved_at desc);

-- Pages of steps: paragraphs and the questions whose answers stand beside them. Answers are not copied.
create table sandbox_notebook (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  title text not null,
  shared boolean not null default false,
  written_by text,
  created_at timestamptz not null,
  changed_at timestamptz not null
);
create index sandbox_notebook_workspace on sandbox_notebook (workspace_id, changed_at desc);
create table sandbox_step (
  id uuid primary key,
  notebook_id uuid not null references sandbox_notebook on delete cascade,
  position integer not null,
  text text not null,
  query_id uuid references sandbox_query,
  shown_as text not null default 'table' check (shown_as in ('table', 'bars', 'line', 'map'))
);
create index sandbox_step_notebook on sandbox_step (notebook_id, position);

-- Public outlines (districts, blocks) on which results of a workspace are drawn.
create table sandbox_map (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  title text not null,
  geo jsonb not null,
  added_by text,
  added_at timestamptz not null
);
create index sandbox_map_workspace on sandbox_map (workspace_id, added_at);

-- Whose turn it is to spend a budget, over all processes. A lease that ran out may be taken over.
create table sandbox_turn (
  key text primary key,
  holder text not null,
  until timestamptz not null
);

-- What a holder lets leave without looking at it: all checks passed, at most so many figures. Never changed, only revoked.
create table sandbox_rule (
  id uuid primary key,
  workspace_id uuid not null references sandbox_workspace,
  organisation_id text not null,
  max_cells integer not null check (max_cells between 1 and 10000),
  set_by text,
  set_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz
);
create unique index sandbox_rule_active on sandbox_rule (workspace_id, organisation_id) where revoked_at is null;

-- A request may come back with wishes and be sent again: each version is a round, decisions count in their round.
alter table sandbox_release
  add column round integer not null default 1,
  add column rounds jsonb not null default '[]',
  add column redacted jsonb not null default '[]',
  add column notebook jsonb,
  add column unit_sets text[] not null default '{}';
alter table sandbox_release drop constraint sandbox_release_state_check;
alter table sandbox_release add constraint sandbox_release_state_check
  check (state in ('requested', 'changes', 'approved', 'rejected', 'withdrawn'));
drop index sandbox_release_one_open;
create unique index sandbox_release_one_open on sandbox_release (query_id)
  where state in ('requested', 'changes', 'approved');

alter table sandbox_decision drop constraint sandbox_decision_pkey;
alter table sandbox_decision
  add column seq bigint generated always as identity primary key,
  add column round integer not null default 1,
  add column rule_id uuid references sandbox_rule;
alter table sandbox_decision drop constraint sandbox_decision_decision_check;
alter table sandbox_decision add constraint sandbox_decision_decision_check
  check (decision in ('approve', 'reject', 'changes', 'revoke'));
create index sandbox_decision_release on sandbox_decision (release_id, round);

create or replace function sandbox_keep_release() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'a release is kept';
  end if;
  if old.state not in ('requested', 'changes') and
     (to_jsonb(new) - 'requested_by') is distinct from (to_jsonb(old) - 'requested_by') then
    raise exception 'a decided release does not change';
  end if;
  return new;
end $$;
