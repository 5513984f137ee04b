import { sql } from 'kysely'
import type { Insertable, Updateable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Localised } from '../../platform/i18n.ts'
import type { Run, RunFinding, RunInput, RunState, Source } from './model.ts'

interface SourceTable {
  id: string
  organisation_id: string
  name: string
  kind: 'upload' | 'url'
  url: string | null
  created_at: Date
  last_run_at: Date | null
}

interface RunTable {
  id: string
  source_id: string
  kind: 'upload' | 'url'
  state: RunState
  inputs: readonly RunInput[]
  media_type: string | null
  expected: number | null
  read: number
  created: number
  changed: number
  unchanged: number
  quarantined: number
  gone: number
  withheld: number
  reason: Localised | null
  created_at: Date
  beat_at: Date
  finished_at: Date | null
}

interface FindingTable {
  id: string
  run_id: string
  remote_id: string | null
  level: RunFinding['level']
  code: string
  message: Localised
  raw: string | null
}

interface SeenTable {
  run_id: string
  remote_id: string
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_source: SourceTable
    catalogue_run: RunTable
    catalogue_run_finding: FindingTable
    catalogue_run_seen: SeenTable
  }
}

const sourceColumns = [
  'id',
  'organisation_id as organisationId',
  'name',
  'kind',
  'url',
  'last_run_at as lastRunAt',
] as const

/** All sources by name. */
export async function listSourceRows(db: Db): Promise<Source[]> {
  return (await db
    .selectFrom('catalogue_source')
    .select(sourceColumns)
    .orderBy('name')
    .limit(500)
    .execute()) as unknown as Source[]
}

/** One source. */
export async function findSource(db: Db, id: string): Promise<Source | undefined> {
  return (await db
    .selectFrom('catalogue_source')
    .select(sourceColumns)
    .where('id', '=', id)
    .executeTakeFirst()) as unknown as Source | undefined
}

/** The source with this address, or the upload source of a house with this file name. */
export async function findSourceBy(
  db: Db,
  by: { url: string } | { organisationId: string; name: string },
): Promise<Source | undefined> {
  const base = db.selectFrom('catalogue_source').select(sourceColumns)
  const query =
    'url' in by
      ? base.where('url', '=', by.url)
      : base
          .where('kind', '=', 'upload')
          .where('organisation_id', '=', by.organisationId)
          .where('name', '=', by.name)
  return (await query.executeTakeFirst()) as unknown as Source | undefined
}

/** Adds a source. */
export async function insertSource(db: Db, row: Insertable<SourceTable>): Promise<void> {
  await db.insertInto('catalogue_source').values(row).execute()
}

const runColumns = [
  'id',
  'source_id as sourceId',
  'kind',
  'state',
  'inputs',
  'media_type as mediaType',
  'expected',
  'read',
  'created',
  'changed',
  'unchanged',
  'quarantined',
  'gone',
  'withheld',
  'reason',
  'created_at as createdAt',
  'beat_at as beatAt',
  'finished_at as finishedAt',
] as const

/** One run. */
export async function findRun(db: Db, id: string): Promise<Run | undefined> {
  return (await db
    .selectFrom('catalogue_run')
    .select(runColumns)
    .where('id', '=', id)
    .executeTakeFirst()) as unknown as Run | undefined
}

/** The newest runs of a source, or of all. */
export async function listRunRows(
  db: Db,
  filter: { sourceId?: string; open?: boolean; limit: number },
): Promise<Run[]> {
  const rows = await db
    .selectFrom('catalogue_run')
    .select(runColumns)
    .$if(filter.sourceId !== undefined, (query) => query.where('source_id', '=', filter.sourceId!))
    .$if(filter.open === true, (query) => query.where('state', 'in', ['waiting', 'fetching', 'reading']))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
  return rows as unknown as Run[]
}

/** The last run of each source. */
export async function listLastRuns(db: Db): Promise<Run[]> {
  const rows = await db
    .selectFrom('catalogue_run')
    .select(runColumns)
    .distinctOn('source_id')
    .orderBy('source_id')
    .orderBy('created_at', 'desc')
    .execute()
  return rows as unknown as Run[]
}

/** Adds a run. */
export async function insertRun(
  db: Db,
  row: {
    id: string
    sourceId: string
    kind: 'upload' | 'url'
    inputs: readonly RunInput[]
    mediaType: string | null
    at: Date
  },
): Promise<void> {
  await db
    .insertInto('catalogue_run')
    .values({
      id: row.id,
      source_id: row.sourceId,
      kind: row.kind,
      state: 'waiting',
      inputs: json(row.inputs),
      media_type: row.mediaType,
      expected: null,
      read: 0,
      created: 0,
      changed: 0,
      unchanged: 0,
      quarantined: 0,
      gone: 0,
      withheld: 0,
      reason: null,
      created_at: row.at,
      beat_at: row.at,
      finished_at: null,
    })
    .execute()
  await db
    .updateTable('catalogue_source')
    .set({ last_run_at: row.at })
    .where('id', '=', row.sourceId)
    .execute()
}

// A top-level array must go to jsonb as text.
function json<T>(value: T): T {
  return JSON.stringify(value) as unknown as T
}

