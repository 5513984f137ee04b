import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import type { EntryLink, Link, LinkState } from './model.ts'

interface LinkTable {
  id: string
  url: string
  host: string
  service: boolean
  state: LinkState
  status: number | null
  note: string | null
  checked_at: Date | null
  failed_at: Date | null
  failures: number
  next_at: Date
}

interface EntryLinkTable {
  entry_id: string
  link_id: string
  position: number
  kind: 'access' | 'download'
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_link: LinkTable
    catalogue_entry_link: EntryLinkTable
  }
}

/** An entry's addresses to be kept. */
export type LinksOfEntry = { readonly entryId: string; readonly links: readonly EntryLink[] }

/** Replaces the addresses of these entries; addresses known from others are shared, so that each is asked once. */
export async function saveLinks(db: Db, entries: readonly LinksOfEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return
  const rows = entries.flatMap(({ entryId, links }) => links.map((link) => ({ entryId, ...link })))
  const urls = new Map(rows.map((row) => [row.url, row]))
  const list = [...urls.values()]
  await sql`delete from catalogue_entry_link where entry_id = any(${entries.map((each) => each.entryId)}::uuid[])`.execute(
    db,
  )
  if (rows.length === 0) return
  await sql`
    insert into catalogue_link (id, url, host, service, next_at)
    select *, ${now}::timestamptz from unnest(${list.map(() => newId())}::uuid[], ${list.map((row) => row.url)}::text[],
      ${list.map((row) => new URL(row.url).host)}::text[], ${list.map((row) => row.service)}::boolean[])
    on conflict do nothing`.execute(db)
  await sql`
    insert into catalogue_entry_link (entry_id, link_id, position, kind)
    select m.entry_id, l.id, m.position, m.kind
    from unnest(${rows.map((row) => row.entryId)}::uuid[], ${rows.map((row) => row.url)}::text[],
      ${rows.map((row) => row.position)}::int[], ${rows.map((row) => row.kind)}::text[]) m (entry_id, url, position, kind)
    join catalogue_link l on md5(l.url) = md5(m.url)
    on conflict do nothing`.execute(db)
}

const columns = [
  'id',
  'url',
  'host',
  'service',
  'state',
  'status',
  'note',
  'checked_at as checkedAt',
  'failed_at as failedAt',
  'failures',
] as const

/** Addresses whose time has come, the longest waiting first; none that no entry names any more. */
export async function listDueLinks(db: Db, now: Date, limit: number): Promise<Link[]> {
  return db
    .selectFrom('catalogue_link as l')
    .select(columns)
    .where('next_at', '<=', now)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('catalogue_entry_link as e').select('e.link_id').whereRef('e.link_id', '=', 'l.id'),
      ),
    )
    .orderBy('next_at')
    .limit(limit)
    .execute()
}

/** Keeps what asking came to. */
export async function saveOutcome(
  db: Db,
  id: string,
  row: Pick<LinkTable, 'state' | 'status' | 'note' | 'failed_at' | 'failures' | 'next_at'> & {
    checked_at: Date
  },
): Promise<void> {
  await db.updateTable('catalogue_link').set(row).where('id', '=', id).execute()
}

/** An address of an entry with its place in the record. */
export type CheckedLink = Link & { readonly position: number; readonly kind: 'access' | 'download' }

/** The addresses of these entries as they stand. */
export async function listLinks(db: Db, entryIds: readonly string[]): Promise<Map<string, CheckedLink[]>> {
  if (entryIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('catalogue_entry_link as e')
    .innerJoin('catalogue_link as l', 'l.id', 'e.link_id')
    .select(['e.entry_id as entryId', 'e.position', 'e.kind', ...columns.map((name) => `l.${name}` as const)])
    .where('e.entry_id', 'in', [...entryIds])
    .orderBy('e.position')
    .execute()
  const links = new Map<string, CheckedLink[]>()
  for (const { entryId, ...link } of rows) links.set(entryId, [...(links.get(entryId) ?? []), link])
  return links
}

/** Rows counted at once: what is counted must not hold up anybody. */
const COUNTED = 20_000

/** How many addresses stand how, counted in stretches. */
export async function countLinks(db: Db): Promise<Readonly<Record<LinkState, number>>> {
  const counts = { unknown: 0, ok: 0, suspect: 0, broken: 0, refused: 0 }
  for (let after: string | null = null; ;) {
    const { rows }: { rows: StateCount[] } = await sql<StateCount>`
      select state, count(*)::int as n, max(id::text collate "C") as last from (
        select id, state from catalogue_link where ${after}::uuid is null or id > ${after}::uuid order by id limit ${COUNTED}
      ) stretch group by state`.execute(db)
    for (const { state, n } of rows) counts[state] += n
    after =
      rows
        .map((row) => row.last)
        .toSorted()
        .at(-1) ?? null
    if (after === null) return counts
  }
}

type StateCount = { readonly state: LinkState; readonly n: number; readonly last: string }
