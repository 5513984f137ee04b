import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { getOrganisation } from '../../identity/service.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { Run } from '../runs/model.ts'
import { startRun } from '../runs/service.ts'
import * as runs from '../runs/store.ts'
import { probeFile } from './probe.ts'
import { insertSource } from './service.ts'
import type { Draft } from './store.ts'
import * as store from './store.ts'

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
    const input = { url: null, sha256: given.sha256, name, done: false }
    return startRun(ctx, source, { inputs: [input], since: null })
  })
}

/** Keeps an uploaded DCAT file and shows what it would bring; nothing is imported before the yes. */
export async function draftDcat(
  ctx: Ctx,
  input: { organisationId: string; file: Incoming },
): Promise<string> {
  requirePermission(ctx, policy, 'importDcat', { organisationIds: [input.organisationId] })
  const bytes = new Uint8Array(await input.file.arrayBuffer())
  const preview = await probeFile(bytes, input.file.name)
  const fault = preview.findings.find((each) => each.severity === 'error')
  if (preview.datasets.length === 0)
    throw problems.unreadable({
      name: input.file.name,
      why: fault?.text ?? preview.findings[0]?.text ?? nothingInside,
    })
  const { sha256 } = await ctx.blobs.put(bytes, ctx.config.uploadLimitBytes)
  const id = newId(ctx.now.getTime())
  await store.insertDraft(ctx.db, {
    id,
    person_id: actorId(ctx.actor) ?? null,
    organisation_id: input.organisationId,
    kind: 'dcat',
    name: input.file.name.slice(0, 200),
    payload: { preview },
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