/** Changes a run's state or what it knows. */
export async function updateRun(db: Db, id: string, change: Updateable<RunTable>): Promise<void> {
  const { inputs, ...rest } = change
  await db
    .updateTable('catalogue_run')
    .set({ ...rest, ...(inputs ? { inputs: json(inputs) as readonly RunInput[] } : {}) })
    .where('id', '=', id)
    .execute()
}

/** How a batch changed the counts. */
export type Counts = {
  read: number
  created: number
  changed: number
  unchanged: number
  quarantined: number
}

/** Adds a batch's counts and a sign of life. */
export async function addCounts(db: Db, id: string, counts: Counts, at: Date): Promise<void> {
  await db
    .updateTable('catalogue_run')
    .set((eb) => ({
      read: eb('read', '+', counts.read),
      created: eb('created', '+', counts.created),
      changed: eb('changed', '+', counts.changed),
      unchanged: eb('unchanged', '+', counts.unchanged),
      quarantined: eb('quarantined', '+', counts.quarantined),
      beat_at: at,
    }))
    .where('id', '=', id)
    .execute()
}

/** Which of these remote ids the run has handled already. */
export async function listSeen(db: Db, runId: string, remoteIds: readonly string[]): Promise<Set<string>> {
  if (remoteIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('catalogue_run_seen')
    .select('remote_id')
    .where('run_id', '=', runId)
    .where('remote_id', 'in', [...remoteIds])
    .execute()
  return new Set(rows.map((row) => row.remote_id))
}

/** Notes remote ids as handled. */
export async function insertSeen(db: Db, runId: string, remoteIds: readonly string[]): Promise<void> {
  if (remoteIds.length === 0) return
  const rows = remoteIds.map((remote_id) => ({ run_id: runId, remote_id }))
  await db
    .insertInto('catalogue_run_seen')
    .values(rows)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Forgets what earlier runs of a source had seen. */
export async function deleteSeenBefore(db: Db, sourceId: string, runId: string): Promise<void> {
  await db
    .deleteFrom('catalogue_run_seen')
    .where('run_id', 'in', (eb) =>
      eb.selectFrom('catalogue_run').select('id').where('source_id', '=', sourceId).where('id', '!=', runId),
    )
    .execute()
}

/** Adds findings. */
export async function insertFindings(db: Db, rows: readonly Insertable<FindingTable>[]): Promise<void> {
  if (rows.length > 0)
    await db
      .insertInto('catalogue_run_finding')
      .values([...rows])
      .execute()
}

/** How many findings a run has. */
export async function countFindings(db: Db, runId: string): Promise<number> {
  const { n } = await db
    .selectFrom('catalogue_run_finding')
    .select(sql<string>`count(*)`.as('n'))
    .where('run_id', '=', runId)
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** A page of a run's findings in the order they were made. */
export async function listFindingRows(
  db: Db,
  runId: string,
  page: { after?: string | undefined; limit: number },
): Promise<RunFinding[]> {
  return db
    .selectFrom('catalogue_run_finding')
    .select(['id', 'remote_id as remoteId', 'level', 'code', 'message', 'raw'])
    .where('run_id', '=', runId)
    .$if(page.after !== undefined, (query) => query.where('id', '>', page.after!))
    .orderBy('id')
    .limit(page.limit)
    .execute()
}

/** The entries of a source behind these remote ids, with what a comparison needs. */
export function listKnown(db: Db, sourceId: string, remoteIds: readonly string[]) {
  return db
    .selectFrom('catalogue_entry')
    .select(['id', 'remote_id', 'hash', 'version', 'state', 'record', 'holder'])
    .where('source_id', '=', sourceId)
    .where('remote_id', 'in', [...remoteIds])
    .execute()
}

/** How many entries of a source are live, and how many of them the run has not seen. */
export async function countMissing(
  db: Db,
  sourceId: string,
  runId: string,
): Promise<{ live: number; missing: number }> {
  const row = await db
    .selectFrom('catalogue_entry as e')
    .leftJoin('catalogue_run_seen as s', (join) =>
      join.on('s.run_id', '=', runId).onRef('s.remote_id', '=', 'e.remote_id'),
    )
    .select([
      sql<string>`count(*)`.as('live'),
      sql<string>`count(*) filter (where s.remote_id is null)`.as('missing'),
    ])
    .where('e.source_id', '=', sourceId)
    .where('e.state', '=', 'live')
    .executeTakeFirstOrThrow()
  return { live: Number(row.live), missing: Number(row.missing) }
}

/** Marks the entries a run has not seen as gone; answers with how many. They stay readable and come back when they reappear. */
export async function markGone(db: Db, sourceId: string, runId: string, at: Date): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_entry')
    .set({ state: 'gone', gone_at: at, modified_at: at })
    .where('source_id', '=', sourceId)
    .where('state', '=', 'live')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('catalogue_run_seen as s')
            .select('s.run_id')
            .where('s.run_id', '=', runId)
            .whereRef('s.remote_id', '=', 'catalogue_entry.remote_id'),
        ),
      ),
    )
    .executeTakeFirst()
  return Number(numUpdatedRows)
}
