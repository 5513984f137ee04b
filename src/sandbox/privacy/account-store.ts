import type { Db } from '../../platform/db.ts'
import type { UnitType } from '../engine/roles.ts'
import type { Account } from './model.ts'

/** The accounts of a holder with their limits, by type of units. */
export async function accountRows(
  db: Db,
  organisationId: string,
): Promise<{ unitType: UnitType; rho: bigint; decidedAt: Date | null }[]> {
  const rows = await db
    .selectFrom('sandbox_privacy_limit')
    .select(['unit_type', 'rho_limit', 'decided_at'])
    .where('organisation_id', '=', organisationId)
    .orderBy('unit_type')
    .execute()
  return rows.map((r) => ({ unitType: r.unit_type, rho: BigInt(r.rho_limit), decidedAt: r.decided_at }))
}

/** What each workspace has spent of a holder's accounts, the largest first. */
export async function chargesByRoom(
  db: Db,
  organisationId: string,
): Promise<(Account['rooms'][number] & { unitType: UnitType })[]> {
  const rows = await db
    .selectFrom('sandbox_privacy_charge as c')
    .innerJoin('sandbox_workspace as w', 'w.id', 'c.workspace_id')
    .select((e) => [
      'c.workspace_id',
      'c.unit_type',
      'w.title',
      e.fn.sum<string>('c.rho').as('rho'),
      e.fn.sum<string>('c.delta').as('delta'),
      e.fn.countAll<string>().as('questions'),
    ])
    .where('c.organisation_id', '=', organisationId)
    .groupBy(['c.workspace_id', 'c.unit_type', 'w.title'])
    .orderBy('rho', 'desc')
    .execute()
  return rows.map((r) => ({
    unitType: r.unit_type,
    workspaceId: r.workspace_id,
    title: r.title,
    questions: Number(r.questions),
    spent: { rho: BigInt(r.rho), delta: BigInt(r.delta) },
  }))
}
