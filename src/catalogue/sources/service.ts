import type { z } from 'zod'
import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Finding } from '../../platform/finding.ts'
import { hasErrors } from '../../platform/finding.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import { getOrganisation } from '../../identity/service.ts'
import { record } from '../../transparency/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { formatFor } from '../formats/registry.ts'
import { note } from '../runs/finish.ts'
import type { Run, Source, SourceId } from '../runs/model.ts'
import { changesSince, nextRun } from '../runs/model.ts'
import type { FirstPage } from '../runs/service.ts'
import { startRun } from '../runs/service.ts'
import * as runs from '../runs/store.ts'
import type { AddSource, ChangeSource } from '../schema.ts'
import { sourceInput, sourceSettings } from '../schema.ts'
import type { SourcePreview } from './probe.ts'
import { fetchFirst, probeUrl } from './probe.ts'
import * as store from './store.ts'

/** All sources with their last run, for stewards and operators. */
export async function listSources(ctx: Ctx): Promise<{ source: Source; last: Run | undefined }[]> {
  requirePermission(ctx, policy, 'manageSources')
  const sources = await runs.listSourceRows(ctx.db)
  const last = new Map((await runs.listLastRuns(ctx.db)).map((run) => [run.sourceId as string, run]))
  return sources.map((source) => ({ source, last: last.get(source.id) }))
}

/** Reads the first page of an address without keeping anything. Refuses addresses off the public internet. */
export async function previewSource(ctx: Ctx, input: { url: string }): Promise<SourcePreview> {
  requirePermission(ctx, policy, 'manageSources')
  const { url } = sourceInput.pick({ url: true }).parse(input)
  return probeUrl(ctx.config, url)
}

/** Adds an address to read from. Refuses one that is listed already. */
export async function addSource(ctx: Ctx, input: AddSource): Promise<Source> {
  requirePermission(ctx, policy, 'manageSources')
  const wanted = sourceInput.parse(input)
  return transact(ctx, async (ctx) => {
    await getOrganisation(ctx, wanted.organisationId)
    if (await runs.findSourceBy(ctx.db, { url: wanted.url })) throw problems.sourceExists()
    return insertSource(ctx, { ...wanted, kind: 'url' })
  })
}

/** Keeps a new source and puts it on record; the caller has checked the permission. */
export async function insertSource(
  ctx: Ctx,
  given: Omit<Partial<z.output<typeof sourceInput>>, 'organisationId' | 'name'> & {
    organisationId: string
    name: string
    kind: 'upload' | 'url'
  },
): Promise<Source> {
  const id = newId<SourceId>(ctx.now.getTime())
  await runs.insertSource(ctx.db, {
    id,
    organisation_id: given.organisationId,
    name: given.name,
    kind: given.kind,
    url: given.url ?? null,
    created_at: ctx.now,
    last_run_at: null,
    format: given.format ?? null,
    next_run_at: nextRun(given.schedule ?? 'manual', ctx.now),
    full_at: null,
    ...(given.schedule === undefined ? {} : { schedule: given.schedule }),
    ...(given.priority === undefined ? {} : { priority: given.priority }),
    ...(given.pace === undefined ? {} : { pace: given.pace }),
  })
  await record(ctx, {
    event: 'catalogue.source-added',
    object: { type: 'source', id },
    organisationId: given.organisationId,
    summary: { de: 'Eine Quelle für Datensätze wurde eingetragen.', en: 'A source of datasets was added.' },
    href: `/catalogue?source=${id}`,
  })
  return (await runs.findSource(ctx.db, id))!
}

/**
 * Starts reading a source; it goes on in the background, see `getRun`. Reads everything, or only what changed since the
 * last time where the source can tell.
 */
export async function harvestSource(
  ctx: Ctx,
  input: { sourceId: string; only?: 'changes' | undefined },
): Promise<Run> {
  requirePermission(ctx, policy, 'manageSources')
  const source = await findSource(ctx, input.sourceId)
  if (!source.url) throw problems.notFound()
  return startRun(ctx, source, {
    inputs: [],
    since: input.only === 'changes' ? sinceOf(source, ctx.now) : null,
  })
}

