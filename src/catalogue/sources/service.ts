import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { safeFetch } from '../../platform/fetch.ts'
import type { Finding } from '../../platform/finding.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { getOrganisation } from '../../identity/service.ts'
import { record } from '../../transparency/service.ts'
import { readDcatFile } from '../dcat/read.ts'
import type { AccessType } from '../model.ts'
import { textIn } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { Run, Source, SourceId } from '../runs/model.ts'
import { startRun } from '../runs/service.ts'
import * as runs from '../runs/store.ts'
import type { AddSource } from '../schema.ts'
import { sourceInput } from '../schema.ts'
import type { Draft } from './store.ts'
import * as store from './store.ts'

/** What a source would bring: the first datasets, how many there are, and what is wrong with them. */
export type SourcePreview = {
  readonly datasets: readonly {
    readonly title: string
    readonly publisher: string
    readonly access: AccessType
    readonly remarks: number
  }[]
  readonly total: number
  /** True if the source has further pages. */
  readonly more: boolean
  readonly findings: readonly Finding[]
}

const SHOWN = 20
const PREVIEW_BYTES = 50 * 1024 * 1024

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
  const answer = await safeFetch(ctx.config, url, {
    maxBytes: PREVIEW_BYTES,
    accept: 'application/rdf+xml, text/turtle;q=0.9, application/ld+json;q=0.8, */*;q=0.1',
  })
  if (answer.status !== 200) throw problems.sourceAnswers({ host: new URL(url).host, status: answer.status })
  const contentType = /rdf|turtle|ld\+json|n-triples/.test(answer.contentType)
    ? { contentType: answer.contentType }
    : {}
  return previewOf(
    await readDcatFile(answer.body, { ...contentType, baseIri: url, filename: new URL(url).pathname }),
  )
}

function previewOf(read: Awaited<ReturnType<typeof readDcatFile>>): SourcePreview {
  return {
    datasets: read.records.slice(0, SHOWN).map(({ record, findings }) => ({
      title: textIn(record.title, 'de') || '–',
      publisher: textIn(record.publisher?.name ?? {}, 'de'),
      access: record.access.type,
      remarks: findings.filter((each) => each.severity !== 'info').length,
    })),
    total: read.total ?? read.records.length,
    more: read.next !== null,
    findings: read.findings,
  }
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

async function insertSource(
  ctx: Ctx,
  given: { organisationId: string; name: string; kind: 'upload' | 'url'; url?: string },
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
  })
  await record(ctx, {
    event: 'catalogue.source-added',
    object: { type: 'source', id },
    organisationId: given.organisationId,
    summary: { de: 'Eine Quelle für Datensätze wurde eingetragen.', en: 'A source of datasets was added.' },
    href: '/catalogue/sources',
  })
  return (await runs.findSource(ctx.db, id))!
}

/** Starts reading a source; it goes on in the background, see `getRun`. */
export async function harvestSource(ctx: Ctx, input: { sourceId: string }): Promise<Run> {
  requirePermission(ctx, policy, 'manageSources')
  const source = isUuid(input.sourceId) ? await runs.findSource(ctx.db, input.sourceId) : undefined
  if (!source?.url) throw problems.notFound()
  return startRun(ctx, source, [{ url: source.url, sha256: null, name: null, done: false }])
}

/** Adds the address if it is new and starts reading it. */
export async function harvestUrl(ctx: Ctx, input: AddSource): Promise<Run> {
  requirePermission(ctx, policy, 'manageSources')
  const known = await runs.findSourceBy(ctx.db, { url: sourceInput.parse(input).url })
  const source = known ?? (await addSource(ctx, input))
  return harvestSource(ctx, { sourceId: source.id })
}

/** A file as a form or the command line brings it. */
export type Incoming = {
  readonly name: string
  readonly size: number
  readonly arrayBuffer: () => Promise<ArrayBuffer>
}

