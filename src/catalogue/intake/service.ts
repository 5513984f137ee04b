import type { Ctx } from '../../platform/context.ts'
import { actorId, transact } from '../../platform/context.ts'
import type { Finding } from '../../platform/finding.ts'
import { newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { general } from '../../platform/problem.ts'
import { record as putOnRecord } from '../../transparency/service.ts'
import { recordFromForm } from '../editing/form.ts'
import type { Entry, Preview } from '../entries/model.ts'
import { addEntry, attachFiles, createEntry, getEntry } from '../entries/service.ts'
import { listTitles } from '../entries/store.ts'
import { readInventory } from '../inventory/read.ts'
import type { DatasetRecord } from '../model.ts'
import { textIn } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { describeFile } from '../profile/describe.ts'
import type { EntryForm } from '../schema.ts'
import { createInput } from '../schema.ts'
import type { Incoming } from '../sources/drafts.ts'
import { getDraft } from '../sources/drafts.ts'
import * as drafts from '../sources/store.ts'

/** A described file that waits for its owner's yes. */
export type FileDraft = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly record: DatasetRecord
  readonly preview: Preview | null
  readonly findings: readonly Finding[]
  /** True if the file itself was kept, to be an open download. */
  readonly kept: boolean
}

/**
 * Reads a dropped data file and proposes its description: title, period, place, columns with meanings, preview. The file
 * itself is kept only with `publish`. Refuses files that hold no table, saying why.
 */
export async function describeDataFile(
  ctx: Ctx,
  input: { organisationId: string; file: Incoming; publish?: boolean },
): Promise<FileDraft> {
  requirePermission(ctx, policy, 'create', { organisationIds: [input.organisationId] })
  const bytes = new Uint8Array(await input.file.arrayBuffer())
  const found = await describeFile(bytes, { filename: input.file.name })
  const fault = found.findings.find((each) => each.severity === 'error')
  if (found.columns.length === 0)
    throw problems.unreadable({ name: input.file.name, why: fault?.text ?? noTable })
  const kept = input.publish ? await ctx.blobs.put(bytes, ctx.config.uploadLimitBytes) : undefined
  const id = newId(ctx.now.getTime())
  await drafts.insertDraft(ctx.db, {
    id,
    person_id: actorId(ctx.actor) ?? null,
    organisation_id: input.organisationId,
    kind: 'file',
    name: input.file.name.slice(0, 200),
    payload: {
      record: found.record,
      preview: found.preview,
      findings: found.findings.slice(0, 50),
      size: bytes.length,
    },
    sha256: kept?.sha256 ?? null,
    created_at: ctx.now,
  })
  return getFileDraft(ctx, id)
}

const noTable = { de: 'Darin steht keine Tabelle.', en: 'It holds no table.' }

/** A described file of the person herself. */
export async function getFileDraft(ctx: Ctx, id: string): Promise<FileDraft> {
  const draft = await getDraft(ctx, id, 'file')
  return {
    id: draft.id,
    organisationId: draft.organisationId,
    name: draft.name,
    record: draft.payload['record'] as DatasetRecord,
    preview: draft.payload['preview'] as Preview | null,
    findings: draft.payload['findings'] as readonly Finding[],
    kept: draft.sha256 !== null,
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  csv: 'text/csv',
  tsv: 'text/tab-separated-values',
  geojson: 'application/geo+json',
  json: 'application/json',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** Takes the proposed description as the form has it. The file becomes a download only if it was kept and the data are open. */
export async function confirmFile(ctx: Ctx, draftId: string, form: EntryForm): Promise<Entry> {
  const draft = await getFileDraft(ctx, draftId)
  requirePermission(ctx, policy, 'create', { organisationIds: [draft.organisationId] })
  const stored = await getDraft(ctx, draftId, 'file')
  return transact(ctx, async (ctx) => {
    if (!(await drafts.deleteDraft(ctx.db, draftId))) throw problems.notFound()
    const entry = await createEntry(ctx, {
      organisationId: draft.organisationId,
      record: recordFromForm(draft.record, form),
      visibility: form.visibility,
      partners: form.partners,
      way: 'file',
      ...(draft.preview ? { preview: draft.preview } : {}),
      ...(form.grain ? { grain: form.grain } : {}),
    })
    if (stored.sha256 && form.access === 'open') {
      const name = safeName(draft.name)
      const mediaType =
        mediaTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()] ?? 'application/octet-stream'
      await attachFiles(
        ctx,
        entry,
        [{ name, mediaType, sha256: stored.sha256, size: Number(stored.payload['size']) }],
        form.licence ?? null,
      )
    }
    return getEntry(ctx, entry.id)
  })
}

/** A file name that needs no escaping anywhere. */
function safeName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
  return plain.slice(-100) || 'daten'
}

