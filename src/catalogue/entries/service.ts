import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import type { Localised } from '../../platform/i18n.ts'
import { isUuid, newId } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { getOrganisation } from '../../identity/service.ts'
import { record as putOnRecord } from '../../transparency/service.ts'
import type { DatasetRecord } from '../model.ts'
import { emptyDistribution, emptyRecord } from '../model.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import type { CreateEntry, PublishDataset, UpdateEntry } from '../schema.ts'
import { createInput, publishInput, updateInput } from '../schema.ts'
import type { Entry, EntryFile, EntryId, EntryVersion } from './model.ts'
import { whyNotHere } from '../gone/tombstone.ts'
import { columnsFor } from './columns.ts'
import { changesBetween } from './model.ts'
import * as store from './store.ts'

/** The entry with the fields this actor may read. Refuses with `catalogue/removed` (410) what was removed, with `catalogue/not-found` what she may not know of. */
export async function getEntry(ctx: Ctx, id: string): Promise<Entry> {
  requirePermission(ctx, policy, 'read')
  const entry = isUuid(id) ? (await store.findVisible(ctx, [id]))[0] : undefined
  if (!entry || entry.removedAt) throw await whyNotHere(ctx, id)
  return entry
}

/** The entries of these ids that the actor may see, in no order; unknown and hidden ones are left out. */
export async function findEntries(ctx: Ctx, ids: readonly string[]): Promise<Entry[]> {
  requirePermission(ctx, policy, 'read')
  return store.findVisible(ctx, ids.filter(isUuid))
}

/** Adds an entry for the actor's own house. Kept as version 1 and put on record. */
export async function createEntry(ctx: Ctx, input: CreateEntry): Promise<Entry> {
  requirePermission(ctx, policy, 'create', { organisationIds: [input.organisationId] })
  return addEntry(ctx, createInput.parse(input))
}

/** Saves an entry whose permission was checked by the caller; `quiet` where one register line stands for many entries. */
export async function addEntry(
  ctx: Ctx,
  input: ReturnType<typeof createInput.parse>,
  how: { quiet?: boolean } = {},
): Promise<Entry> {
  return transact(ctx, async (ctx) => {
    const holder = await getOrganisation(ctx, input.organisationId)
    const record = withPublisher(input.record, holder.name)
    const id = newId<EntryId>(ctx.now.getTime())
    await store.insertEntry(ctx.db, {
      id,
      organisation_id: input.organisationId,
      source_id: null,
      remote_id: null,
      visibility: input.visibility,
      preview: input.preview ?? null,
      preview_face: previewFace(record, input.preview),
      created_at: ctx.now,
      gone_at: null,
      ...columnsOf(ctx, record, { holderName: holder.name, grain: input.grain }),
    })
    await store.insertVersion(ctx.db, {
      id: newId(ctx.now.getTime()),
      entry_id: id,
      version: 1,
      at: ctx.now,
      organisation_id: input.organisationId,
      way: input.way,
      changes: [],
    })
    await listPartners(ctx, id, input.partners)
    if (!how.quiet) await noteEntry(ctx, 'created', id, input.organisationId)
    return getEntry(ctx, id)
  })
}

function withPublisher(record: DatasetRecord, name: string): DatasetRecord {
  const publisher = record.publisher ?? { id: null, name: { de: name }, type: null, url: null, email: null }
  return { ...record, publisher }
}

// Real rows of data that are not open stay in the house; invented ones may be shown to all.
function previewFace(
  record: DatasetRecord,
  preview: { invented: boolean } | null | undefined,
): 'public' | 'holder' {
  return record.access.type === 'open' || preview?.invented ? 'public' : 'holder'
}

/** All columns that follow from a record. */
function columnsOf(
  ctx: Ctx,
  record: DatasetRecord,
  given: { holderName: string; grain?: string | null | undefined },
) {
  return columnsFor(record, { ...given, now: ctx.now })
}

const sentences: Readonly<Record<string, Localised>> = {
  created: {
    de: 'Ein Datensatz wurde ins Verzeichnis aufgenommen.',
    en: 'A dataset was added to the catalogue.',
  },
  changed: {
    de: 'Die Beschreibung eines Datensatzes wurde geändert.',
    en: 'The description of a dataset was changed.',
  },
  published: {
    de: 'Ein Ergebnis wurde als offener Datensatz veröffentlicht.',
    en: 'A result was published as an open dataset.',
  },
  shared: {
    de: 'Die Partneransicht von Datensätzen wurde durch eine Vereinbarung geöffnet.',
    en: 'The partner view of datasets was opened by an agreement.',
  },
  unshared: {
    de: 'Die Partneransicht von Datensätzen endet mit der Vereinbarung.',
    en: 'The partner view of datasets ended with the agreement.',
  },
}

