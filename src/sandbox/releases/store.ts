import type { ColumnType, Generated, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Check, Decision, DecisionWord, ReleaseId, ReleaseState, WorkspaceId } from '../model.ts'
import type { AttachedNotebook, Redaction, ReleasePackage, ReleaseRecord, Round } from './model.ts'

type Json<T> = ColumnType<T, string, string>

type ReleaseTable = {
  id: string
  workspace_id: string
  query_id: string
  requested_by: string | null
  organisation_id: string
  requested_at: Date
  context: string
  affected: string[]
  checks: Json<Check[]>
  state: ReleaseState
  decided_at: Date | null
  package: Json<ReleasePackage | null> | null
  package_sha256: string | null
  round: number
  rounds: Json<Round[]>
  redacted: Json<Redaction[]>
  notebook: Json<AttachedNotebook | null> | null
  unit_sets: string[]
}

type DecisionTable = {
  seq: Generated<string>
  release_id: string
  organisation_id: string
  decision: DecisionWord
  round: number
  rule_id: string | null
  reason: string
  decided_by: string | null
  decided_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    sandbox_release: ReleaseTable
    sandbox_release_cell: { release_id: string; cell_key: string }
    sandbox_decision: DecisionTable
  }
}

function toRelease(row: Selectable<ReleaseTable>, decisions: Decision[]): ReleaseRecord {
  return {
    id: row.id as ReleaseId,
    workspaceId: row.workspace_id as WorkspaceId,
    queryId: row.query_id,
    requestedBy: row.requested_by,
    organisationId: row.organisation_id,
    requestedAt: row.requested_at,
    context: row.context,
    affected: row.affected,
    checks: row.checks,
    state: row.state,
    decidedAt: row.decided_at,
    package: row.package,
    packageSha256: row.package_sha256,
    decisions,
    round: row.round,
    rounds: row.rounds,
    redacted: row.redacted,
    notebook: row.notebook,
    unitSets: row.unit_sets,
  }
}

