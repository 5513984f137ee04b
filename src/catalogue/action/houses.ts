import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { notFound } from './errors.ts'
import { filterFacts } from './search.ts'
import { organisationNames } from './names.ts'
import type { Params } from './params.ts'
import { flagOf, listOf, needText, wholeOf } from './params.ts'
import { packagesWhere } from './package.ts'
import { sortListed } from './sorting.ts'
import { countPackages, countValues } from './store.ts'

async function houses(ctx: Ctx) {
  const counted = await countValues(ctx, sql`true`, { field: 'organization', limit: null, least: 1 })
  return counted.map(({ value, count }) => ({ ...houseBody(value), package_count: count }))
}

function houseBody(title: string) {
  return {
    ...organisationNames(title),
    display_name: title,
    description: '',
    image_url: '',
    image_display_url: '',
    type: 'organization',
    is_organization: true,
    approval_status: 'approved',
    state: 'active',
    num_followers: 0,
  }
}

/** `organization_list`: the houses with public entries, by name; with `all_fields` whole, with `organizations` only these. */
export async function listOrganizations(ctx: Ctx, params: Params): Promise<unknown[]> {
  const wanted = new Set(listOf(params, 'organizations'))
  const named = (await houses(ctx)).filter(
    (each) => wanted.size === 0 || wanted.has(each.name) || wanted.has(each.id),
  )
  const all = sortListed(named, params, 'name asc')
  const start = wholeOf(params, 'offset', { most: 1e9, otherwise: 0 })
  const page = all.slice(start, start + wholeOf(params, 'limit', { most: 10_000, otherwise: 10_000 }))
  return flagOf(params, 'all_fields') ? page : page.map((each) => each.name)
}

/** The names of houses behind a CKAN name or id. */
export async function titlesOfHouse(ctx: Ctx, nameOrId: string): Promise<readonly string[]> {
  return (await filterFacts(ctx)).holdersOf(nameOrId)
}

/** `organization_show`: one house by id or name; its first packages only with `include_datasets`. */
export async function showOrganization(ctx: Ctx, params: Params): Promise<unknown> {
  const titles = await titlesOfHouse(ctx, needText(params, 'id'))
  if (titles.length === 0) throw notFound()
  const where = sql<boolean>`v.holder_name in (${sql.join(titles)})`
  const packages = flagOf(params, 'include_datasets')
    ? await packagesWhere(ctx, where, { start: 0, rows: 1000 })
    : undefined
  return {
    ...houseBody(titles[0]!),
    package_count: await countPackages(ctx, where),
    extras: [],
    groups: [],
    tags: [],
    users: [],
    ...(packages ? { packages } : {}),
  }
}

/** `organization_autocomplete`: houses whose name contains the letters. */
export async function completeOrganizations(ctx: Ctx, params: Params): Promise<unknown[]> {
  const letters = needText(params, 'q').toLowerCase()
  return (await houses(ctx))
    .filter((each) => each.name.includes(letters) || each.title.toLowerCase().includes(letters))
    .slice(0, wholeOf(params, 'limit', { most: 100, otherwise: 20 }))
    .map(({ id, name, title }) => ({ id, name, title }))
}
