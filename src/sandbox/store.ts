import type { Selectable } from 'kysely'
import type { Db } from '../platform/db.ts'
import type { CloseReason, Workspace, WorkspaceId, WorkspaceState } from './model.ts'
import { forgetDeciders } from './privacy/store.ts'

type WorkspaceTable = {
  id: string
  agreement_id: string
  question_id: string
  title: string
  state: WorkspaceState
  opened_at: Date
  closed_at: Date | null
  close_reason: CloseReason | null
  key_destroyed_at: Date | null
}

declare module '../platform/db.ts' {
  interface Tables {
    sandbox_workspace: WorkspaceTable
  }
}

function toWorkspace(row: Selectable<WorkspaceTable>): Workspace {
  return {
    id: row.id as WorkspaceId,
    agreementId: row.agreement_id,
    questionId: row.question_id,
    title: row.title,
    state: row.state,
    openedAt: row.opened_at,
    closedAt: row.closed_at,
    closeReason: row.close_reason,
    keyDestroyedAt: row.key_destroyed_at,
  }
}

/** Stores a new workspace; at most one per agreement (unique). False if another was quicker. */
export async function insertWorkspace(db: Db, workspace: Workspace): Promise<boolean> {
  const written = await db
    .insertInto('sandbox_workspace')
    .values({
      id: workspace.id,
      agreement_id: workspace.agreementId,
      question_id: workspace.questionId,
      title: workspace.title,
      state: workspace.state,
      opened_at: workspace.openedAt,
      closed_at: null,
      close_reason: null,
      key_destroyed_at: null,
    })
    .onConflict((c) => c.column('agreement_id').doNothing())
    .executeTakeFirst()
  return Number(written.numInsertedOrUpdatedRows ?? 0) === 1
}

/** One workspace by its id. */
export async function findWorkspace(db: Db, id: string): Promise<Workspace | undefined> {
  const row = await db.selectFrom('sandbox_workspace').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toWorkspace(row)
}

/** The workspace of an agreement. */
export async function findWorkspaceOf(db: Db, agreementId: string): Promise<Workspace | undefined> {
  const row = await db
    .selectFrom('sandbox_workspace')
    .selectAll()
    .where('agreement_id', '=', agreementId)
    .executeTakeFirst()
  return row && toWorkspace(row)
}

/** Workspaces, newest first; of one question, of some agreements or in one state. */
export async function listWorkspaceRows(
  db: Db,
  filter: {
    questionId?: string
    agreementIds?: readonly string[]
    state?: WorkspaceState
    limit?: number
  } = {},
): Promise<Workspace[]> {
  let query = db
    .selectFrom('sandbox_workspace')
    .selectAll()
    .orderBy('opened_at', 'desc')
    .limit(filter.limit ?? 200)
  if (filter.questionId) query = query.where('question_id', '=', filter.questionId)
  if (filter.state) query = query.where('state', '=', filter.state)
  if (filter.agreementIds) {
    if (filter.agreementIds.length === 0) return []
    query = query.where('agreement_id', 'in', [...filter.agreementIds])
  }
  return (await query.execute()).map(toWorkspace)
}

/** Marks a workspace as closed; false if it was closed already. */
export async function closeWorkspaceRow(
  db: Db,
  id: WorkspaceId,
  reason: CloseReason,
  at: Date,
): Promise<boolean> {
  const done = await db
    .updateTable('sandbox_workspace')
    .set({ state: 'closed', closed_at: at, close_reason: reason })
    .where('id', '=', id)
    .where('state', '=', 'open')
    .executeTakeFirst()
  return Number(done.numUpdatedRows) === 1
}

/** Notes when the vault's key was destroyed. */
export async function markKeyDestroyed(db: Db, id: WorkspaceId, at: Date): Promise<void> {
  await db.updateTable('sandbox_workspace').set({ key_destroyed_at: at }).where('id', '=', id).execute()
}

/** The questions a person has asked. */
export async function queriesOfPerson(
  db: Db,
  personId: string,
): Promise<{ id: string; workspaceId: string; askedAt: Date; sql: string; state: string }[]> {
  const rows = await db
    .selectFrom('sandbox_query')
    .select(['id', 'workspace_id', 'asked_at', 'sql', 'state'])
    .where('asked_by', '=', personId)
    .orderBy('id')
    .execute()
  return rows.map((r) => ({
    id: r.id,
    workspaceId: r.workspace_id,
    askedAt: r.asked_at,
    sql: r.sql,
    state: r.state,
  }))
}

/** The releases a person has requested. */
export async function releasesOfPerson(
  db: Db,
  personId: string,
): Promise<{ id: string; requestedAt: Date; context: string; state: string }[]> {
  const rows = await db
    .selectFrom('sandbox_release')
    .select(['id', 'requested_at', 'context', 'state'])
    .where('requested_by', '=', personId)
    .orderBy('id')
    .execute()
  return rows.map((r) => ({ id: r.id, requestedAt: r.requested_at, context: r.context, state: r.state }))
}

/** Cuts the tie between a person and what she did here; what was done stays on record without a name. */
export async function forgetPerson(db: Db, personId: string): Promise<void> {
  await db.updateTable('sandbox_query').set({ asked_by: null }).where('asked_by', '=', personId).execute()
  await db
    .updateTable('sandbox_release')
    .set({ requested_by: null })
    .where('requested_by', '=', personId)
    .execute()
  await db
    .updateTable('sandbox_decision')
    .set({ decided_by: null })
    .where('decided_by', '=', personId)
    .execute()
  await db
    .updateTable('sandbox_table')
    .set({ uploaded_by: null })
    .where('uploaded_by', '=', personId)
    .execute()
  await db
    .updateTable('sandbox_table')
    .set({ confirmed_by: null })
    .where('confirmed_by', '=', personId)
    .execute()
  await db.updateTable('sandbox_rule').set({ set_by: null }).where('set_by', '=', personId).execute()
  await db.updateTable('sandbox_rule').set({ revoked_by: null }).where('revoked_by', '=', personId).execute()
  await db.updateTable('sandbox_snapshot').set({ taken_by: null }).where('taken_by', '=', personId).execute()
  await db
    .updateTable('sandbox_snapshot')
    .set({ pinned_by: null })
    .where('pinned_by', '=', personId)
    .execute()
  await forgetDeciders(db, personId)
}
