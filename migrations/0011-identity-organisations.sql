-- A hub may serve several municipalities; an organisation belongs to one, a person holds roles in organisations.
create table identity_municipality (
  ags text primary key check (ags ~ '^[0-9]{8}$'),
  name text not null,
  claim text,
  operator text,
  contact text,
  hostnames text[] not null default '{}'
);

create table identity_organisation (
  id uuid primary key,
  ags text not null references identity_municipality (ags),
  name text not null,
  short_name text not null,
  kind text not null check (kind in ('department', 'utility', 'company', 'institute', 'association')),
  description text,
  url text,
  created_at timestamptz not null
);
create index identity_organisation_name on identity_organisation (lower(name), id);

create table identity_membership (
  person_id text not null references identity_user (id) on delete cascade,
  organisation_id uuid not null references identity_organisation (id) on delete cascade,
  role text not null,
  since timestamptz not null,
  primary key (person_id, organisation_id, role)
);
create index identity_membership_organisation on identity_membership (organisation_id);

-- Whoever manages an organisation edits its page and invites members.
create table identity_manager (
  person_id text not null references identity_user (id) on delete cascade,
  organisation_id uuid not null references identity_organisation (id) on delete cascade,
  since timestamptz not null,
  primary key (person_id, organisation_id)
);
create index identity_manager_organisation on identity_manager (organisation_id);

create table identity_wish (
  person_id text primary key references identity_user (id) on delete cascade,
  digest text not null check (digest in ('never', 'daily', 'weekly')),
  tasks boolean not null
);

-- One-time links by mail that confirm something. Only the hash of the token is kept.
create table identity_confirmation (
  id uuid primary key,
  token_hash text not null unique,
  email text not null,
  purpose text not null,
  payload jsonb not null,
  title text not null,
  body text not null,
  button text not null,
  name text,
  destination text,
  organisation_id uuid references identity_organisation (id) on delete cascade,
  created_at timestamptz not null,
  expires_at timestamptz not null
);
create index identity_confirmation_organisation on identity_confirmation (organisation_id);
create index identity_confirmation_email on identity_confirmation (email);

-- Counts tries per hashed address, so that guessing passwords and flooding mailboxes stops.
create table identity_attempt (
  key text not null,
  at timestamptz not null
);
create index identity_attempt_key on identity_attempt (key, at);
