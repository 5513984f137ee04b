import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { Db } from '../../platform/db.ts'
import { visibleEntries } from '../entries/store.ts'
import type { DatasetRecord } from '../model.ts'
import type { Matched, There, Way } from './model.ts'
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

/** What there is of each model dataset among visible live entries. `place`: entries whose municipality key begins so. */
export async function listMatched(ctx: Ctx, place: string | undefined): Promise<Map<string, There>> {
  const matched = ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .innerJoin('catalogue_model_dataset as m', 'm.entry_id', 'v.id')
    .where('v.state', '=', 'live')
    .where('m.concept', 'is not', null)
    .where('m.way', '!=', 'dismissed')
    .$if(place !== undefined, (query) => query.where(sql<boolean>`v.record->>'ags' like ${`${place}%`}`))
    .select(['v.id', 'v.title', 'v.holder_name', 'v.access', 'm.concept', 'm.way', 'm.score'])
  const { rows } = await sql<Row>`
    select * from (
      select id, title, holder_name, access, concept, way,
        count(*) over same as n,
        bool_or(way <> 'suggested') over same as sure,
        bool_or(way <> 'suggested' and access = 'open') over same as sure_open,
        row_number() over (partition by concept order by way = 'suggested', score desc, id) as place
      from ${matched.as('each')} window same as (partition by concept)
    ) ranked where place <= ${MAX_SHOWN} order by concept, place`.execute(ctx.db)
  const byConcept = new Map<string, There>()
  for (const row of rows) {
    const known = byConcept.get(row.concept)
    const entries = [...(known?.entries ?? []), matchedOf(row)]
    byConcept.set(row.concept, { sure: row.sure, sureOpen: row.sure_open, count: Number(row.n), entries })
  }
  return byConcept
}

type Row = {
  id: string
  title: string
  holder_name: string
  access: string
  concept: string
  way: Way
  n: string
  sure: boolean
  sure_open: boolean
}

function matchedOf(row: Row): Matched {
  return {
    entryId: row.id,
    title: row.title,
    holderName: row.holder_name,
    open: row.access === 'open',
    way: row.way,
  }
}

/** The municipality keys that visible entries carry, with how many. */
export async function listPlaces(ctx: Ctx): Promise<{ ags: string; count: number }[]> {
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .where('v.state', '=', 'live')
    .where(sql<boolean>`v.record->>'ags' is not null`)
    .select([sql<string>`v.record->>'ags'`.as('ags'), sql<string>`count(*)`.as('n')])
    .groupBy('ags')
    .orderBy('n', 'desc')
    .limit(100)
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
