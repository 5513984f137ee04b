import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { slug } from '../ckan/names.ts'
import { visibleEntries } from '../entries/store.ts'
import type { AccessType, DatasetRecord } from '../model.ts'
import type { Condition } from './filter.ts'

/** A public entry as the action API needs it. */
export type PackageRow = {
  readonly id: string
  readonly record: DatasetRecord
  readonly title: string
  readonly holderName: string
  readonly access: AccessType
  readonly createdAt: Date
  readonly modifiedAt: Date
}

/** How packages are sorted; ties always by id, so that paging gives each once. */
export type PackageSort = {
  readonly by: 'id' | 'name' | 'title' | 'modified' | 'created' | 'score'
  readonly down: boolean
}

// The API is read by programs without account: whoever asks gets the public face of public entries, nothing more.
const stranger = (ctx: Ctx): Ctx => ({ ...ctx, actor: { kind: 'anonymous' } })

function packages(ctx: Ctx, where: Condition) {
  return ctx.db
    .selectFrom(visibleEntries(stranger(ctx)).as('v'))
    .where('v.state', '=', 'live')
    .where(where)
}

const columns = [
  'v.id',
  'v.record',
  'v.title',
  'v.holder_name',
  'v.access',
  'v.created_at',
  'v.modified_at',
] as const

/** The name of a package as `ckanName` makes it; accents of other languages are left out. */
const packageName = sql`left(btrim(regexp_replace(replace(replace(replace(replace(lower(v.title), 'ä', 'ae'), 'ö', 'oe'), 'ü', 'ue'), 'ß', 'ss'),
  '[^a-z0-9]+', '-', 'g'), '-'), 87) || '-' || right(v.id::text, 12)`

/** Packages that fit, sorted, a stretch of them. `score` is the rank of the words searched for. */
export async function findPackages(
  ctx: Ctx,
  where: Condition,
  page: { sort: PackageSort; score: RawBuilder<unknown>; start: number; rows: number },
): Promise<PackageRow[]> {
  const { by, down } = page.sort
  const key = {
    id: sql`v.id`,
    name: sql`${packageName} collate "C"`,
    title: sql`lower(v.title)`,
    modified: sql`v.modified_at`,
    created: sql`v.created_at`,
    score: page.score,
  }[by]
  const rows = await packages(ctx, where)
    .select(columns)
    .orderBy(key, down ? 'desc' : 'asc')
    .orderBy('v.id', 'asc')
    .offset(page.start)
    .limit(page.rows)
    .execute()
  return rows.map(packageOf)
}

/** Packages by id, in the order of the ids; what is not public is left out. */
export async function listPackagesById(ctx: Ctx, ids: readonly string[]): Promise<PackageRow[]> {
  if (ids.length === 0) return []
  const rows = await packages(ctx, sql`v.id = any(${[...ids]}::uuid[])`)
    .select(columns)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, packageOf(row)]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

function packageOf(row: {
  id: string
  record: object
  title: string
  holder_name: string
  access: AccessType
  created_at: Date
  modified_at: Date
}): PackageRow {
  return {
    id: row.id,
    record: row.record as DatasetRecord,
    title: row.title,
    holderName: row.holder_name,
    access: row.access,
    createdAt: row.created_at,
    modifiedAt: row.modified_at,
  }
}

/** How many packages fit. */
export async function countPackages(ctx: Ctx, where: Condition): Promise<number> {
  const { n } = await packages(ctx, where)
    .select(sql<string>`count(*)`.as('n'))
    .executeTakeFirstOrThrow()
  return Number(n)
}

/** Ids and titles of all public packages, in the order of ids. */
export async function listPackages(ctx: Ctx, page: { start: number; rows: number | null }) {
  return packages(ctx, sql`true`)
    .select(['v.id', 'v.title'])
    .orderBy('v.id')
    .offset(page.start)
    .$if(page.rows !== null, (query) => query.limit(page.rows!))
    .execute()
}

/** The names facets go by. */
export const facetFields = ['organization', 'groups', 'tags', 'res_format', 'license_id'] as const

/** A name facets go by. */
export type FacetField = (typeof facetFields)[number]

const facetValues: Readonly<Record<FacetField, RawBuilder<unknown>>> = {
  organization: sql`select v.holder_name as value`,
  groups: sql`select unnest(v.topics) as value`,
  tags: sql`select distinct k->>'text' as value from jsonb_array_elements(v.record->'keywords') k`,
  res_format: sql`select unnest(v.formats) as value`,
  license_id: sql`select v.licence as value where v.licence is not null`,
}

/** How often each value of a field occurs among the packages that fit, most frequent first. */
export async function countValues(
  ctx: Ctx,
  where: Condition,
  facet: { field: FacetField; limit: number | null; least: number },
): Promise<{ value: string; count: number }[]> {
  const found = packages(ctx, where).select([
    'v.record',
    'v.holder_name',
    'v.topics',
    'v.formats',
    'v.licence',
  ])
  const limit = facet.limit === null ? sql`` : sql`limit ${facet.limit}`
  const { rows } = await sql<{ value: string; n: string }>`
    select each.value, count(*) as n from ${found.as('v')} cross join lateral (${facetValues[facet.field]}) each
    group by each.value having count(*) >= ${facet.least} order by n desc, each.value ${limit}`.execute(
    ctx.db,
  )
  return rows.map((row) => ({ value: row.value, count: Number(row.n) }))
}

/** Public packages whose title or name contains the letters, those that begin with them first. */
export async function completePackages(ctx: Ctx, letters: string, limit: number) {
  const inside = `%${letters.toLowerCase().replace(/[%_\\]/g, '\\$&')}%`
  const named = slug(letters)
  const byName = named === '' ? sql`` : sql` or ${packageName} like ${`%${named}%`}`
  return packages(ctx, sql`(lower(v.title) like ${inside}${byName})`)
    .select(['v.id', 'v.title'])
    .orderBy(sql`coalesce(nullif(position(${letters.toLowerCase()} in lower(v.title)), 0), 1000)`)
    .orderBy('v.title')
    .limit(limit)
    .execute()
}