async function noteEntry(
  ctx: Ctx,
  what: 'created' | 'changed' | 'published',
  id: string,
  organisationId: string,
  version = 1,
) {
  await putOnRecord(ctx, {
    event: `catalogue.entry-${what}`,
    object: { type: 'dataset', id },
    organisationId,
    summary: sentences[what]!,
    href: `/catalogue/datasets/${id}`,
    details: { version },
  })
}

/**
 * Changes an entry of the actor's own house; every change is a new version with its diff. Refuses entries kept at a source
 * and edits of a version that is no longer the newest. Nothing changed means no new version.
 */
export async function updateEntry(ctx: Ctx, input: UpdateEntry): Promise<Entry> {
  const entry = await getEntry(ctx, input.id)
  requirePermission(ctx, policy, 'edit', { organisationIds: [entry.organisationId] })
  if (entry.sourceId) throw problems.fromSource({ id: entry.id })
  return changeEntry(ctx, updateInput.parse(input), 'form')
}

/** Saves changes whose permission was checked by the caller (the holder's edit, or her yes to a proposal). */
export async function changeEntry(
  ctx: Ctx,
  input: ReturnType<typeof updateInput.parse>,
  way: string,
): Promise<Entry> {
  return transact(ctx, async (ctx) => {
    const row = await store.findFull(ctx.db, input.id)
    if (!row) throw problems.notFound()
    if (input.version !== undefined && input.version !== row.version)
      throw problems.changedMeanwhile({ id: input.id })
    const before = row.holder ?? row.record
    const record = input.record ?? before
    const changes = changesBetween(before, record)
    const preview = input.preview ?? row.preview
    const visibility = input.visibility ?? row.visibility
    if (input.partners) await listPartners(ctx, input.id, input.partners)
    if (changes.length === 0 && visibility === row.visibility && input.grain === undefined && !input.preview)
      return getEntry(ctx, input.id)
    const version = row.version + 1
    await store.updateEntryRow(ctx.db, input.id, {
      visibility,
      version,
      preview,
      preview_face: previewFace(record, preview),
      ...columnsOf(ctx, record, {
        holderName: row.holder_name,
        grain: input.grain ?? (input.record ? null : row.grain),
      }),
    })
    await store.insertVersion(ctx.db, {
      id: newId(ctx.now.getTime()),
      entry_id: input.id,
      version,
      at: ctx.now,
      organisation_id: row.organisation_id,
      way,
      changes,
    })
    await noteEntry(ctx, 'changed', input.id, row.organisation_id, version)
    return getEntry(ctx, input.id)
  })
}

async function listPartners(ctx: Ctx, entryId: string, organisationIds: readonly string[]): Promise<void> {
  await store.deleteListedPartners(ctx.db, entryId)
  const rows = [...new Set(organisationIds)].map((organisation_id) => ({
    id: newId(ctx.now.getTime()),
    entry_id: entryId,
    organisation_id,
    agreement_id: null,
    since: ctx.now,
  }))
  await store.insertPartners(ctx.db, rows)
}

/** The houses the holder named as partners; only for those who may edit the entry. */
export async function listPartnersOf(ctx: Ctx, entryId: string): Promise<string[]> {
  const entry = await getEntry(ctx, entryId)
  requirePermission(ctx, policy, 'edit', { organisationIds: [entry.organisationId] })
  return store.listListedPartners(ctx.db, entryId)
}

const reach = { public: 0, partner: 1, holder: 2 } as const

/** The versions of an entry, newest first; of each only the changes to fields this reader may see. */
export async function listVersions(ctx: Ctx, entryId: string): Promise<EntryVersion[]> {
  const entry = await getEntry(ctx, entryId)
  const versions = await store.listVersionRows(ctx.db, entryId)
  return versions.map((version) => ({
    ...version,
    changes: version.changes.filter((change) => reach[change.face] <= reach[entry.face]),
  }))
}

/** The partner face for the parties of an agreement in force; called by the room that keeps agreements. */
export async function shareEntries(
  ctx: Ctx,
  input: { agreementId: string; entryIds: readonly string[]; organisationIds: readonly string[] },
): Promise<void> {
  requirePermission(ctx, policy, 'share')
  await transact(ctx, async (ctx) => {
    await store.deleteAgreementPartners(ctx.db, input.agreementId)
    const pairs = input.entryIds.flatMap((entry_id) =>
      input.organisationIds.map((organisation_id) => ({ entry_id, organisation_id })),
    )
    await store.insertPartners(
      ctx.db,
      pairs.map((pair) => ({
        id: newId(ctx.now.getTime()),
        ...pair,
        agreement_id: input.agreementId,
        since: ctx.now,
      })),
    )
    await noteShare(ctx, 'shared', input.agreementId)
  })
}

/** Ends what an agreement had shared; nothing happens if it shared nothing. */
export async function unshareEntries(ctx: Ctx, input: { agreementId: string }): Promise<void> {
  requirePermission(ctx, policy, 'share')
  await transact(ctx, async (ctx) => {
    const ended = await store.deleteAgreementPartners(ctx.db, input.agreementId)
    if (ended > 0) await noteShare(ctx, 'unshared', input.agreementId)
  })
}