/**
 * Takes a DCAT file (Turtle, RDF/XML, JSON-LD, also gzip) and starts importing it. The same file name of the same house is
 * the same source, so a newer file changes what the older brought; a file never takes entries away.
 */
export async function importDcat(ctx: Ctx, input: { organisationId: string; file: Incoming }): Promise<Run> {
  requirePermission(ctx, policy, 'importDcat', { organisationIds: [input.organisationId] })
  const { sha256 } = await ctx.blobs.put(
    new Uint8Array(await input.file.arrayBuffer()),
    ctx.config.uploadLimitBytes,
  )
  return startImport(ctx, { organisationId: input.organisationId, name: input.file.name, sha256 })
}

async function startImport(
  ctx: Ctx,
  given: { organisationId: string; name: string; sha256: string },
): Promise<Run> {
  return transact(ctx, async (ctx) => {
    await getOrganisation(ctx, given.organisationId)
    const name = given.name.slice(0, 200) || 'catalog.rdf'
    const known = await runs.findSourceBy(ctx.db, { organisationId: given.organisationId, name })
    const source =
      known ?? (await insertSource(ctx, { organisationId: given.organisationId, name, kind: 'upload' }))
    return startRun(ctx, source, [{ url: null, sha256: given.sha256, name, done: false }])
  })
}

/** Keeps an uploaded DCAT file and shows what it would bring; nothing is imported before the yes. */
export async function draftDcat(
  ctx: Ctx,
  input: { organisationId: string; file: Incoming },
): Promise<string> {
  requirePermission(ctx, policy, 'importDcat', { organisationIds: [input.organisationId] })
  const bytes = new Uint8Array(await input.file.arrayBuffer())
  const read = await readDcatFile(bytes, { filename: input.file.name })
  const fault = read.findings.find((each) => each.severity === 'error')
  if (read.records.length === 0)
    throw problems.unreadable({
      name: input.file.name,
      why: fault?.text ?? read.findings[0]?.text ?? nothingInside,
    })
  const { sha256 } = await ctx.blobs.put(bytes, ctx.config.uploadLimitBytes)
  const id = newId(ctx.now.getTime())
  await store.insertDraft(ctx.db, {
    id,
    person_id: actorId(ctx.actor) ?? null,
    organisation_id: input.organisationId,
    kind: 'dcat',
    name: input.file.name.slice(0, 200),
    payload: { preview: previewOf(read) },
    sha256,
    created_at: ctx.now,
  })
  return id
}

const nothingInside = { de: 'Darin steht kein Datensatz.', en: 'It holds no dataset.' }

/** A draft of the person herself. */
export async function getDraft(ctx: Ctx, id: string, kind: Draft['kind']): Promise<Draft> {
  requirePermission(ctx, signedIn, 'read')
  const draft = isUuid(id) ? await store.findDraft(ctx.db, id) : undefined
  if (!draft || draft.kind !== kind || draft.personId !== (actorId(ctx.actor) ?? null))
    throw problems.notFound()
  return draft
}

const signedIn = { read: ['signed-in'] } as const

/** The yes to a DCAT draft: the import starts. */
export async function confirmDcat(ctx: Ctx, draftId: string): Promise<Run> {
  const draft = await getDraft(ctx, draftId, 'dcat')
  requirePermission(ctx, policy, 'importDcat', { organisationIds: [draft.organisationId] })
  return transact(ctx, async (ctx) => {
    if (!(await store.deleteDraft(ctx.db, draft.id))) throw problems.notFound()
    return startImport(ctx, { organisationId: draft.organisationId, name: draft.name, sha256: draft.sha256! })
  })
}

const DRAFT_DAYS = 7

/** Forgets drafts nobody confirmed within a week. Only for the job. */
export async function forgetDrafts(ctx: Ctx): Promise<void> {
  await store.deleteDraftsBefore(ctx.db, new Date(ctx.now.getTime() - DRAFT_DAYS * 86_400_000))
}
