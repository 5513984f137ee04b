import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { EntrySummary } from '../entries/model.ts'
import { toSummary } from '../entries/store.ts'
import { policy } from '../policy.ts'
import type { SearchEntries } from '../schema.ts'
import { searchInput } from '../schema.ts'
import type { Chosen, FacetCount } from './model.ts'
import { periodYears, readCursor, relatedWords, termsOf, writeCursor } from './model.ts'
import * as store from './store.ts'

/** A page of hits with the counts of all facets; every number comes from the same visible set. */
export type Found = {
  readonly hits: readonly EntrySummary[]
  readonly total: number
  readonly holders: number
  readonly facets: readonly FacetCount[]
  readonly next: string | undefined
  /** Other words for what was searched. */
  readonly related: readonly string[]
}

/** Searches what the actor may see: words, facets, sorted, by cursor. */
export async function searchEntries(ctx: Ctx, input: SearchEntries = {}): Promise<Found> {
  requirePermission(ctx, policy, 'read')
  const search = searchInput.parse(input)
  const query = toQuery(ctx, search)
  const page = { sort: search.sort, cursor: readCursor(search.cursor), limit: search.limit }
  const rows = await store.findHits(ctx, query, page)
  const counts = await store.countFacets(ctx, query)
  const shown = rows.slice(0, search.limit)
  const last = shown.at(-1)
  return {
    ...counts,
    hits: shown.map(toSummary),
    next: rows.length > search.limit && last ? writeCursor({ value: last.key, id: last.id }) : undefined,
    related: [...new Set(query.terms.flatMap((term) => relatedWords(term.word)))].slice(0, 4),
  }
}

/** Hits that share at least one word (or a related one) with a text, best first: candidates for a need. */
export async function findSimilar(ctx: Ctx, text: string, limit = 20): Promise<EntrySummary[]> {
  requirePermission(ctx, policy, 'read')
  const words = termsOf(text).filter((term) => term.folded.length > 3)
  const wanted = new Map(words.map((term) => [term.folded, term]))
  for (const term of words)
    for (const other of relatedWords(term.word))
      for (const each of termsOf(other)) wanted.set(each.folded, each)
  const found = new Map<string, { hit: EntrySummary; count: number }>()
  for (const term of [...wanted.values()].slice(0, 24)) {
    const query = { terms: [term], chosen: nothingChosen, years: periodYears(ctx.now) }
    for (const row of await store.findHits(ctx, query, { sort: 'fit', cursor: undefined, limit })) {
      const known = found.get(row.id)
      if (known) known.count++
      else found.set(row.id, { hit: toSummary(row), count: 1 })
    }
  }
  return [...found.values()]
    .sort((a, b) => b.count - a.count)
    .slice(0, limit)
    .map((each) => each.hit)
}

const nothingChosen: Chosen = { access: [], topic: [], holder: [], format: [], place: [], period: [] }

function toQuery(ctx: Ctx, search: ReturnType<typeof searchInput.parse>): store.Query {
  return {
    terms: termsOf(search.q),
    chosen: search,
    years: periodYears(ctx.now),
    modifiedSince: search.modifiedSince ? new Date(search.modifiedSince) : undefined,
  }
}
