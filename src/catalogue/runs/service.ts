import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../platform/context.ts'
import { hasRole, transact } from '../../platform/context.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { errorFields } from '../../platform/log.ts'
import { requirePermission } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import { getOrganisation } from '../../identity/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { countQuarantined } from '../quarantine/store.ts'
import { readPages } from './engine.ts'
import { breakOff, finishRun, note } from './finish.ts'
import * as harvested from './harvested.ts'
import type { Run, RunFinding, RunId, RunInput, Source } from './model.ts'
import { GRACE_DAYS, isStuck } from './model.ts'
import { afterRun, executeRun } from './queue.ts'
import { ReaderGone, startReader } from './reading/thread.ts'
import * as store from './store.ts'
import type { Work } from './work.ts'

/** What a run reads: uploaded files, or (no inputs) the source's address; `since` asks for changes alone. */
export type Reading = { readonly inputs: readonly RunInput[]; readonly since: Date | null }

/** A first page that was fetched before its run began. */
export type FirstPage = NonNullable<Work['first']>

/** Starts reading a source. Refuses while another run of it is under way; the caller has checked the permission. */
export async function startRun(ctx: Ctx, source: Source, reading: Reading): Promise<Run> {
  return transact(ctx, async (ctx) => {
    const open = (await store.listRunRows(ctx.db, { sourceId: source.id, open: true, limit: 1 }))[0]
    if (open && !isStuck(open, ctx.now)) throw problems.runInProgress({ runId: open.id })
    if (open)
      await store.updateRun(ctx.db, open.id, {
        state: 'failed',
        claim: null,
        finished_at: ctx.now,
        reason: silence,
      })
    const id = newId<RunId>(ctx.now.getTime())
    await store.insertRun(ctx.db, {
      id,
      sourceId: source.id,
      kind: source.kind,
      inputs: reading.inputs,
      mediaType: null,
      at: ctx.now,
      since: reading.since,
    })
    await note(
      ctx,
      source,
      'run-started',
      { de: 'Der Abruf einer Datenquelle hat begonnen.', en: 'Reading a data source has begun.' },
      { run: id },
    )
    await ctx.enqueue(executeRun, { runId: id }, { key: id })
    return (await store.findRun(ctx.db, id))!
  })
}

const silence: Localised = {
  de: 'Der Abruf ist abgebrochen und hat sich nicht mehr gemeldet.',
  en: 'The run broke off and gave no further sign.',
}

/** Findings kept per run; beyond that the same flaw repeats. */
const MAX_FINDINGS = 2000

/**
 * Reads a source to its end; may be called again after a crash and goes on where it stopped. `first`: the first page, where
 * the caller has fetched it already. Only for the job and the command line.
 */
export async function readRun(ctx: Ctx, runId: string, first?: FirstPage): Promise<void> {
  const claim = randomUUID()
  // Claimed before it is looked at: where it stands is then nobody else's to change.
  if (!(await store.claimRun(ctx.db, runId, claim))) return
  const run = await store.findRun(ctx.db, runId)
  const source = run && (await store.findSource(ctx.db, run.sourceId))
  if (!run || !source) return
  const work: Work = {
    run,
    source,
    claim,
    holderName: (await getOrganisation(ctx, source.organisationId)).name,
    reader: startReader(),
    first,
    findingsLeft: MAX_FINDINGS - (await store.countFindings(ctx.db, run.id)),
    hasQuarantine: (await countQuarantined(ctx.db)).has(source.id),
  }
  try {
    await store.updateRun(ctx.db, run.id, { state: 'reading' })
    await readPages(ctx, work)
    await finishRun(ctx, work)
  } catch (error) {
    if (!(error instanceof store.Superseded)) await giveUp(ctx, work, error)
  } finally {
    await work.reader.close()
  }
}

// What was read stays; where something was, the run is incomplete and not failed.
async function giveUp(ctx: Ctx, work: Work, error: unknown): Promise<void> {
  if (!isProblem(error) && !(error instanceof ReaderGone))
    ctx.log.error({ ...errorFields(error), run: work.run.id }, 'run failed')
  const now = await store.findRun(ctx.db, work.run.id)
  const reason = isProblem(error)
    ? { de: error.spec.de.detail, en: error.spec.en.detail }
    : error instanceof ReaderGone
      ? tooLarge
      : unexpected
  await breakOff(ctx, work, reason, now && now.read > 0 ? 'incomplete' : 'failed').catch(stopIfSuperseded)
}

// What went wrong here does not end a run that another process has taken over.
function stopIfSuperseded(error: unknown): void {
  if (!(error instanceof store.Superseded)) throw error
}

