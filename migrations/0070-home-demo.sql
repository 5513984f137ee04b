-- Which steps of the demo's story are done, with the ids they made; a fill that was interrupted goes on from here.
create table home_demo_step (
  step text primary key,
  result jsonb not null default '{}',
  at timestamptz not null
);