async function noteShare(ctx: Ctx, what: 'shared' | 'unshared', agreementId: string): Promise<void> {
  await putOnRecord(ctx, {
    event: `catalogue.entries-${what}`,
    object: { type: 'agreement', id: agreementId },
    summary: sentences[what]!,
    href: `/cooperation/agreements/${agreementId}`,
  })
}

/**
 * Publishes released tables as an open dataset with its files (already in the blob store), licence and where they come
 * from. Answers with the new entry; its files lie under `/catalogue/datasets/:id/files/:name`.
 */
export async function publishDataset(ctx: Ctx, input: PublishDataset): Promise<Entry> {
  requirePermission(ctx, policy, 'publish', { organisationIds: [input.organisationId] })
  const wanted = publishInput.parse(input)
  return transact(ctx, async (ctx) => {
    const record = publishedRecord(ctx, wanted)
    const entry = await addEntry(
      ctx,
      createInput.parse({
        organisationId: wanted.organisationId,
        record,
        way: 'answer',
        ...(wanted.preview ? { preview: wanted.preview } : {}),
      }),
    )
    await attachFiles(ctx, entry, wanted.files, wanted.licence)
    await noteEntry(ctx, 'published', entry.id, wanted.organisationId)
    return getEntry(ctx, entry.id)
  })
}

function publishedRecord(ctx: Ctx, wanted: ReturnType<typeof publishInput.parse>): DatasetRecord {
  const today = dayOf(ctx.now)
  const base = ctx.config.url
  return {
    ...emptyRecord(),
    title: { de: wanted.title },
    description: { de: wanted.description },
    keywords: wanted.keywords.map((text) => ({ text, lang: 'de' })),
    themes: wanted.topics,
    periods: wanted.temporal
      ? [{ id: null, start: wanted.temporal.start ?? null, end: wanted.temporal.end ?? null }]
      : [],
    places: wanted.spatial ? [{ id: null, label: { de: wanted.spatial }, bbox: null, derived: false }] : [],
    ags: ctx.config.ags,
    geocodingLevel: 'municipality',
    issued: today,
    modified: today,
    frequency: 'NEVER',
    languages: ['DEU'],
    landingPages: wanted.landingPage ? [absolute(base, wanted.landingPage)] : [],
    sources: wanted.sourceEntryIds.map((id) => `${base}/catalogue/datasets/${id}`),
    columns: wanted.columns.map((column) => ({
      name: column.name,
      meaning: column.meaning,
      type: 'text',
      unit: column.unit ?? null,
      personal: false,
    })),
  }
}

function absolute(base: string, address: string): string {
  return address.startsWith('/') ? base + address : address
}

const formats: Readonly<Record<string, string>> = {
  'text/csv': 'CSV',
  'application/vnd.apache.parquet': 'PARQUET',
  'application/geo+json': 'GEOJSON',
  'application/json': 'JSON',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'XLSX',
}

/** Adds published files to an entry, each as a distribution with download address, size and checksum. */
export async function attachFiles(
  ctx: Ctx,
  entry: Entry,
  files: readonly EntryFile[],
  licence: string | null,
): Promise<void> {
  if (files.length === 0) return
  await store.insertFiles(
    ctx.db,
    files.map((file, position) => ({
      id: newId(ctx.now.getTime()),
      entry_id: entry.id,
      position,
      name: file.name,
      media_type: file.mediaType,
      sha256: file.sha256,
      size: file.size,
    })),
  )
  const row = await store.findFull(ctx.db, entry.id)
  const full = row!.holder ?? row!.record
  const record = { ...full, distributions: files.map((file) => distributionOf(ctx, entry.id, file, licence)) }
  await store.updateEntryRow(
    ctx.db,
    entry.id,
    columnsOf(ctx, record, { holderName: row!.holder_name, grain: row!.grain }),
  )
}

function distributionOf(ctx: Ctx, entryId: string, file: EntryFile, licence: string | null) {
  const url = `${ctx.config.url}/catalogue/datasets/${entryId}/files/${encodeURIComponent(file.name)}`
  return {
    ...emptyDistribution(),
    title: { de: file.name },
    accessUrl: url,
    downloadUrl: url,
    format: formats[file.mediaType] ?? null,
    mediaType: file.mediaType,
    licence,
    byteSize: file.size,
    checksum: { id: null, algorithm: 'sha256', value: file.sha256 },
  }
}

/** The files published with an entry the actor may see; of data that are not open, or no longer, only for their house. */
export async function listFiles(ctx: Ctx, entryId: string): Promise<EntryFile[]> {
  const entry = await getEntry(ctx, entryId)
  if (entry.access !== 'open' && entry.face !== 'holder') return []
  return store.listFileRows(ctx.db, entryId)
}
