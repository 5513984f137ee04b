-- Names of packages and ids of resources in the CKAN action API end in the last twelve digits of their entry's id.
create index catalogue_entry_ending on catalogue_entry (right(id::text, 12));
