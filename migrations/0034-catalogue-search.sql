-- Search: what changed, in the transaction that changed it; saved searches.

create table catalogue_search_log (
  seq bigserial primary key,
  -- numbers are given out before they are committed: readers go by transaction and stop at the oldest one still open
  xid xid8 not null default pg_current_xact_id(),
  entry_id uuid not null,
  -- true where fewer people may see the entry than before: it leaves the index at once, before it is read anew
  hide boolean not null,
  at timestamptz not null default now()
);
create index catalogue_search_log_order on catalogue_search_log (xid, seq);

-- up to here the log was cleared; an index that is older must be built anew
create table catalogue_search_floor (
  one boolean primary key default true check (one),
  xid xid8 not null,
  seq bigint not null
);
insert into catalogue_search_floor (xid, seq) values ('0', 0);

create function catalogue_log_added() returns trigger language plpgsql as $$
begin
  insert into catalogue_search_log (entry_id, hide) select id, false from after_rows;
  return null;
end $$;

create function catalogue_log_removed() returns trigger language plpgsql as $$
begin
  insert into catalogue_search_log (entry_id, hide) select id, true from before_rows;
  return null;
end $$;

create function catalogue_log_changed() returns trigger language plpgsql as $$
begin
  insert into catalogue_search_log (entry_id, hide)
  select a.id, a.visibility <> b.visibility or a.state <> b.state or a.organisation_id <> b.organisation_id
  from after_rows a join before_rows b on b.id = a.id
  where (a.title, a.summary, a.words, a.holder_name, a.organisation_id, a.visibility, a.access, a.topics, a.formats,
      a.places, a.starts, a.ends, a.licence, a.quality, a.state, a.modified_at, a.hash)
    is distinct from (b.title, b.summary, b.words, b.holder_name, b.organisation_id, b.visibility, b.access, b.topics,
      b.formats, b.places, b.starts, b.ends, b.licence, b.quality, b.state, b.modified_at, b.hash);
  return null;
end $$;

create function catalogue_log_shared() returns trigger language plpgsql as $$
begin
  insert into catalogue_search_log (entry_id, hide) select distinct entry_id, false from after_rows;
  return null;
end $$;

create function catalogue_log_unshared() returns trigger language plpgsql as $$
begin
  insert into catalogue_search_log (entry_id, hide) select distinct entry_id, true from before_rows;
  return null;
end $$;

create trigger catalogue_entry_added after insert on catalogue_entry
  referencing new table as after_rows for each statement execute function catalogue_log_added();
create trigger catalogue_entry_changed after update on catalogue_entry
  referencing old table as before_rows new table as after_rows for each statement execute function catalogue_log_changed();
create trigger catalogue_entry_removed after delete on catalogue_entry
  referencing old table as before_rows for each statement execute function catalogue_log_removed();
create trigger catalogue_partner_added after insert on catalogue_partner
  referencing new table as after_rows for each statement execute function catalogue_log_shared();
create trigger catalogue_partner_removed after delete on catalogue_partner
  referencing old table as before_rows for each statement execute function catalogue_log_unshared();

create table catalogue_saved_search (
  id uuid primary key,
  person_id text not null,
  name text not null,
  -- the search as its address says it
  query jsonb not null,
  mail text not null check (mail in ('never', 'daily', 'weekly')),
  locale text not null check (locale in ('de', 'en')),
  created_at timestamptz not null,
  -- news from here on go into the next mail
  told_at timestamptz not null,
  -- kept for a day, so that removing can be taken back
  removed_at timestamptz
);
create index catalogue_saved_search_person on catalogue_saved_search (person_id, created_at);
create index catalogue_saved_search_mail on catalogue_saved_search (mail, told_at) where removed_at is null;
