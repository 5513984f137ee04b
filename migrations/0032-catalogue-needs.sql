-- The data map of a question: what is needed, what fits, what is missing and whom we asked.

create table catalogue_need (
  id uuid primary key,
  question_id uuid not null,
  position integer not null,
  what text not null,
  unit text,
  space text,
  place text,
  starts date,
  ends date,
  granularity text,
  frequency text,
  topic text,
  created_at timestamptz not null,
  modified_at timestamptz not null
);
create index catalogue_need_question on catalogue_need (question_id, position);

create table catalogue_need_candidate (
  id uuid primary key,
  need_id uuid not null references catalogue_need (id) on delete cascade,
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  state text not null check (state in ('proposed', 'accepted', 'rejected')),
  created_at timestamptz not null,
  decided_at timestamptz,
  unique (need_id, entry_id)
);
create index catalogue_need_candidate_entry on catalogue_need_candidate (entry_id);

create table catalogue_request (
  id uuid primary key,
  question_id uuid not null,
  need_id uuid not null references catalogue_need (id) on delete cascade,
  organisation_id text not null,
  asker_organisation_id text,
  state text not null check (state in ('open', 'promised', 'declined', 'asked-back')),
  message text not null,
  due date not null,
  promised_for date,
  created_at timestamptz not null,
  answered_at timestamptz
);
create index catalogue_request_need on catalogue_request (need_id);
create index catalogue_request_organisation on catalogue_request (organisation_id, state);

create table catalogue_request_message (
  id uuid primary key,
  request_id uuid not null references catalogue_request (id) on delete cascade,
  side text not null check (side in ('asker', 'holder')),
  kind text not null check (kind in ('ask', 'promise', 'decline', 'ask-back', 'reply')),
  text text not null,
  at timestamptz not null
);
create index catalogue_request_message_request on catalogue_request_message (request_id, at);
