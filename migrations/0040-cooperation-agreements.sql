create table cooperation_agreement (
  id text primary key,
  question_id text not null,
  title text not null,
  state text not null check (state in ('draft', 'proposed', 'signed', 'withdrawn', 'expired', 'ended')),
  version integer not null,
  charter text not null,
  hash text not null,
  valid_from date not null,
  valid_until date not null,
  created_by text,
  created_at timestamptz not null,
  proposed_at timestamptz,
  signed_at timestamptz,
  in_force_at timestamptz,
  reminded_at timestamptz,
  ended_at timestamptz,
  end_reason text,
  check (valid_from <= valid_until)
);
create index cooperation_agreement_question on cooperation_agreement (question_id);
create index cooperation_agreement_term on cooperation_agreement (state, valid_until);

create table cooperation_party (
  agreement_id text not null references cooperation_agreement (id),
  organisation_id text not null,
  part text not null check (part in ('holder', 'analyst', 'asker')),
  position integer not null,
  primary key (agreement_id, organisation_id, part)
);
create index cooperation_party_organisation on cooperation_party (organisation_id);

-- One row per version of the text, never changed once the agreement was proposed.
create table cooperation_version (
  agreement_id text not null references cooperation_agreement (id),
  version integer not null,
  charter text not null,
  terms jsonb not null,
  overrides jsonb not null,
  hash text not null,
  changed_clause text,
  reason text,
  created_by text,
  created_at timestamptz not null,
  primary key (agreement_id, version)
);

-- A signature binds one organisation to one hash; a person who leaves is forgotten once the agreement is over.
create table cooperation_signature (
  id text primary key,
  agreement_id text not null references cooperation_agreement (id),
  organisation_id text not null,
  version integer not null,
  hash text not null,
  person_id text,
  name text,
  role text not null,
  signed_at timestamptz not null,
  forget boolean not null default false,
  unique (agreement_id, organisation_id, hash)
);
create index cooperation_signature_person on cooperation_signature (person_id);

create table cooperation_comment (
  id text primary key,
  agreement_id text not null references cooperation_agreement (id),
  clause text not null,
  version integer not null,
  person_id text,
  organisation_id text,
  text text not null,
  created_at timestamptz not null
);
create index cooperation_comment_agreement on cooperation_comment (agreement_id, created_at);
create index cooperation_comment_person on cooperation_comment (person_id);
