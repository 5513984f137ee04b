import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { finding } from '../../platform/finding.ts'
import type { Localised } from '../../platform/i18n.ts'
import { record } from '../../transparency/service.ts'
import * as harvested from './harvested.ts'
import type { Run, Source } from './model.ts'
import { nextRun, removalLimit, sawEverything } from './model.ts'
import { afterRun } from './queue.ts'
import * as store from './store.ts'
import type { Work } from './work.ts'
import { findingRow } from './work.ts'

/** Puts a source's event on record. */
export async function note(
  ctx: Ctx,
  source: Pick<Source, 'id' | 'organisationId' | 'name'>,
  what: string,
  summary: Localised,
  details: Record<string, number | string>,
): Promise<void> {
  await record(ctx, {
    event: `catalogue.${what}`,
    object: { type: 'source', id: source.id },
    organisationId: source.organisationId,
    summary,
    href: `/catalogue?source=${encodeURIComponent(source.name)}`,
    details,
  })
}

const readWhole = {
  de: 'Eine Datenquelle wurde vollständig abgerufen.',
  en: 'A data source was read completely.',
}
const readInPart = {
  de: 'Eine Datenquelle wurde unvollständig abgerufen; es wurde nichts entfernt.',
  en: 'A data source was read incompletely; nothing was removed.',
}

/** Ends a run: says whether it saw everything, and only then concludes what is missing. */
export async function finishRun(ctx: Ctx, work: Work): Promise<void> {
  await transact(ctx, async (ctx) => {
    await store.addCounts(ctx.db, work, {})
    const run = (await store.findRun(ctx.db, work.run.id))!
    const shortfall = await shortfallOf(ctx, run, work.source)
    if (shortfall) await store.insertFindings(ctx.db, [findingRow(run.id, shortfall, null)])
    const complete = run.failures === 0 && !shortfall
    const removed = complete ? await concludeMissing(ctx, run, work.source) : { missing: 0, withheld: 0 }
    await store.updateRun(ctx.db, run.id, {
      state: complete ? 'complete' : 'incomplete',
      ...removed,
      next: null,
      claim: null,
      finished_at: new Date(),
    })
    await settleSource(ctx, run, work.source, complete)
    const { created, changed, unchanged, quarantined } = run
    const counts = { created, changed, unchanged, quarantined, ...removed }
    await note(ctx, work.source, 'run-finished', complete ? readWhole : readInPart, {
      run: run.id,
      ...counts,
    })
    if (created + changed > 0) await ctx.enqueue(afterRun, {}, { key: 'after-run' })
  })
}

async function settleSource(ctx: Ctx, run: Run, source: Source, complete: boolean): Promise<void> {
  const full = complete && run.since === null && run.kind === 'url'
  await store.updateSource(ctx.db, source.id, {
    next_run_at: nextRun(source.schedule, ctx.now),
    ...(full ? { full_at: run.createdAt } : {}),
  })
  if (full) await harvested.deletePagesBefore(ctx.db, source.id, run.no)
}

// A source that promises more than it gives, or suddenly gives nothing, was not read to its end whatever it says.
async function shortfallOf(ctx: Ctx, run: Run, source: Source) {
  if (run.kind === 'upload') return null
  const seen = run.read + run.repeated + run.passedOver
  if (!sawEverything({ failures: 0, expected: run.expected, seen }))
    return finding('error', 'fewer-than-promised', {
      de: `Die Quelle kündigt ${run.expected} Datensätze an, geliefert hat sie ${seen}.`,
      en: `The source announces ${run.expected} datasets, it delivered ${seen}.`,
    })
  const { live } = await harvested.countMissing(ctx.db, { sourceId: source.id, runNo: run.no, said: false })
  if (run.since !== null || run.read > 0 || live === 0) return null
  return finding('error', 'nothing-delivered', {
    de: 'Die Quelle hatte Einträge und liefert nun keinen einzigen. Das ist wohl ein Fehler.',
    en: 'The source had entries and now delivers not a single one. That is probably a fault.',
  })
}

async function concludeMissing(
  ctx: Ctx,
  run: Run,
  source: Source,
): Promise<{ missing: number; withheld: number }> {
  if (source.kind !== 'url') return { missing: 0, withheld: 0 }
  const at = { sourceId: source.id, runNo: run.no, said: run.since !== null }
  const { live, missing } = await harvested.countMissing(ctx.db, at)
  if (missing > removalLimit(live)) return { missing: 0, withheld: missing }
  return { missing: missing > 0 ? await harvested.markMissing(ctx.db, at, ctx.now) : 0, withheld: 0 }
}

/** Ends a run that could not go on; nothing is concluded from it. Throws `Superseded` where another process goes on with it. */
export async function breakOff(
  ctx: Ctx,
  work: Pick<Work, 'run' | 'source' | 'claim'>,
  reason: Localised,
  state: 'incomplete' | 'failed',
): Promise<void> {
  await transact(ctx, async (ctx) => {
    await store.addCounts(ctx.db, work, {})
    await store.updateRun(ctx.db, work.run.id, {
      state,
      reason,
      claim: null,
      finished_at: new Date(),
      beat_at: new Date(),
    })
    await store.updateSource(ctx.db, work.source.id, { next_run_at: nextRun(work.source.schedule, ctx.now) })
    await note(
      ctx,
      work.source,
      'run-failed',
      {
        de: 'Der Abruf einer Datenquelle ist gescheitert; es wurde nichts entfernt.',
        en: 'Reading a data source failed; nothing was removed.',
      },
      { run: work.run.id },
    )
    await ctx.enqueue(afterRun, {}, { key: 'after-run' })
  })
}
