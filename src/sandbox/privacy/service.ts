import type { Ctx } from '../../platform/context.ts'
import { actorId, organisationsOf, transact } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import type { Room } from '../access/service.ts'
import { loadRoom, requireOpen } from '../access/service.ts'
import { rhoBooked, rhoNumber, type Loss } from '../dp/accountant.ts'
import { policy } from '../policy.ts'
import { strictest, type PrivacyDecision, type RoomPrivacy } from './model.ts'
import { problems } from './problems.ts'
import { settlePrivacySchema, type SettlePrivacy } from './schema.ts'
import * as store from './store.ts'

/** The private mode of a room with what is spent of its budgets; null where nobody chose it: the standard mode. */
export async function privacyOf(ctx: Ctx, room: Pick<Room, 'workspace'>): Promise<RoomPrivacy | null> {
  const decisions = await store.decisionsOf(ctx.db, room.workspace.id)
  return withSpent(ctx, room, decisions)
}

/** The same with the room's rows locked until the transaction ends: nobody else spends in the meantime. */
export async function lockPrivacy(ctx: Ctx, room: Pick<Room, 'workspace'>): Promise<RoomPrivacy | null> {
  return withSpent(ctx, room, await store.decisionsOf(ctx.db, room.workspace.id, true))
}

async function withSpent(
  ctx: Ctx,
  room: Pick<Room, 'workspace'>,
  decisions: readonly PrivacyDecision[],
): Promise<RoomPrivacy | null> {
  const setting = strictest(decisions)
  if (!setting) return null
  const personId = actorId(ctx.actor) ?? null
  const spent = await store.spentInRoom(ctx.db, { workspaceId: room.workspace.id, personId })
  return { setting, decisions, spent: spent.all, mine: spent.mine }
}

/**
 * A holder settles that a workspace is asked with differential privacy only, or changes her budgets there. Refuses the first
 * choice once anything was asked: earlier answers would lie outside the bound. Nobody can choose the standard mode again.
 */
export async function settlePrivacy(ctx: Ctx, input: SettlePrivacy): Promise<RoomPrivacy> {
  const wish = settlePrivacySchema.parse(input)
  const room = await loadRoom(ctx, wish.workspaceId)
  const organisationId = holderIn(ctx, room, wish.organisationId)
  requirePermission(ctx, policy, 'settlePrivacy', { organisationIds: [organisationId] })
  await requireOpen(ctx, room)
  return transact(ctx, async (ctx) => {
    await store.lockWorkspace(ctx.db, room.workspace.id)
    const before = await store.decisionsOf(ctx.db, room.workspace.id, true)
    if (before.length === 0 && (await store.wasAsked(ctx.db, room.workspace.id)))
      throw problems.privacyTooLate({ workspaceId: room.workspace.id })
    const decision: PrivacyDecision = {
      organisationId,
      rhoLimit: rhoBooked(wish.rhoLimit),
      personLimit: rhoBooked(wish.personLimit),
      contribution: { groups: wish.groupsPerUnit, rows: wish.rowsPerUnit },
      decidedAt: ctx.now,
    }
    await store.putDecision(ctx.db, room.workspace.id, { ...decision, decidedBy: actorId(ctx.actor) ?? null })
    await recordDecision(
      ctx,
      room,
      decision,
      before.some((d) => d.organisationId === organisationId),
    )
    return (await privacyOf(ctx, room))!
  })
}

/** The organisation a holder acts for in a room: the one she names, or her own part in it; '' where she has none. */
function holderIn(ctx: Ctx, room: Room, named: string | undefined): string {
  const mine = organisationsOf(ctx.actor, 'holder').find((id) => room.holders.includes(id))
  const organisationId = named ?? mine ?? (ctx.actor.kind === 'system' ? room.holders[0] : '') ?? ''
  return room.holders.includes(organisationId) ? organisationId : ''
}

async function recordDecision(
  ctx: Ctx,
  room: Room,
  decision: PrivacyDecision,
  changed: boolean,
): Promise<void> {
  const { workspace } = room
  const name = room.agreement.parties.find((p) => p.organisationId === decision.organisationId)?.name ?? ''
  await record(ctx, {
    event: changed ? 'sandbox.privacy-changed' : 'sandbox.privacy-chosen',
    object: { type: 'workspace', id: workspace.id },
    organisationId: decision.organisationId,
    summary: {
      de: `${name} hat für den Arbeitsraum „${workspace.title}“ Differential Privacy mit Budget ρ = ${rhoNumber(decision.rhoLimit)} festgelegt.`,
      en: `${name} has settled differential privacy with a budget of ρ = ${rhoNumber(decision.rhoLimit)} for the workspace “${workspace.title}”.`,
    },
    href: `/sandbox/workspaces/${workspace.id}/privacy`,
    details: {
      rhoLimit: rhoNumber(decision.rhoLimit),
      personLimit: rhoNumber(decision.personLimit),
      groupsPerUnit: decision.contribution.groups,
      rowsPerUnit: decision.contribution.rows,
    },
  })
}

/** What a question cost, or null where the standard mode answered it or nothing was booked. */
export async function costOfQuery(ctx: Ctx, queryId: string): Promise<Loss | null> {
  return (await store.costsOf(ctx.db, [queryId])).get(queryId) ?? null
}
