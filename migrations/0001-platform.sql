-- News between rooms, kept so that a delivery can be looked into; mails on their way; forms that have arrived.
create table platform_event (
  id uuid primary key,
  name text not null,
  payload jsonb not null,
  at timestamptz not null
);
create index platform_event_name on platform_event (name, at);

create table platform_mail (
  id uuid primary key,
  recipient text,
  subject text,
  body text,
  queued_at timestamptz not null,
  sent_at timestamptz
);
create index platform_mail_queued on platform_mail (queued_at desc);

create table platform_submission (
  once text primary key,
  at timestamptz not null
);
create index platform_submission_at on platform_submission (at);
