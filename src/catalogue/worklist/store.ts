import { sql } from 'kysely'
import type { Db } from '../../platform/db.ts'
import type { Dimension, Answered } from '../quality/metrics.ts'
import type { Fix } from '../quality/score.ts'
import type { AccessType, DatasetRecord } from '../model.ts'

interface ScoreTable {
  entry_id: string
  version: number
  scored_at: Date
  mqa: number | null
  inventory: number | null
  findability: number | null
  accessibility: number | null
  interoperability: number | null
  reusability: number | null
  contextuality: number | null
  due_on: string | null
  late_on: string | null
  fixes: readonly Fix[]
  gain: number
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_score: ScoreTable
  }
}

/** An entry as the scorer walks by: whether its score is still that of its version and of its links. */
export type Walked = {
  readonly id: string
  readonly version: number
  readonly scoredVersion: number | null
  readonly stale: boolean
}

/** The next entries in the order of their ids. */
export async function walkEntries(db: Db, after: string | null, limit: number): Promise<Walked[]> {
  const { rows } = await sql<Walked>`
    select e.id, e.version, s.version as "scoredVersion", coalesce(
      (select max(l.checked_at) > s.scored_at from catalogue_entry_link el join catalogue_link l on l.id = el.link_id
       where el.entry_id = e.id), false) as stale
    from catalogue_entry e left join catalogue_score s on s.entry_id = e.id
    where (${after}::uuid is null or e.id > ${after}::uuid) and e.state <> 'gone'
    order by e.id limit ${limit}`.execute(db)
  return rows
}

/** What a score is reckoned from: the public face, how it is reached, and how its addresses answered. */
export type ToScore = {
  readonly id: string
  readonly version: number
  readonly visible: boolean
  readonly access: AccessType
  readonly record: DatasetRecord
  readonly full: DatasetRecord
}

/** The records of these entries. */
export async function listToScore(db: Db, ids: readonly string[]): Promise<ToScore[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('catalogue_entry')
    .select([
      'id',
      'version',
      sql<boolean>`visibility = 'public'`.as('visible'),
      'access',
      'record',
      sql<DatasetRecord>`coalesce(holder, record)`.as('full'),
    ])
    .where('id', 'in', [...ids])
    .execute()
}

