import type { ColumnType, Generated, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { QueryId, QueryState, WorkspaceId } from '../model.ts'
import type { ProtectedResult } from '../engine/result.ts'
import type { AnswerRecord, QueryForm, QueryRecord, RecordedRefusal } from './model.ts'

type Json<T> = ColumnType<T, string, string>

type QueryTable = {
  id: string
  workspace_id: string
  asked_by: string | null
  organisation_id: string
  asked_at: Date
  title: Generated<string>
  sql: string
  form: Json<QueryForm | null> | null
  state: QueryState
  refusal: Json<RecordedRefusal | null> | null
  plan_hash: string | null
  preset_version: string | null
  table_ids: string[]
  cell_keys: string[]
  result: Json<ProtectedResult | null> | null
  result_sha256: string | null
  cells_shown: number
  cells_protected: number | null
  cells_new: number
  finished_at: Date | null
  duration_ms: number | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_query: QueryTable
    sandbox_partition: { workspace_id: string; base: string; way: string; first_query_id: string }
    sandbox_cell: { workspace_id: string; cell_key: string; first_query_id: string }
  }
}

function toQuery(row: Selectable<QueryTable>): QueryRecord {
  return {
    id: row.id as QueryId,
    workspaceId: row.workspace_id as WorkspaceId,
    askedBy: row.asked_by,
    organisationId: row.organisation_id,
    askedAt: row.asked_at,
    title: row.title,
    sql: row.sql,
    form: row.form,
    state: row.state,
    refusal: row.refusal,
    planHash: row.plan_hash,
    presetVersion: row.preset_version,
    tableIds: row.table_ids,
    cellKeys: row.cell_keys,
    columns: row.result?.columns ?? [],
    result: row.result,
    resultSha256: row.result_sha256,
    cellsShown: row.cells_shown,
    cellsProtected: row.cells_protected,
    cellsNew: row.state === 'running' ? 0 : row.cells_new,
    finishedAt: row.finished_at,
    durationMs: row.duration_ms,
  }
}

/** Writes that a question was asked, before the vault hears of it. */
export async function insertQuery(
  db: Db,
  query: Pick<
    QueryRecord,
    'id' | 'workspaceId' | 'askedBy' | 'organisationId' | 'askedAt' | 'title' | 'sql' | 'form'
  >,
): Promise<void> {
  await db
    .insertInto('sandbox_query')
    .values({
      id: query.id,
      workspace_id: query.workspaceId,
      asked_by: query.askedBy,
      organisation_id: query.organisationId,
      asked_at: query.askedAt,
      title: query.title,
      sql: query.sql,
      form: query.form && JSON.stringify(query.form),
      state: 'running',
      table_ids: [],
      cell_keys: [],
      cells_shown: 0,
      cells_new: 0,
    })
    .execute()
}

/** Books what a running question costs; it shows with the answer only. */
export async function bookCost(
  db: Db,
  id: QueryId,
  cost: Pick<AnswerRecord, 'cellsNew' | 'tableIds'>,
): Promise<void> {
  await db
    .updateTable('sandbox_query')
    .set({ cells_new: cost.cellsNew, table_ids: cost.tableIds })
    .where('id', '=', id)
    .execute()
}

/** Writes the protected answer. */
export async function answerQuery(db: Db, id: QueryId, query: AnswerRecord): Promise<void> {
  await db
    .updateTable('sandbox_query')
    .set({
      state: 'answered',
      plan_hash: query.planHash,
      preset_version: query.presetVersion,
      table_ids: query.tableIds,
      cell_keys: query.cellKeys,
      result: JSON.stringify(query.result),
      result_sha256: query.resultSha256,
      cells_shown: query.cellsShown,
      cells_protected: query.cellsProtected,
      cells_new: query.cellsNew,
      finished_at: query.finishedAt,
      duration_ms: query.durationMs,
    })
    .where('id', '=', id)
    .execute()
}

/** Writes that a question was refused or could not be finished. */
export async function refuseQuery(
  db: Db,
  id: QueryId,
  end: { state: 'refused' | 'failed'; refusal: RecordedRefusal; finishedAt: Date },
): Promise<void> {
  await db
    .updateTable('sandbox_query')
    .set({ state: end.state, refusal: JSON.stringify(end.refusal), finished_at: end.finishedAt })
    .where('id', '=', id)
    .execute()
}

/** Names a question. */
export async function renameQuery(db: Db, id: QueryId, title: string): Promise<void> {
  await db.updateTable('sandbox_query').set({ title }).where('id', '=', id).execute()
}

/** One question with its stored answer. */
export async function findQuery(db: Db, id: string): Promise<QueryRecord | undefined> {
  const row = await db.selectFrom('sandbox_query').selectAll().where('id', '=', id).executeTakeFirst()
  return row && toQuery(row)
}

/** Questions of a workspace, newest first; `before` is the id to go on from. */
export async function listQueryRows(
  db: Db,
  workspaceId: string,
  page: { limit: number; before?: string | undefined; state?: QueryState },
): Promise<QueryRecord[]> {
  let query = db
    .selectFrom('sandbox_query')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('id', 'desc')
    .limit(page.limit)
  if (page.before) query = query.where('id', '<', page.before)
  if (page.state) query = query.where('state', '=', page.state)
  return (await query.execute()).map(toQuery)
}

