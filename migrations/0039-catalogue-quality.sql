-- The quality of the whole catalogue, one line a day: the dashboard reads it instead of counting all entries.

create table catalogue_quality_day (
  day date primary key,
  reckoned_at timestamptz not null,
  own jsonb not null,
  everything jsonb not null,
  fixes jsonb not null
);
