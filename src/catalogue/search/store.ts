import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { EntrySummary } from '../entries/model.ts'
import { summaryColumns, toSummary, visibleEntries } from '../entries/store.ts'
import type { Chosen, Cursor, FacetCount, FacetName, Term } from './model.ts'
import { facetNames } from './model.ts'
import { qualitySteps } from '../engine/count.ts'

/** A search as the database needs it. */
export type Query = {
  readonly terms: readonly Term[]
  readonly chosen: Chosen
  readonly years: readonly number[]
  readonly within: Within
  readonly modifiedSince?: Date | undefined
}

/** A span of calendar days and a part of the map (west, south, east, north). */
export type Within = {
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly bbox?: readonly [number, number, number, number] | undefined
}

/** How results are sorted. */
export type Sort = 'fit' | 'newest' | 'title' | 'quality'

type Bool = RawBuilder<SqlBool>

const yes = sql<SqlBool>`true`

/** What the words must match: each as a stem, a beginning, or (from four letters) a part of a word. */
function matches(query: Query): Bool {
  const parts = query.terms.map((term) => {
    const prefix = `${term.word.replace(/[^\p{L}\p{N}]/gu, '')}:*`
    const stem = sql`(plainto_tsquery('german', ${term.word}) || to_tsquery('german', ${prefix}))`
    const inside = term.folded.length >= 4 ? sql` or v.folded like ${`%${term.folded}%`}` : sql``
    return sql`(v.search @@ ${stem}${inside})`
  })
  if (query.modifiedSince) parts.push(sql`v.modified_at >= ${query.modifiedSince}`)
  parts.push(sql`v.state = 'live'`, withinFilter(query))
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

function chosenFilter(query: Query, facet: FacetName): Bool {
  const values = [...query.chosen[facet]]
  if (values.length === 0) return yes
  if (facet === 'period') return anyOf(values.map((value) => inPeriod(value, query.years)))
  if (facet === 'quality') return anyOf(values.map((value) => sql<SqlBool>`${qualityStep} = ${value}`))
  if (facet === 'region')
    return anyOf(values.map((value) => sql<SqlBool>`v.record->>'ags' like ${`${value}%`}`))
  if (facet === 'tag') return hasKeyword(values)
  if (facet === 'source') return fromSource(values)
  if (facet === 'access') return sql<SqlBool>`v.access in (${sql.join(values)})`
  if (facet === 'kind') return sql<SqlBool>`v.kind in (${sql.join(values)})`
  if (facet === 'holder') return sql<SqlBool>`v.holder_name in (${sql.join(values)})`
  if (facet === 'licence') return sql<SqlBool>`v.licence in (${sql.join(values)})`
  const column = { topic: sql`v.topics`, format: sql`v.formats`, place: sql`v.places` }[facet]
  return sql<SqlBool>`${column} && ${values}::text[]`
}

const anyOf = (parts: readonly Bool[]): Bool => sql<SqlBool>`(${sql.join([...parts], sql` or `)})`

const qualityStep = sql`case when v.quality >= ${qualitySteps.good} then 'good' when v.quality >= ${qualitySteps.fair} then 'fair' else 'poor' end`

function hasKeyword(values: readonly string[]): Bool {
  return sql<SqlBool>`exists (select 1 from jsonb_array_elements(v.record->'keywords') k where k->>'text' in (${sql.join([...values])}))`
}

function fromSource(values: readonly string[]): Bool {
  return sql<SqlBool>`coalesce((select s.name from catalogue_source s where s.id = v.source_id), 'own') in (${sql.join([...values])})`
}

/** The span of days and the part of the map, where asked for. */
function withinFilter({ within }: Query): Bool {
  const parts: Bool[] = [yes]
  if (within.from)
    parts.push(
      sql<SqlBool>`(coalesce(v.starts, v.ends) is not null and coalesce(v.ends, 'infinity'::date) >= ${within.from}::date)`,
    )
  if (within.to) parts.push(sql<SqlBool>`coalesce(v.starts, v.ends) <= ${within.to}::date`)
  if (within.bbox) {
    const [west, south, east, north] = within.bbox
    parts.push(sql<SqlBool>`exists (select 1 from jsonb_array_elements(v.record->'places') p
      where (p->'bbox'->>0)::float <= ${east} and (p->'bbox'->>2)::float >= ${west}
        and (p->'bbox'->>1)::float <= ${north} and (p->'bbox'->>3)::float >= ${south})`)
  }
  return sql<SqlBool>`${sql.join(parts, sql` and `)}`
}

function inPeriod(value: string, years: readonly number[]): Bool {
  if (value === 'older')
    return sql<SqlBool>`coalesce(v.starts, v.ends) < ${`${Math.min(...years)}-01-01`}::date`
  return sql<SqlBool>`((v.starts is not null or v.ends is not null) and coalesce(v.starts, v.ends) <= ${`${value}-12-31`}::date and coalesce(v.ends, 'infinity'::date) >= ${`${value}-01-01`}::date)`
}

const rankOf = (query: Query): RawBuilder<string> => {
  if (query.terms.length === 0) return sql<string>`0::numeric`
  const words = query.terms.map((term) => sql`plainto_tsquery('german', ${term.word})`)
  const first = query.terms[0]!.folded
  return sql<string>`(ts_rank(v.search, ${sql.join(words, sql` || `)}) + case when v.folded like ${`${first}%`} then 0.5 else 0 end)::numeric(10,5)`
}

/** One page of hits, plus one row that tells whether there are more. */
export function findHits(
  ctx: Ctx,
  query: Query,
  page: { sort: Sort; cursor: Cursor | undefined; limit: number },
) {
  const key = sortKey(query, page.sort)
  const down = page.sort !== 'title'
  const filters = facetNames.map((facet) => chosenFilter(query, facet))
  const after = page.cursor
    ? down
      ? sql<SqlBool>`(${key.of}, v.id) < (${key.cast(page.cursor.value)}, ${page.cursor.id}::uuid)`
      : sql<SqlBool>`(${key.of}, v.id) > (${key.cast(page.cursor.value)}, ${page.cursor.id}::uuid)`
    : yes
  return ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(summaryColumns)
    .select(sql<string>`${key.of}::text`.as('key'))
    .where(matches(query))
    .where(sql<SqlBool>`${sql.join(filters, sql` and `)}`)
    .where(after)
    .orderBy(key.of, down ? 'desc' : 'asc')
    .orderBy('v.id', down ? 'desc' : 'asc')
    .limit(page.limit + 1)
    .execute()
}

/** The next entries that stand and that the actor may see, in the order of their ids. */
export async function walkSummaries(
  ctx: Pick<Ctx, 'db' | 'actor'>,
  after: string | undefined,
  limit: number,
): Promise<EntrySummary[]> {
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(summaryColumns)
    .where('v.state', '=', 'live')
    .$if(after !== undefined, (query) => query.where('v.id', '>', after!))
    .orderBy('v.id')
    .limit(limit)
    .execute()
  return rows.map(toSummary)
}

function sortKey(query: Query, sort: Sort) {
  const keys = {
    fit:
      query.terms.length > 0
        ? { of: rankOf(query), type: 'numeric' }
        : { of: sql`v.modified_at`, type: 'timestamptz' },
    newest: { of: sql`v.modified_at`, type: 'timestamptz' },
    title: { of: sql`v.title`, type: 'text' },
    quality: { of: sql`v.quality`, type: 'numeric' },
  }
  const { of, type } = keys[sort]
  return { of, cast: (value: string) => sql`${value}::${sql.raw(type)}` }
}

/** Counts of all facets (each without its own filter), of the hits and of their houses, from one scan of the hits. */
export async function countFacets(
  ctx: Ctx,
  query: Query,
): Promise<{ facets: FacetCount[]; total: number; holders: number }> {
  const flags = sql.join(
    facetNames.map((facet) => sql`${chosenFilter(query, facet)} as ${sql.ref(`ok_${facet}`)}`),
  )
  const others = (own?: FacetName) =>
    sql.join(
      facetNames.filter((facet) => facet !== own).map((facet) => sql.ref(`ok_${facet}`)),
      sql` and `,
    )
  const periods = [...query.years.map(String), 'older'].map(
    (value) =>
      sql`select 'period' facet, ${value}::text value, count(*) n from hits v where ${others('period')} and ${inPeriod(value, query.years)}`,
  )
  const scalar = (facet: FacetName, column: string) =>
    sql`select ${facet}::text facet, ${sql.ref(column)} value, count(*) n from hits where ${others(facet)} group by 2`
  const listed = (facet: FacetName, column: string) =>
    sql`select ${facet}::text facet, each value, count(*) n from hits, unnest(${sql.ref(column)}) each where ${others(facet)} group by 2`
  const parts = [
    sql`select 'total' facet, '' value, count(*) n from hits where ${others()}`,
    sql`select 'holders' facet, '' value, count(distinct holder_name) n from hits where ${others()}`,
    scalar('access', 'access'),
    scalar('kind', 'kind'),
    scalar('holder', 'holder_name'),
    scalar('licence', 'licence'),
    scalar('quality', 'step'),
    listed('topic', 'topics'),
    listed('format', 'formats'),
    listed('place', 'places'),
    ...periods,
  ]
  const { rows } = await sql<{ facet: string; value: string; n: string }>`
    with hits as materialized (
      select v.access, v.kind, v.holder_name, v.licence, ${qualityStep} as step, v.topics, v.formats, v.places, v.starts, v.ends, ${flags}
      from ${visibleEntries(ctx).as('v')} where ${matches(query)}
    ) ${sql.join(parts, sql` union all `)}`.execute(ctx.db)
  const one = (name: string) => Number(rows.find((row) => row.facet === name)?.n ?? 0)
  const facets = rows
    .filter((row) => (facetNames as readonly string[]).includes(row.facet))
    .map((row) => ({ facet: row.facet as FacetName, value: row.value, count: Number(row.n) }))
    .filter((count) => count.count > 0 && count.value !== null)
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { facets, total: one('total'), holders: one('holders') }
}