const unexpected: Localised = {
  de: 'Beim Lesen ist ein Fehler aufgetreten. Der Betrieb sieht ihn im Protokoll.',
  en: 'An error occurred while reading. The operator sees it in the log.',
}
const tooLarge: Localised = {
  de: 'Eine Seite der Quelle ist so groß, dass sie den Speicher sprengt. Bitte die Quelle um kleinere Seiten.',
  en: 'A page of the source is so large that it does not fit into memory. Ask the source for smaller pages.',
}

/** A run with its source, for stewards, operators and the people of its house. */
export async function getRun(ctx: Ctx, id: string): Promise<{ run: Run; source: Source }> {
  requirePermission(ctx, policy, 'readRuns')
  const run = isUuid(id) ? await store.findRun(ctx.db, id) : undefined
  const source = run && (await store.findSource(ctx.db, run.sourceId))
  const wide = ctx.actor.kind === 'system' || hasRole(ctx.actor, 'steward') || hasRole(ctx.actor, 'operator')
  if (!run || !source || !(wide || hasRole(ctx.actor, 'holder', source.organisationId)))
    throw problems.notFound()
  return { run, source }
}

const FINDINGS_PER_PAGE = 50

/** A page of what was remarkable in a run. */
export async function listFindings(
  ctx: Ctx,
  runId: string,
  after?: string,
): Promise<{ findings: RunFinding[]; total: number; next: string | undefined }> {
  await getRun(ctx, runId)
  const rows = await store.listFindingRows(ctx.db, runId, {
    after: after && isUuid(after) ? after : undefined,
    limit: FINDINGS_PER_PAGE + 1,
  })
  const findings = rows.slice(0, FINDINGS_PER_PAGE)
  return {
    findings,
    total: await store.countFindings(ctx.db, runId),
    next: rows.length > FINDINGS_PER_PAGE ? findings.at(-1)?.id : undefined,
  }
}

/**
 * Takes away what a complete run found missing but withheld because it was much. The yes stands for the days of grace. Only
 * for the newest run of a source.
 */
export async function confirmRemoval(ctx: Ctx, runId: string): Promise<Run> {
  requirePermission(ctx, policy, 'confirmRemoval')
  const { run, source } = await getRun(ctx, runId)
  return transact(ctx, async (ctx) => {
    const newest = (await store.listRunRows(ctx.db, { sourceId: source.id, limit: 1 }))[0]
    if (run.withheld === 0 || run.state !== 'complete' || newest?.id !== run.id)
      throw problems.nothingWithheld()
    const at = { sourceId: source.id, runNo: run.no, said: run.since !== null }
    await harvested.markMissing(ctx.db, at, ctx.now)
    const gone = (await harvested.withdrawMissing(ctx.db, ctx.now, ctx.now, source.id)).get(source.id) ?? 0
    await store.updateRun(ctx.db, run.id, { gone: run.gone + gone, withheld: 0 })
    await note(
      ctx,
      source,
      'removal-confirmed',
      {
        de: 'Einträge, die an ihrer Quelle fehlen, wurden nach Bestätigung entfernt.',
        en: 'Entries missing at their source were removed after confirmation.',
      },
      { run: run.id, gone },
    )
    if (gone > 0) await ctx.enqueue(afterRun, {}, { key: 'after-run' })
    return (await store.findRun(ctx.db, run.id))!
  })
}

/** Takes away what has been missing at its source for longer than the days of grace. Only for the job. */
export async function withdrawMissing(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - GRACE_DAYS * 86_400_000)
  return transact(ctx, async (ctx) => {
    const gone = await harvested.withdrawMissing(ctx.db, before, ctx.now)
    for (const [sourceId, n] of gone) {
      const source = await store.findSource(ctx.db, sourceId)
      if (source) await note(ctx, source, 'entries-withdrawn', withdrawn, { gone: n })
    }
    return [...gone.values()].reduce((sum, n) => sum + n, 0)
  })
}

const withdrawn: Localised = {
  de: 'Einträge, die an ihrer Quelle seit einer Woche fehlen, wurden aus den Listen genommen.',
  en: 'Entries missing at their source for a week were taken out of the lists.',
}

/** Since when an entry is missing at its source; null while it is there. The caller has checked that the reader may see it. */
export async function missingSinceOf(ctx: Ctx, entryId: string): Promise<Date | null> {
  requirePermission(ctx, policy, 'read')
  return harvested.missingSince(ctx.db, entryId)
}

/** Starts again what was under way when a process died. Only for the job. */
export async function resumeRuns(ctx: Ctx): Promise<void> {
  const open = await store.listRunRows(ctx.db, { open: true, limit: 100 })
  for (const run of open)
    if (isStuck(run, ctx.now)) await ctx.enqueue(executeRun, { runId: run.id }, { key: run.id })
}
