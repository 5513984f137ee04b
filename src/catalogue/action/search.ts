import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { ckanGroups, ckanLicenceId } from '../ckan/names.ts'
import { licenceOf } from '../dcat/licences.ts'
import { ActionError } from './errors.ts'
import type { Condition, FilterFacts } from './filter.ts'
import { filterOf } from './filter.ts'
import type { CatalogueAnswer } from '../search/query.ts'
import { askIndex, countsOf, translate } from './indexed.ts'
import { organisationNames } from './names.ts'
import type { Params } from './params.ts'
import { listOf, textOf, wholeOf } from './params.ts'
import { packagesOf } from './package.ts'
import type { SolrQuery } from './solr.ts'
import { SolrSyntaxError, parseSolr } from './solr.ts'
import type { FacetField, PackageSort } from './store.ts'
import { countPackages, countValues, facetFields, findPackages, listPackagesById } from './store.ts'

/** CKAN's own cap of rows per page (`ckan.search.rows_max`). */
const MAX_ROWS = 1000
/** Beyond this no catalogue of a town goes; a higher start is a mistake and finds nothing. */
const MAX_START = 10_000_000

/** `package_search`: words and filters in Solr's words, sorted, in pages, with facets. */
export async function searchPackages(ctx: Ctx, params: Params): Promise<Record<string, unknown>> {
  const query = readWords(textOf(params, 'q') ?? '')
  const filters = [...listOf(params, 'fq'), ...listOf(params, 'fq_list')].map(readQuery)
  const whole = { kind: 'and' as const, of: [query, ...filters] }
  const facts = namesHouse(whole) ? await filterFacts(ctx) : withoutHouses(ctx)
  const order = sortOf(textOf(params, 'sort') ?? textOf(params, 'order_by'))
  // Read first: what cannot be asked is refused in the same words, whoever would have answered.
  const where = conditionOf(whole, facts)
  const wanted = { ...stretchOf(params), ...facetsWanted(params), sort: order.sort }
  const answer = await askIndex(ctx, translate(whole, facts), wanted)
  if (answer) return fromIndex(ctx, answer, { params, said: order.said })
  const found = await findPackages(ctx, where, { ...wanted, score: scoreOf(query) })
  const counts = (facet: Facet) => countValues(ctx, where, facet)
  return {
    count: await countPackages(ctx, where),
    results: packagesOf(ctx, found),
    sort: order.said,
    ...(await facetsOf(params, counts)),
  }
}

function stretchOf(params: Params): { start: number; rows: number } {
  return {
    start: wholeOf(params, 'start', { most: MAX_START, otherwise: 0 }),
    rows: wholeOf(params, 'rows', { most: MAX_ROWS, otherwise: 10 }),
  }
}

async function fromIndex(ctx: Ctx, answer: CatalogueAnswer, asked: { params: Params; said: string }) {
  const ids = answer.hits.map((hit) => hit.id)
  const counts = async ({ field, least }: Facet) => countsOf(answer, field, least)
  return {
    count: answer.total,
    results: packagesOf(ctx, await listPackagesById(ctx, ids)),
    sort: asked.said,
    ...(await facetsOf(asked.params, counts)),
  }
}

/** The condition of several queries together, for other ways out that take them. Throws `ActionError`. */
export async function conditionFor(ctx: Ctx, texts: readonly string[]): Promise<Condition> {
  const whole = { kind: 'and' as const, of: texts.map(readQuery) }
  return conditionOf(whole, namesHouse(whole) ? await filterFacts(ctx) : withoutHouses(ctx))
}

/** True if a filter goes by house; only then the names of all houses must be looked up. */
function namesHouse(query: SolrQuery): boolean {
  if (query.kind === 'and' || query.kind === 'or') return query.of.some(namesHouse)
  if (query.kind === 'not') return namesHouse(query.of)
  return query.kind === 'term' && (query.field === 'organization' || query.field === 'owner_org')
}

/** What a filter needs that does not go by house. */
export function withoutHouses(ctx: Ctx): FilterFacts {
  return { now: ctx.now, holdersOf: () => [] }
}

/** The houses behind the names that filters use. */
export async function filterFacts(ctx: Ctx): Promise<FilterFacts> {
  const byName = new Map<string, string[]>()
  for (const { value } of await countValues(ctx, sql`true`, {
    field: 'organization',
    limit: null,
    least: 1,
  })) {
    const { id, name } = organisationNames(value)
    for (const key of [id, name, value]) byName.set(key, [...(byName.get(key) ?? []), value])
  }
  return { now: ctx.now, holdersOf: (nameOrId) => byName.get(nameOrId) ?? [] }
}

function readQuery(text: string): SolrQuery {
  return asSearchError(() => parseSolr(text))
}

