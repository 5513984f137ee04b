import type { Ctx } from '../../platform/context.ts'
import { actorId } from '../../platform/context.ts'
import { startOfDay } from '../../platform/days.ts'
import { requirePermission } from '../../platform/permission.ts'
import { loadRoom, type Room } from '../access/service.ts'
import { cellsOf } from '../engine/preset.ts'
import type { DataRoom, Ledger } from '../engine/result.ts'
import { unitTypesOf } from '../engine/roles.ts'
import type { Budget } from '../model.ts'
import { remaining } from '../model.ts'
import { policy } from '../policy.ts'
import { levelOf } from '../protection/service.ts'
import * as store from '../queries/store.ts'
import type { SandboxTable } from '../tables/model.ts'
import { vaultTableOf } from '../tables/model.ts'
import { listTableRows } from '../tables/store.ts'
import type { Settling } from '../turns/service.ts'

/** What the actor and the room have spent and may spend; `running`: with questions whose answer is not given yet. */
export async function budgetOf(ctx: Ctx, room: Room, running = false): Promise<Budget> {
  const preset = levelOf(ctx, room.agreement.protectionLevel)
  const spent = await store.spentCells(ctx.db, {
    workspaceId: room.workspace.id,
    personId: actorId(ctx.actor) ?? null,
    since: startOfDay(ctx.now),
    running,
  })
  return {
    perDay: preset.cellsPerDay,
    perProject: preset.cellsPerProject,
    spentToday: spent.today,
    spentInProject: spent.project,
  }
}

/** What a table has given out in this room and may give out at all, by its name; answers not given yet are left out. */
export type TableBudget = { readonly table: string; readonly spent: number; readonly most: number }

/** The budgets of the tables that are counted, in the order of the room. Lookup tables have none. */
export async function tableBudgets(
  ctx: Ctx,
  room: Room,
  tables: readonly SandboxTable[],
): Promise<TableBudget[]> {
  const preset = levelOf(ctx, room.agreement.protectionLevel)
  const counted = tables.flatMap((t) => vaultTableOf(t) ?? []).filter((t) => unitTypesOf(t.spec).length > 0)
  const spent = (name: string) => store.cellsSpentOn(ctx.db, room.workspace.id, name, false)
  return Promise.all(
    counted.map(async (t) => ({
      table: t.spec.name,
      spent: await spent(t.spec.name),
      most: cellsOf(t, preset),
    })),
  )
}

/** The budget of a room by its id, for those who ask there. */
export async function readBudget(ctx: Ctx, workspaceId: string): Promise<Budget & { tables: TableBudget[] }> {
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'query', { organisationIds: room.analysts })
  const tables = await tableBudgets(
    ctx,
    room,
    await listTableRows(ctx.db, [room.workspace.id], ['confirmed']),
  )
  return { ...(await budgetOf(ctx, room)), tables }
}

/** The room as the engine sees it: confirmed tables, the agreement's level of protection, the installation's cell key. */
export function dataRoomOf(
  ctx: Ctx,
  room: Room,
  of: { tables: readonly SandboxTable[]; cellKey: Uint8Array },
): DataRoom {
  return {
    tables: of.tables.flatMap((t) => vaultTableOf(t) ?? []),
    preset: levelOf(ctx, room.agreement.protectionLevel),
    cellKey: of.cellKey,
  }
}

/**
 * The room's ledger for one question; every cell the engine asks about is noted in `keys`. From the first look on, the question
 * is alone with the budget until its cost is booked; a dry run looks without that.
 */
export async function ledgerOf(
  ctx: Ctx,
  room: Room,
  keys: Set<string>,
  settling?: Pick<Settling, 'begin'>,
): Promise<Ledger> {
  const id = room.workspace.id
  let left = remaining(await budgetOf(ctx, room, true))
  const alone = async () => {
    if (!settling) return
    await settling.begin()
    left = remaining(await budgetOf(ctx, room, true))
  }
  return {
    get remaining() {
      return left
    },
    seen: async (wanted) => {
      await alone()
      for (const key of wanted) keys.add(key)
      return store.seenCells(ctx.db, id, wanted)
    },
    waysOf: async (base) => {
      await settling?.begin()
      return store.partitionsOf(ctx.db, id, base)
    },
    spentOn: (table) => store.cellsSpentOn(ctx.db, id, table),
  }
}
