import type { ColumnType, Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { MapAreas } from './model.ts'

/** Public outlines on which results of a room are drawn. */
export type RoomMap = { id: string; workspaceId: string; title: string; geo: MapAreas; addedAt: Date }

type MapTable = {
  id: string
  workspace_id: string
  title: string
  geo: ColumnType<MapAreas, string, string>
  added_by: string | null
  added_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_map: MapTable
  }
}

const toMap = (row: Selectable<MapTable>): RoomMap => ({
  id: row.id,
  workspaceId: row.workspace_id,
  title: row.title,
  geo: row.geo,
  addedAt: row.added_at,
})

/** Adds outlines to a room. */
export async function insertMap(db: Db, map: RoomMap, addedBy: string | null): Promise<void> {
  await db
    .insertInto('sandbox_map')
    .values({
      id: map.id,
      workspace_id: map.workspaceId,
      title: map.title,
      geo: JSON.stringify(map.geo),
      added_by: addedBy,
      added_at: map.addedAt,
    })
    .execute()
}

/** The outlines of a room, oldest first. */
export async function listMapRows(db: Db, workspaceId: string): Promise<RoomMap[]> {
  const rows = await db
    .selectFrom('sandbox_map')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('added_at')
    .limit(20)
    .execute()
  return rows.map(toMap)
}

/** Takes outlines out of a room. */
export async function deleteMap(db: Db, id: string, workspaceId: string): Promise<boolean> {
  const done = await db
    .deleteFrom('sandbox_map')
    .where('id', '=', id)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return Number(done.numDeletedRows) === 1
}

/** Cuts a person's name from the outlines she added. */
export async function forgetMapper(db: Db, personId: string): Promise<void> {
  await db.updateTable('sandbox_map').set({ added_by: null }).where('added_by', '=', personId).execute()
}