/**
 * New cells spent by a person since a moment (over all workspaces), and by a workspace in its whole life; `running`: with
 * what questions cost whose answer has not been given yet.
 */
export async function spentCells(
  db: Db,
  who: { workspaceId: WorkspaceId; personId: string | null; since: Date; running: boolean },
): Promise<{ today: number; project: number }> {
  const sum = db
    .selectFrom('sandbox_query')
    .select((e) => e.fn.coalesce(e.fn.sum<string>('cells_new'), sql<string>`0`).as('n'))
  const counted = who.running ? sum : sum.where('state', '<>', 'running')
  const project = await db
    .selectFrom('sandbox_cell')
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('workspace_id', '=', who.workspaceId)
    .executeTakeFirstOrThrow()
  const open = await sum
    .where('workspace_id', '=', who.workspaceId)
    .where('state', '=', 'running')
    .executeTakeFirstOrThrow()
  const today = await counted
    .where('asked_by', '=', who.personId)
    .where('asked_at', '>=', who.since)
    .executeTakeFirstOrThrow()
  const unseen = who.running ? 0 : Number(open.n)
  return { today: Number(today.n), project: Number(project.n) - unseen }
}

/**
 * New cells that questions to a table of this name have cost in the workspace, also to earlier uploads of it; `running`: with
 * those whose answer has not been given yet.
 */
export async function cellsSpentOn(
  db: Db,
  workspaceId: WorkspaceId,
  table: string,
  running = true,
): Promise<number> {
  const spent = await db
    .selectFrom('sandbox_query as q')
    .select((e) => e.fn.coalesce(e.fn.sum<string>('q.cells_new'), sql<string>`0`).as('n'))
    .where('q.workspace_id', '=', workspaceId)
    .where('q.state', 'in', ['answered', 'refused', 'failed', ...(running ? (['running'] as const) : [])])
    .where(
      sql<boolean>`exists (select 1 from sandbox_table t where t.workspace_id = q.workspace_id and t.name = ${table} and t.id::text = any(q.table_ids))`,
    )
    .executeTakeFirstOrThrow()
  return Number(spent.n)
}

/** Of the keys, those the workspace has paid for already. */
export async function seenCells(
  db: Db,
  workspaceId: WorkspaceId,
  keys: readonly string[],
): Promise<Set<string>> {
  const seen = new Set<string>()
  for (let at = 0; at < keys.length; at += 5_000) {
    const known = await db
      .selectFrom('sandbox_cell')
      .select('cell_key')
      .where('workspace_id', '=', workspaceId)
      .where('cell_key', 'in', keys.slice(at, at + 5_000))
      .execute()
    for (const row of known) seen.add(row.cell_key)
  }
  return seen
}

/** The ways in which the same set of units was split up before. */
export async function partitionsOf(db: Db, workspaceId: WorkspaceId, base: string): Promise<Set<string>> {
  const rows = await db
    .selectFrom('sandbox_partition')
    .select('way')
    .where('workspace_id', '=', workspaceId)
    .where('base', '=', base)
    .execute()
  return new Set(rows.map((r) => r.way))
}

/** Books the ways in which sets of units were split up. */
export async function bookPartitions(
  db: Db,
  workspaceId: WorkspaceId,
  queryId: QueryId,
  partitions: readonly { readonly base: string; readonly way: string }[],
): Promise<void> {
  if (partitions.length === 0) return
  await db
    .insertInto('sandbox_partition')
    .values(partitions.map((p) => ({ workspace_id: workspaceId, ...p, first_query_id: queryId })))
    .onConflict((c) => c.doNothing())
    .execute()
}

/** Books cells; those already paid for stay with the question that paid. */
export async function bookCells(
  db: Db,
  workspaceId: WorkspaceId,
  queryId: QueryId,
  keys: readonly string[],
): Promise<void> {
  const unique = [...new Set(keys)]
  for (let at = 0; at < unique.length; at += 5_000) {
    await db
      .insertInto('sandbox_cell')
      .values(
        unique
          .slice(at, at + 5_000)
          .map((cell_key) => ({ workspace_id: workspaceId, cell_key, first_query_id: queryId })),
      )
      .onConflict((c) => c.doNothing())
      .execute()
  }
}

/** Marks questions that run since before a moment as failed (the process died); gives their number. */
export async function failStaleQueries(db: Db, before: Date, refusal: RecordedRefusal): Promise<number> {
  const done = await db
    .updateTable('sandbox_query')
    .set({ state: 'failed', refusal: JSON.stringify(refusal), finished_at: before })
    .where('state', '=', 'running')
    .where('asked_at', '<', before)
    .executeTakeFirst()
  return Number(done.numUpdatedRows)
}

/** Forgets the answers of a room that has ended; what was released is kept with its release. */
export async function forgetAnswers(db: Db, workspaceId: WorkspaceId): Promise<void> {
  await db
    .updateTable('sandbox_query')
    .set({ result: null, cell_keys: [] })
    .where('workspace_id', '=', workspaceId)
    .execute()
}

/** How many questions a person has asked since a moment. */
export async function countQueriesSince(db: Db, personId: string, since: Date): Promise<number> {
  const row = await db
    .selectFrom('sandbox_query')
    .select((e) => e.fn.countAll<string>().as('n'))
    .where('asked_by', '=', personId)
    .where('asked_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(row.n)
}
