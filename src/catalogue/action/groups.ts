import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { ckanGroups, ckanTag } from '../ckan/names.ts'
import { notFound } from './errors.ts'
import { searchPackages, withoutHouses } from './search.ts'
import { filterOf } from './filter.ts'
import type { Params } from './params.ts'
import { flagOf, listOf, needText, textOf, wholeOf } from './params.ts'
import { packagesWhere } from './package.ts'
import { sortListed } from './sorting.ts'
import { countValues } from './store.ts'

const everything = { limit: null, least: 1 }

async function groups(ctx: Ctx) {
  const counted = new Map(
    (await countValues(ctx, sql`true`, { field: 'groups', ...everything })).map((each) => [
      each.value.toLowerCase(),
      each.count,
    ]),
  )
  return ckanGroups(ctx.locale).map((group) => ({
    ...group,
    type: 'group',
    is_organization: false,
    state: 'active',
    package_count: counted.get(group.name) ?? 0,
  }))
}

/** `group_list`: the 13 EU themes; with `all_fields` whole, with `groups` only these. */
export async function listGroups(ctx: Ctx, params: Params): Promise<unknown[]> {
  const wanted = new Set(listOf(params, 'groups'))
  const named = (await groups(ctx)).filter(
    (each) => wanted.size === 0 || wanted.has(each.name) || wanted.has(each.id),
  )
  const all = sortListed(named, params, 'name asc')
  const start = wholeOf(params, 'offset', { most: 1e9, otherwise: 0 })
  const page = all.slice(start, start + wholeOf(params, 'limit', { most: 1000, otherwise: 1000 }))
  return flagOf(params, 'all_fields') ? page : page.map((each) => each.name)
}

/** `group_show`: one theme by id or name; its first packages only with `include_datasets`. */
export async function showGroup(ctx: Ctx, params: Params) {
  const wanted = needText(params, 'id')
  const group = (await groups(ctx)).find((each) => each.name === wanted || each.id === wanted)
  if (!group) throw notFound()
  const packages = flagOf(params, 'include_datasets')
    ? { packages: await packagesOfGroup(ctx, { ...params, id: group.name }) }
    : {}
  return { ...group, extras: [], groups: [], tags: [], users: [], ...packages }
}

/** `group_package_show`: the packages of a theme. */
export async function packagesOfGroup(ctx: Ctx, params: Params): Promise<unknown> {
  const name = needText(params, 'id')
  const rows = wholeOf(params, 'limit', { most: 1000, otherwise: 1000 })
  const found = await searchPackages(ctx, { fq: `groups:${JSON.stringify(name)}`, rows, sort: 'id asc' })
  return found['results']
}

/** `tag_list` and `tag_search`: keywords in use, in CKAN's letters; `query` narrows, `all_fields` gives them whole. */
async function tagsInUse(ctx: Ctx, params: Params) {
  const letters = (textOf(params, 'query') ?? textOf(params, 'q') ?? '').toLowerCase()
  const counted = await countValues(ctx, sql`true`, { field: 'tags', ...everything })
  const tags = counted.flatMap(({ value, count }) => {
    const tag = ckanTag(value)
    return tag && tag.name.toLowerCase().includes(letters) ? [{ ...tag, count }] : []
  })
  return [...new Map(tags.map((tag) => [tag.name, tag])).values()]
}

/** `tag_list`: names in order, or whole. */
export async function listTags(ctx: Ctx, params: Params): Promise<unknown[]> {
  const tags = (await tagsInUse(ctx, params)).sort((a, b) => (a.name < b.name ? -1 : 1))
  return flagOf(params, 'all_fields') ? tags.map(withoutCount) : tags.map((tag) => tag.name)
}

/** `tag_search`: a page of keywords with the count of all. */
export async function searchTags(ctx: Ctx, params: Params): Promise<unknown> {
  const tags = await tagsInUse(ctx, params)
  const start = wholeOf(params, 'offset', { most: 1e9, otherwise: 0 })
  const limit = wholeOf(params, 'limit', { most: 1000, otherwise: 100 })
  return { count: tags.length, results: tags.slice(start, start + limit).map(withoutCount) }
}

/** `tag_autocomplete`: names that begin or go on with the letters, most used first. */
export async function completeTags(ctx: Ctx, params: Params): Promise<string[]> {
  needText(params, 'query', 'q')
  const limit = wholeOf(params, 'limit', { most: 100, otherwise: 10 })
  return (await tagsInUse(ctx, params)).slice(0, limit).map((tag) => tag.name)
}

/** `tag_show`: one keyword with the packages that carry it. */
export async function showTag(ctx: Ctx, params: Params): Promise<unknown> {
  const wanted = needText(params, 'id')
  const tag = (await tagsInUse(ctx, {})).find((each) => each.name === wanted || each.id === wanted)
  if (!tag) throw notFound()
  const where = filterOf(
    { kind: 'term', field: 'tags', value: tag.name, phrase: true, prefix: false },
    withoutHouses(ctx),
  )
  const packages = flagOf(params, 'include_datasets')
    ? { packages: await packagesWhere(ctx, where, { start: 0, rows: 1000 }) }
    : {}
  return { ...withoutCount(tag), ...packages }
}

function withoutCount<T extends { count: number }>({ count: _count, ...tag }: T): Omit<T, 'count'> {
  return tag
}
