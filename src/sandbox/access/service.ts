import type { Agreement } from '../../cooperation/model.ts'
import { isInForce, partiesOf } from '../../cooperation/model.ts'
import { getAgreement, permits, requireInForce } from '../../cooperation/service.ts'
import type { Ctx } from '../../platform/context.ts'
import { organisationsOf, system } from '../../platform/context.ts'
import { isUuid } from '../../platform/ids.ts'
import { may, requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import type { Workspace } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { ShownLevel } from '../protection/model.ts'
import { shownLevel } from '../protection/model.ts'
import { levelOf } from '../protection/service.ts'
import { findWorkspace } from '../store.ts'
import type { VaultPool } from '../vault/contract.ts'

declare module '../../platform/context.ts' {
  interface Resources {
    /** The running vaults; built by `main.ts` from the installation's secret. */
    vaults: VaultPool
  }
}

/** A workspace with its agreement and who takes part as what. */
export type Room = {
  workspace: Workspace
  agreement: Agreement
  holders: string[]
  analysts: string[]
  everyone: string[]
  /** The level of protection as it holds here: the agreement's, or the installation's own where that is stricter. */
  level: ShownLevel
}

/** What the actor may do in a room, for showing and hiding. */
export type Rights = {
  /** Sees that it exists, its tables' names and its term. */
  status: boolean
  /** Asks questions and sees protected answers. */
  query: boolean
  /** Reads the log of questions. */
  log: boolean
  decide: boolean
  upload: boolean
}

/** The agreement as the hub itself sees it: rights in a room are decided here, from its parties. */
export function agreementOf(ctx: Ctx, agreementId: string): Promise<Agreement> {
  return getAgreement({ ...ctx, actor: system('sandbox') }, agreementId)
}

/** Loads a room by its id; unknown or malformed ids are `general/not-found`. No permission is checked here. */
export async function loadRoom(ctx: Ctx, workspaceId: string): Promise<Room> {
  const workspace = isUuid(workspaceId) ? await findWorkspace(ctx.db, workspaceId) : undefined
  if (!workspace) throw general.notFound()
  return roomOf(ctx, workspace)
}

/** Adds agreement and parties to a workspace. */
export async function roomOf(ctx: Ctx, workspace: Workspace): Promise<Room> {
  const agreement = await agreementOf(ctx, workspace.agreementId)
  const ids = (part: 'holder' | 'analyst') => partiesOf(agreement, part).map((p) => p.organisationId)
  const everyone = [...new Set(agreement.parties.map((p) => p.organisationId))]
  const level = shownLevel(levelOf(ctx, agreement.protectionLevel))
  return { workspace, agreement, holders: ids('holder'), analysts: ids('analyst'), everyone, level }
}

/** What the actor may do in the room: roles count only in the organisation whose part they fit. */
export function rightsIn(ctx: Pick<Ctx, 'actor'>, room: Room): Rights {
  const asHolder = { organisationIds: room.holders }
  const asAnalyst = { organisationIds: room.analysts }
  return {
    status: may(ctx.actor, policy, 'seeStatus', { organisationIds: room.everyone }),
    query: may(ctx.actor, policy, 'query', asAnalyst),
    log: may(ctx.actor, policy, 'readLog', asHolder),
    decide: may(ctx.actor, policy, 'decide', asHolder),
    upload: may(ctx.actor, policy, 'upload', asHolder),
  }
}

/** Refuses unless the room is open and its agreement in force this very moment. */
export async function requireOpen(ctx: Ctx, room: Room): Promise<void> {
  if (room.workspace.state === 'closed') throw problems.workspaceClosed({ id: room.workspace.id })
  await requireInForce({ ...ctx, actor: system('sandbox') }, room.workspace.agreementId)
}

/** True while questions may be asked: state and term only, for showing. */
export function isOpen(ctx: Pick<Ctx, 'now'>, room: Room): boolean {
  return room.workspace.state === 'open' && isInForce(room.agreement, ctx.now)
}

/**
 * The actor's analyst organisation in this room. Refuses, in this order: who has none, a room that is not open or whose
 * agreement is not in force this very moment, and what the agreement does not permit.
 */
export async function requireAnalyst(ctx: Ctx, room: Room, action: 'query' | 'release'): Promise<string> {
  requirePermission(ctx, policy, 'query', { organisationIds: room.analysts })
  await requireOpen(ctx, room)
  const mine = organisationsOf(ctx.actor, 'analyst').find((id) => room.analysts.includes(id))
  const organisationId = mine ?? room.analysts[0] ?? ''
  requirePermitted(ctx, room, { action, organisationId })
  return organisationId
}

/** Refuses what the agreement's policy does not allow this organisation (for this dataset, if one is named). */
export function requirePermitted(
  ctx: Pick<Ctx, 'now'>,
  room: Room,
  wish: { action: 'upload' | 'query' | 'release'; organisationId: string; entryId?: string },
): void {
  if (permits(room.agreement, { ...wish, now: ctx.now })) return
  throw problems.notPermitted({ agreementId: room.agreement.id })
}
