-- The houses that keep entries here, for the page about quality: few among all that were harvested.
create index catalogue_entry_own on catalogue_entry (organisation_id)
  where source_id is null and state = 'live' and visibility = 'public';
