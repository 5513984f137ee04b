import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { Collection } from '../engine/collection.ts'
import type { EntrySummary } from '../entries/model.ts'
import { policy } from '../policy.ts'
import type { SearchEntries } from '../schema.ts'
import { searchInput } from '../schema.ts'
import { searchIndex } from './indexed.ts'
import type { Found } from './model.ts'
import { similarInIndex } from './similar.ts'
import { searchTables, similarInTables } from './tables.ts'

/** Searches what the actor may see: words, facets, a span of days, a part of the map, sorted, by cursor. */
export async function searchEntries(ctx: Ctx, input: SearchEntries = {}): Promise<Found> {
  requirePermission(ctx, policy, 'read')
  const search = searchInput.parse(input)
  const index = await indexOf(ctx)
  return index ? searchIndex(ctx, index, search) : searchTables(ctx, search)
}

/** Hits that share at least one word (or a related one) with a text, best first: candidates for a need. */
export async function findSimilar(ctx: Ctx, text: string, limit = 20): Promise<EntrySummary[]> {
  requirePermission(ctx, policy, 'read')
  const index = await indexOf(ctx)
  return index ? similarInIndex(ctx, index, { text, limit }) : similarInTables(ctx, text, limit)
}

/**
 * The index where it can answer. Inside a transaction it can not: it holds what is committed, and on the embedded database
 * it would wait for the very connection the transaction has.
 */
export async function indexOf(ctx: Ctx): Promise<Collection | undefined> {
  return ctx.inTransaction ? undefined : ctx.resources.catalogueIndex?.current()
}
