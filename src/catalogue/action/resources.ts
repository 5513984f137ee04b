import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { isUuid } from '../../platform/ids.ts'
import type { CkanPackage, CkanResource } from '../ckan/package.ts'
import { invalid, notFound } from './errors.ts'
import type { Condition } from './filter.ts'
import { endsWith } from './filter.ts'
import { endingOf, readPackageName } from './names.ts'
import { packagesWhere } from './package.ts'
import type { Params } from './params.ts'
import { listOf, needText, wholeOf } from './params.ts'
import { completePackages, listPackages } from './store.ts'
import { ckanName } from '../ckan/names.ts'

/** `package_show`: one package by id or name. */
export async function showPackage(ctx: Ctx, params: Params): Promise<CkanPackage> {
  const wanted = readPackageName(needText(params, 'id', 'name_or_id'))
  if (!wanted) throw notFound()
  const where = 'id' in wanted ? sql<boolean>`v.id = ${wanted.id}::uuid` : endsWith(wanted.ending)
  const [found] = await packagesWhere(ctx, where, { start: 0, rows: 1 })
  if (!found) throw notFound()
  return found
}

/** `package_list`: the names of all packages, in a lasting order. */
export async function listPackageNames(ctx: Ctx, params: Params): Promise<string[]> {
  const rows = wholeOf(params, 'limit', { most: 1_000_000, otherwise: 1_000_000 })
  const start = wholeOf(params, 'offset', { most: 1e9, otherwise: 0 })
  return (await listPackages(ctx, { start, rows })).map((row) => ckanName(row.title, row.id))
}

/** `current_package_list_with_resources`: whole packages, at most 1000 at once. */
export async function listWholePackages(ctx: Ctx, params: Params): Promise<CkanPackage[]> {
  const rows = wholeOf(params, 'limit', { most: 1000, otherwise: 1000 })
  const page = wholeOf(params, 'page', { most: 1e6, otherwise: 0 })
  const start = page > 0 ? (page - 1) * rows : wholeOf(params, 'offset', { most: 1e9, otherwise: 0 })
  return packagesWhere(ctx, sql`true`, { start, rows })
}

/** `package_autocomplete`: packages whose title or name contains the letters. */
export async function completePackageNames(ctx: Ctx, params: Params): Promise<unknown[]> {
  const letters = needText(params, 'q')
  const found = await completePackages(ctx, letters, wholeOf(params, 'limit', { most: 100, otherwise: 10 }))
  return found.map(({ id, title }) => ({
    name: ckanName(title, id),
    title,
    ...(title.toLowerCase().includes(letters.toLowerCase())
      ? { match_field: 'title', match_displayed: title }
      : { match_field: 'name', match_displayed: ckanName(title, id) }),
  }))
}

/** `resource_show`: one resource. Ours end like their package's id; those that came from another CKAN kept the id they had there. */
export async function showResource(ctx: Ctx, params: Params): Promise<CkanResource> {
  const wanted = needText(params, 'id')
  const ending = endingOf(wanted)
  const places = [...(ending ? [endsWith(ending)] : []), ...(isUuid(wanted) ? [cameAs(wanted)] : [])]
  for (const where of places) {
    const packages = await packagesWhere(ctx, where, { start: 0, rows: 10 })
    const found = packages.flatMap((each) => each.resources).find((resource) => resource.id === wanted)
    if (found) return found
  }
  throw notFound()
}

function cameAs(id: string): Condition {
  return sql<boolean>`exists (select 1 from jsonb_array_elements(v.record->'distributions') d where d->>'id' like ${`%/resource/${id}`})`
}

const searchable: Readonly<Record<string, string>> = {
  name: `d->>'title'`,
  description: `d->>'description'`,
  format: `d->>'format'`,
  mimetype: `d->>'mediaType'`,
  url: `coalesce(d->>'downloadUrl', d->>'accessUrl')`,
}

/** `resource_search`: resources by `field:words` (name, description, format, mimetype, url), all conditions at once. */
export async function searchResources(ctx: Ctx, params: Params): Promise<unknown> {
  const wanted = listOf(params, 'query').map(readCondition)
  if (wanted.length === 0) throw invalid('query', 'Missing value')
  const parts = wanted.map(({ column, word }) => sql<boolean>`${sql.raw(column)} ilike ${`%${word}%`}`)
  const where = sql<boolean>`v.access = 'open' and exists (select 1 from jsonb_array_elements(v.record->'distributions') d where ${sql.join(parts, sql` and `)})`
  const packages = await packagesWhere(ctx, where, { start: 0, rows: 1000 })
  const found = packages
    .flatMap((each) => each.resources)
    .filter((each) => wanted.every((one) => fits(each, one)))
  const start = wholeOf(params, 'offset', { most: 1e9, otherwise: 0 })
  return {
    count: found.length,
    results: found.slice(start, start + wholeOf(params, 'limit', { most: 1000, otherwise: 1000 })),
  }
}

function readCondition(text: string): { field: string; column: string; word: string } {
  const at = text.indexOf(':')
  const field = text.slice(0, at)
  const column = at > 0 ? searchable[field] : undefined
  if (!column) throw invalid('query', `Say field:words; fields are ${Object.keys(searchable).join(', ')}`)
  return { field, column, word: text.slice(at + 1).replace(/[%_\\]/g, '\\$&') }
}

function fits(resource: CkanResource, wanted: { field: string; word: string }): boolean {
  const value = String(resource[wanted.field as keyof CkanResource] ?? '')
  return value.toLowerCase().includes(wanted.word.replace(/\\(.)/g, '$1').toLowerCase())
}