/** One row of an inventory as it would be taken over. */
export type InventoryRow = {
  readonly row: number
  readonly title: string
  readonly record: DatasetRecord
  readonly findings: readonly Finding[]
  /** True if the house already has an entry of this title: it stays as it is. */
  readonly known: boolean
}

/** An inventory that waits for its owner's yes. */
export type InventoryDraft = {
  readonly id: string
  readonly organisationId: string
  readonly name: string
  readonly rows: readonly InventoryRow[]
  readonly findings: readonly Finding[]
  /** Rows taken over already, after an interruption. */
  readonly done: number
}

/** More rows than any town's inventory has; a longer list is not one row per dataset. */
const MAX_ROWS = 5000

/** Reads an inventory list (CSV or XLSX, one row per dataset) and keeps it for a look before anything is taken over. */
export async function draftInventory(
  ctx: Ctx,
  input: { organisationId: string; file: Incoming },
): Promise<InventoryDraft> {
  requirePermission(ctx, policy, 'importInventory', { organisationIds: [input.organisationId] })
  const read = await readInventory(new Uint8Array(await input.file.arrayBuffer()))
  const fault = read.findings.find((each) => each.severity === 'error')
  const known = new Set(await listTitles(ctx.db, input.organisationId))
  const rows = read.records.slice(0, MAX_ROWS).map(({ record, findings, row }) => {
    const title = textIn(record.title, 'de')
    return { row, title, record, findings, known: known.has(title) }
  })
  if (!rows.some((row) => row.title)) {
    if (fault) throw problems.unreadable({ name: input.file.name, why: fault.text })
    throw problems.nothingToImport()
  }
  const id = newId(ctx.now.getTime())
  await drafts.insertDraft(ctx.db, {
    id,
    person_id: actorId(ctx.actor) ?? null,
    organisation_id: input.organisationId,
    kind: 'inventory',
    name: input.file.name.slice(0, 200),
    payload: { rows, findings: read.findings.slice(0, 50), done: 0 },
    sha256: null,
    created_at: ctx.now,
  })
  return getInventoryDraft(ctx, id)
}

/** An inventory of the person herself. */
export async function getInventoryDraft(ctx: Ctx, id: string): Promise<InventoryDraft> {
  const draft = await getDraft(ctx, id, 'inventory')
  return {
    id: draft.id,
    organisationId: draft.organisationId,
    name: draft.name,
    rows: draft.payload['rows'] as readonly InventoryRow[],
    findings: draft.payload['findings'] as readonly Finding[],
    done: draft.payload['done'] as number,
  }
}

/** What became of an inventory. */
export type InventoryResult = { readonly created: number; readonly known: number; readonly skipped: number }

const BATCH = 20

/**
 * Takes an inventory over in small steps, outside one long transaction; after an interruption it goes on with the next row.
 * Rows without title are left out, entries the house already has stay as they are.
 */
export async function confirmInventory(ctx: Ctx, draftId: string): Promise<InventoryResult> {
  const draft = await getInventoryDraft(ctx, draftId)
  requirePermission(ctx, policy, 'importInventory', { organisationIds: [draft.organisationId] })
  const wanted = draft.rows.filter((row) => row.title && !row.known)
  for (let at = draft.done; at < wanted.length; at += BATCH) {
    const part = wanted.slice(at, at + BATCH)
    await transact(ctx, async (ctx) => {
      // Confirmed a second time meanwhile: whoever came first goes on alone.
      if ((await drafts.lockDraft(ctx.db, draft.id))?.['done'] !== at) throw general.alreadySent()
      for (const row of part)
        await addEntry(
          ctx,
          createInput.parse({
            organisationId: draft.organisationId,
            record: row.record,
            way: 'inventory',
            visibility: 'public',
          }),
          { quiet: true },
        )
      await drafts.updateDraftPayload(ctx.db, draft.id, {
        rows: draft.rows,
        findings: draft.findings,
        done: at + part.length,
      })
    })
  }
  const result = {
    created: wanted.length,
    known: draft.rows.filter((row) => row.known).length,
    skipped: draft.rows.filter((row) => !row.title).length,
  }
  await transact(ctx, async (ctx) => {
    if (!(await drafts.deleteDraft(ctx.db, draft.id))) throw general.alreadySent()
    await putOnRecord(ctx, {
      event: 'catalogue.inventory-imported',
      object: { type: 'organisation', id: draft.organisationId },
      organisationId: draft.organisationId,
      summary: {
        de: 'Ein Haus hat ein Verzeichnis seiner Daten übernommen.',
        en: 'A house took over an inventory of its data.',
      },
      href: '/catalogue',
      details: { created: result.created, known: result.known },
    })
  })
  return result
}

/** Reads and takes over an inventory in one go; for the command line, the interface and the demo. */
export async function importInventory(
  ctx: Ctx,
  input: { organisationId: string; file: Incoming },
): Promise<InventoryResult> {
  const draft = await draftInventory(ctx, input)
  return confirmInventory(ctx, draft.id)
}
