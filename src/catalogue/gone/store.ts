import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { EntryUse, GoneCounts, GoneEntry, Tombstone } from './model.ts'

interface TombstoneTable {
  entry_id: string
  source_id: string | null
  remote_id: string | null
  title: string
  identifier: string | null
  visibility: 'public' | 'partners' | 'own'
  gone_at: Date
  removed_at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_tombstone: TombstoneTable
  }
}

const columns = sql`e.id, e.title, e.record->>'identifier' as identifier, e.holder_name as "holderName",
  e.organisation_id as "organisationId", e.source_id as "sourceId", s.name as "sourceName",
  coalesce(h.missing_since, e.gone_at) as "goneAt", e.kept_at as "keptAt", e.removed_at as "removedAt"`
const tables = sql`catalogue_entry e join catalogue_source s on s.id = e.source_id
  left join catalogue_harvested h on h.entry_id = e.id`

/** A page of gone entries, longest gone first: those that wait or are pinned, or those removed. `after`: an entry's id. */
export async function listGoneRows(
  db: Db,
  filter: { removed: boolean; sourceId: string | undefined; after: string | undefined; limit: number },
): Promise<GoneEntry[]> {
  const { rows } = await sql<GoneEntry>`
    select ${columns} from ${tables}
    where e.state = 'gone' and (e.removed_at is not null) = ${filter.removed}
      and (${filter.sourceId ?? null}::uuid is null or e.source_id = ${filter.sourceId ?? null}::uuid)
      and (${filter.after ?? null}::uuid is null
        or (e.gone_at, e.id) > (select a.gone_at, a.id from catalogue_entry a where a.id = ${filter.after ?? null}::uuid))
    order by e.gone_at, e.id limit ${filter.limit}`.execute(db)
  return rows
}

/** One gone entry; undefined where it is none. */
export async function findGone(db: Db, id: string): Promise<GoneEntry | undefined> {
  const { rows } = await sql<GoneEntry>`
    select ${columns} from ${tables} where e.id = ${id} and e.state = 'gone' for update of e`.execute(db)
  return rows[0]
}

/** How many gone entries there are, of one source or of all. */
export async function countGone(db: Db, sourceId: string | undefined): Promise<GoneCounts> {
  const { rows } = await sql<GoneCounts>`
    select (count(*) filter (where removed_at is null))::int as gone,
      (count(*) filter (where removed_at is null and kept_at is not null))::int as kept,
      (count(*) filter (where removed_at is not null))::int as removed
    from catalogue_entry where state = 'gone'
      and (${sourceId ?? null}::uuid is null or source_id = ${sourceId ?? null}::uuid)`.execute(db)
  return rows[0] ?? { gone: 0, kept: 0, removed: 0 }
}

/** Which gone entries are meant: these, or all of a source (or of any) gone before a moment. Pinned ones never. */
export type Scope =
  { readonly ids: readonly string[] } | { readonly goneBefore: Date; readonly sourceId: string | undefined }

function meant(scope: Scope): RawBuilder<SqlBool> {
  const which =
    'ids' in scope
      ? sql`id = any(${[...scope.ids]}::uuid[])`
      : sql`gone_at <= ${scope.goneBefore} and (${scope.sourceId ?? null}::uuid is null or source_id = ${scope.sourceId ?? null}::uuid)`
  return sql<SqlBool>`state = 'gone' and removed_at is null and kept_at is null and ${which}`
}

