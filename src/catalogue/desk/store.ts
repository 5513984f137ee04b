import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { summaryColumns, toSummary, visibleEntries } from '../entries/store.ts'

/** A house's own entry with the ids of the questions it was taken for. */
export async function listOwn(ctx: Ctx, organisationIds: readonly string[]) {
  if (organisationIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom(visibleEntries(ctx).as('v'))
    .select(summaryColumns)
    .select(
      sql<
        string[]
      >`array(select distinct n.question_id::text from catalogue_need_candidate c join catalogue_need n on n.id = c.need_id where c.entry_id = v.id and c.state = 'accepted')`.as(
        'questions',
      ),
    )
    .where('v.organisation_id', 'in', [...organisationIds])
    .where('v.source_id', 'is', null)
    .where('v.state', '=', 'live')
    .orderBy('v.modified_at', 'desc')
    .limit(200)
    .execute()
  return rows.map((row) => ({ entry: toSummary(row), questionIds: row.questions }))
}

/** Entries of these houses with proposals that wait for a decision, and how many. */
export async function countProposals(
  ctx: Ctx,
  organisationIds: readonly string[],
): Promise<{ id: string; title: string; open: number }[]> {
  if (organisationIds.length === 0) return []
  const rows = await ctx.db
    .selectFrom('catalogue_proposal as p')
    .innerJoin('catalogue_entry as e', 'e.id', 'p.entry_id')
    .select(['e.id', 'e.title', sql<string>`count(*)`.as('open')])
    .where('p.state', '=', 'open')
    .where('e.organisation_id', 'in', [...organisationIds])
    .groupBy(['e.id', 'e.title'])
    .limit(10)
    .execute()
  return rows.map((row) => ({ ...row, open: Number(row.open) }))
}

/** The newest runs that hold back a removal. */
export async function listWithheld(ctx: Ctx) {
  const rows = await ctx.db
    .selectFrom('catalogue_run as r')
    .innerJoin('catalogue_source as s', 's.id', 'r.source_id')
    .distinctOn('r.source_id')
    .select(['r.id', 's.name', 'r.withheld'])
    .orderBy('r.source_id')
    .orderBy('r.created_at', 'desc')
    .limit(100)
    .execute()
  return rows.filter((row) => row.withheld > 0)
}
