import type { searchInput } from '../schema.ts'
import { facetNames } from './model.ts'

/** What a search page was asked for, as it stands in its address. */
export type Asked = ReturnType<typeof searchInput.parse>

/** The query of an address that asks the same; the first page of it. */
export function queryOf(asked: Asked): Record<string, string | string[]> {
  const facets = Object.fromEntries(facetNames.map((name) => [name, [...asked[name]]]))
  return {
    q: asked.q,
    ...facets,
    from: asked.from ?? '',
    to: asked.to ?? '',
    bbox: asked.bbox?.join(',') ?? '',
    ...(asked.sort === 'fit' ? {} : { sort: asked.sort }),
  }
}

/** True where nothing is searched and nothing chosen: the first page of the whole catalogue. */
export function asksForAll(asked: Asked): boolean {
  if (asked.cursor || asked.modifiedSince) return false
  return Object.entries(queryOf({ ...asked, sort: 'fit' })).every(([, value]) => value.length === 0)
}
