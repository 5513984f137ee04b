import type { Ctx } from '../../platform/context.ts'
import { actorId, organisationsOf, transact } from '../../platform/context.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import { rhoBooked, rhoNumber } from '../dp/accountant.ts'
import type { UnitType } from '../engine/roles.ts'
import { policy } from '../policy.ts'
import { accountRows, chargesByRoom } from './account-store.ts'
import { sumOf, type Account } from './model.ts'
import { problems } from './problems.ts'
import { limitPrivacySchema, type LimitPrivacy } from './schema.ts'
import * as store from './store.ts'

/** The organisations whose privacy accounts the actor may read: where she is holder or reviewer. */
export function accountHolders(ctx: Pick<Ctx, 'actor'>): string[] {
  return [...new Set([...organisationsOf(ctx.actor, 'holder'), ...organisationsOf(ctx.actor, 'reviewer')])]
}

/** The lifetime ledger of a holder: one account for each type of units that was ever asked about. */
export async function listAccounts(ctx: Ctx, organisationId: string): Promise<Account[]> {
  requirePermission(ctx, policy, 'readPrivacy', { organisationIds: [organisationId] })
  const limits = await accountRows(ctx.db, organisationId)
  const charges = await chargesByRoom(ctx.db, organisationId)
  return limits.map(({ unitType, rho, decidedAt }) => {
    const rooms = charges.filter((c) => c.unitType === unitType)
    return { unitType, limit: rho, decidedAt, spent: sumOf(rooms.map((r) => r.spent)), rooms }
  })
}

/** Whether the actor may set limits for a holder. */
export function mayLimit(ctx: Pick<Ctx, 'actor'>, organisationId: string): boolean {
  return may(ctx.actor, policy, 'limitPrivacy', { organisationIds: [organisationId] })
}

/**
 * A holder raises or lowers what may ever be spent about one type of her units. Refuses a limit below what is spent. The
 * decision stands in the register with its reason: a budget never fills up by itself.
 */
export async function limitPrivacy(ctx: Ctx, input: LimitPrivacy): Promise<void> {
  const wish = limitPrivacySchema.parse(input)
  const { organisationId, unitType } = wish
  requirePermission(ctx, policy, 'limitPrivacy', { organisationIds: [organisationId] })
  await transact(ctx, async (ctx) => {
    const before = await store.lockLimit(ctx.db, { organisationId, unitType })
    const rho = rhoBooked(wish.rhoLimit)
    if (rho < (await store.spentOf(ctx.db, { organisationId, unitType })))
      throw problems.limitBelowSpent({ organisationId })
    await store.putLimit(
      ctx.db,
      { organisationId, unitType },
      { rho, decidedBy: actorId(ctx.actor) ?? null, decidedAt: ctx.now },
    )
    await recordLimit(ctx, { organisationId, unitType, before, rho, reason: wish.reason })
  })
}

async function recordLimit(
  ctx: Ctx,
  change: { organisationId: string; unitType: UnitType; before: bigint; rho: bigint; reason: string },
): Promise<void> {
  const { organisationId, unitType, reason } = change
  const [from, to] = [rhoNumber(change.before), rhoNumber(change.rho)]
  await record(ctx, {
    event: to > from ? 'sandbox.privacy-limit-raised' : 'sandbox.privacy-limit-set',
    object: { type: 'organisation', id: organisationId },
    organisationId,
    summary: {
      de: `Das Lebenszeitbudget für Privatheit wurde von ρ = ${from} auf ρ = ${to} gesetzt.`,
      en: `The lifetime budget for privacy was set from ρ = ${from} to ρ = ${to}.`,
    },
    details: { unitType, from, to, reason },
  })
}
