-- Entries that not everyone may know of: few, and counted apart from those that everyone sees.
create index catalogue_entry_hidden on catalogue_entry (organisation_id) where visibility <> 'public';
