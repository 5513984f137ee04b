-- Services stand beside datasets; the page about quality shows houses and addresses as they were counted last.

alter table catalogue_entry
  add column kind text not null default 'dataset' check (kind in ('dataset', 'service')),
  -- how the data a service works on are called, in the form in which identifiers are compared
  add column serves text[] not null default '{}';
-- longer names are none, and an index takes no longer ones
update catalogue_entry set kind = 'service', serves = coalesce(
    (select array_agg(distinct each) from (
      select coalesce(substring(lower(name) from '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}'), lower(btrim(name))) as each
      from jsonb_array_elements_text(record->'service'->'serves') name where length(name) <= 500 limit 500) named), '{}')
  where jsonb_typeof(record->'service') = 'object';
-- services have a score of their own now
delete from catalogue_score s using catalogue_entry e where e.id = s.entry_id and e.kind = 'service';
create index catalogue_entry_serves on catalogue_entry using gin (serves) where kind = 'service';

-- null where the day was reckoned before these were kept
alter table catalogue_quality_day
  add column houses jsonb,
  add column links jsonb;
