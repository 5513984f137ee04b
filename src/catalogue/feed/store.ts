import { sql } from 'kysely'
import type { RawBuilder, SqlBool } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import type { DatasetRecord } from '../model.ts'
import { visibleEntries } from '../entries/store.ts'
import { dimensions, type Dimension } from '../quality/metrics.ts'
import type { Measured } from './quality.ts'

/** Which entries a feed carries: open ones, those that exist but are protected, or those others opened to the reader's houses. */
export type FeedKind = 'open' | 'protected' | 'partner'

/** What a feed page is made of; `where` is a further condition on rows under the name `v`. */
export type FeedFilter = {
  readonly kind: FeedKind
  readonly modifiedSince: Date | undefined
  readonly where?: RawBuilder<SqlBool> | undefined
}

/** An entry as a feed carries it. */
export type FeedRow = {
  readonly id: string
  readonly record: DatasetRecord
  readonly modifiedAt: Date
  readonly measured: Measured | null
}

// The public feeds are read by machines without account: whoever asks gets the public face of public entries, nothing more.
const stranger = (ctx: Ctx): Ctx => ({ ...ctx, actor: { kind: 'anonymous' } })

const kinds: Readonly<Record<FeedKind, RawBuilder<SqlBool>>> = {
  open: sql<SqlBool>`v.access = 'open'`,
  protected: sql<SqlBool>`v.access <> 'open'`,
  partner: sql<SqlBool>`v.face = 'partner'`,
}

function feedEntries(ctx: Ctx, filter: FeedFilter) {
  const reader = filter.kind === 'partner' ? ctx : stranger(ctx)
  return ctx.db
    .selectFrom(visibleEntries(reader).as('v'))
    .where('v.state', '=', 'live')
    .where(kinds[filter.kind])
    .$if(filter.where !== undefined, (query) => query.where(filter.where!))
    .$if(filter.modifiedSince !== undefined, (query) =>
      query.where('v.modified_at', '>=', filter.modifiedSince!),
    )
}

const scoreColumns = [
  's.mqa',
  's.findability',
  's.accessibility',
  's.interoperability',
  's.reusability',
  's.contextuality',
  's.scored_at',
] as const

type Scored = Readonly<Record<'mqa' | Dimension, number | null>> & { readonly scored_at: Date | null }

function measuredOf(row: Scored): Measured | null {
  if (row.mqa === null || row.scored_at === null) return null
  const points = dimensions.map((each) => [each, row[each] ?? 0] as const)
  return { total: row.mqa, at: row.scored_at, ...(Object.fromEntries(points) as Record<Dimension, number>) }
}

/** One page of a feed in a lasting order, and how many entries it has in all. */
export async function readFeed(ctx: Ctx, filter: FeedFilter, page: { offset: number; size: number }) {
  const rows = await feedEntries(ctx, filter)
    .leftJoin('catalogue_score as s', 's.entry_id', 'v.id')
    .select(['v.id', 'v.record', 'v.modified_at', ...scoreColumns])
    .orderBy('v.id')
    .offset(page.offset)
    .limit(page.size)
    .execute()
  const { n } = await feedEntries(ctx, filter)
    .select(sql<string>`count(*)`.as('n'))
    .executeTakeFirstOrThrow()
  return {
    rows: rows.map((row) => ({
      id: row.id,
      record: row.record as DatasetRecord,
      modifiedAt: row.modified_at,
      measured: measuredOf(row),
    })),
    total: Number(n),
  }
}

/** A stretch of what a stranger sees, ids and last changes only. */
export async function readAddresses(ctx: Ctx, page: { offset: number; limit: number }) {
  const entries = ctx.db.selectFrom(visibleEntries(stranger(ctx)).as('v')).where('v.state', '=', 'live')
  const rows = await entries
    .select(['v.id', 'v.modified_at'])
    .orderBy('v.id')
    .offset(page.offset)
    .limit(page.limit)
    .execute()
  const { n } = await entries.select(sql<string>`count(*)`.as('n')).executeTakeFirstOrThrow()
  return { rows: rows.map((row) => ({ id: row.id, modifiedAt: row.modified_at })), total: Number(n) }
}

/** The public face of one public entry, with its points. */
export async function readPublic(ctx: Ctx, id: string): Promise<FeedRow | undefined> {
  const row = await ctx.db
    .selectFrom(visibleEntries(stranger(ctx)).as('v'))
    .leftJoin('catalogue_score as s', 's.entry_id', 'v.id')
    .select(['v.id', 'v.record', 'v.modified_at', ...scoreColumns])
    .where('v.id', '=', id)
    .where('v.removed_at', 'is', null)
    .executeTakeFirst()
  return row && { id: row.id, record: row.record, modifiedAt: row.modified_at, measured: measuredOf(row) }
}
