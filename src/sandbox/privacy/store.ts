import type { ColumnType, Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Loss } from '../dp/accountant.ts'
import type { UnitType } from '../engine/roles.ts'
import { usualLimits, type PrivacyDecision } from './model.ts'

type PrivacyTable = {
  workspace_id: string
  organisation_id: string
  rho_limit: ColumnType<string, bigint, bigint>
  person_limit: ColumnType<string, bigint, bigint>
  groups_per_unit: number
  rows_per_unit: number
  decided_by: string | null
  decided_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_privacy: PrivacyTable
    sandbox_privacy_limit: {
      organisation_id: string
      unit_type: UnitType
      rho_limit: ColumnType<string, bigint, bigint>
      decided_by: string | null
      decided_at: Date | null
    }
    sandbox_privacy_cost: {
      query_id: string
      workspace_id: string
      rho: ColumnType<string, bigint, never>
      delta: ColumnType<string, bigint, never>
    }
    sandbox_privacy_charge: {
      query_id: string
      workspace_id: string
      organisation_id: string
      unit_type: UnitType
      rho: ColumnType<string, bigint, never>
      delta: ColumnType<string, bigint, never>
      charged_at: Date
    }
  }
}

function toDecision(row: Selectable<PrivacyTable>): PrivacyDecision {
  return {
    organisationId: row.organisation_id,
    rhoLimit: BigInt(row.rho_limit),
    personLimit: BigInt(row.person_limit),
    contribution: { groups: row.groups_per_unit, rows: row.rows_per_unit },
    decidedAt: row.decided_at,
  }
}

/** What the holders of a workspace settled; empty in the standard mode. `lock` holds the rows until the transaction ends. */
export async function decisionsOf(db: Db, workspaceId: string, lock = false): Promise<PrivacyDecision[]> {
  const query = db
    .selectFrom('sandbox_privacy')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('organisation_id')
  return (await (lock ? query.forUpdate() : query).execute()).map(toDecision)
}

/** Writes a holder's decision, in place of an earlier one of hers. */
export async function putDecision(
  db: Db,
  workspaceId: string,
  decision: PrivacyDecision & { readonly decidedBy: string | null },
): Promise<void> {
  const values = {
    rho_limit: decision.rhoLimit,
    person_limit: decision.personLimit,
    groups_per_unit: decision.contribution.groups,
    rows_per_unit: decision.contribution.rows,
    decided_by: decision.decidedBy,
    decided_at: decision.decidedAt,
  }
  await db
    .insertInto('sandbox_privacy')
    .values({ workspace_id: workspaceId, organisation_id: decision.organisationId, ...values })
    .onConflict((c) => c.columns(['workspace_id', 'organisation_id']).doUpdateSet(values))
    .execute()
}

/** Locks a workspace until the transaction ends: no question can be written down in the meantime. */
export async function lockWorkspace(db: Db, workspaceId: string): Promise<void> {
  await db.selectFrom('sandbox_workspace').select('id').where('id', '=', workspaceId).forUpdate().execute()
}

