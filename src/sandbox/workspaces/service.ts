import { requireInForce } from '../../cooperation/service.ts'
import type { Ctx } from '../../platform/context.ts'
import { organisationsOf, system, transact } from '../../platform/context.ts'
import { emit } from '../../platform/events.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { record } from '../../transparency/service.ts'
import type { CloseReason, Workspace, WorkspaceId } from '../model.ts'
import { hrefOf, mailAnalysts, mailReviewers, tellQuestion } from '../notices/service.ts'
import { policy } from '../policy.ts'
import type { OpenWorkspace } from '../schema.ts'
import { openWorkspaceSchema } from '../schema.ts'
import {
  closeWorkspaceRow,
  findWorkspaceOf,
  insertWorkspace,
  listWorkspaceRows,
  markKeyDestroyed,
} from '../store.ts'
import { forgetFigures } from '../privacy/figure-store.ts'
import { forgetAnswers } from '../queries/store.ts'
import { rejectOpenRequests } from '../releases/store.ts'
import { retireWorkspace } from '../snapshots/store.ts'
import { removeAllTables } from '../tables/store.ts'
import type { Room } from '../access/service.ts'
import { agreementOf, loadRoom, rightsIn, roomOf } from '../access/service.ts'

/** Opens the workspace of an agreement in force, or gives the one that is open. Refuses when the agreement is not in force. */
export async function openWorkspace(ctx: Ctx, input: OpenWorkspace): Promise<Workspace> {
  const { agreementId } = openWorkspaceSchema.parse(input)
  const agreement = await agreementOf(ctx, agreementId)
  requirePermission(ctx, policy, 'open', { organisationIds: agreement.parties.map((p) => p.organisationId) })
  await requireInForce({ ...ctx, actor: system('sandbox') }, agreementId)
  const known = await findWorkspaceOf(ctx.db, agreementId)
  if (known) return known
  return transact(ctx, async (ctx) => {
    const workspace = newWorkspace(ctx, agreement)
    if (!(await insertWorkspace(ctx.db, workspace))) return (await findWorkspaceOf(ctx.db, agreementId))!
    await record(ctx, {
      event: 'sandbox.opened',
      object: { type: 'workspace', id: workspace.id },
      summary: {
        de: `Der Arbeitsraum „${workspace.title}“ ist offen.`,
        en: `The workspace “${workspace.title}” is open.`,
      },
      href: hrefOf(workspace),
      details: { agreementId, questionId: workspace.questionId, protectionLevel: agreement.protectionLevel },
    })
    await tellQuestion(ctx, workspace, {
      de: 'Der Arbeitsraum in der Sandbox ist offen.',
      en: 'The workspace in the sandbox is open.',
    })
    await emit(ctx, 'sandbox.workspace-opened', { workspaceId: workspace.id, agreementId })
    return workspace
  })
}

function newWorkspace(ctx: Ctx, agreement: { id: string; questionId: string; title: string }): Workspace {
  return {
    id: newId<WorkspaceId>(ctx.now.getTime()),
    agreementId: agreement.id,
    questionId: agreement.questionId,
    title: agreement.title,
    state: 'open',
    openedAt: ctx.now,
    closedAt: null,
    closeReason: null,
    keyDestroyedAt: null,
  }
}

/** One room, for those who take part or guide; others get `general/forbidden`. */
export async function getWorkspace(ctx: Ctx, workspaceId: string): Promise<Room> {
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'seeStatus', { organisationIds: room.everyone })
  return room
}

/** The rooms the actor takes part in (all of them for stewards), newest first. Empty for the public. */
export async function listWorkspaces(ctx: Ctx, filter: { questionId?: string } = {}): Promise<Room[]> {
  requirePermission(ctx, policy, 'read')
  if (ctx.actor.kind === 'anonymous') return []
  const rows = await listWorkspaceRows(ctx.db, filter)
  const rooms: Room[] = []
  for (const row of rows) rooms.push(await roomOf(ctx, row))
  return rooms.filter((room) => rightsIn(ctx, room).status)
}

/** The rooms of a question as everybody may know them: that they exist and whether they are open. */
export async function listRoomsOfQuestion(ctx: Ctx, questionId: string): Promise<Room[]> {
  requirePermission(ctx, policy, 'read')
  const rooms: Room[] = []
  for (const row of await listWorkspaceRows(ctx.db, { questionId })) rooms.push(await roomOf(ctx, row))
  return rooms
}

/** The organisations of the actor that take part as holders. */
export function holderOrganisationsOf(ctx: Pick<Ctx, 'actor'>, room: Room): string[] {
  if (ctx.actor.kind === 'system') return room.holders
  return organisationsOf(ctx.actor, 'holder').filter((id) => room.holders.includes(id))
}

/**
 * Ends a room for good: no further question, then the key is destroyed, answers that were not released are forgotten, open
 * requests end, and the register says so. Safe to repeat;
 * only the hub itself calls it, when an agreement has ended.
 */
export async function closeWorkspace(
  ctx: Ctx,
  input: { agreementId: string; reason: CloseReason },
): Promise<void> {
  const workspace = await findWorkspaceOf(ctx.db, input.agreementId)
  if (!workspace || workspace.keyDestroyedAt) return
  await transact(ctx, async (ctx) => {
    if (!(await closeWorkspaceRow(ctx.db, workspace.id, input.reason, ctx.now))) return
    await record(ctx, {
      event: 'sandbox.closed',
      object: { type: 'workspace', id: workspace.id },
      summary: {
        de: `Der Arbeitsraum „${workspace.title}“ ist geschlossen. Niemand kann ihn mehr befragen.`,
        en: `The workspace “${workspace.title}” is closed. Nobody can ask it any more.`,
      },
      href: hrefOf(workspace),
      details: { agreementId: input.agreementId, reason: input.reason },
    })
  })
  await ctx.resources.vaults?.destroy(workspace.id)
  await transact(ctx, async (ctx) => {
    await removeAllTables(ctx.db, workspace.id)
    await retireWorkspace(ctx.db, workspace.id, ctx.now)
    await forgetAnswers(ctx.db, workspace.id)
    await forgetFigures(ctx.db, workspace.id)
    await rejectOpenRequests(ctx.db, workspace.id, ctx.now)
    await markKeyDestroyed(ctx.db, workspace.id, ctx.now)
    await record(ctx, {
      event: 'sandbox.key-destroyed',
      object: { type: 'workspace', id: workspace.id },
      summary: {
        de: `Der Schlüssel zu den Daten des Arbeitsraums „${workspace.title}“ wurde vernichtet.`,
        en: `The key to the data of the workspace “${workspace.title}” was destroyed.`,
      },
      href: hrefOf(workspace),
      details: { agreementId: input.agreementId, reason: input.reason },
    })
    await tellQuestion(ctx, workspace, {
      de: 'Die Vereinbarung ist zu Ende. Der Schlüssel zu den Daten der Sandbox wurde vernichtet.',
      en: 'The agreement has ended. The key to the data of the sandbox was destroyed.',
    })
    const { holders, analysts } = await roomOf(ctx, workspace)
    await mailReviewers(ctx, { workspace, organisationIds: holders, text: 'closed' })
    await mailAnalysts(ctx, { workspace, organisationIds: analysts, text: 'closed' })
  })
}
