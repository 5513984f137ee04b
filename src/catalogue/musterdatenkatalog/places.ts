import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import { policy } from '../policy.ts'
import { queryCatalogue } from '../search/query.ts'
import { regionNames } from '../search/region-names.ts'
import { regionLabel } from '../search/regions.ts'
import { listPlaces } from './store.ts'

/** A municipality, district or state that entries name: its key, how it is called, and how many entries. */
export type NamedPlace = { readonly ags: string; readonly name: string; readonly count: number }

const MAX_PLACES = 100

/** The places that entries name, the narrowest each, the most frequent first; from the index where there is one. */
export async function listNamedPlaces(ctx: Ctx): Promise<readonly NamedPlace[]> {
  requirePermission(ctx, policy, 'read')
  const found = await queryCatalogue(ctx, { facets: ['region'], facetLimit: Infinity, limit: 0 })
  const counts = found
    ? narrowest(found.facets.map(({ value, count }) => ({ ags: value, count })))
    : await listPlaces(ctx)
  const places = counts.slice(0, MAX_PLACES)
  const keys = places.map(({ ags }) => ags)
  const names = await regionNames(ctx, { facets: [] }, keys)
  return places.map(({ ags, count }) => ({ ags, name: regionLabel(ags, names), count }))
}

// The index counts an entry for its town, district and state alike; a town's district need not be offered beside it.
function narrowest<Place extends { readonly ags: string }>(places: readonly Place[]): Place[] {
  const keys = places.map(({ ags }) => ags).toSorted()
  const wider = new Set(keys.filter((key, at) => keys[at + 1]?.startsWith(key)))
  return places.filter(({ ags }) => !wider.has(ags))
}
