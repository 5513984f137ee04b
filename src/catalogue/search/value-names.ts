import { isUuid } from '../../platform/ids.ts'
import type { Ctx } from '../../platform/context.ts'
import type { Found } from './model.ts'
import type { RegionNames } from './region-names.ts'
import { regionNames } from './region-names.ts'

/** Names of facet values that are keys: regions and sources. What has no name is left out and shown as it is. */
export async function valueNames(
  ctx: Ctx,
  found: Pick<Found, 'facets'>,
  chosen: { readonly region: readonly string[]; readonly source: readonly string[] },
): Promise<RegionNames> {
  const offered = found.facets.filter(({ facet }) => facet === 'source').map(({ value }) => value)
  const ids = [...new Set([...offered, ...chosen.source])].filter(isUuid)
  const regions = await regionNames(ctx, found, chosen.region)
  if (ids.length === 0) return regions
  const sources = await ctx.db
    .selectFrom('catalogue_source')
    .select(['id', 'name'])
    .where('id', 'in', ids)
    .execute()
  return new Map([...regions, ...sources.map(({ id, name }) => [id, name] as const)])
}
