-- Entries gone at their source: kept, removed with thirty days to take it back, and what stays of those that went for good.

-- days after which a source's gone entries are removed on their own; null keeps them
alter table catalogue_source add column remove_after integer check (remove_after between 1 and 3650);
alter table catalogue_entry
  -- a steward wants it kept although its source has it no more
  add column kept_at timestamptz,
  -- its address answers "gone" from then on; what refers to it still finds its name
  add column removed_at timestamptz;
create index catalogue_entry_gone on catalogue_entry (gone_at, id) where state = 'gone';

create table catalogue_tombstone (
  entry_id uuid primary key,
  source_id uuid references catalogue_source (id) on delete set null,
  remote_id text,
  title text not null,
  identifier text,
  visibility text not null check (visibility in ('public', 'partners', 'own')),
  gone_at timestamptz not null,
  removed_at timestamptz not null
);
