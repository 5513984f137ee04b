import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import { visibleEntries } from '../entries/store.ts'
import type { DatasetRecord } from '../model.ts'
import type { Counted, Matched, Way } from './model.ts'
import { MAX_SHOWN } from './model.ts'

interface ModelDatasetTable {
  entry_id: string
  concept: string | null
  way: Way
  score: number
  version: number
  at: Date
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_model_dataset: ModelDatasetTable
  }
}

/** Entries that changed since they were looked at, or never were, by id; their public face only, as whatever is concluded is public. */
export async function listUnmatched(
  ctx: Ctx,
  { after, limit }: { after?: string | undefined; limit: number },
) {
  const rows = await ctx.db
    .selectFrom('catalogue_entry as e')
    .leftJoin('catalogue_model_dataset as m', 'm.entry_id', 'e.id')
    .where('e.state', '=', 'live')
    .where((eb) => eb.or([eb('m.entry_id', 'is', null), eb(sql.ref('m.version'), '<', sql.ref('e.version'))]))
    // By the keys of both tables from where the last batch ended: a catalogue is walked once, not once for each batch.
    .$if(after !== undefined, (query) => query.where('e.id', '>', after!))
    .select(['e.id', 'e.record', 'e.version', 'm.way', 'm.concept'])
    .orderBy('e.id')
    .limit(limit)
    .execute()
  return rows.map((row) => ({ ...row, record: row.record as DatasetRecord }))
}

/** Keeps what was found for an entry; the last word counts. */
export async function saveMatches(db: Db, rows: readonly ModelDatasetTable[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('catalogue_model_dataset')
    .values([...rows])
    .onConflict((conflict) =>
      conflict.column('entry_id').doUpdateSet((eb) => ({
        concept: eb.ref('excluded.concept'),
        way: eb.ref('excluded.way'),
        score: eb.ref('excluded.score'),
        version: eb.ref('excluded.version'),
        at: eb.ref('excluded.at'),
      })),
    )
    .execute()
}

/** Which entries to count: whose municipality key begins so; of some model datasets only; not public ones only. */
export type CountFilter = {
  readonly place?: string | undefined
  readonly concepts?: readonly string[] | undefined
  readonly hidden?: boolean | undefined
}

/** What there is of each model dataset among the live entries the actor may know of. */
export async function countMatched(ctx: Ctx, { place, concepts, hidden }: CountFilter): Promise<Counted[]> {
  const matched = ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .innerJoin('catalogue_model_dataset as m', 'm.entry_id', 'v.id')
    .where('v.state', '=', 'live')
    .where('m.concept', 'is not', null)
    .where('m.way', '!=', 'dismissed')
    .$if(place !== undefined, (query) => query.where(sql<boolean>`v.record->>'ags' like ${`${place}%`}`))
    .$if(hidden === true, (query) => query.where(sql<boolean>`v.visibility <> 'public'`))
    .$if(concepts !== undefined, (query) => query.where('m.concept', 'in', [...concepts!]))
    .select(['v.id', 'v.access', 'm.concept', 'm.way', 'm.score'])
  const first = sql`order by way = 'suggested', score desc, id`
  const { rows } = await sql<Counted>`
    select concept, count(*)::int as count, bool_or(way <> 'suggested') as sure,
      bool_or(way <> 'suggested' and access = 'open') as "sureOpen",
      (array_agg(id ${first}))[1:${sql.raw(String(MAX_SHOWN))}] as ids,
      (array_agg(way ${first}))[1:${sql.raw(String(MAX_SHOWN))}] as ways
    from ${matched.as('each')} group by concept`.execute(ctx.db)
  return rows
}

/** Title, holder and access of these entries, of those the actor may know of and that are still listed. */
export async function readMatched(
  ctx: Ctx,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Omit<Matched, 'way'>>> {
  if (ids.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .where('v.state', '=', 'live')
    .where(sql<boolean>`v.id = any(${[...ids]}::uuid[])`)
    .select(['v.id', 'v.title', 'v.holder_name', 'v.access'])
    .execute()
  return new Map(
    rows.map(({ id, title, holder_name: holderName, access }) => [
      id,
      { entryId: id, title, holderName, open: access === 'open' },
    ]),
  )
}

/** The municipality keys that visible entries carry, with how many, the most frequent first. */
export async function listPlaces(ctx: Ctx): Promise<{ ags: string; count: number }[]> {
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .where('v.state', '=', 'live')
    .where(sql<boolean>`v.record->>'ags' is not null`)
    .select([sql<string>`v.record->>'ags'`.as('ags'), sql<string>`count(*)`.as('n')])
    .groupBy('ags')
    .orderBy('n', 'desc')
    .execute()
  return rows.map((row) => ({ ags: row.ags, count: Number(row.n) }))
}

/** What was found for one entry. */
export async function findMatch(db: Db, entryId: string) {
  return db
    .selectFrom('catalogue_model_dataset')
    .selectAll()
    .where('entry_id', '=', entryId)
    .executeTakeFirst()
}
