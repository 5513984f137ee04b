import { sql } from 'kysely'
import type { Generated, Insertable, Updateable } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Localised } from '../../platform/i18n.ts'
import type { DatasetRecord } from '../model.ts'
import type { PageRequest } from '../formats/format.ts'
import type { Run, RunFinding, RunInput, RunState, Source } from './model.ts'

interface SourceTable {
  id: string
  organisation_id: string
  name: string
  kind: 'upload' | 'url'
  url: string | null
  created_at: Date
  last_run_at: Date | null
  format: Source['format']
  schedule: Generated<Source['schedule']>
  next_run_at: Date | null
  priority: Generated<number>
  pace: Generated<number>
  run_no: Generated<number>
  full_at: Date | null
  remove_after: Generated<number | null>
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
  no: Generated<number>
  format: Source['format']
  next: PageRequest | null
  claim: string | null
  since: Date | null
  pages: Generated<number>
  spared: Generated<number>
  failures: Generated<number>
  repeated: Generated<number>
  bytes: Generated<string | number>
  missing: Generated<number>
  passed_over: Generated<number>
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

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_source: SourceTable
    catalogue_run: RunTable
    catalogue_run_finding: FindingTable
  }
}

const sourceColumns = [
  'id',
  'organisation_id as organisationId',
  'name',
  'kind',
  'url',
  'last_run_at as lastRunAt',
  'format',
  'schedule',
  'next_run_at as nextRunAt',
  'priority',
  'pace',
  'full_at as fullAt',
  'remove_after as removeAfter',
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

/** Changes a source's settings or what is known of it. */
export async function updateSource(db: Db, id: string, change: Updateable<SourceTable>): Promise<void> {
  await db.updateTable('catalogue_source').set(change).where('id', '=', id).execute()
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
  'no',
  'format',
  'next',
  'since',
  'pages',
  'spared',
  'failures',
  'repeated',
  sql<number>`bytes::float8`.as('bytes'),
  'missing',
  'passed_over as passedOver',
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

/** Adds a run under the source's next number. */
export async function insertRun(
  db: Db,
  row: {
    id: string
    sourceId: string
    kind: 'upload' | 'url'
    inputs: readonly RunInput[]
    mediaType: string | null
    at: Date
    since?: Date | null
  },
): Promise<void> {
  const source = await db
    .updateTable('catalogue_source')
    .set((eb) => ({ last_run_at: row.at, run_no: eb('run_no', '+', 1) }))
    .where('id', '=', row.sourceId)
    .returning(['run_no', 'format'])
    .executeTakeFirstOrThrow()
  await db
    .insertInto('catalogue_run')
    .values({
      ...blank,
      id: row.id,
      source_id: row.sourceId,
      kind: row.kind,
      inputs: json(row.inputs),
      media_type: row.mediaType,
      created_at: row.at,
      beat_at: row.at,
      no: source.run_no,
      format: source.format,
      since: row.since ?? null,
    })
    .execute()
}

const blank = {
  state: 'waiting' as const,
  expected: null,
  read: 0,
  created: 0,
  changed: 0,
  unchanged: 0,
  quarantined: 0,
  gone: 0,
  withheld: 0,
  reason: null,
  finished_at: null,
  next: null,
  claim: null,
}

// A top-level array must go to jsonb as text.
function json<T>(value: T): T {
  return JSON.stringify(value) as unknown as T
}

/** Changes a run's state or what it knows. */
export async function updateRun(db: Db, id: string, change: Updateable<RunTable>): Promise<void> {
  const { inputs, next, ...rest } = change
  await db
    .updateTable('catalogue_run')
    .set({
      ...rest,
      ...(inputs ? { inputs: json(inputs) as readonly RunInput[] } : {}),
      ...(next === undefined ? {} : { next: next === null ? null : json(next as PageRequest) }),
    })
    .where('id', '=', id)
    .execute()
}

/** Thrown where another process has taken over the run: this one stops without a word. */
export class Superseded extends Error {
  override readonly name = 'Superseded'
}

/** How a batch changed the counts. */
export type Counts = Partial<
  Record<
    | 'read'
    | 'created'
    | 'changed'
    | 'unchanged'
    | 'quarantined'
    | 'repeated'
    | 'pages'
    | 'spared'
    | 'failures'
    | 'bytes'
    | 'passed_over',
    number
  >
>

/** Adds counts and a sign of life in the transaction of what they count. Throws `Superseded` if the run is no longer ours. */
export async function addCounts(
  db: Db,
  work: { readonly run: { readonly id: string }; readonly claim: string },
  counts: Counts,
): Promise<void> {
  const set = Object.entries(counts).map(([name, n]) => sql`${sql.ref(name)} = ${sql.ref(name)} + ${n}`)
  const { numAffectedRows } = await sql`
    update catalogue_run set ${sql.join([...set, sql`beat_at = ${new Date()}`])}
    where id = ${work.run.id} and claim = ${work.claim}::uuid`.execute(db)
  if (Number(numAffectedRows ?? 0) === 0) throw new Superseded()
}

/** Takes a run over: from now on only the process with this claim writes to it. False where it is over or unknown. */
export async function claimRun(db: Db, id: string, claim: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('catalogue_run')
    .set({ claim, beat_at: new Date() })
    .where('id', '=', id)
    .where('state', 'in', ['waiting', 'fetching', 'reading'])
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** The whole records of entries, for a comparison. */
export async function listRecords(db: Db, entryIds: readonly string[]): Promise<Map<string, DatasetRecord>> {
  if (entryIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('catalogue_entry')
    .select(['id', sql<DatasetRecord>`coalesce(holder, record)`.as('record')])
    .where('id', 'in', [...entryIds])
    .execute()
  return new Map(rows.map((row) => [row.id, row.record]))
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
