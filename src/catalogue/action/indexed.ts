import type { Ctx } from '../../platform/context.ts'
import { ckanTag } from '../ckan/names.ts'
import type { Condition } from '../engine/condition.ts'
import type { FacetName } from '../engine/count.ts'
import type { Order } from '../engine/rank.ts'
import type { CatalogueAnswer } from '../search/query.ts'
import { queryCatalogue } from '../search/query.ts'
import type { FilterFacts } from './filter.ts'
import { licenceAddresses, readPackageName } from './names.ts'
import type { SolrQuery, SolrRange, SolrTerm } from './solr.ts'
import { solrDate } from './solr.ts'
import type { FacetField, PackageSort } from './store.ts'

/** A package search as the index answers it: words that rank, and a condition. */
export type Translated = { readonly q: string; readonly filter: Condition }

const always: Condition = { all: [] }
/** As many words as the index takes of a search; longer ones are left to the tables. */
const MAX_TERMS = 10

/** A Solr query in the terms of the index; undefined where it asks for something the index does not hold. */
export function translate(query: SolrQuery, facts: FilterFacts): Translated | undefined {
  const parts = query.kind === 'and' ? query.of.flatMap(flatten) : [query]
  const ranking = parts.filter(isText)
  const rest = parts.filter((part) => !isText(part)).map((part) => conditionOf(part, facts))
  if (ranking.length > MAX_TERMS || rest.includes(undefined)) return undefined
  return { q: ranking.map(typed).join(' '), filter: { all: rest as Condition[] } }
}

const flatten = (query: SolrQuery): SolrQuery[] =>
  query.kind === 'and' ? query.of.flatMap(flatten) : [query]

type Text = SolrTerm & { readonly field: null | 'text' }

const isText = (query: SolrQuery): query is Text =>
  query.kind === 'term' && (query.field === null || query.field === 'text')

// What a client sends is words; what would mean something to our own search line is taken out.
function typed({ value, phrase, prefix }: Text): string {
  const plain = value.replaceAll(/["„“”*]/gu, ' ').trim()
  if (phrase) return `"${plain}"`
  const words = plain.replaceAll(/(^|\s)[-–]+/gu, '$1')
  return prefix ? `${words}*` : words
}

function conditionOf(query: SolrQuery, facts: FilterFacts): Condition | undefined {
  switch (query.kind) {
    case 'all':
      return always
    case 'and':
    case 'or': {
      const parts = query.of.map((each) => conditionOf(each, facts))
      if (parts.includes(undefined)) return undefined
      return query.kind === 'and' ? { all: parts as Condition[] } : { any: parts as Condition[] }
    }
    case 'not': {
      const inner = conditionOf(query.of, facts)
      return inner && { not: inner }
    }
    case 'range':
      return rangeOf(query, facts)
    case 'term':
      return isText(query) ? { words: typed(query) } : byField[query.field ?? '']?.(query, facts)
  }
}

function rangeOf({ field, from, to, inclusive }: SolrRange, { now }: FilterFacts): Condition | undefined {
  if (field !== 'metadata_modified' && field !== 'last_modified') return undefined
  const step = inclusive ? 0 : 1
  return {
    modified: {
      ...(from === null ? {} : { from: solrDate(from, now).getTime() + step }),
      ...(to === null ? {} : { to: solrDate(to, now).getTime() - step }),
    },
  }
}

type Holding = (term: SolrTerm, facts: FilterFacts) => Condition | undefined
const anyOf = (field: 'holder' | 'format' | 'licence', values: readonly string[]): Condition => ({
  any: values.map((value) => ({ field, value })),
})
const house: Holding = ({ value }, facts) => anyOf('holder', facts.holdersOf(value))

/** Fields the index holds; any other is asked of the tables. */
const byField: Readonly<Record<string, Holding>> = {
  id: byId,
  name: byId,
  organization: house,
  owner_org: house,
  groups: ({ value }) => ({ field: 'topic', value: value.toUpperCase() }),
  theme: ({ value }) => ({ field: 'topic', value: value.split('/').at(-1)!.toUpperCase() }),
  tags: byTag,
  keywords: byTag,
  res_format: ({ value }) => anyOf('format', formatCodes(value)),
  license_id: ({ value }) => anyOf('licence', licenceAddresses(value)),
  'extras_resource-type': ({ value }) => ({ field: 'kind', value: value.toLowerCase() }),
  isopen: ({ value }) => {
    const open: Condition = { field: 'access', value: 'open' }
    return value.toLowerCase() === 'true' ? open : { not: open }
  },
}

function byId({ value }: SolrTerm): Condition | undefined {
  const wanted = readPackageName(value)
  return wanted && 'id' in wanted ? { ids: [wanted.id] } : undefined
}

// Tags are keywords in the letters CKAN allows: what the client got back from us must find it again.
function byTag({ value }: SolrTerm): Condition {
  const [plain, cleaned] = [value.toLowerCase(), (ckanTag(value)?.name ?? value).toLowerCase()]
  const fits = (name: string) => name.toLowerCase() === plain || ckanTag(name)?.name.toLowerCase() === cleaned
  return { field: 'tag', fits }
}

/** The formats a client may mean by a name. */
export function formatCodes(value: string): string[] {
  const code = value.toUpperCase()
  return [code, code.replace(/[^A-Z0-9]+/g, '_'), `${code}_SRVC`]
}

const orders: Partial<Record<PackageSort['by'], Order>> = { score: 'fit', modified: 'newest' }
const facetNames: Readonly<Record<FacetField, FacetName>> = {
  organization: 'holder',
  groups: 'topic',
  tags: 'tag',
  res_format: 'format',
  license_id: 'licence',
}

/** What is wanted of the packages that fit. */
export type Stretch = {
  readonly sort: PackageSort
  readonly start: number
  readonly rows: number
  readonly facets: readonly FacetField[]
  readonly facetLimit: number | null
}

/** Asks the index over the public face; undefined where it does not hold what is asked or sorted by, or is not there. */
export async function askIndex(
  ctx: Ctx,
  query: Translated | undefined,
  wanted: Stretch,
): Promise<CatalogueAnswer | undefined> {
  const order = wanted.sort.down ? orders[wanted.sort.by] : undefined
  if (!query || !order) return undefined
  return queryCatalogue(
    { ...ctx, actor: { kind: 'anonymous' } },
    {
      ...query,
      order,
      offset: wanted.start,
      limit: wanted.rows,
      facets: wanted.facets.map((field) => facetNames[field]),
      facetLimit: wanted.facetLimit ?? Number.POSITIVE_INFINITY,
    },
  )
}

/** The counts of one facet out of an answer, most frequent first. */
export function countsOf(answer: CatalogueAnswer, field: FacetField, least: number) {
  return answer.facets
    .filter((each) => each.facet === facetNames[field] && each.count >= least)
    .map(({ value, count }) => ({ value, count }))
}