// Without a field CKAN searches by words and forgives what its language can not read, a single quote or bracket.
function readWords(text: string): SolrQuery {
  try {
    return parseSolr(text)
  } catch (error) {
    if (!(error instanceof SolrSyntaxError) || text.includes(':')) return readQuery(text)
    const words = (text.match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => !/^(AND|OR|NOT)$/.test(word))
    if (words.length > 100) return readQuery(text)
    const of = words.map((value) => ({
      kind: 'term' as const,
      field: null,
      value,
      phrase: false,
      prefix: false,
    }))
    return of.length > 0 ? { kind: 'and', of } : { kind: 'not', of: { kind: 'all' } }
  }
}

function conditionOf(query: SolrQuery, facts: FilterFacts): Condition {
  return asSearchError(() => filterOf(query, facts))
}

function asSearchError<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof SolrSyntaxError)
      throw new ActionError('Search Error', `Search error: ${error.message}`)
    throw error
  }
}

const sortFields: Readonly<Record<string, PackageSort['by']>> = {
  id: 'id',
  name: 'name',
  title: 'title',
  title_string: 'title',
  score: 'score',
  metadata_modified: 'modified',
  last_modified: 'modified',
  views_recent: 'modified',
  metadata_created: 'created',
}

/** The first field decides, the id settles ties; what CKAN would sort by second makes no difference worth a plan. */
function sortOf(text: string | undefined): { sort: PackageSort; said: string } {
  const said = text ?? 'score desc, metadata_modified desc'
  const match = /^\s*(\w+)(?:\s+(asc|desc))?\s*(?:,|$)/i.exec(said)
  const by = match && sortFields[match[1]!]
  if (!by) {
    const fields = Object.keys(sortFields).join(', ')
    throw new ActionError(
      'Search Query Error',
      `Invalid "sort" parameter: one of ${fields}, each asc or desc`,
    )
  }
  return { sort: { by, down: match[2]?.toLowerCase() === 'desc' }, said }
}

function scoreOf(query: SolrQuery): RawBuilder<unknown> {
  const words = wordsOf(query)
  if (words.length === 0) return sql`v.modified_at`
  const wanted = words.map((word) => sql`plainto_tsquery('german', ${word})`)
  return sql`ts_rank(v.search, ${sql.join(wanted, sql` || `)})`
}

function wordsOf(query: SolrQuery): string[] {
  if (query.kind === 'and' || query.kind === 'or') return query.of.flatMap(wordsOf)
  return query.kind === 'term' && (query.field === null || query.field === 'title') ? [query.value] : []
}

type Facet = { readonly field: FacetField; readonly limit: number | null; readonly least: number }
type Counts = (facet: Facet) => Promise<readonly { value: string; count: number }[]>

function namesWanted(params: Params): string[] {
  return listOf(params, 'facet.field')
    .filter((each) => !each.startsWith('extras_') && !each.startsWith('vocab_'))
    .slice(0, 20)
}

function facetsWanted(params: Params): { facets: FacetField[]; facetLimit: number | null } {
  const unlimited = ['facet.limit', 'facet_limit'].some((name) => textOf(params, name) === '-1')
  const limit = unlimited ? null : wholeOf(params, 'facet.limit', { most: 100_000, otherwise: 50 })
  return { facets: namesWanted(params).filter(isFacet), facetLimit: limit }
}

async function facetsOf(params: Params, counts: Counts) {
  const { facetLimit: limit } = facetsWanted(params)
  const least = Math.max(1, wholeOf(params, 'facet.mincount', { most: 1_000_000, otherwise: 1 }))
  const facets: Record<string, Record<string, number>> = {}
  const searchFacets: Record<string, unknown> = {}
  for (const field of namesWanted(params)) {
    const items = isFacet(field) ? itemsOf(field, await counts({ field, limit, least })) : []
    facets[field] = Object.fromEntries(items.map((item) => [item.name, item.count]))
    searchFacets[field] = { title: field, items }
  }
  return { facets, search_facets: searchFacets }
}

function isFacet(field: string): field is FacetField {
  return (facetFields as readonly string[]).includes(field)
}

function itemsOf(field: FacetField, counted: Awaited<ReturnType<Counts>>) {
  const themes = new Map(ckanGroups().map((group) => [group.name, group.display_name]))
  return counted.map(({ value, count }) => ({ ...facetName(field, value, themes), count }))
}

function facetName(field: FacetField, value: string, themes: ReadonlyMap<string, string>) {
  if (field === 'organization') return { name: organisationNames(value).name, display_name: value }
  if (field === 'groups')
    return { name: value.toLowerCase(), display_name: themes.get(value.toLowerCase()) ?? value }
  const licence = field === 'license_id' ? licenceOf(value) : null
  return licence
    ? { name: ckanLicenceId(licence.code), display_name: licence.name }
    : { name: value, display_name: value }
}
