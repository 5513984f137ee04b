import type { ColumnType, Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { TableId, WorkspaceId } from '../model.ts'
import type { VaultFacts } from '../tables/model.ts'
import type { SnapshotChange } from '../vault/contract.ts'
import type { SnapshotState, TableSnapshot } from './model.ts'

type Json<T> = ColumnType<T, string | null, string | null>

type SnapshotTable = {
  table_id: string
  number: number
  state: SnapshotState
  taken_at: Date
  taken_by: string | null
  file_name: string
  file_size: ColumnType<string, number, number>
  vault: Json<VaultFacts | null>
  change: Json<SnapshotChange[] | null>
  pinned_at: Date | null
  pinned_by: string | null
  retired_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_snapshot: SnapshotTable
  }
}

function toSnapshot(row: Selectable<SnapshotTable>): TableSnapshot {
  return {
    tableId: row.table_id as TableId,
    number: row.number,
    state: row.state,
    takenAt: row.taken_at,
    fileName: row.file_name,
    fileSize: Number(row.file_size),
    vault: row.vault,
    change: row.change,
    pinnedAt: row.pinned_at,
    retiredAt: row.retired_at,
  }
}

/** Stores a snapshot; false if another one of the table waits already or the number is taken. */
export async function insertSnapshot(
  db: Db,
  snapshot: TableSnapshot,
  by: string | undefined,
): Promise<boolean> {
  const written = await db
    .insertInto('sandbox_snapshot')
    .values({
      table_id: snapshot.tableId,
      number: snapshot.number,
      state: snapshot.state,
      taken_at: snapshot.takenAt,
      taken_by: by ?? null,
      file_name: snapshot.fileName,
      file_size: snapshot.fileSize,
      vault: snapshot.vault ? JSON.stringify(snapshot.vault) : null,
      change: snapshot.change ? JSON.stringify(snapshot.change) : null,
      pinned_at: snapshot.pinnedAt,
      pinned_by: snapshot.pinnedAt ? (by ?? null) : null,
      retired_at: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0) === 1
}

/** Writes what became of a snapshot that was being read. */
export async function settleSnapshot(
  db: Db,
  id: Pick<TableSnapshot, 'tableId' | 'number'>,
  end: Pick<TableSnapshot, 'state' | 'vault' | 'change'>,
): Promise<void> {
  await db
    .updateTable('sandbox_snapshot')
    .set({
      state: end.state,
      vault: end.vault ? JSON.stringify(end.vault) : null,
      change: end.change ? JSON.stringify(end.change) : null,
    })
    .where('table_id', '=', id.tableId)
    .where('number', '=', id.number)
    .execute()
}

/** Makes a held snapshot the pinned one and retires the one before. False if it is not held any more. */
export async function pinRow(
  db: Db,
  id: Pick<TableSnapshot, 'tableId' | 'number'>,
  done: { by: string | undefined; at: Date },
): Promise<boolean> {
  await db
    .updateTable('sandbox_snapshot')
    .set({ state: 'retired', retired_at: done.at })
    .where('table_id', '=', id.tableId)
    .where('state', '=', 'pinned')
    .execute()
  const pinned = await db
    .updateTable('sandbox_snapshot')
    .set({ state: 'pinned', pinned_at: done.at, pinned_by: done.by ?? null })
    .where('table_id', '=', id.tableId)
    .where('number', '=', id.number)
    .where('state', '=', 'held')
    .executeTakeFirst()
  return Number(pinned.numUpdatedRows) === 1
}

/** Retires one snapshot, or all of a table. */
export async function retireSnapshots(db: Db, tableId: string, at: Date, number?: number): Promise<void> {
  let query = db
    .updateTable('sandbox_snapshot')
    .set({ state: 'retired', retired_at: at })
    .where('table_id', '=', tableId)
    .where('state', 'in', ['loading', 'held', 'pinned'])
  if (number !== undefined) query = query.where('number', '=', number)
  await query.execute()
}

/** Retires all snapshots of a workspace: its key is destroyed. */
export async function retireWorkspace(db: Db, workspaceId: WorkspaceId, at: Date): Promise<void> {
  await db
    .updateTable('sandbox_snapshot')
    .set({ state: 'retired', retired_at: at })
    .where('state', 'in', ['loading', 'held', 'pinned'])
    .where('table_id', 'in', (q) =>
      q.selectFrom('sandbox_table').select('id').where('workspace_id', '=', workspaceId),
    )
    .execute()
}

/** The snapshots of a table, newest first. */
export async function listSnapshotRows(db: Db, tableId: string): Promise<TableSnapshot[]> {
  const rows = await db
    .selectFrom('sandbox_snapshot')
    .selectAll()
    .where('table_id', '=', tableId)
    .orderBy('number', 'desc')
    .limit(200)
    .execute()
  return rows.map(toSnapshot)
}

/** States that wait for a decision, of tables of these organisations in open rooms; newest first, at most twenty. */
export async function listHeld(
  db: Db,
  organisationIds: readonly string[],
): Promise<{ tableId: string; name: string; number: number }[]> {
  if (organisationIds.length === 0) return []
  const rows = await db
    .selectFrom('sandbox_snapshot as s')
    .innerJoin('sandbox_table as t', 't.id', 's.table_id')
    .innerJoin('sandbox_workspace as w', 'w.id', 't.workspace_id')
    .select(['t.id', 't.name', 's.number'])
    .where('s.state', '=', 'held')
    .where('t.state', '=', 'confirmed')
    .where('w.state', '=', 'open')
    .where('t.organisation_id', 'in', organisationIds)
    .orderBy('s.taken_at', 'desc')
    .limit(20)
    .execute()
  return rows.map(({ id, name, number }) => ({ tableId: id, name, number }))
}

/** Snapshots that stayed in `loading` since before a moment. */
export async function staleSnapshots(db: Db, before: Date): Promise<TableSnapshot[]> {
  const rows = await db
    .selectFrom('sandbox_snapshot')
    .selectAll()
    .where('state', '=', 'loading')
    .where('taken_at', '<', before)
    .execute()
  return rows.map(toSnapshot)
}
