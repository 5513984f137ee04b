import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { summaryColumns, toSummary, visibleEntries } from '../entries/store.ts'
import type { EntrySummary } from '../entries/model.ts'
import type { RequestState } from '../mapping/model.ts'

/** An entry of a house with what it was used for, as far as the reader may know of it. */
export type UsedEntry = { readonly entry: EntrySummary; readonly questionIds: readonly string[] }

/** A house's own entries that the reader may see, with the questions they were taken for; the most used first. */
export async function listUsed(ctx: Ctx, organisationId: string): Promise<UsedEntry[]> {
  const questions = sql<string[]>`array(select distinct n.question_id::text from catalogue_need_candidate c
    join catalogue_need n on n.id = c.need_id where c.entry_id = v.id and c.state = 'accepted')`
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(summaryColumns)
    .select(questions.as('questions'))
    .where('v.organisation_id', '=', organisationId)
    .where('v.source_id', 'is', null)
    .where('v.state', '=', 'live')
    .orderBy(sql`cardinality(${questions})`, 'desc')
    .orderBy('v.title')
    .limit(500)
    .execute()
  return rows.map((row) => ({ entry: toSummary(row), questionIds: row.questions }))
}

/** How many requests for data a house got, by how they stand. */
export async function countRequests(
  ctx: Ctx,
  organisationId: string,
): Promise<ReadonlyMap<RequestState, number>> {
  const rows = await ctx.db
    .selectFrom('catalogue_request')
    .where('organisation_id', '=', organisationId)
    .select(['state', sql<string>`count(*)`.as('n')])
    .groupBy('state')
    .execute()
  return new Map(rows.map((row) => [row.state, Number(row.n)]))
}
