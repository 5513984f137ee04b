import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import { isOpen, loadRoom, type Room } from '../access/service.ts'
import { policy } from '../policy.ts'
import type { ChangeSaved, SaveQuery } from '../notebooks/schema.ts'
import { changeSavedSchema, saveQuerySchema } from '../notebooks/schema.ts'
import type { SavedQuery } from './store.ts'
import * as store from './store.ts'

/** Keeps a question under a name, for oneself or shared in the room. Costs nothing; asking it again is a question of its own. */
export async function saveQuery(ctx: Ctx, input: SaveQuery): Promise<SavedQuery> {
  const { workspaceId, title, sql, form, shared } = saveQuerySchema.parse(input)
  const room = await requireKeeping(ctx, workspaceId)
  const saved: SavedQuery = {
    id: newId(ctx.now.getTime()),
    workspaceId: room.workspace.id,
    title,
    sql,
    form: form ?? null,
    shared,
    savedBy: actorId(ctx.actor) ?? null,
    savedAt: ctx.now,
  }
  await transact(ctx, async (ctx) => {
    await store.insertSaved(ctx.db, saved)
    await recordKept(ctx, room, saved.id, shared)
  })
  return saved
}

async function requireKeeping(ctx: Ctx, workspaceId: string): Promise<Room> {
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  return room
}

async function recordKept(ctx: Ctx, room: Room, savedId: string, shared: boolean): Promise<void> {
  const { title } = room.workspace
  await record(ctx, {
    event: 'sandbox.query-saved',
    object: { type: 'workspace', id: room.workspace.id },
    summary: {
      de: `Im Arbeitsraum „${title}“ wurde eine Abfrage zum Wiederholen aufgehoben.`,
      en: `A question was kept for asking again in the workspace “${title}”.`,
    },
    href: `/sandbox/workspaces/${room.workspace.id}`,
    details: { savedId, shared },
  })
}

/** What is kept in a room: one's own and the shared ones, by name. */
export async function listSaved(ctx: Ctx, workspaceId: string): Promise<SavedQuery[]> {
  const room = await requireKeeping(ctx, workspaceId)
  if (!isOpen(ctx, room)) return []
  return store.listSavedRows(ctx.db, room.workspace.id, actorId(ctx.actor) ?? null)
}

/** One kept question with its room; what is not shared is not found for others. */
export async function getSaved(ctx: Ctx, savedId: string): Promise<{ saved: SavedQuery; room: Room }> {
  const saved = isUuid(savedId) ? await store.findSaved(ctx.db, savedId) : undefined
  if (!saved) throw general.notFound()
  const room = await requireKeeping(ctx, saved.workspaceId)
  if (!saved.shared && saved.savedBy !== actorId(ctx.actor)) throw general.notFound()
  return { saved, room }
}

/** Renames a kept question, shares it or takes it back; who kept it, and for shared ones nobody else. */
export async function changeSaved(ctx: Ctx, input: ChangeSaved): Promise<SavedQuery> {
  const { savedId, title, shared } = changeSavedSchema.parse(input)
  const { saved, room } = await requireOwn(ctx, savedId)
  await transact(ctx, async (ctx) => {
    await store.updateSaved(ctx.db, saved.id, { title, shared })
    if (shared !== saved.shared) await recordKept(ctx, room, saved.id, shared)
  })
  return { ...saved, title, shared }
}

/** Throws a kept question away. Its earlier answers stay in the history. Gives the room. */
export async function removeSaved(ctx: Ctx, savedId: string): Promise<Room> {
  const { saved, room } = await requireOwn(ctx, savedId)
  await transact(ctx, async (ctx) => {
    await store.deleteSaved(ctx.db, saved.id)
    await record(ctx, {
      event: 'sandbox.query-dropped',
      object: { type: 'workspace', id: room.workspace.id },
      summary: {
        de: `Im Arbeitsraum „${room.workspace.title}“ wurde eine aufgehobene Abfrage weggeworfen.`,
        en: `A kept question was thrown away in the workspace “${room.workspace.title}”.`,
      },
      href: `/sandbox/workspaces/${room.workspace.id}`,
      details: { savedId: saved.id },
    })
  })
  return room
}

async function requireOwn(ctx: Ctx, savedId: string) {
  const found = await getSaved(ctx, savedId)
  const { savedBy } = found.saved
  // What a forgotten person had shared belongs to the room.
  if (savedBy !== null && savedBy !== actorId(ctx.actor) && ctx.actor.kind !== 'system')
    throw general.forbidden()
  return found
}
