import type { Ctx } from '../../platform/context.ts'
import { hasRole, transact } from '../../platform/context.ts'
import { safeFetch } from '../../platform/fetch.ts'
import type { Finding } from '../../platform/finding.ts'
import { finding } from '../../platform/finding.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { errorFields } from '../../platform/log.ts'
import { requirePermission } from '../../platform/permission.ts'
import { isProblem } from '../../platform/problem.ts'
import { getOrganisation } from '../../identity/service.ts'
import { record } from '../../transparency/service.ts'
import { readDcatFile } from '../dcat/read.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { findingRow, importRecords } from './import.ts'
import { executeRun } from './queue.ts'
import type { Run, RunFinding, RunId, RunInput, Source } from './model.ts'
import { isFinished, isStuck, removalLimit, sawEverything } from './model.ts'
import * as store from './store.ts'

/** More pages than any real catalogue has; beyond it a feed leads in circles. */
const MAX_PAGES = 5000
/** The largest document taken at once. */
const MAX_BYTES = 100 * 1024 * 1024
const ACCEPT =
  'application/rdf+xml, text/turtle;q=0.9, application/ld+json;q=0.8, application/n-triples;q=0.7, */*;q=0.1'

/** Starts reading a source. Refuses while another run of it is under way; the caller has checked the permission. */
export async function startRun(
  ctx: Ctx,
  source: Source,
  inputs: readonly RunInput[],
  mediaType: string | null = null,
): Promise<Run> {
  return transact(ctx, async (ctx) => {
    const open = (await store.listRunRows(ctx.db, { sourceId: source.id, open: true, limit: 1 }))[0]
    if (open && !isStuck(open, ctx.now)) throw problems.runInProgress({ runId: open.id })
    if (open)
      await store.updateRun(ctx.db, open.id, { state: 'failed', finished_at: ctx.now, reason: silence })
    const id = newId<RunId>(ctx.now.getTime())
    await store.insertRun(ctx.db, {
      id,
      sourceId: source.id,
      kind: source.kind,
      inputs,
      mediaType,
      at: ctx.now,
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

async function note(
  ctx: Ctx,
  source: Source,
  what: string,
  summary: Localised,
  details: Record<string, number | string>,
): Promise<void> {
  await record(ctx, {
    event: `catalogue.${what}`,
    object: { type: 'source', id: source.id },
    organisationId: source.organisationId,
    summary,
    href: '/catalogue/sources',
    details,
  })
}

/** Reads a source to its end; may be called again after a crash and goes on where it stopped. Only for the job. */
export async function readRun(ctx: Ctx, runId: string): Promise<void> {
  const run = await store.findRun(ctx.db, runId)
  const source = run && (await store.findSource(ctx.db, run.sourceId))
  if (!run || !source || isFinished(run.state)) return
  await store.deleteSeenBefore(ctx.db, source.id, run.id)
  try {
    const failures = await readInputs(ctx, run, source)
    await finishRun(ctx, run.id, source, failures)
  } catch (error) {
    if (!isProblem(error)) ctx.log.error({ ...errorFields(error), run: run.id }, 'run failed')
    await failRun(
      ctx,
      run.id,
      source,
      isProblem(error) ? { de: error.spec.de.detail, en: error.spec.en.detail } : unexpected,
    )
  }
}

const unexpected: Localised = {
  de: 'Beim Lesen ist ein Fehler aufgetreten. Der Betrieb sieht ihn im Protokoll.',
  en: 'An error occurred while reading. The operator sees it in the log.',
}

async function readInputs(ctx: Ctx, run: Run, source: Source): Promise<number> {
  const holderName = (await getOrganisation(ctx, source.organisationId)).name
  const inputs: RunInput[] = [...run.inputs]
  let failures = 0
  for (
    let at = inputs.findIndex((input) => !input.done);
    at >= 0;
    at = inputs.findIndex((input) => !input.done)
  ) {
    const input = inputs[at]!
    await store.updateRun(ctx.db, run.id, { state: input.url ? 'fetching' : 'reading', beat_at: new Date() })
    const { bytes, contentType } = await bytesOf(ctx, input)
    const read = await readDcatFile(bytes, {
      ...(contentType ? { contentType } : {}),
      ...(input.name ? { filename: input.name } : {}),
      ...(input.url ? { baseIri: input.url } : {}),
    })
    await store.updateRun(ctx.db, run.id, {
      state: 'reading',
      ...(read.total === null ? {} : { expected: read.total }),
      beat_at: new Date(),
    })
    failures += await keepDocumentFindings(ctx, run, read.findings)
    await importRecords(ctx, { run, source, holderName, records: read.records, quads: read.quads })
    inputs[at] = { ...input, done: true }
    failures += await addNext(ctx, run, inputs, { from: input, next: read.next })
    await store.updateRun(ctx.db, run.id, { inputs, beat_at: new Date() })
  }
  return failures
}

async function keepDocumentFindings(ctx: Ctx, run: Run, findings: readonly Finding[]): Promise<number> {
  await store.insertFindings(
    ctx.db,
    findings.map((each) => findingRow(run.id, each, null)),
  )
  return findings.filter((each) => each.severity === 'error').length
}

// The next page must lie on the same host; a feed that leads elsewhere or without end counts as not read to its end.
async function addNext(
  ctx: Ctx,
  run: Run,
  inputs: RunInput[],
  given: { from: RunInput; next: string | null },
): Promise<number> {
  const { from, next } = given
  if (!next || !from.url) return 0
  const url = URL.canParse(next, from.url) ? new URL(next, from.url) : undefined
  if (!url || url.host !== new URL(from.url).host || inputs.length >= MAX_PAGES) {
    return keepDocumentFindings(ctx, run, [
      finding('error', 'next-page-elsewhere', elsewhere, next.slice(0, 500)),
    ])
  }
  if (!inputs.some((input) => input.url === url.href))
    inputs.push({ url: url.href, sha256: null, name: null, done: false })
  return 0
}

const elsewhere: Localised = {
  de: 'Die nächste Seite des Katalogs liegt auf einem anderen Rechner und wurde nicht gelesen.',
  en: 'The next page of the catalogue lies on another host and was not read.',
}

async function bytesOf(
  ctx: Ctx,
  input: RunInput,
): Promise<{ bytes: Uint8Array; contentType: string | null }> {
  if (input.sha256) return { bytes: await ctx.blobs.read(input.sha256), contentType: null }
  const answer = await safeFetch(ctx.config, input.url!, { maxBytes: MAX_BYTES, accept: ACCEPT })
  if (answer.status !== 200)
    throw problems.sourceAnswers({ host: new URL(input.url!).host, status: answer.status })
  return { bytes: answer.body, contentType: usefulType(answer.contentType) }
}

// Servers often label RDF as plain text or bytes; then the content itself tells.
function usefulType(contentType: string): string | null {
  return /text\/plain|octet-stream|text\/html|text\/xml|application\/xml|gzip/.test(contentType)
    ? null
    : contentType || null
}

const readWhole = {
  de: 'Eine Datenquelle wurde vollständig abgerufen.',
  en: 'A data source was read completely.',
}
const readInPart = {
  de: 'Eine Datenquelle wurde unvollständig abgerufen; es wurde nichts entfernt.',
  en: 'A data source was read incompletely; nothing was removed.',
}

async function finishRun(ctx: Ctx, runId: string, source: Source, failures: number): Promise<void> {
  await transact(ctx, async (ctx) => {
    const run = (await store.findRun(ctx.db, runId))!
    const complete = sawEverything({ failures, expected: run.expected, seen: run.read })
    const removed =
      complete && source.kind === 'url' ? await removeMissing(ctx, run, source) : { gone: 0, withheld: 0 }
    await store.updateRun(ctx.db, runId, {
      state: complete ? 'complete' : 'incomplete',
      ...removed,
      finished_at: new Date(),
      beat_at: new Date(),
    })
    const { created, changed, unchanged, quarantined } = run
    await note(ctx, source, 'run-finished', complete ? readWhole : readInPart, {
      run: runId,
      created,
      changed,
      unchanged,
      quarantined,
      ...removed,
    })
  })
}

async function removeMissing(
  ctx: Ctx,
  run: Run,
  source: Source,
): Promise<{ gone: number; withheld: number }> {
  const { live, missing } = await store.countMissing(ctx.db, source.id, run.id)
  if (missing > removalLimit(live)) return { gone: 0, withheld: missing }
  return { gone: missing > 0 ? await store.markGone(ctx.db, source.id, run.id, ctx.now) : 0, withheld: 0 }
}

async function failRun(ctx: Ctx, runId: string, source: Source, reason: Localised): Promise<void> {
  await transact(ctx, async (ctx) => {
    await store.updateRun(ctx.db, runId, {
      state: 'failed',
      reason,
      finished_at: new Date(),
      beat_at: new Date(),
    })
    await note(
      ctx,
      source,
      'run-failed',
      {
        de: 'Der Abruf einer Datenquelle ist gescheitert; es wurde nichts entfernt.',
        en: 'Reading a data source failed; nothing was removed.',
      },
      { run: runId },
    )
  })
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

/** Takes away what a complete run found missing but withheld because it was much. Only for the newest run of a source. */
export async function confirmRemoval(ctx: Ctx, runId: string): Promise<Run> {
  requirePermission(ctx, policy, 'confirmRemoval')
  const { run, source } = await getRun(ctx, runId)
  return transact(ctx, async (ctx) => {
    const newest = (await store.listRunRows(ctx.db, { sourceId: source.id, limit: 1 }))[0]
    if (run.withheld === 0 || run.state !== 'complete' || newest?.id !== run.id)
      throw problems.nothingWithheld()
    const gone = await store.markGone(ctx.db, source.id, run.id, ctx.now)
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
    return (await store.findRun(ctx.db, run.id))!
  })
}

/** Starts again what was under way when a process died. Only for the job. */
export async function resumeRuns(ctx: Ctx): Promise<void> {
  const open = await store.listRunRows(ctx.db, { open: true, limit: 100 })
  for (const run of open)
    if (isStuck(run, ctx.now)) await ctx.enqueue(executeRun, { runId: run.id }, { key: run.id })
}
