-- A campaign asks houses to list what data they keep until a day (Dateninventur).
create table catalogue_campaign (
  id uuid primary key,
  organisation_id text not null,
  title text not null,
  why text not null,
  starts date not null,
  due date not null,
  created_at timestamptz not null,
  ended_at timestamptz
);

create table catalogue_campaign_house (
  campaign_id uuid not null references catalogue_campaign (id) on delete cascade,
  organisation_id text not null,
  -- the house's own word that its list is complete
  complete_at timestamptz,
  note text not null default '',
  reminded_at timestamptz,
  reminders integer not null default 0,
  primary key (campaign_id, organisation_id)
);
create index catalogue_campaign_house_organisation on catalogue_campaign_house (organisation_id);