/** Whether anything was ever asked in a workspace. */
export async function wasAsked(db: Db, workspaceId: string): Promise<boolean> {
  const row = await db
    .selectFrom('sandbox_query')
    .select('id')
    .where('workspace_id', '=', workspaceId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** What a workspace has spent, as a whole and by one person. */
export async function spentInRoom(
  db: Db,
  who: { workspaceId: string; personId: string | null },
): Promise<{ all: Loss; mine: bigint }> {
  const sum = db
    .selectFrom('sandbox_privacy_cost as c')
    .innerJoin('sandbox_query as q', 'q.id', 'c.query_id')
    .select((e) => [
      e.fn.sum<string | null>('c.rho').as('rho'),
      e.fn.sum<string | null>('c.delta').as('delta'),
    ])
    .where('c.workspace_id', '=', who.workspaceId)
  const all = await sum.executeTakeFirstOrThrow()
  const mine = await sum.where('q.asked_by', '=', who.personId).executeTakeFirstOrThrow()
  return { all: { rho: BigInt(all.rho ?? 0), delta: BigInt(all.delta ?? 0) }, mine: BigInt(mine.rho ?? 0) }
}

/** The lifetime limit of one account, locked until the transaction ends; opened with the usual limit on first use. */
export async function lockLimit(
  db: Db,
  account: { organisationId: string; unitType: UnitType },
): Promise<bigint> {
  await db
    .insertInto('sandbox_privacy_limit')
    .values({
      organisation_id: account.organisationId,
      unit_type: account.unitType,
      rho_limit: usualLimits.lifetime,
      decided_by: null,
      decided_at: null,
    })
    .onConflict((c) => c.doNothing())
    .execute()
  const row = await db
    .selectFrom('sandbox_privacy_limit')
    .select('rho_limit')
    .where('organisation_id', '=', account.organisationId)
    .where('unit_type', '=', account.unitType)
    .forUpdate()
    .executeTakeFirstOrThrow()
  return BigInt(row.rho_limit)
}

/** Sets the lifetime limit of an account. */
export async function putLimit(
  db: Db,
  account: { organisationId: string; unitType: UnitType },
  limit: { rho: bigint; decidedBy: string | null; decidedAt: Date },
): Promise<void> {
  await db
    .updateTable('sandbox_privacy_limit')
    .set({ rho_limit: limit.rho, decided_by: limit.decidedBy, decided_at: limit.decidedAt })
    .where('organisation_id', '=', account.organisationId)
    .where('unit_type', '=', account.unitType)
    .execute()
}

/** What one account has spent in all workspaces. */
export async function spentOf(
  db: Db,
  account: { organisationId: string; unitType: UnitType },
): Promise<bigint> {
  const row = await db
    .selectFrom('sandbox_privacy_charge')
    .select((e) => e.fn.sum<string | null>('rho').as('rho'))
    .where('organisation_id', '=', account.organisationId)
    .where('unit_type', '=', account.unitType)
    .executeTakeFirstOrThrow()
  return BigInt(row.rho ?? 0)
}

/** Books a question's cost: on the question itself and on every account it touches. */
export async function bookCharge(
  db: Db,
  asked: { queryId: string; workspaceId: string; at: Date },
  charge: { loss: Loss; accounts: readonly { organisationId: string; unitType: UnitType }[] },
): Promise<void> {
  const { rho, delta } = charge.loss
  await db
    .insertInto('sandbox_privacy_cost')
    .values({ query_id: asked.queryId, workspace_id: asked.workspaceId, rho, delta })
    .execute()
  if (charge.accounts.length === 0) return
  await db
    .insertInto('sandbox_privacy_charge')
    .values(
      charge.accounts.map((a) => ({
        query_id: asked.queryId,
        workspace_id: asked.workspaceId,
        organisation_id: a.organisationId,
        unit_type: a.unitType,
        rho,
        delta,
        charged_at: asked.at,
      })),
    )
    .execute()
}

/** What questions cost; those of the standard mode are not in the map. */
export async function costsOf(db: Db, queryIds: readonly string[]): Promise<Map<string, Loss>> {
  if (queryIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('sandbox_privacy_cost')
    .select(['query_id', 'rho', 'delta'])
    .where('query_id', 'in', [...queryIds])
    .execute()
  return new Map(rows.map((r) => [r.query_id, { rho: BigInt(r.rho), delta: BigInt(r.delta) }]))
}

/** Cuts the tie between a person and the decisions she took for her house; what was decided stays. */
export async function forgetDeciders(db: Db, personId: string): Promise<void> {
  await db
    .updateTable('sandbox_privacy')
    .set({ decided_by: null })
    .where('decided_by', '=', personId)
    .execute()
  await db
    .updateTable('sandbox_privacy_limit')
    .set({ decided_by: null })
    .where('decided_by', '=', personId)
    .execute()
}