async function findSource(ctx: Ctx, id: string): Promise<Source> {
  const source = isUuid(id) ? await runs.findSource(ctx.db, id) : undefined
  if (!source) throw problems.notFound()
  return source
}

// Only forms of catalogues that can say what changed are asked for changes.
function sinceOf(source: Source, now: Date): Date | null {
  return source.format && formatFor(source.format)?.incremental ? changesSince(source, now) : null
}

/** One source with its latest runs and how many of its entries stand, for stewards and operators. */
export async function getSource(
  ctx: Ctx,
  id: string,
): Promise<{ source: Source; runs: Run[]; entries: store.SourceCounts }> {
  requirePermission(ctx, policy, 'manageSources')
  const source = await findSource(ctx, id)
  return {
    source,
    runs: await runs.listRunRows(ctx.db, { sourceId: source.id, limit: 20 }),
    entries: await store.countEntries(ctx.db, source.id),
  }
}

/** Changes how a source is read (name, rhythm, pace, rank) and when its gone entries are removed. */
export async function changeSource(ctx: Ctx, input: ChangeSource): Promise<Source> {
  requirePermission(ctx, policy, 'manageSources')
  const wanted = sourceSettings.parse(input)
  return transact(ctx, async (ctx) => {
    const source = await findSource(ctx, wanted.sourceId)
    const { name, schedule, pace, priority, removeAfter = null } = wanted
    const next_run_at = schedule === source.schedule ? source.nextRunAt : nextRun(schedule, ctx.now)
    await runs.updateSource(ctx.db, source.id, {
      name,
      schedule,
      pace,
      priority,
      next_run_at,
      remove_after: removeAfter,
    })
    await note(
      ctx,
      source,
      'source-changed',
      {
        de: 'Die Einstellungen einer Datenquelle wurden geändert.',
        en: 'The settings of a data source were changed.',
      },
      { schedule, ...(removeAfter === null ? {} : { removeAfter }) },
    )
    return (await runs.findSource(ctx.db, source.id))!
  })
}

/** Starts what is due. Only for the job. */
export async function harvestDue(ctx: Ctx): Promise<void> {
  for (const source of await store.listDue(ctx.db, ctx.now)) {
    try {
      await startRun(ctx, source, { inputs: [], since: sinceOf(source, ctx.now) })
    } catch (error) {
      // One that is still being read gets its turn the next time.
      if (!isProblem(error)) throw error
    }
  }
}

/** Adds the address if it is new and starts reading it. */
export async function harvestUrl(ctx: Ctx, input: AddSource): Promise<Run> {
  requirePermission(ctx, policy, 'manageSources')
  const known = await runs.findSourceBy(ctx.db, { url: sourceInput.parse(input).url })
  const source = known ?? (await addSource(ctx, input))
  return harvestSource(ctx, { sourceId: source.id })
}

/**
 * Adds the address and begins a run of it with the page that showed its form, so that nothing is asked for twice. A known
 * address is read without looking first. Where no catalogue answers, nothing is kept and the findings say why.
 */
export async function beginHarvest(
  ctx: Ctx,
  input: AddSource,
): Promise<{ run: Run; first: FirstPage | undefined } | { findings: readonly Finding[] }> {
  requirePermission(ctx, policy, 'manageSources')
  const wanted = sourceInput.parse(input)
  const known = await runs.findSourceBy(ctx.db, { url: wanted.url })
  if (known) return { run: await harvestSource(ctx, { sourceId: known.id }), first: undefined }
  const first = await fetchFirst(ctx.config, wanted.url)
  const { items, findings, format } = first.opened
  if (!format || (items.length === 0 && hasErrors(findings))) return { findings }
  return { run: await harvestUrl(ctx, { ...wanted, format }), first }
}

const DRAFT_DAYS = 7

/** Forgets drafts nobody confirmed within a week. Only for the job. */
export async function forgetDrafts(ctx: Ctx): Promise<void> {
  await store.deleteDraftsBefore(ctx.db, new Date(ctx.now.getTime() - DRAFT_DAYS * 86_400_000))
}
