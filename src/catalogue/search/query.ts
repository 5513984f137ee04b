import type { Ctx } from '../../platform/context.ts'
import { requirePermission } from '../../platform/permission.ts'
import type { Condition } from '../engine/condition.ts'
import type { FacetCount, FacetName } from '../engine/count.ts'
import { findIn } from '../engine/find.ts'
import { parseTyped } from '../engine/parse.ts'
import type { Order } from '../engine/rank.ts'
import type { EntrySummary } from '../entries/model.ts'
import { policy } from '../policy.ts'
import { onlyWhere, readHits, visibleTo } from './indexed.ts'
import { periodYears } from './model.ts'

/** A search in terms of an interface: words, any nested condition, facets by name, a slice by number. */
export type CatalogueQuery = {
  /** As typed; empty for everything. */
  readonly q?: string | undefined
  readonly filter?: Condition | undefined
  readonly facets?: readonly FacetName[] | undefined
  /** Values per facet; all of them with Infinity. */
  readonly facetLimit?: number | undefined
  readonly order?: Order | undefined
  readonly offset?: number | undefined
  readonly limit: number
}

/** The slice asked for, the number of all hits and the counts, all from the same set. */
export type CatalogueAnswer = {
  readonly total: number
  readonly hits: readonly EntrySummary[]
  readonly facets: readonly FacetCount[]
}

/**
 * Answers a query from the index over what the actor may see. Waits for the index where it is still loading; not for use
 * inside a transaction. Undefined where this process has no index.
 */
export async function queryCatalogue(ctx: Ctx, query: CatalogueQuery): Promise<CatalogueAnswer | undefined> {
  requirePermission(ctx, policy, 'read')
  const index = ctx.inTransaction ? undefined : await ctx.resources.catalogueIndex?.ready()
  if (!index) return undefined
  const answer = findIn(index.layers, index.analyse, {
    typed: parseTyped(query.q ?? ''),
    need: 'all',
    visible: visibleTo(ctx),
    only: onlyWhere(index, query.filter ? [query.filter] : []),
    facets: (query.facets ?? []).map((facet) => ({ facet, chosen: [] })),
    years: periodYears(ctx.now),
    order: query.order ?? 'fit',
    after: undefined,
    offset: query.offset ?? 0,
    limit: query.limit,
    facetLimit: query.facetLimit ?? 50,
    now: ctx.now.getTime(),
  })
  return { total: answer.total, hits: await readHits(ctx, answer), facets: answer.facets }
}
