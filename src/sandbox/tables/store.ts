import type { ColumnType, Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Finding } from '../../platform/finding.ts'
import type { TableSpec } from '../engine/roles.ts'
import type { TableId, TableState, WorkspaceId } from '../model.ts'
import type { SandboxTable, VaultFacts } from './model.ts'

type Json<T> = ColumnType<T, string | null, string | null>

type TableTable = {
  id: string
  workspace_id: string
  organisation_id: string
  entry_id: string | null
  name: string
  description: string
  state: TableState
  spec: Json<TableSpec | null>
  vault: Json<VaultFacts | null>
  findings: ColumnType<Finding[], string, string>
  file_name: string
  file_size: ColumnType<string, number, number>
  uploaded_by: string | null
  uploaded_at: Date
  confirmed_by: string | null
  confirmed_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_table: TableTable
  }
}

function toTable(row: Selectable<TableTable>): SandboxTable {
  return {
    id: row.id as TableId,
    workspaceId: row.workspace_id as WorkspaceId,
    organisationId: row.organisation_id,
    entryId: row.entry_id,
    name: row.name,
    description: row.description,
    state: row.state,
    spec: row.spec,
    vault: row.vault,
    findings: row.findings,
    fileName: row.file_name,
    fileSize: Number(row.file_size),
    uploadedAt: row.uploaded_at,
    confirmedAt: row.confirmed_at,
  }
}

/** Stores a table that is about to be read; false if its name is taken in the workspace. */
export async function insertTable(
  db: Db,
  table: SandboxTable,
  uploadedBy: string | undefined,
): Promise<boolean> {
  const written = await db
    .insertInto('sandbox_table')
    .values({
      id: table.id,
      workspace_id: table.workspaceId,
      organisation_id: table.organisationId,
      entry_id: table.entryId,
      name: table.name,
      description: table.description,
      state: table.state,
      spec: null,
      vault: null,
      findings: '[]',
      file_name: table.fileName,
      file_size: table.fileSize,
      uploaded_by: uploadedBy ?? null,
      uploaded_at: table.uploadedAt,
      confirmed_by: null,
      confirmed_at: null,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0) === 1
}

/** Writes what reading the file showed: the proposed roles and the findings. */
export async function proposeTable(
  db: Db,
  id: TableId,
  read: { spec: TableSpec; findings: readonly Finding[] },
): Promise<void> {
  await db
    .updateTable('sandbox_table')
    .set({ state: 'proposed', spec: JSON.stringify(read.spec), findings: JSON.stringify(read.findings) })
    .where('id', '=', id)
    .where('state', '=', 'loading')
    .execute()
}

/** Writes the holder's confirmation with what the vault took in. */
export async function confirmTable(
  db: Db,
  id: TableId,
  done: { spec: TableSpec; vault: VaultFacts; by: string | undefined; at: Date },
): Promise<void> {
  await db
    .updateTable('sandbox_table')
    .set({
      state: 'confirmed',
      spec: JSON.stringify(done.spec),
      vault: JSON.stringify(done.vault),
      confirmed_by: done.by ?? null,
      confirmed_at: done.at,
    })
    .where('id', '=', id)
    .execute()
}

/** From now on the table is asked in another snapshot. */
export async function useSnapshot(db: Db, id: TableId, facts: VaultFacts): Promise<void> {
  await db
    .updateTable('sandbox_table')
    .set({ vault: JSON.stringify(facts) })
    .where('id', '=', id)
    .execute()
}

/** Sets the state alone; tables that failed or were removed lose their spec. */
export async function setTableState(db: Db, id: TableId, state: 'failed' | 'removed'): Promise<void> {
  await db.updateTable('sandbox_table').set({ state, spec: null, vault: null }).where('id', '=', id).execute()
}

/** One table. */
export async function findTable(db: Db, id: string): Promise<SandboxTable | undefined> {
  const row = await db.selectFrom('sandbox_table').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toTable(row)
}

/** The tables of some workspaces in the given states, in the order of their arrival. */
export async function listTableRows(
  db: Db,
  workspaceIds: readonly string[],
  states: readonly TableState[] = ['loading', 'proposed', 'confirmed'],
): Promise<SandboxTable[]> {
  if (workspaceIds.length === 0) return []
  const rows = await db
    .selectFrom('sandbox_table')
    .selectAll()
    .where('workspace_id', 'in', [...workspaceIds])
    .where('state', 'in', [...states])
    .orderBy('uploaded_at')
    .orderBy('id')
    .execute()
  return rows.map(toTable)
}

/** Tables of these holders whose roles wait for confirmation. */
export async function listUnconfirmed(db: Db, organisationIds: readonly string[]): Promise<SandboxTable[]> {
  if (organisationIds.length === 0) return []
  const rows = await db
    .selectFrom('sandbox_table')
    .selectAll()
    .where('organisation_id', 'in', [...organisationIds])
    .where('state', '=', 'proposed')
    .orderBy('uploaded_at')
    .limit(20)
    .execute()
  return rows.map(toTable)
}

/** Tables that stayed in `loading` since before a moment. */
export async function staleLoads(db: Db, before: Date): Promise<SandboxTable[]> {
  const rows = await db
    .selectFrom('sandbox_table')
    .selectAll()
    .where('state', '=', 'loading')
    .where('uploaded_at', '<', before)
    .execute()
  return rows.map(toTable)
}

/** Marks all tables of a workspace as removed; what was registered about their columns goes with them. */
export async function removeAllTables(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await db
    .updateTable('sandbox_table')
    .set({ state: 'removed', spec: null, vault: null })
    .where('workspace_id', '=', workspaceId)
    .execute()
}
