import type { ColumnType, Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { QueryForm } from '../queries/model.ts'

/** A question kept under a name: `shared` ones for everybody who analyses in the room, others for who kept them. */
export type SavedQuery = {
  id: string
  workspaceId: string
  title: string
  sql: string
  form: QueryForm | null
  shared: boolean
  savedBy: string | null
  savedAt: Date
}

type SavedTable = {
  id: string
  workspace_id: string
  title: string
  sql: string
  form: ColumnType<QueryForm | null, string | null, string | null>
  shared: boolean
  saved_by: string | null
  saved_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_saved: SavedTable
  }
}

const toSaved = (row: Selectable<SavedTable>): SavedQuery => ({
  id: row.id,
  workspaceId: row.workspace_id,
  title: row.title,
  sql: row.sql,
  form: row.form,
  shared: row.shared,
  savedBy: row.saved_by,
  savedAt: row.saved_at,
})

/** Keeps a question. */
export async function insertSaved(db: Db, saved: SavedQuery): Promise<void> {
  await db
    .insertInto('sandbox_saved')
    .values({
      id: saved.id,
      workspace_id: saved.workspaceId,
      title: saved.title,
      sql: saved.sql,
      form: saved.form && JSON.stringify(saved.form),
      shared: saved.shared,
      saved_by: saved.savedBy,
      saved_at: saved.savedAt,
    })
    .execute()
}

/** One kept question. */
export async function findSaved(db: Db, id: string): Promise<SavedQuery | undefined> {
  const row = await db.selectFrom('sandbox_saved').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toSaved(row)
}

/** What is kept in a room for this person: her own and the shared ones, by name. */
export async function listSavedRows(
  db: Db,
  workspaceId: string,
  personId: string | null,
): Promise<SavedQuery[]> {
  const rows = await db
    .selectFrom('sandbox_saved')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where((e) => e.or([e('shared', '=', true), e('saved_by', '=', personId)]))
    .orderBy('title')
    .limit(200)
    .execute()
  return rows.map(toSaved)
}

/** Renames, shares or unshares. */
export async function updateSaved(
  db: Db,
  id: string,
  to: Pick<SavedQuery, 'title' | 'shared'>,
): Promise<void> {
  await db.updateTable('sandbox_saved').set(to).where('id', '=', id).execute()
}

/** Throws a kept question away; answers stay where they are. */
export async function deleteSaved(db: Db, id: string): Promise<void> {
  await db.deleteFrom('sandbox_saved').where('id', '=', id).execute()
}

/** What a person has kept. */
export async function savedOf(db: Db, personId: string): Promise<SavedQuery[]> {
  const rows = await db
    .selectFrom('sandbox_saved')
    .selectAll()
    .where('saved_by', '=', personId)
    .orderBy('id')
    .execute()
  return rows.map(toSaved)
}

/** Cuts a person's name from what she shared and throws away what was hers alone. */
export async function forgetSaver(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('sandbox_saved').where('saved_by', '=', personId).where('shared', '=', false).execute()
  await db.updateTable('sandbox_saved').set({ saved_by: null }).where('saved_by', '=', personId).execute()
}
