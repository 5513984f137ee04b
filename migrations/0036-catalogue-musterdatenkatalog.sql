-- Which model dataset of the Musterdatenkatalog an entry is: stated in its record, confirmed or set aside by people, or suggested by its words.
create table catalogue_model_dataset (
  entry_id uuid primary key references catalogue_entry (id) on delete cascade,
  -- the id of the model dataset; null: looked at, nothing fits
  concept text,
  way text not null check (way in ('stated', 'confirmed', 'dismissed', 'suggested')),
  score real not null default 0,
  -- the version of the entry that was looked at
  version integer not null,
  at timestamptz not null
);
create index catalogue_model_dataset_concept on catalogue_model_dataset (concept, way);
