import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record } from '../../transparency/service.ts'
import { loadRoom, type Room } from '../access/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { AddMap } from '../notebooks/schema.ts'
import { addMapSchema } from '../notebooks/schema.ts'
import { areasOf } from './model.ts'
import type { RoomMap } from './store.ts'
import { deleteMap, insertMap, listMapRows } from './store.ts'

/** A GeoJSON of outlines beyond this is not drawn on a page any more. */
export const maxMapBytes = 3 * 1024 * 1024

/** Adds public outlines (districts, blocks) to a room, so that its results can be drawn as maps. Refuses what is no GeoJSON of areas. */
export async function addMap(ctx: Ctx, input: AddMap): Promise<RoomMap> {
  const { workspaceId, title, geojson } = addMapSchema.parse(input)
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  const geo = areasOf(parsed(geojson))
  if (!geo) throw problems.noAreas({ workspaceId })
  const map: RoomMap = {
    id: newId(ctx.now.getTime()),
    workspaceId: room.workspace.id,
    title,
    geo,
    addedAt: ctx.now,
  }
  await transact(ctx, async (ctx) => {
    await insertMap(ctx.db, map, actorId(ctx.actor) ?? null)
    await recordMap(ctx, room, map.id, geo.features.length)
  })
  return map
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function recordMap(ctx: Ctx, room: Room, mapId: string, areas: number): Promise<void> {
  const { workspace } = room
  await record(ctx, {
    event: areas ? 'sandbox.map-added' : 'sandbox.map-removed',
    object: { type: 'workspace', id: workspace.id },
    summary: areas
      ? {
          de: `Im Arbeitsraum „${workspace.title}“ lassen sich Ergebnisse als Karte zeichnen.`,
          en: `Results of the workspace “${workspace.title}” can be drawn as a map.`,
        }
      : {
          de: `Im Arbeitsraum „${workspace.title}“ wurde eine Karte weggelegt.`,
          en: `A map was put away in the workspace “${workspace.title}”.`,
        },
    href: `/sandbox/workspaces/${workspace.id}`,
    details: { mapId, areas },
  })
}

/** The outlines of a room, for those who take part. */
export async function listMaps(ctx: Ctx, room: Room): Promise<RoomMap[]> {
  requirePermission(ctx, policy, 'seeStatus', { organisationIds: room.everyone })
  return listMapRows(ctx.db, room.workspace.id)
}

/** Takes outlines out of a room; results stay. */
export async function removeMap(ctx: Ctx, workspaceId: string, mapId: string): Promise<void> {
  const room = await loadRoom(ctx, workspaceId)
  requirePermission(ctx, policy, 'keep', { organisationIds: room.analysts })
  await transact(ctx, async (ctx) => {
    const gone = isUuid(mapId) && (await deleteMap(ctx.db, mapId, room.workspace.id))
    if (!gone) throw general.notFound()
    await recordMap(ctx, room, mapId, 0)
  })
}
