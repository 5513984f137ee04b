import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { PageRequest } from '../formats/format.ts'

interface HarvestedTable {
  source_id: string
  remote_id: string
  entry_id: string | null
  raw_hash: string
  hash: string
  page: string
  run_no: number
  missing_since: Date | null
}

interface PageTable {
  source_id: string
  page: string
  etag: string | null
  last_modified: string | null
  sha256: string
  next: PageRequest | null
  total: number | null
  records: number
  run_no: number
  passed_over: number
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_harvested: HarvestedTable
    catalogue_source_page: PageTable
  }
}

/** A record of a source as it was last seen. */
export type Known = Pick<
  HarvestedTable,
  'remote_id' | 'entry_id' | 'raw_hash' | 'hash' | 'page' | 'run_no' | 'missing_since'
>

/** What is known of these records of a source, by remote id. */
export async function listKnown(
  db: Db,
  sourceId: string,
  remoteIds: readonly string[],
): Promise<Map<string, Known>> {
  if (remoteIds.length === 0) return new Map()
  const { rows } = await sql<Known>`
    select remote_id, entry_id, raw_hash, hash, page, run_no, missing_since
    from catalogue_harvested where source_id = ${sourceId} and remote_id = any(${remoteIds})`.execute(db)
  return new Map(rows.map((row) => [row.remote_id, row]))
}

/** Notes records as seen unchanged in a run. */
export async function markSeen(
  db: Db,
  at: { sourceId: string; runNo: number; page: string },
  remoteIds: readonly string[],
): Promise<void> {
  if (remoteIds.length === 0) return
  await sql`
    update catalogue_harvested set run_no = ${at.runNo}, page = ${at.page}, missing_since = null
    where source_id = ${at.sourceId} and remote_id = any(${remoteIds})`.execute(db)
}

/** Notes all records of an unchanged page as seen; answers with how many were not seen before in this run. */
export async function markPageSeen(
  db: Db,
  at: { sourceId: string; runNo: number; page: string },
): Promise<number> {
  const { numAffectedRows } = await sql`
    update catalogue_harvested set run_no = ${at.runNo}, missing_since = null
    where source_id = ${at.sourceId} and page = ${at.page} and run_no <> ${at.runNo}`.execute(db)
  return Number(numAffectedRows ?? 0)
}

/** Brings back entries that were gone and show up again. */
export async function reviveEntries(db: Db, entryIds: readonly string[], at: Date): Promise<void> {
  if (entryIds.length === 0) return
  await db
    .updateTable('catalogue_entry')
    .set({ state: 'live', gone_at: null, removed_at: null, modified_at: at })
    .where('id', 'in', [...entryIds])
    .where('state', '=', 'gone')
    .execute()
}

/** Brings back the gone entries of a page that came unchanged. */
export async function reviveOnPage(db: Db, at: { sourceId: string; page: string }, now: Date): Promise<void> {
  await sql`
    update catalogue_entry e set state = 'live', gone_at = null, removed_at = null, modified_at = ${now}
    from catalogue_harvested h
    where h.source_id = ${at.sourceId} and h.page = ${at.page} and h.missing_since is not null
      and e.id = h.entry_id and e.state = 'gone'`.execute(db)
}

/** A page as it was last answered. */
export type KnownPage = Omit<PageTable, 'source_id' | 'page'>

/** What a page of a source was answered with last time. */
export async function findPage(db: Db, sourceId: string, page: string): Promise<KnownPage | undefined> {
  return db
    .selectFrom('catalogue_source_page')
    .select(['etag', 'last_modified', 'sha256', 'next', 'total', 'records', 'run_no', 'passed_over'])
    .where('source_id', '=', sourceId)
    .where('page', '=', page)
    .executeTakeFirst()
}

/** Keeps what a page was answered with. */
export async function savePage(db: Db, row: PageTable): Promise<void> {
  const next = row.next === null ? null : (JSON.stringify(row.next) as unknown as PageRequest)
  await db
    .insertInto('catalogue_source_page')
    .values({ ...row, next })
    .onConflict((conflict) =>
      conflict.columns(['source_id', 'page']).doUpdateSet({
        etag: row.etag,
        last_modified: row.last_modified,
        sha256: row.sha256,
        next,
        total: row.total,
        records: row.records,
        run_no: row.run_no,
        passed_over: row.passed_over,
      }),
    )
    .execute()
}

