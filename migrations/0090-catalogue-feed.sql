-- What feeds, the sitemap and CKAN's interface give out, in the order they page through it; counted without reading the entries.
create index catalogue_entry_feed on catalogue_entry (access, id) where state = 'live' and visibility = 'public';