/** The ids a removal would take. */
export async function listMeant(db: Db, scope: Scope): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select id from catalogue_entry where ${meant(scope)}`.execute(db)
  return rows.map((row) => row.id)
}

/** Takes entries out; answers with how many of each source. */
export async function markRemoved(db: Db, scope: Scope, now: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ source_id: string }>`
    update catalogue_entry set removed_at = ${now} where ${meant(scope)} returning source_id`.execute(db)
  return perSource(rows)
}

/** Takes out what the rules of the sources say; answers with how many of each source. */
export async function markByRules(db: Db, now: Date): Promise<Map<string, number>> {
  const { rows } = await sql<{ source_id: string }>`
    update catalogue_entry e set removed_at = ${now} from catalogue_source s
    where s.id = e.source_id and s.remove_after is not null and e.state = 'gone' and e.removed_at is null
      and e.kept_at is null and e.gone_at <= ${now}::timestamptz - make_interval(days => s.remove_after)
    returning e.source_id`.execute(db)
  return perSource(rows)
}

function perSource(rows: readonly { source_id: string }[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of rows) counts.set(row.source_id, (counts.get(row.source_id) ?? 0) + 1)
  return counts
}

/** Pins a gone entry, or lets it go again; a removed one comes back by the same way. */
export async function updateGone(
  db: Db,
  id: string,
  set: { kept_at: Date | null; removed_at: Date | null },
): Promise<void> {
  await db.updateTable('catalogue_entry').set(set).where('id', '=', id).where('state', '=', 'gone').execute()
}

/** Cuts an entry off its source: it stands again, and its house edits it. Answers with its new version. */
export async function cutOff(db: Db, id: string, now: Date): Promise<number> {
  await db.deleteFrom('catalogue_harvested').where('entry_id', '=', id).execute()
  const free = { source_id: null, remote_id: null, gone_at: null, kept_at: null, removed_at: null }
  const { version } = await db
    .updateTable('catalogue_entry')
    .set((eb) => ({ ...free, state: 'live' as const, modified_at: now, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

/** Ids of entries removed before a moment, in a lasting order. */
export async function listRemovedBefore(
  db: Db,
  at: { before: Date; after: string | undefined; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('catalogue_entry')
    .select('id')
    .where('state', '=', 'gone')
    .where('removed_at', '<', at.before)
    .$if(at.after !== undefined, (query) => query.where('id', '>', at.after!))
    .orderBy('id')
    .limit(at.limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Deletes removed entries with all that hangs on them; only their names stay. Answers with how many of each source. */
export async function bury(db: Db, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ source_id: string }>`
    with dead as (
      delete from catalogue_entry where id = any(${[...ids]}::uuid[]) and state = 'gone' and removed_at is not null returning *
    )
    insert into catalogue_tombstone (entry_id, source_id, remote_id, title, identifier, visibility, gone_at, removed_at)
    select d.id, d.source_id, d.remote_id, d.title, d.record->>'identifier', d.visibility,
      coalesce((select min(h.missing_since) from catalogue_harvested h where h.entry_id = d.id), d.gone_at, d.removed_at), d.removed_at from dead d
    returning source_id`.execute(db)
  return perSource(rows)
}

/** What is left of an entry everybody could see: removed and still in the tables, or only its name. */
export async function findTombstone(db: Db, id: string): Promise<Tombstone | undefined> {
  const { rows } = await sql<Tombstone>`
    with t as (
      select title, identifier, gone_at, removed_at, source_id, remote_id
      from catalogue_tombstone where entry_id = ${id} and visibility = 'public'
      union all
      select title, record->>'identifier', coalesce((select min(h.missing_since) from catalogue_harvested h where h.entry_id = catalogue_entry.id), gone_at, removed_at),
        removed_at, source_id, remote_id from catalogue_entry where id = ${id} and visibility = 'public' and removed_at is not null
    )
    select title, identifier, gone_at as "goneAt", removed_at as "removedAt",
      (select e.id from catalogue_entry e where e.source_id = t.source_id and e.remote_id = t.remote_id and e.state = 'live'
        and e.visibility = 'public') as again
    from t limit 1`.execute(db)
  return rows[0]
}

/** Needs of questions for which these entries were taken or proposed. */
export async function listNeedUses(db: Db, entryIds: readonly string[]): Promise<EntryUse[]> {
  const { rows } = await sql<{ entryId: string; question: string }>`
    select distinct c.entry_id as "entryId", n.question_id as question
    from catalogue_need_candidate c join catalogue_need n on n.id = c.need_id
    where c.entry_id = any(${[...entryIds]}::uuid[]) and c.state <> 'rejected'`.execute(db)
  return rows.map(({ entryId, question }) => ({
    entryId,
    kind: 'need',
    href: `/catalogue/needs/${question}`,
  }))
}