/** How the addresses of these entries answered, by entry and address. */
export async function listAnswered(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Map<string, Answered>>> {
  const { rows } = await sql<{ id: string; url: string; answered: Answered }>`
    select el.entry_id as id, l.url, case when l.state in ('ok', 'suspect') then 'ok' when l.state = 'broken' then 'broken'
      else 'unknown' end as answered
    from catalogue_entry_link el join catalogue_link l on l.id = el.link_id
    where el.entry_id = any(${ids}::uuid[])`.execute(db)
  const found = new Map<string, Map<string, Answered>>()
  for (const row of rows)
    found.set(row.id, (found.get(row.id) ?? new Map<string, Answered>()).set(row.url, row.answered))
  return found
}

/** A score to be kept. */
export type ScoreRow = Omit<ScoreTable, 'fixes' | 'scored_at'> & { readonly fixes: readonly Fix[] }

/** Keeps scores, all in one statement. */
export async function saveScores(db: Db, rows: readonly ScoreRow[], now: Date): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into catalogue_score (entry_id, version, scored_at, mqa, inventory, findability, accessibility, interoperability,
      reusability, contextuality, due_on, late_on, fixes, gain)
    select r.entry_id, r.version, ${now}::timestamptz, r.mqa, r.inventory, r.findability, r.accessibility, r.interoperability,
      r.reusability, r.contextuality, r.due_on, r.late_on, r.fixes, r.gain
    from jsonb_populate_recordset(null::catalogue_score, ${JSON.stringify(rows)}::jsonb) r
    where exists (select 1 from catalogue_entry e where e.id = r.entry_id)
    on conflict (entry_id) do update set version = excluded.version, scored_at = excluded.scored_at, mqa = excluded.mqa,
      inventory = excluded.inventory, findability = excluded.findability, accessibility = excluded.accessibility,
      interoperability = excluded.interoperability, reusability = excluded.reusability,
      contextuality = excluded.contextuality, due_on = excluded.due_on, late_on = excluded.late_on,
      fixes = excluded.fixes, gain = excluded.gain`.execute(db)
}

/** The quality of many entries as means and counts. */
export type QualitySum = {
  readonly entries: number
  readonly open: number
  readonly mqa: number | null
  readonly inventory: number | null
  readonly by: Readonly<Record<Dimension, number | null>>
  readonly ratings: Readonly<Record<'excellent' | 'good' | 'sufficient' | 'bad', number>>
  readonly staleness: Readonly<Record<'current' | 'due' | 'overdue' | 'unknown', number>>
  readonly broken: number
}

/** Sums over some entries, to be added to those of others: means come as sums with the number of values. */
export type SumSlice = Readonly<Record<string, number | null>>

const dimensionSums = sql.raw(
  ['mqa', 'inventory', 'findability', 'accessibility', 'interoperability', 'reusability', 'contextuality']
    .map((name) => `sum(s.${name})::float8 as ${name}, count(s.${name})::int as n_${name}`)
    .join(', '),
)

/** Which entries to sum: of one house, own ones alone, or all; and between which ids. */
export type SumFilter = {
  readonly today: string
  readonly organisationId?: string
  readonly own?: boolean
  readonly after?: string | null
  readonly upTo?: string | null
}

/** Sums over public live entries. */
export async function sumSlice(db: Db, filter: SumFilter): Promise<SumSlice> {
  const { today, organisationId = null, own = false, after = null, upTo = null } = filter
  const { rows } = await sql<SumSlice>`
    select count(*)::int as entries, (count(*) filter (where e.access = 'open'))::int as open, ${dimensionSums},
      (count(*) filter (where s.mqa > 350))::int as excellent,
      (count(*) filter (where s.mqa between 221 and 350))::int as good,
      (count(*) filter (where s.mqa between 121 and 220))::int as sufficient,
      (count(*) filter (where s.mqa <= 120))::int as bad,
      (count(*) filter (where s.due_on > ${today}::date))::int as current,
      (count(*) filter (where s.due_on <= ${today}::date and s.late_on > ${today}::date))::int as due,
      (count(*) filter (where s.late_on <= ${today}::date))::int as overdue,
      (count(*) filter (where s.due_on is null))::int as unknown,
      (count(*) filter (where exists (select 1 from catalogue_entry_link el join catalogue_link l on l.id = el.link_id
        where el.entry_id = e.id and l.state = 'broken')))::int as broken
    from catalogue_entry e left join catalogue_score s on s.entry_id = e.id
    where e.state = 'live' and e.visibility = 'public'
      and (${organisationId}::text is null or e.organisation_id = ${organisationId})
      and (${after}::uuid is null or e.id > ${after}::uuid) and (${upTo}::uuid is null or e.id <= ${upTo}::uuid)
      and (not ${own}::boolean or e.source_id is null)`.execute(db)
  return rows[0] ?? {}
}

/** Adds up slices. */
export function addSlices(slices: readonly SumSlice[]): QualitySum {
  const count = (name: string) => slices.reduce((sum, each) => sum + (each[name] ?? 0), 0)
  const mean = (name: string) => (count(`n_${name}`) === 0 ? null : count(name) / count(`n_${name}`))
  return {
    entries: count('entries'),
    open: count('open'),
    mqa: mean('mqa'),
    inventory: mean('inventory'),
    by: {
      findability: mean('findability'),
      accessibility: mean('accessibility'),
      interoperability: mean('interoperability'),
      reusability: mean('reusability'),
      contextuality: mean('contextuality'),
    },
    ratings: {
      excellent: count('excellent'),
      good: count('good'),
      sufficient: count('sufficient'),
      bad: count('bad'),
    },
    staleness: {
      current: count('current'),
      due: count('due'),
      overdue: count('overdue'),
      unknown: count('unknown'),
    },
    broken: count('broken'),
  }
}

/** A house in the dashboard: how many public entries, their mean score, how many are late. */
export type HouseQuality = {
  readonly organisationId: string
  readonly entries: number
  readonly mqa: number | null
  readonly inventory: number | null
  readonly overdue: number
  readonly gain: number
}

/** Houses with their own public entries, the largest first. */
export async function listHouses(db: Db, today: string): Promise<HouseQuality[]> {
  const { rows } = await sql<HouseQuality>`
    select e.organisation_id as "organisationId", count(*)::int as entries, avg(s.mqa)::float8 as mqa,
      avg(s.inventory)::float8 as inventory, (count(*) filter (where s.late_on <= ${today}::date))::int as overdue,
      coalesce(sum(s.gain), 0)::int as gain
    from catalogue_entry e left join catalogue_score s on s.entry_id = e.id
    where e.state = 'live' and e.visibility = 'public' and e.source_id is null
    group by e.organisation_id order by entries desc, e.organisation_id limit 200`.execute(db)
  return rows
}

/** Something that lacks: at how many entries, and the points it would bring in all. */
export type CommonFix = { readonly id: string; readonly entries: number; readonly gain: number }

/** What most often lacks among public live entries, with the points it would bring in all. */
export async function listCommonFixes(
  db: Db,
  filter: { organisationId?: string; after?: string | null; upTo?: string | null },
): Promise<CommonFix[]> {
  const { after = null, upTo = null } = filter
  const { rows } = await sql<CommonFix>`
    select f.id, count(*)::int as entries, sum(f.gain)::int as gain
    from catalogue_entry e join catalogue_score s on s.entry_id = e.id,
      jsonb_to_recordset(s.fixes) f (id text, gain int)
    where e.state = 'live' and e.visibility = 'public'
      and (${filter.organisationId ?? null}::text is null or (e.organisation_id = ${filter.organisationId ?? null} and e.source_id is null))
      and (${after}::uuid is null or e.id > ${after}::uuid) and (${upTo}::uuid is null or e.id <= ${upTo}::uuid)
    group by f.id order by gain desc limit 40`.execute(db)
  return rows
}

/** An entry of a house with what mending it would bring. */
export type WorkRow = {
  readonly id: string
  readonly title: string
  readonly access: AccessType
  readonly mqa: number | null
  readonly inventory: number | null
  readonly gain: number
  readonly fixes: readonly Fix[]
  readonly dueOn: string | null
  readonly lateOn: string | null
  readonly broken: number
  readonly feedback: number
}

/** A house's own entries by what mending them would bring; `offset` counts rows. */
export async function listWork(
  db: Db,
  filter: { organisationId: string; today: string; limit: number; offset: number },
): Promise<WorkRow[]> {
  const { rows } = await sql<WorkRow>`
    select e.id, e.title, e.access, s.mqa, s.inventory, s.gain, s.fixes, s.due_on as "dueOn", s.late_on as "lateOn",
      (select count(*)::int from catalogue_entry_link el join catalogue_link l on l.id = el.link_id
        where el.entry_id = e.id and l.state = 'broken') as broken,
      (select count(*)::int from catalogue_feedback f where f.entry_id = e.id and f.state = 'open') as feedback
    from catalogue_entry e join catalogue_score s on s.entry_id = e.id
    where e.organisation_id = ${filter.organisationId} and e.source_id is null and e.state = 'live'
    order by (case when s.late_on <= ${filter.today}::date then 1 else 0 end) desc, s.gain desc, e.id
    limit ${filter.limit} offset ${filter.offset}`.execute(db)
  return rows
}

/** The score of one entry. */
export async function findScore(db: Db, entryId: string) {
  return db.selectFrom('catalogue_score').selectAll().where('entry_id', '=', entryId).executeTakeFirst()
}
