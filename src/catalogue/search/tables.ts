import type { Ctx } from '../../platform/context.ts'
import type { EntrySummary } from '../entries/model.ts'
import { toSummary } from '../entries/store.ts'
import type { searchInput } from '../schema.ts'
import type { Chosen, Found } from './model.ts'
import { facetNames, periodYears, readCursor, relatedWords, termsOf, writeCursor } from './model.ts'
import * as store from './store.ts'

/** A search as the schema leaves it. */
export type Search = ReturnType<typeof searchInput.parse>

/** Searches the tables: inside a transaction, and while the index of a large catalogue is being loaded. */
export async function searchTables(ctx: Ctx, search: Search): Promise<Found> {
  const query = {
    terms: termsOf(search.q),
    chosen: search,
    years: periodYears(ctx.now),
    within: search,
    modifiedSince: search.modifiedSince ? new Date(search.modifiedSince) : undefined,
  }
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
    corrected: [],
    meant: undefined,
    snippets: new Map(),
  }
}

/** Entries that share words with a text, by the tables: one look-up per word. */
export async function similarInTables(ctx: Ctx, text: string, limit: number): Promise<EntrySummary[]> {
  const words = termsOf(text).filter((term) => term.folded.length > 3)
  const wanted = new Map(words.map((term) => [term.folded, term]))
  for (const term of words)
    for (const other of relatedWords(term.word))
      for (const each of termsOf(other)) wanted.set(each.folded, each)
  const found = new Map<string, { hit: EntrySummary; count: number }>()
  const nothing = Object.fromEntries(facetNames.map((name) => [name, []])) as unknown as Chosen
  for (const term of [...wanted.values()].slice(0, 24)) {
    const query = { terms: [term], chosen: nothing, years: periodYears(ctx.now), within: {} }
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
