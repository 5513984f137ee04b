import { setImmediate as turnOfOthers } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Ctx } from '../../platform/context.ts'
import { sightOf } from '../entries/store.ts'
import type { Counted, There } from './model.ts'
import { MAX_SHOWN } from './model.ts'
import { countMatched, readMatched } from './store.ts'
import { mdkThemes } from './taxonomy.ts'

interface GapTable {
  one: boolean
  reckoned_at: Date
  counted: readonly Counted[]
}

declare module '../../platform/db.ts' {
  interface Tables {
    catalogue_gap: GapTable
  }
}

/** Model datasets counted at once: what is counted must not hold up anybody. */
const SLICE = 10

/** Counts for everyone what there is of each model dataset, slice by slice, and keeps it. Only for the job. */
export async function reckonGaps(ctx: Ctx): Promise<void> {
  const everyone: Ctx = { ...ctx, actor: { kind: 'anonymous' } }
  const ids = mdkThemes.flatMap((theme) => theme.concepts.map((concept) => concept.id))
  const counted: Counted[] = []
  for (let at = 0; at < ids.length; at += SLICE) {
    counted.push(...(await countMatched(everyone, { concepts: ids.slice(at, at + SLICE) })))
    await turnOfOthers()
  }
  await sql`
    insert into catalogue_gap (reckoned_at, counted) values (${ctx.now}, ${JSON.stringify(counted)}::jsonb)
    on conflict (one) do update set reckoned_at = excluded.reckoned_at, counted = excluded.counted`.execute(
    ctx.db,
  )
}

/** What there is of each model dataset, and when it was counted; null: now. */
export type Reckoned = { readonly there: ReadonlyMap<string, There>; readonly at: Date | null }

/**
 * What the actor can see of each model dataset: the last count of what everyone sees, and what she alone may know of as of
 * now. A place is counted now. Entries are read as they stand: what was hidden since is not shown.
 */
export async function thereFor(ctx: Ctx, place: string | undefined): Promise<Reckoned> {
  const kept =
    place === undefined
      ? await ctx.db.selectFrom('catalogue_gap').select(['reckoned_at', 'counted']).executeTakeFirst()
      : undefined
  if (!kept) return { there: await withEntries(ctx, await countMatched(ctx, { place })), at: null }
  const { all, houses } = sightOf(ctx.actor)
  const own = all || houses.length > 0 ? await countMatched(ctx, { hidden: true }) : []
  return { there: await withEntries(ctx, together(own, kept.counted)), at: kept.reckoned_at }
}

/** Two counts of different entries as one; the surest of either come first. */
function together(own: readonly Counted[], others: readonly Counted[]): Counted[] {
  const found = new Map(others.map((each) => [each.concept, each]))
  for (const each of own) {
    const other = found.get(each.concept)
    found.set(each.concept, other ? joined(each, other) : each)
  }
  return [...found.values()]
}

function joined(a: Counted, b: Counted): Counted {
  // What was hidden since the last count stands in both.
  const entries = new Map(
    [b, a].flatMap(({ ids, ways }) => ids.map((id, at) => [id, { id, way: ways[at]! }])),
  )
  const first = [...entries.values()].toSorted(
    (x, y) => Number(x.way === 'suggested') - Number(y.way === 'suggested'),
  )
  const shown = first.slice(0, MAX_SHOWN)
  return {
    concept: a.concept,
    count: a.count + b.count,
    sure: a.sure || b.sure,
    sureOpen: a.sureOpen || b.sureOpen,
    ids: shown.map(({ id }) => id),
    ways: shown.map(({ way }) => way),
  }
}

async function withEntries(ctx: Ctx, counted: readonly Counted[]): Promise<Map<string, There>> {
  const shown = await readMatched(
    ctx,
    counted.flatMap((each) => each.ids),
  )
  const known = counted.map(({ concept, ids, ways, ...rest }): [string, There] => {
    const entries = ids.flatMap((id, at) => {
      const entry = shown.get(id)
      return entry ? [{ ...entry, way: ways[at]! }] : []
    })
    return [concept, { ...rest, entries }]
  })
  // Where the last entry was taken away since, nothing is there any more.
  return new Map(known.filter(([, { entries }]) => entries.length > 0))
}
