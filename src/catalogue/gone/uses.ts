import type { Ctx } from '../../platform/context.ts'
import type { EntryUse } from './model.ts'
import { listNeedUses } from './store.ts'

/** A room's answer to "what of yours refers to these entries?". */
export type FindUses = (ctx: Ctx, entryIds: readonly string[]) => Promise<readonly EntryUse[]>

declare module '../../platform/context.ts' {
  interface Resources {
    /** Rooms that keep references to entries; nothing is deleted before each of them was asked. */
    entryUses: readonly FindUses[]
  }
}

/** Everything that refers to these entries, by entry. Throws where the other rooms can not be asked. */
export async function usesOf(ctx: Ctx, entryIds: readonly string[]): Promise<Map<string, EntryUse[]>> {
  const found = new Map<string, EntryUse[]>()
  if (entryIds.length === 0) return found
  const rooms = ctx.resources.entryUses
  if (!rooms) throw new Error('nobody can be asked what refers to these entries')
  const own = await listNeedUses(ctx.db, entryIds)
  const others: (readonly EntryUse[])[] = []
  for (const ask of rooms) others.push(await ask(ctx, entryIds))
  for (const use of [...own, ...others.flat()])
    found.set(use.entryId, [...(found.get(use.entryId) ?? []), use])
  return found
}