/** Forgets pages that a complete run no longer came by. */
export async function deletePagesBefore(db: Db, sourceId: string, runNo: number): Promise<void> {
  await db
    .deleteFrom('catalogue_source_page')
    .where('source_id', '=', sourceId)
    .where('run_no', '<', runNo)
    .execute()
}

/** Notes records that were set aside as seen: a run without them must not conclude that they are gone. */
export async function keepSetAside(
  db: Db,
  at: { sourceId: string; runNo: number; page: string },
  rows: readonly { remoteId: string; rawHash: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into catalogue_harvested (source_id, remote_id, raw_hash, hash, page, run_no)
    select ${at.sourceId}::uuid, m.remote_id, m.raw_hash, '', ${at.page}, ${at.runNo}::int
    from unnest(${rows.map((each) => each.remoteId)}::text[], ${rows.map((each) => each.rawHash)}::text[]) m (remote_id, raw_hash)
    on conflict (source_id, remote_id) do update set page = excluded.page, run_no = excluded.run_no, missing_since = null`.execute(
    db,
  )
}

/** How many rows a page still stands for, and how many of them are set aside. */
export async function countOnPage(
  db: Db,
  sourceId: string,
  page: string,
): Promise<{ records: number; aside: number }> {
  const { rows } = await sql<{ records: number; aside: number }>`
    select count(*)::int as records, (count(*) filter (where entry_id is null))::int as aside
    from catalogue_harvested where source_id = ${sourceId} and page = ${page}`.execute(db)
  return rows[0] ?? { records: 0, aside: 0 }
}

/** Notes records that the source itself reports as removed. */
export async function markSaidGone(
  db: Db,
  at: { sourceId: string; runNo: number },
  remoteIds: readonly string[],
): Promise<void> {
  if (remoteIds.length === 0) return
  await sql`
    update catalogue_harvested set run_no = ${-at.runNo}
    where source_id = ${at.sourceId} and remote_id = any(${remoteIds})`.execute(db)
}

/** How many entries of a source stand, and how many of them a run newly found missing. `said`: count only those the source reports. */
export async function countMissing(
  db: Db,
  at: { sourceId: string; runNo: number; said: boolean },
): Promise<{ live: number; missing: number }> {
  const { rows } = await sql<{ live: number; missing: number }>`
    select (count(*) filter (where missing_since is null))::int as live,
      (count(*) filter (where missing_since is null and ${missed(at)}))::int as missing
    from catalogue_harvested h where source_id = ${at.sourceId} and entry_id is not null`.execute(db)
  return rows[0] ?? { live: 0, missing: 0 }
}

const missed = (at: { runNo: number; said: boolean }) =>
  at.said ? sql<boolean>`run_no = ${-at.runNo}` : sql<boolean>`run_no <> ${at.runNo}`

/** Starts the days of grace for what a run found missing; answers with how many. */
export async function markMissing(
  db: Db,
  at: { sourceId: string; runNo: number; said: boolean },
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    update catalogue_harvested set missing_since = ${now}
    where source_id = ${at.sourceId} and entry_id is not null and missing_since is null and ${missed(at)}`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}

/** Takes away entries missing since before a moment, of one source or of all; they stay readable. Answers with how many per source. */
export async function withdrawMissing(
  db: Db,
  missingBefore: Date,
  now: Date,
  sourceId: string | null = null,
): Promise<Map<string, number>> {
  const { rows } = await sql<{ source_id: string }>`
    update catalogue_entry e set state = 'gone', gone_at = ${now}, modified_at = ${now}
    from catalogue_harvested h
    where h.missing_since <= ${missingBefore} and e.id = h.entry_id and e.state <> 'gone'
      and (${sourceId}::uuid is null or h.source_id = ${sourceId}::uuid)
    returning h.source_id`.execute(db)
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row.source_id, (counts.get(row.source_id) ?? 0) + 1)
  return counts
}

/** Since when an entry is missing at its source; null while it is there. */
export async function missingSince(db: Db, entryId: string): Promise<Date | null> {
  const row = await db
    .selectFrom('catalogue_harvested')
    .select('missing_since')
    .where('entry_id', '=', entryId)
    .executeTakeFirst()
  return row?.missing_since ?? null
}
