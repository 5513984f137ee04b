create table answers_answer (
  id text primary key,
  number text not null unique,
  question_id text not null,
  state text not null check (state in ('draft', 'published')),
  version integer not null default 0,
  draft jsonb not null,
  parties jsonb not null,
  created_by text,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  published_at timestamptz
);
create index answers_answer_question on answers_answer (question_id);

-- What was published, with its tables, never changed afterwards.
create table answers_version (
  answer_id text not null references answers_answer (id),
  version integer not null,
  content jsonb not null,
  changes text not null,
  files jsonb not null,
  entry_id text not null,
  sha256 text not null,
  published_at timestamptz not null,
  primary key (answer_id, version)
);

create table answers_decision (
  id text primary key,
  answer_id text not null references answers_answer (id),
  decided_on date not null,
  paper text not null,
  votes jsonb,
  decided jsonb not null,
  rejected text not null,
  created_at timestamptz not null
);
create index answers_decision_answer on answers_decision (answer_id, decided_on);

create table answers_indicator (
  id text primary key,
  answer_id text not null references answers_answer (id),
  name text not null,
  unit text not null,
  points jsonb not null,
  goal jsonb,
  assessment text not null,
  next_review date,
  created_at timestamptz not null
);
create index answers_indicator_answer on answers_indicator (answer_id, created_at);
