-- The catalogue: what exists, who holds it, how to get it. One record, three faces (public, partner, holder).

create table catalogue_source (
  id uuid primary key,
  organisation_id text not null,
  name text not null,
  kind text not null check (kind in ('upload', 'url')),
  url text,
  created_at timestamptz not null,
  last_run_at timestamptz
);
create unique index catalogue_source_url on catalogue_source (url) where url is not null;

create table catalogue_entry (
  id uuid primary key,
  organisation_id text not null,
  source_id uuid references catalogue_source (id),
  remote_id text,
  holder_name text not null,
  visibility text not null check (visibility in ('public', 'partners', 'own')),
  access text not null,
  -- the three faces lie in three columns, so that a query that may not read one cannot hand it out by mistake
  record jsonb not null,
  partner jsonb,
  holder jsonb,
  preview jsonb,
  preview_face text not null default 'holder' check (preview_face in ('public', 'holder')),
  title text not null,
  summary text not null,
  words text not null,
  folded text not null,
  topics text[] not null default '{}',
  formats text[] not null default '{}',
  places text[] not null default '{}',
  starts date,
  ends date,
  grain text,
  frequency text,
  current_to date,
  licence text,
  quality integer not null default 0 check (quality between 0 and 100),
  hash text not null,
  version integer not null default 1,
  state text not null default 'live' check (state in ('live', 'gone')),
  gone_at timestamptz,
  created_at timestamptz not null,
  modified_at timestamptz not null,
  search tsvector generated always as (
    setweight(to_tsvector('german', title), 'A') ||
    setweight(to_tsvector('german', words), 'B') ||
    setweight(to_tsvector('german', summary), 'C')
  ) stored
);
create unique index catalogue_entry_remote on catalogue_entry (source_id, remote_id) where source_id is not null;
create index catalogue_entry_search on catalogue_entry using gin (search);
create index catalogue_entry_modified on catalogue_entry (modified_at, id);
create index catalogue_entry_organisation on catalogue_entry (organisation_id);

-- who sees the partner face: listed by the holder (agreement_id is null) or through an agreement in force
create table catalogue_partner (
  id uuid primary key,
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  organisation_id text not null,
  agreement_id uuid,
  since timestamptz not null
);
create index catalogue_partner_entry on catalogue_partner (entry_id, organisation_id);
create index catalogue_partner_organisation on catalogue_partner (organisation_id);
create index catalogue_partner_agreement on catalogue_partner (agreement_id) where agreement_id is not null;

create table catalogue_entry_version (
  id uuid primary key,
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  version integer not null,
  at timestamptz not null,
  organisation_id text,
  way text not null,
  changes jsonb not null,
  unique (entry_id, version)
);

create table catalogue_file (
  id uuid primary key,
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  position integer not null,
  name text not null,
  media_type text not null,
  sha256 text not null,
  size bigint not null,
  unique (entry_id, name)
);

create table catalogue_proposal (
  id uuid primary key,
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  person_id text,
  organisation_id text,
  base_version integer not null,
  changes jsonb not null,
  note text not null,
  state text not null default 'open' check (state in ('open', 'accepted', 'declined')),
  reason text,
  created_at timestamptz not null,
  decided_at timestamptz
);
create index catalogue_proposal_entry on catalogue_proposal (entry_id, created_at);

-- a file or an inventory that was read, waiting for its owner's confirmation
create table catalogue_draft (
  id uuid primary key,
  person_id text,
  organisation_id text not null,
  kind text not null check (kind in ('file', 'inventory', 'dcat')),
  name text not null,
  payload jsonb not null,
  sha256 text,
  created_at timestamptz not null
);
