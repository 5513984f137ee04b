import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { clusterDuplicates } from '../duplicates/service.ts'
import { linksOf } from '../links/model.ts'
import { saveLinks } from '../links/store.ts'
import type { Answered } from '../quality/metrics.ts'
import { dueDays, scoreInventory, scoreRecord } from '../quality/score.ts'
import { scoreService } from '../quality/service-score.ts'
import { reckonDay } from './days.ts'
import * as store from './store.ts'

const WALK = 500
/** Records per transaction: reckoning one takes less than a millisecond. */
const SLICE = 40

/**
 * Reckons the scores of all entries that changed, or whose addresses answered anew, since the last time; and notes the
 * addresses of changed ones for the link check. Goes through the catalogue in slices. Gives how many were reckoned.
 */
export async function scoreEntries(ctx: Ctx): Promise<number> {
  let scored = 0
  for (let after: string | null = null; ;) {
    const walked: store.Walked[] = await store.walkEntries(ctx.db, after, WALK)
    const last = walked.at(-1)
    if (!last) break
    const due = walked.filter((each) => each.stale || each.scoredVersion !== each.version)
    for (let from = 0; from < due.length; from += SLICE) {
      await scoreSlice(ctx, due.slice(from, from + SLICE))
      await new Promise((resume) => setImmediate(resume))
    }
    scored += due.length
    after = last.id
  }
  await reckonDay(ctx)
  return scored
}

async function scoreSlice(ctx: Ctx, due: readonly store.Walked[]): Promise<void> {
  const ids = due.map((each) => each.id)
  const changed = new Set(due.filter((each) => each.scoredVersion !== each.version).map((each) => each.id))
  const entries = await store.listToScore(ctx.db, ids)
  const answered = await store.listAnswered(ctx.db, ids)
  const rows = entries.map((entry) => rowOf(entry, answered.get(entry.id)))
  await transact(ctx, async (ctx) => {
    await saveLinks(
      ctx.db,
      entries
        .filter((entry) => changed.has(entry.id))
        .map((entry) => ({
          entryId: entry.id,
          // Addresses the public may not see are none of the outside world's business.
          links: entry.visible && entry.access === 'open' ? linksOf(entry.record) : [],
        })),
      ctx.now,
    )
    await store.saveScores(ctx.db, rows, new Date())
  })
}

const noMqa = {
  mqa: null,
  findability: null,
  accessibility: null,
  interoperability: null,
  reusability: null,
  contextuality: null,
}

function rowOf(entry: store.ToScore, answered: ReadonlyMap<string, Answered> | undefined): store.ScoreRow {
  const { service } = entry.full
  // What a service promises is to answer; how fresh the data behind it are, their own entry says.
  const due = service ? null : dueDays(entry.record)
  const base = {
    entry_id: entry.id,
    version: entry.version,
    due_on: due?.dueOn ?? null,
    late_on: due?.lateOn ?? null,
  }
  if (service || entry.access !== 'open') {
    const { total, fixes } = service ? scoreService(entry.full, answered) : scoreInventory(entry.full)
    const gain = fixes.reduce((sum, fix) => sum + fix.gain, 0)
    return { ...base, ...noMqa, inventory: total, fixes, gain }
  }
  const { total, by, fixes } = scoreRecord(entry.record, answered)
  const gain = fixes.reduce((sum, fix) => sum + fix.gain, 0)
  return { ...base, mqa: total, inventory: null, ...by, fixes, gain }
}

/** All that follows a harvest, at once: finds doubles, reckons scores and the sums of the dashboard. For the demo's fill. */
export async function settleQuality(ctx: Ctx): Promise<void> {
  await clusterDuplicates(ctx)
  await scoreEntries(ctx)
}
