-- The comparison with the Musterdatenkatalog as everyone sees it, counted by a job; and the entries a house keeps itself.

create table catalogue_gap (
  one boolean primary key default true check (one),
  reckoned_at timestamptz not null,
  -- per model dataset: how many entries, how sure, and which ones come first; their titles are read when they are shown
  counted jsonb not null
);
-- few among all that were harvested for the same house
create index catalogue_entry_house on catalogue_entry (organisation_id, modified_at) where source_id is null;
