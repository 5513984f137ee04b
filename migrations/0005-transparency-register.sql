-- The register: append-only. Each entry carries the hash of the one before it.
create table transparency_entry (
  seq bigint primary key,
  id uuid not null unique,
  at timestamptz not null,
  event text not null,
  object_type text not null,
  object_id text not null,
  organisation_id text,
  actor_role text not null,
  details jsonb not null,
  previous_hash text not null,
  hash text not null unique
);
create index transparency_entry_object on transparency_entry (object_type, object_id, seq);
create index transparency_entry_event on transparency_entry (event, seq);
create index transparency_entry_organisation on transparency_entry (organisation_id, seq);
create index transparency_entry_at on transparency_entry (at);

-- One Merkle root per closed day (UTC), over the hashes of its entries in their order.
create table transparency_day (
  day date primary key,
  entries integer not null,
  first_seq bigint not null,
  last_seq bigint not null,
  root text not null,
  closed_at timestamptz not null
);

create function transparency_refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the register is append-only' using errcode = '42501';
end $$;
create trigger transparency_entry_append_only before update or delete on transparency_entry
  for each row execute function transparency_refuse_change();
create trigger transparency_entry_no_truncate before truncate on transparency_entry
  for each statement execute function transparency_refuse_change();
