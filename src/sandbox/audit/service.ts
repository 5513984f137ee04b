import type { Ctx } from '../../platform/context.ts'
import { isOpen, type Room } from '../access/service.ts'
import { planSql } from '../engine/plan.ts'
import { protectBlock, protectSide } from '../engine/protect.ts'
import type { DataRoom } from '../engine/result.ts'
import type { Check } from '../model.ts'
import type { QueryRecord } from '../queries/model.ts'
import { rhoNumber } from '../dp/accountant.ts'
import { costOfQuery, privacyOf } from '../privacy/service.ts'
import { levelOf } from '../protection/service.ts'
import { budgetOf, dataRoomOf } from '../budgets/service.ts'
import type { Departed } from '../releases/store.ts'
import { departed } from '../releases/store.ts'
import { findTable, listTableRows } from '../tables/store.ts'
import type { UnitComparison, UnitOverlap, VaultPool } from '../vault/contract.ts'
import type { Differences } from './model.ts'
import { noisyReportOf, reportOf } from './model.ts'

/** The holders whose data are in an answer: each of them has to agree before it leaves. */
export async function affectedBy(ctx: Ctx, query: Pick<QueryRecord, 'tableIds'>): Promise<string[]> {
  const affected = new Set<string>()
  for (const id of query.tableIds) {
    const table = await findTable(ctx.db, id)
    if (table) affected.add(table.organisationId)
  }
  return [...affected]
}

/**
 * The automatic report about an answer. `unitSets`: names of the unit sets the vault keeps for this request; without them
 * (before anything is requested) the differencing audit goes by cells alone.
 */
export async function auditOf(
  ctx: Ctx,
  room: Room,
  query: QueryRecord,
  given: { context: string; unitSets?: readonly string[] },
): Promise<Check[]> {
  const covered = await coveredByAgreement(ctx, room, query)
  if (await privacyOf(ctx, room)) {
    const cost = await costOfQuery(ctx, query.id)
    const { result, sql } = query
    const rho = rhoNumber(cost?.rho ?? 0n)
    return noisyReportOf({ result, sql, context: given.context, covered, noisy: cost !== null, rho })
  }
  const budget = await budgetOf(ctx, room)
  return reportOf({
    result: query.result,
    sql: query.sql,
    context: given.context,
    preset: levelOf(ctx, room.agreement.protectionLevel),
    computedWith: query.presetVersion ?? '',
    spent: budget.spentInProject,
    budget: budget.perProject,
    covered,
    differences: await differencesOf(ctx, room, query, given.unitSets),
  })
}

/** What leaves is compared with what has left one after the other, over all rooms: two that are harmless alone may not be together. */
export const releaseTurn = 'releases'

/** The comparison of a request with what has left by now, if it fails: others may have left since. Not inside a transaction. */
export async function closeToReleased(
  ctx: Ctx,
  room: Room,
  query: QueryRecord,
  given: { context: string; unitSets: readonly string[] },
): Promise<Check | undefined> {
  const checks = await auditOf(ctx, room, query, given)
  return checks.find((check) => check.id === 'differencing' && check.outcome === 'failed')
}

async function coveredByAgreement(ctx: Ctx, room: Room, query: QueryRecord): Promise<boolean> {
  for (const id of query.tableIds) {
    const table = await findTable(ctx.db, id)
    if (!table || !room.holders.includes(table.organisationId)) return false
    if (!table.entryId || !room.agreement.entryIds.includes(table.entryId)) return false
  }
  return query.tableIds.length > 0
}

/**
 * Has the vault work out and keep, sealed, which units stand behind each cell of an answer; gives the names under which
 * they are kept, one per inner block. Asks the vault: not inside a transaction.
 */
export async function keepUnitSets(
  ctx: Ctx,
  room: Room,
  query: QueryRecord,
  releaseId: string,
): Promise<string[]> {
  const { vaults } = ctx.resources
  // Exact sets are never looked at under differential privacy.
  if (!vaults || !isOpen(ctx, room) || (await privacyOf(ctx, room))) return []
  const tables = await listTableRows(ctx.db, [room.workspace.id], ['confirmed'])
  const data = dataRoomOf(ctx, room, { tables, cellKey: vaults.cellKey })
  const vault = await vaults.open(room.workspace.id)
  const plan = await planSql(query.sql, data.tables, data.preset)
  const names: string[] = []
  for (const [i, block] of plan.blocks.entries()) {
    const shown = await shownCells(block, { data, vault })
    if (shown.length === 0) continue
    const name = `${releaseId}-${i}`
    await vault.keepUnitSets(name, block.query, shown)
    names.push(name)
  }
  return names
}