/** Stores a request; false if the same result is already requested or released. */
export async function insertRelease(
  db: Db,
  release: ReleaseRecord,
  cellKeys: readonly string[],
): Promise<boolean> {
  const written = await db
    .insertInto('sandbox_release')
    .values({
      id: release.id,
      workspace_id: release.workspaceId,
      query_id: release.queryId,
      requested_by: release.requestedBy,
      organisation_id: release.organisationId,
      requested_at: release.requestedAt,
      context: release.context,
      affected: release.affected,
      checks: JSON.stringify(release.checks),
      state: 'requested',
      round: release.round,
      rounds: '[]',
      redacted: '[]',
      notebook: release.notebook && JSON.stringify(release.notebook),
      unit_sets: release.unitSets,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (Number(written.numInsertedOrUpdatedRows ?? 0) !== 1) return false
  const unique = [...new Set(cellKeys)]
  for (let at = 0; at < unique.length; at += 5_000) {
    const values = unique.slice(at, at + 5_000).map((cell_key) => ({ release_id: release.id, cell_key }))
    await db.insertInto('sandbox_release_cell').values(values).execute()
  }
  return true
}

/** One release with its decisions; `lock` holds the row until the end of the transaction. */
export async function findRelease(db: Db, id: string, lock = false): Promise<ReleaseRecord | undefined> {
  let query = db.selectFrom('sandbox_release').selectAll().where('id', '=', id)
  if (lock) query = query.forUpdate()
  const row = await query.executeTakeFirst()
  return row && (await withDecisions(db, [row]))[0]
}

async function withDecisions(db: Db, rows: Selectable<ReleaseTable>[]): Promise<ReleaseRecord[]> {
  if (rows.length === 0) return []
  const decisions = await db
    .selectFrom('sandbox_decision')
    .selectAll()
    .where(
      'release_id',
      'in',
      rows.map((r) => r.id),
    )
    .orderBy('seq')
    .execute()
  return rows.map((row) => {
    const own = decisions.filter((d) => d.release_id === row.id)
    return toRelease(row, own.map(toDecision))
  })
}

const toDecision = (row: Selectable<DecisionTable>): Decision => ({
  organisationId: row.organisation_id,
  decision: row.decision,
  reason: row.reason,
  decidedAt: row.decided_at,
  round: row.round,
  ruleId: row.rule_id,
})

/** Releases, newest first, by workspace, state, or the holders they concern. */
export async function listReleaseRows(
  db: Db,
  filter: {
    workspaceIds?: readonly string[] | undefined
    queryIds?: readonly string[] | undefined
    questionId?: string | undefined
    states?: readonly ReleaseState[] | undefined
    affecting?: readonly string[] | undefined
    before?: string | undefined
    limit: number
  },
): Promise<ReleaseRecord[]> {
  let query = db.selectFrom('sandbox_release').selectAll().orderBy('id', 'desc').limit(filter.limit)
  const { workspaceIds, queryIds, states, affecting } = filter
  if ([workspaceIds, queryIds, states, affecting].some((list) => list?.length === 0)) return []
  if (workspaceIds) query = query.where('workspace_id', 'in', [...workspaceIds])
  if (queryIds) query = query.where('query_id', 'in', [...queryIds])
  if (states) query = query.where('state', 'in', [...states])
  if (affecting) query = query.where(sql<boolean>`affected && ${[...affecting]}::text[]`)
  if (filter.questionId) {
    query = query.where('workspace_id', 'in', (e) =>
      e
        .selectFrom('sandbox_workspace')
        .select('id')
        .where('question_id', '=', filter.questionId ?? ''),
    )
  }
  if (filter.before) query = query.where('id', '<', filter.before)
  return withDecisions(db, await query.execute())
}

/** Adds one holder's decision to the round it is about; what was said before stays on record. */
export async function insertDecision(
  db: Db,
  releaseId: ReleaseId,
  decision: Decision,
  decidedBy: string | undefined,
): Promise<void> {
  await db
    .insertInto('sandbox_decision')
    .values({
      release_id: releaseId,
      organisation_id: decision.organisationId,
      decision: decision.decision,
      reason: decision.reason,
      decided_by: decidedBy ?? null,
      decided_at: decision.decidedAt,
      round: decision.round,
      rule_id: decision.ruleId,
    })
    .execute()
}

/** Sends a request back with wishes, or takes it up again as a new round with other words. */
export async function moveRound(
  db: Db,
  id: ReleaseId,
  to: { state: 'requested' | 'changes' } & Partial<
    Pick<ReleaseRecord, 'round' | 'rounds' | 'context' | 'checks' | 'notebook'>
  >,
): Promise<void> {
  const { state, round, rounds, context, checks, notebook } = to
  await db
    .updateTable('sandbox_release')
    .set({
      state,
      ...(round === undefined ? {} : { round }),
      ...(rounds ? { rounds: JSON.stringify(rounds) } : {}),
      ...(context === undefined ? {} : { context }),
      ...(checks ? { checks: JSON.stringify(checks) } : {}),
      ...(notebook === undefined ? {} : { notebook: notebook && JSON.stringify(notebook) }),
    })
    .where('id', '=', id)
    .execute()
}

/** Writes which figures are blanked; only while nothing has been decided for good (the database refuses later). */
export async function setRedacted(db: Db, id: ReleaseId, redacted: readonly Redaction[]): Promise<void> {
  await db
    .updateTable('sandbox_release')
    .set({ redacted: JSON.stringify(redacted) })
    .where('id', '=', id)
    .execute()
}

/** Ends a request for good. An approval brings the package; the database refuses any later change. */
export async function settleRelease(
  db: Db,
  id: ReleaseId,
  end: { state: 'approved' | 'rejected' | 'withdrawn'; at: Date; package?: ReleasePackage; sha256?: string },
): Promise<void> {
  await db
    .updateTable('sandbox_release')
    .set({
      state: end.state,
      decided_at: end.at,
      package: end.package ? JSON.stringify(end.package) : null,
      package_sha256: end.sha256 ?? null,
    })
    .where('id', '=', id)
    .execute()
}

/** Ends all open requests of a room; their tables stay inside. */
export async function rejectOpenRequests(db: Db, workspaceId: WorkspaceId, at: Date): Promise<void> {
  await db
    .updateTable('sandbox_release')
    .set({ state: 'rejected', decided_at: at })
    .where('workspace_id', '=', workspaceId)
    .where('state', 'in', ['requested', 'changes'])
    .execute()
}

/** A release that has left, as the differencing audit needs it. */
export type Departed = { id: string; workspaceId: string; unitSets: string[] }

/** At most so many earlier releases are compared, the newest first; a town releases a few hundred in its life. */
const maxCompared = 200

/** What has left already of the same holders' data, in all workspaces, with the keys of its cells. */
export async function departed(
  db: Db,
  affected: readonly string[],
): Promise<{ releases: Departed[]; keys: Set<string> }> {
  if (affected.length === 0) return { releases: [], keys: new Set() }
  const earlier = await db
    .selectFrom('sandbox_release')
    .select(['id', 'workspace_id', 'unit_sets'])
    .where('state', '=', 'approved')
    .where(sql<boolean>`affected && ${[...affected]}::text[]`)
    .orderBy('id', 'desc')
    .limit(maxCompared)
    .execute()
  if (earlier.length === 0) return { releases: [], keys: new Set() }
  const cells = await db
    .selectFrom('sandbox_release_cell')
    .select('cell_key')
    .where(
      'release_id',
      'in',
      earlier.map((r) => r.id),
    )
    .execute()
  const releases = earlier.map((r) => ({ id: r.id, workspaceId: r.workspace_id, unitSets: r.unit_sets }))
  return { releases, keys: new Set(cells.map((c) => c.cell_key)) }
}
