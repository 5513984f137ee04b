import type { Selectable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'

/** How the answer of a step is drawn. */
export type ShownAs = 'table' | 'bars' | 'line' | 'map'

/** One step of a page: a text, and a question whose answer stands below it. */
export type Step = { text: string; queryId: string | null; shownAs: ShownAs }

/** A page of steps; `shared` ones are read and written by everybody who analyses in the room. */
export type Notebook = {
  id: string
  workspaceId: string
  title: string
  shared: boolean
  writtenBy: string | null
  createdAt: Date
  changedAt: Date
  steps: Step[]
}

type NotebookTable = {
  id: string
  workspace_id: string
  title: string
  shared: boolean
  written_by: string | null
  created_at: Date
  changed_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_notebook: NotebookTable
    sandbox_step: {
      id: string
      notebook_id: string
      position: number
      text: string
      query_id: string | null
      shown_as: ShownAs
    }
  }
}

const toNotebook = (row: Selectable<NotebookTable>, steps: Step[]): Notebook => ({
  id: row.id,
  workspaceId: row.workspace_id,
  title: row.title,
  shared: row.shared,
  writtenBy: row.written_by,
  createdAt: row.created_at,
  changedAt: row.changed_at,
  steps,
})

/** Writes a new page with its steps. */
export async function insertNotebook(db: Db, notebook: Notebook): Promise<void> {
  await db
    .insertInto('sandbox_notebook')
    .values({
      id: notebook.id,
      workspace_id: notebook.workspaceId,
      title: notebook.title,
      shared: notebook.shared,
      written_by: notebook.writtenBy,
      created_at: notebook.createdAt,
      changed_at: notebook.changedAt,
    })
    .execute()
  await insertSteps(db, notebook.id, notebook.steps)
}

async function insertSteps(db: Db, notebookId: string, steps: readonly Step[]): Promise<void> {
  if (steps.length === 0) return
  await db
    .insertInto('sandbox_step')
    .values(
      steps.map((step, position) => ({
        id: newId(),
        notebook_id: notebookId,
        position,
        text: step.text,
        query_id: step.queryId,
        shown_as: step.shownAs,
      })),
    )
    .execute()
}

/** Replaces title, sharing and all steps of a page. */
export async function updateNotebook(
  db: Db,
  id: string,
  to: Pick<Notebook, 'title' | 'shared' | 'changedAt' | 'steps'>,
): Promise<void> {
  const { title, shared, changedAt: changed_at } = to
  await db.updateTable('sandbox_notebook').set({ title, shared, changed_at }).where('id', '=', id).execute()
  await db.deleteFrom('sandbox_step').where('notebook_id', '=', id).execute()
  await insertSteps(db, id, to.steps)
}

/** One page with its steps in order. */
export async function findNotebook(db: Db, id: string): Promise<Notebook | undefined> {
  const row = await db.selectFrom('sandbox_notebook').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const steps = await db
    .selectFrom('sandbox_step')
    .select(['text', 'query_id', 'shown_as'])
    .where('notebook_id', '=', id)
    .orderBy('position')
    .execute()
  return toNotebook(
    row,
    steps.map((s) => ({ text: s.text, queryId: s.query_id, shownAs: s.shown_as })),
  )
}

/** The pages of a room for this person, last changed first, without their steps. */
export async function listNotebookRows(
  db: Db,
  workspaceId: string,
  personId: string | null,
): Promise<Notebook[]> {
  const rows = await db
    .selectFrom('sandbox_notebook')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .where((e) => e.or([e('shared', '=', true), e('written_by', '=', personId)]))
    .orderBy('changed_at', 'desc')
    .limit(100)
    .execute()
  return rows.map((row) => toNotebook(row, []))
}

/** Throws a page and its steps away. */
export async function deleteNotebook(db: Db, id: string): Promise<void> {
  await db.deleteFrom('sandbox_notebook').where('id', '=', id).execute()
}

/** The pages a person has written, with their steps. */
export async function notebooksOf(db: Db, personId: string): Promise<Notebook[]> {
  const rows = await db
    .selectFrom('sandbox_notebook')
    .select('id')
    .where('written_by', '=', personId)
    .orderBy('id')
    .execute()
  const found: Notebook[] = []
  for (const { id } of rows) found.push((await findNotebook(db, id))!)
  return found
}

/** Cuts a person's name from what she shared and throws away what was hers alone. */
export async function forgetWriter(db: Db, personId: string): Promise<void> {
  await db
    .deleteFrom('sandbox_notebook')
    .where('written_by', '=', personId)
    .where('shared', '=', false)
    .execute()
  await db
    .updateTable('sandbox_notebook')
    .set({ written_by: null })
    .where('written_by', '=', personId)
    .execute()
}