type BlockOf = Awaited<ReturnType<typeof planSql>>['blocks'][number]
type From = { data: DataRoom; vault: Awaited<ReturnType<VaultPool['open']>> }

/** The cells of a block of which at least one figure is shown; the same as when the question was answered. */
async function shownCells(block: BlockOf, { data, vault }: From) {
  const sides = []
  for (const side of block.sides)
    sides.push(protectSide(side, await vault.query(side.query), { of: block, room: data }))
  const cells = protectBlock(block, await vault.query(block.query), data, sides)
  return cells.rows
    .filter((row) => row.figures.some((figure) => figure !== null))
    .map((row) => [...row.values])
}

/** Forgets the unit sets of a request that did not leave. A vault that is gone has forgotten them already. */
export async function forgetUnitSets(ctx: Ctx, workspaceId: string, names: readonly string[]): Promise<void> {
  const { vaults } = ctx.resources
  if (!vaults || names.length === 0) return
  try {
    const vault = await vaults.open(workspaceId)
    for (const name of names) await vault.forgetUnitSets(name)
  } catch (error) {
    if (!(error instanceof Error && error.name === 'VaultError')) throw error
  }
}

/** Each comparison is a process of its own for a moment; a small server bears four. */
const comparedAtOnce = 4

const none: Omit<Differences, 'fresh' | 'releases'> = { close: 0, rests: 0, unknown: 0 }

async function differencesOf(
  ctx: Ctx,
  room: Room,
  query: QueryRecord,
  unitSets: readonly string[] | undefined,
): Promise<Differences> {
  const earlier = await departed(ctx.db, await affectedBy(ctx, query))
  const fresh = query.cellKeys.filter((key) => !earlier.keys.has(key)).length
  const seen = { releases: earlier.releases.length, fresh }
  const { vaults } = ctx.resources
  if (!vaults || !unitSets?.length) return { ...seen, ...none, unknown: earlier.releases.length }
  const own = {
    roomId: room.workspace.id,
    names: unitSets,
    below: levelOf(ctx, room.agreement.protectionLevel).k,
  }
  const found = { ...none }
  for (let at = 0; at < earlier.releases.length; at += comparedAtOnce) {
    const some = earlier.releases.slice(at, at + comparedAtOnce)
    for (const each of await Promise.all(some.map((release) => compareRelease(vaults, own, release)))) {
      found.unknown += each.unknown
      found.close += each.close
      found.rests += each.rests
    }
  }
  return { ...seen, ...found }
}

type Own = { roomId: string; names: readonly string[]; below: number }

async function compareRelease(pool: VaultPool, own: Own, release: Departed) {
  const found = { ...none }
  if (release.unitSets.length === 0) return { ...found, unknown: 1 }
  for (const name of own.names) {
    for (const id of release.unitSets) {
      const compared = await pool
        .compareUnitSets({ roomId: own.roomId, id: name }, { roomId: release.workspaceId, id }, own)
        .catch(vaultGone)
      if (!compared) found.unknown = 1
      else if (compared.comparable) {
        found.close += compared.pairs.filter((pair) => isClose(pair, own.below)).length
        found.rests += restsOf(compared, own.below)
      }
    }
  }
  return found
}

function vaultGone(error: unknown): undefined {
  if (error instanceof Error && error.name === 'VaultError') return undefined
  throw error
}

/** Nested or nearly equal sets: neither has as many units beyond the other as the threshold. */
function isClose(pair: UnitOverlap, below: number): boolean {
  return pair.onlyA < below && pair.onlyB < below && pair.onlyA + pair.onlyB > 0
}

/** How many cells leave, beyond what the other table shows, some but too few units: a total less the sum of its parts. */
function restsOf(compared: UnitComparison, below: number): number {
  const small = (n: number) => n > 0 && n < below
  return [...compared.restA, ...compared.restB].filter(small).length
}
