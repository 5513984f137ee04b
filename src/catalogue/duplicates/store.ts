import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { DatasetRecord } from '../model.ts'
import type { EntryKey, KeyKind } from './keys.ts'
import type { Decision, Member } from './model.ts'

interface KeyTable {
  entry_id: string
  kind: KeyKind
  key: string
}

/** What became of a cluster: found, agreed to by a steward, told apart, or no longer so. */
export type ClusterState = 'open' | 'confirmed' | 'split' | 'over'

interface ClusterTable {
  id: string
  winner: string
  members: readonly string[]
  reasons: readonly EntryKey[]
  decided_by: Decision
  state: ClusterState
  created_at: Date
  decided_at: Date | null
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_entry_key: KeyTable
    catalogue_cluster: ClusterTable
  }
}

/** A mark of an entry with its source. */
export type KeyRow = EntryKey & { readonly entryId: string; readonly sourceId: string | null }

/** The next marks in their order, from public entries that stand. */
export async function walkKeys(db: Db, after: EntryKey | null, limit: number): Promise<KeyRow[]> {
  const { rows } = await sql<KeyRow>`
    select k.kind, k.key, k.entry_id as "entryId", e.source_id as "sourceId"
    from (select kind, key, entry_id from catalogue_entry_key
      where (${after?.kind ?? null}::text is null or (kind, key) > (${after?.kind ?? ''}, ${after?.key ?? ''}))
      order by kind, key fetch first ${sql.lit(limit)} rows with ties) k
    join catalogue_entry e on e.id = k.entry_id and e.state <> 'gone' and e.visibility = 'public'
    order by k.kind, k.key, k.entry_id`.execute(db)
  return rows
}

/** The last mark of a step of `walkKeys`, whether or not its entry counts; null at the end. */
export async function stepOf(db: Db, after: EntryKey | null, limit: number): Promise<EntryKey | null> {
  const { rows } = await sql<EntryKey>`
    select kind, key from (select kind, key from catalogue_entry_key
      where (${after?.kind ?? null}::text is null or (kind, key) > (${after?.kind ?? ''}, ${after?.key ?? ''}))
      order by kind, key fetch first ${sql.lit(limit)} rows with ties) k order by kind desc, key desc limit 1`.execute(
    db,
  )
  return rows[0] ?? null
}

/** Public entries kept here by their own houses, a few at a time, for their marks. */
export async function walkOwn(
  db: Db,
  after: string | null,
): Promise<{ id: string; record: DatasetRecord }[]> {
  const { rows } = await sql<{ id: string; record: DatasetRecord }>`
    select id, record from catalogue_entry
    where source_id is null and state <> 'gone' and visibility = 'public' and (${after}::uuid is null or id > ${after}::uuid)
    order by id limit 100`.execute(db)
  return rows
}

/** Replaces the marks of entries. */
export async function replaceKeys(
  db: Db,
  entries: readonly { id: string; keys: readonly EntryKey[] }[],
): Promise<void> {
  const rows = entries.flatMap(({ id, keys }) => keys.map((each) => ({ id, ...each })))
  await sql`delete from catalogue_entry_key where entry_id = any(${entries.map((each) => each.id)}::uuid[])`.execute(
    db,
  )
  await sql`
    insert into catalogue_entry_key (entry_id, kind, key)
    select * from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.kind)}::text[],
      ${rows.map((row) => row.key)}::text[]) on conflict do nothing`.execute(db)
}

/** What deciding between these entries needs. */
export async function listMembers(db: Db, ids: readonly string[]): Promise<Map<string, Member>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Member>`
    select e.id, e.source_id as "sourceId", coalesce(s.priority, 100)::int as priority, e.record->>'modified' as modified,
      e.created_at as "createdAt"
    from catalogue_entry e left join catalogue_source s on s.id = e.source_id
    where e.id = any(${ids}::uuid[])`.execute(db)
  return new Map(rows.map((row) => [row.id, row]))
}

/** A cluster as it is kept. */
export type ClusterRow = {
  readonly id: string
  readonly winner: string
  readonly members: readonly string[]
  readonly reasons: readonly EntryKey[]
  readonly decidedBy: Decision
  readonly state: ClusterState
  readonly createdAt: Date
}

const columns = [
  'id',
  'winner',
  'members',
  'reasons',
  'decided_by as decidedBy',
  'state',
  'created_at as createdAt',
] as const

/** Clusters in these states, newest first. */
export async function listClusters(
  db: Db,
  filter: { states: readonly ClusterState[]; before?: string | undefined; limit: number },
): Promise<ClusterRow[]> {
  return db
    .selectFrom('catalogue_cluster')
    .select(columns)
    .where('state', 'in', [...filter.states])
    .$if(filter.before !== undefined, (query) => query.where('id', '<', filter.before!))
    .orderBy('id', 'desc')
    .limit(filter.limit)
    .execute()
}

/** How many clusters are in each state. */
export async function countClusters(db: Db): Promise<Readonly<Record<ClusterState, number>>> {
  const rows = await db
    .selectFrom('catalogue_cluster')
    .select(['state', sql<string>`count(*)`.as('n')])
    .groupBy('state')
    .execute()
  const counts = { open: 0, confirmed: 0, split: 0, over: 0 }
  for (const row of rows) counts[row.state] = Number(row.n)
  return counts
}

/** One cluster. */
export async function findCluster(db: Db, id: string): Promise<ClusterRow | undefined> {
  return db.selectFrom('catalogue_cluster').select(columns).where('id', '=', id).executeTakeFirst()
}

/** The cluster an entry stands in, if it stands. */
export async function findClusterOf(db: Db, entryId: string): Promise<ClusterRow | undefined> {
  return db
    .selectFrom('catalogue_cluster')
    .select(columns)
    .where(sql<boolean>`members @> array[${entryId}]::uuid[]`)
    .where('state', 'in', ['open', 'confirmed'])
    .orderBy('id', 'desc')
    .executeTakeFirst()
}

/** Adds or changes a cluster. */
export async function saveCluster(
  db: Db,
  row: Omit<ClusterRow, 'createdAt'> & { at: Date; decidedAt: Date | null },
): Promise<void> {
  const reasons = JSON.stringify(row.reasons) as unknown as EntryKey[]
  const values = {
    winner: row.winner,
    members: sql<string[]>`${row.members}::uuid[]`,
    reasons,
    decided_by: row.decidedBy,
    state: row.state,
    decided_at: row.decidedAt,
  }
  await db
    .insertInto('catalogue_cluster')
    .values({ id: row.id, created_at: row.at, ...values })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute()
}

/** Takes the losers of a cluster out of the lists and lets its winner stand. */
export async function hideLosers(
  db: Db,
  cluster: { winner: string; members: readonly string[] },
  at: Date,
): Promise<void> {
  const losers = cluster.members.filter((id) => id !== cluster.winner)
  await sql`
    update catalogue_entry set state = 'duplicate', twin_of = ${cluster.winner}::uuid, modified_at = ${at}
    where id = any(${losers}::uuid[]) and state <> 'gone' and (state <> 'duplicate' or twin_of is distinct from ${cluster.winner}::uuid)`.execute(
    db,
  )
  await showAgain(db, [cluster.winner], at)
}

/** Brings entries back into the lists. */
export async function showAgain(db: Db, ids: readonly string[], at: Date): Promise<void> {
  await sql`
    update catalogue_entry set state = 'live', twin_of = null, modified_at = ${at}
    where id = any(${ids}::uuid[]) and state = 'duplicate'`.execute(db)
}
