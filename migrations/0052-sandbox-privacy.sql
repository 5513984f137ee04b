-- Differential privacy in a workspace: what its holders settled before the first question. One row per holder who decided;
-- the strictest value of each column counts. Costs are whole billionths of ρ and 10⁻¹⁵ of δ.
create table sandbox_privacy (
  workspace_id uuid not null references sandbox_workspace,
  organisation_id text not null,
  rho_limit bigint not null check (rho_limit > 0),
  person_limit bigint not null check (person_limit > 0),
  groups_per_unit integer not null check (groups_per_unit between 1 and 1000),
  rows_per_unit integer not null check (rows_per_unit between 1 and 1000),
  decided_by text,
  decided_at timestamptz not null,
  primary key (workspace_id, organisation_id)
);

-- What a holder lets be spent about one type of her units, over all workspaces and for good. Only she raises it.
create table sandbox_privacy_limit (
  organisation_id text not null,
  unit_type text not null,
  rho_limit bigint not null check (rho_limit > 0),
  decided_by text,
  decided_at timestamptz,
  primary key (organisation_id, unit_type)
);

-- What each question cost a holder's units. Written before the vault is asked; never changed, never given back.
create table sandbox_privacy_charge (
  query_id uuid not null references sandbox_query,
  workspace_id uuid not null references sandbox_workspace,
  organisation_id text not null,
  unit_type text not null,
  rho bigint not null check (rho >= 0),
  delta bigint not null check (delta >= 0),
  charged_at timestamptz not null,
  primary key (query_id, organisation_id, unit_type)
);
create index sandbox_privacy_charge_holder on sandbox_privacy_charge (organisation_id, unit_type);
create index sandbox_privacy_charge_workspace on sandbox_privacy_charge (workspace_id);

-- The question's own cost, for the budgets of the workspace and of the person who asked.
create table sandbox_privacy_cost (
  query_id uuid primary key references sandbox_query,
  workspace_id uuid not null references sandbox_workspace,
  rho bigint not null check (rho >= 0),
  delta bigint not null check (delta >= 0)
);
create index sandbox_privacy_cost_workspace on sandbox_privacy_cost (workspace_id);

-- Noisy figures that were drawn: the same thing asked again is read from here and costs nothing.
create table sandbox_noisy_figure (
  workspace_id uuid not null references sandbox_workspace,
  figure_key text not null,
  rho bigint not null,
  cells jsonb not null,
  query_id uuid not null references sandbox_query,
  primary key (workspace_id, figure_key, rho)
);

create function sandbox_keep_charge() returns trigger language plpgsql as $$
begin
  raise exception 'what was spent stays spent';
end $$;
create trigger sandbox_privacy_charge_kept before update or delete on sandbox_privacy_charge
  for each row execute function sandbox_keep_charge();
create trigger sandbox_privacy_cost_kept before update or delete on sandbox_privacy_cost
  for each row execute function sandbox_keep_charge();
