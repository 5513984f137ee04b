import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import type { Db } from '../../platform/db.ts'
import type { LinkState } from '../links/model.ts'
import { countLinks } from '../links/store.ts'
import type { CommonFix, HouseQuality, QualitySum, SumSlice } from './store.ts'
import { addSlices, listCommonFixes, listHouses, sumSlice, walkEntries } from './store.ts'

interface DayTable {
  day: string
  reckoned_at: Date
  own: QualitySum
  everything: QualitySum
  fixes: readonly CommonFix[]
  /** Only of the last day; null where it was reckoned before these were kept. */
  houses: readonly HouseQuality[] | null
  links: LinkCounts | null
}

/** How many addresses stand how. */
export type LinkCounts = Readonly<Record<LinkState, number>>

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_quality_day: DayTable
  }
}

/** Entries per query: what is counted must not hold up anybody. */
const SLICE = 2000
const FIXES = 12

/** Reckons the quality of the whole catalogue for today, slice by slice, and keeps it. */
export async function reckonDay(ctx: Ctx): Promise<void> {
  const day = dayOf(ctx.now)
  const all: SumSlice[] = []
  const fixes = new Map<string, CommonFix>()
  for (let after: string | null = null; ;) {
    const walked: { readonly id: string }[] = await walkEntries(ctx.db, after, SLICE)
    const upTo: string | null = walked.at(-1)?.id ?? null
    if (!upTo) break
    all.push(await sumSlice(ctx.db, { today: day, after, upTo }))
    for (const each of await listCommonFixes(ctx.db, { after, upTo })) addFix(fixes, each)
    after = upTo
    await new Promise((resume) => setImmediate(resume))
  }
  const own = addSlices([await sumSlice(ctx.db, { today: day, own: true })])
  const most = [...fixes.values()].toSorted((a, b) => b.gain - a.gain).slice(0, FIXES)
  const sums = { own, everything: addSlices(all), fixes: most }
  const houses = await listHouses(ctx.db, day)
  await saveDay(ctx.db, { day, reckoned_at: ctx.now, ...sums, houses, links: await countLinks(ctx.db) })
}

function addFix(fixes: Map<string, CommonFix>, each: CommonFix): void {
  const { entries = 0, gain = 0 } = fixes.get(each.id) ?? {}
  fixes.set(each.id, { id: each.id, entries: entries + each.entries, gain: gain + each.gain })
}

async function saveDay(db: Db, row: DayTable): Promise<void> {
  await sql`
    insert into catalogue_quality_day (day, reckoned_at, own, everything, fixes, houses, links)
    values (${row.day}::date, ${row.reckoned_at}, ${JSON.stringify(row.own)}::jsonb, ${JSON.stringify(row.everything)}::jsonb,
      ${JSON.stringify(row.fixes)}::jsonb, ${JSON.stringify(row.houses)}::jsonb, ${JSON.stringify(row.links)}::jsonb)
    on conflict (day) do update set reckoned_at = excluded.reckoned_at, own = excluded.own,
      everything = excluded.everything, fixes = excluded.fixes, houses = excluded.houses, links = excluded.links`.execute(
    db,
  )
  await sql`update catalogue_quality_day set houses = null, links = null
    where day < ${row.day}::date and houses is not null`.execute(db)
}

/** The quality of the catalogue as it was reckoned last. */
export function findLastDay(db: Db): Promise<DayTable | undefined> {
  return db.selectFrom('catalogue_quality_day').selectAll().orderBy('day', 'desc').limit(1).executeTakeFirst()
}

/** The mean score of own entries by day, newest first; days without any are left out. */
export async function listCourse(db: Db, limit: number): Promise<{ day: string; mqa: number }[]> {
  const { rows } = await sql<{ day: string; mqa: number | null }>`
    select day, (own->>'mqa')::float8 as mqa from catalogue_quality_day order by day desc limit ${limit}`.execute(
    db,
  )
  return rows.flatMap(({ day, mqa }) => (mqa === null ? [] : [{ day, mqa }]))
}
