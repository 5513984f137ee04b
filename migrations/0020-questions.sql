-- Questions: raised, supported, discussed, followed, merged; their way through seven states.

create table questions_question (
  id uuid primary key,
  ags text not null,
  number text not null,
  title text not null,
  why text not null,
  concerns text not null default '',
  place text not null default '',
  effect_goal text not null default '',
  effect_measure text not null default '',
  effect_baseline text not null default '',
  effect_review text not null default '',
  state text not null check (state in ('raised', 'prioritised', 'mapped', 'agreed', 'analysing', 'answered', 'evaluated')),
  visibility text not null check (visibility in ('pending', 'visible', 'hidden', 'merged')),
  merged_into uuid references questions_question (id),
  author_id text,
  organisation_id text,
  signature text not null default '',
  locale text not null default 'de',
  raised_at timestamptz not null,
  state_since timestamptz not null,
  next_decision jsonb,
  similar_seen integer not null default 0,
  people integer not null default 0,
  organisations integer not null default 0,
  search tsvector generated always as (
    to_tsvector('german', title || ' ' || why || ' ' || concerns || ' ' || place || ' ' || effect_goal)
  ) stored,
  unique (ags, number),
  check ((visibility = 'merged') = (merged_into is not null))
);
create index questions_question_list on questions_question (ags, visibility, id desc);
create index questions_question_author on questions_question (author_id);
create index questions_question_search on questions_question using gin (search);

-- The last number given, per town and year; numbers are never given twice.
create table questions_counter (
  ags text not null,
  year integer not null,
  last integer not null,
  primary key (ags, year)
);

create table questions_timeline (
  id uuid primary key,
  -- Keeps lines of the same moment in the order they were written.
  line bigint generated always as identity,
  question_id uuid not null references questions_question (id),
  at timestamptz not null,
  kind text not null check (kind in ('state', 'note')),
  state text,
  text_de text not null,
  text_en text not null,
  mark_de text not null default '',
  mark_en text not null default '',
  href text
);
create index questions_timeline_question on questions_timeline (question_id, at, line);

-- Sent without an account and not yet confirmed by e-mail. Removed when confirmed or after seven days.
create table questions_draft (
  id uuid primary key,
  email_hash text not null,
  client_hash text not null,
  payload jsonb not null,
  locale text not null,
  created_at timestamptz not null
);
create index questions_draft_created on questions_draft (created_at);

-- Either a person for herself or an organisation (through one of its people) supports a question.
create table questions_support (
  id uuid primary key,
  question_id uuid not null references questions_question (id),
  person_id text,
  organisation_id text,
  at timestamptz not null,
  check (person_id is not null or organisation_id is not null)
);
create unique index questions_support_person on questions_support (question_id, person_id) where organisation_id is null;
create unique index questions_support_organisation on questions_support (question_id, organisation_id) where organisation_id is not null;
create index questions_support_who on questions_support (person_id);

create table questions_comment (
  id uuid primary key,
  question_id uuid not null references questions_question (id),
  reply_to uuid references questions_comment (id),
  author_id text,
  organisation_id text,
  role text,
  signature text not null default '',
  body text not null,
  visibility text not null check (visibility in ('pending', 'visible', 'hidden')),
  at timestamptz not null,
  shown_at timestamptz
);
create index questions_comment_question on questions_comment (question_id, id);
create index questions_comment_author on questions_comment (author_id);

create table questions_helpful (
  comment_id uuid not null references questions_comment (id),
  person_id text not null,
  primary key (comment_id, person_id)
);

create table questions_follower (
  id uuid primary key,
  question_id uuid not null references questions_question (id),
  person_id text not null,
  mode text not null check (mode in ('steps', 'daily')),
  locale text not null default 'de',
  since timestamptz not null,
  unique (question_id, person_id)
);

-- What has been sent to whom: the key makes every notice exactly once.
create table questions_delivery (
  follower_id uuid not null references questions_follower (id) on delete cascade,
  item_id uuid not null,
  at timestamptz not null,
  primary key (follower_id, item_id)
);

create table questions_moderation (
  id uuid primary key,
  question_id uuid not null references questions_question (id),
  comment_id uuid references questions_comment (id),
  decision text not null check (decision in ('approve', 'hide', 'ask-back', 'restore')),
  rule text,
  note text not null default '',
  decided_by text,
  at timestamptz not null,
  reply text,
  replied_at timestamptz,
  closed_at timestamptz
);
create index questions_moderation_subject on questions_moderation (question_id, comment_id, at);
