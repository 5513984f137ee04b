-- what a source lists and counts but is no dataset to take: removed records, other kinds of things
alter table catalogue_run add column passed_over integer not null default 0;
alter table catalogue_source_page add column passed_over integer not null default 0;
