-- What the beginning of a file at its own address shows, kept for a day.
create table catalogue_file_preview (
  entry_id uuid not null references catalogue_entry (id) on delete cascade,
  position integer not null,
  url text not null,
  preview jsonb,
  -- true if only the beginning of the file was read
  partial boolean not null,
  findings jsonb not null,
  fetched_at timestamptz not null,
  primary key (entry_id, position)
);
