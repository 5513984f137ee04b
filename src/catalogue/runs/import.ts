import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Finding } from '../../platform/finding.ts'
import { newId } from '../../platform/ids.ts'
import { writeNTriples } from '../../rdf/serialise.ts'
import type { Quad } from '../../rdf/terms.ts'
import type { ReadDataset } from '../dcat/read.ts'
import { changesBetween, contentHash } from '../entries/model.ts'
import { columnsOf } from '../entries/service.ts'
import { insertEntry, insertVersion, updateEntryRow } from '../entries/store.ts'
import { textIn } from '../model.ts'
import type { Run, Source } from './model.ts'
import * as store from './store.ts'

/** Records per transaction: small, so that people waiting for a page are not held up. */
const BATCH = 25
/** Findings kept per run; beyond that the same flaw repeats. */
const MAX_FINDINGS = 2000
/** A record above this size is a fault of its source (GSA/data.gov#4965). */
const MAX_RECORD = 1_000_000
const MAX_RAW = 20_000

type Item = ReadDataset & { readonly remoteId: string }

/** Takes one document's records into the catalogue, batch by batch; what was handled in an earlier attempt is skipped. */
export async function importRecords(
  ctx: Ctx,
  given: {
    run: Run
    source: Source
    holderName: string
    records: readonly ReadDataset[]
    quads: readonly Quad[]
  },
): Promise<void> {
  for (let at = 0; at < given.records.length; at += BATCH) {
    const part = { ...given, records: given.records.slice(at, at + BATCH) }
    try {
      await transact(ctx, (ctx) => importBatch(ctx, part))
    } catch (error) {
      // One record the database will not take must not cost the others: try them one by one.
      ctx.log.warn(
        { run: given.run.id, error: error instanceof Error ? error.name : 'unknown' },
        'batch is taken record by record',
      )
      for (const record of part.records) await importAlone(ctx, part, record)
    }
    // Other work of this process gets its turn between batches.
    await new Promise((resume) => setImmediate(resume))
  }
}

type Batch = Parameters<typeof importRecords>[1]

async function importAlone(ctx: Ctx, batch: Batch, record: ReadDataset): Promise<void> {
  try {
    await transact(ctx, (ctx) => importBatch(ctx, { ...batch, records: [record] }))
  } catch {
    await transact(ctx, async (ctx) => {
      await quarantine(ctx, batch, record, unusable)
      await store.addCounts(ctx.db, batch.run.id, { ...none, read: 1, quarantined: 1 }, new Date())
    })
  }
}

const none: store.Counts = { read: 0, created: 0, changed: 0, unchanged: 0, quarantined: 0 }

type Reason = { readonly code: string; readonly de: string; readonly en: string }

const unusable: Reason = {
  code: 'not-storable',
  de: 'Die Beschreibung ließ sich nicht speichern.',
  en: 'The description could not be stored.',
}
const nameless: Reason = {
  code: 'no-identity',
  de: 'Der Datensatz hat weder Adresse noch Kennung.',
  en: 'The dataset has neither address nor identifier.',
}
const untitled: Reason = {
  code: 'no-title',
  de: 'Der Datensatz hat keinen Titel.',
  en: 'The dataset has no title.',
}
const monster: Reason = {
  code: 'too-large',
  de: 'Die Beschreibung ist größer als 1 MB.',
  en: 'The description is larger than 1 MB.',
}

function faultOf(record: ReadDataset['record']): Reason | undefined {
  if (!remoteIdOf(record)) return nameless
  if (!textIn(record.title, 'de').trim()) return untitled
  return JSON.stringify(record).length > MAX_RECORD ? monster : undefined
}

function remoteIdOf(record: ReadDataset['record']): string | undefined {
  const id = record.uri && !record.uri.startsWith('_:') ? record.uri : record.identifier
  return id?.slice(0, 2000) || undefined
}

async function importBatch(ctx: Ctx, batch: Batch): Promise<void> {
  const counts = { ...none }
  const good: Item[] = []
  const handled = await store.listSeen(
    ctx.db,
    batch.run.id,
    batch.records.flatMap((each) => remoteIdOf(each.record) ?? []),
  )
  for (const each of batch.records) {
    const remoteId = remoteIdOf(each.record)
    if (remoteId && (handled.has(remoteId) || good.some((item) => item.remoteId === remoteId))) continue
    counts.read++
    const fault = faultOf(each.record)
    if (fault) {
      counts.quarantined++
      await quarantine(ctx, batch, each, fault)
    } else good.push({ ...each, remoteId: remoteId! })
  }
  await saveItems(ctx, batch, good, counts)
  await keepFindings(ctx, batch.run.id, good)
  await store.insertSeen(
    ctx.db,
    batch.run.id,
    batch.records.flatMap((each) => remoteIdOf(each.record) ?? []),
  )
  await store.addCounts(ctx.db, batch.run.id, counts, new Date())
}

async function saveItems(
  ctx: Ctx,
  batch: Batch,
  items: readonly Item[],
  counts: store.Counts,
): Promise<void> {
  if (items.length === 0) return
  const known = new Map(
    (
      await store.listKnown(
        ctx.db,
        batch.source.id,
        items.map((item) => item.remoteId),
      )
    ).map((row) => [row.remote_id, row]),
  )
  for (const item of items) {
    const old = known.get(item.remoteId)
    if (!old) {
      await addItem(ctx, batch, item)
      counts.created++
    } else if (old.hash === contentHash(item.record)) {
      if (old.state === 'gone')
        await updateEntryRow(ctx.db, old.id, { state: 'live', gone_at: null, modified_at: ctx.now })
      counts.unchanged++
    } else {
      await changeItem(ctx, batch, item, old)
      counts.changed++
    }
  }
}

function holderOf(batch: Batch, item: Item): string {
  return textIn(item.record.publisher?.name ?? {}, 'de') || batch.holderName
}

async function addItem(ctx: Ctx, batch: Batch, item: Item): Promise<void> {
  const id = newId(ctx.now.getTime())
  await insertEntry(ctx.db, {
    id,
    organisation_id: batch.source.organisationId,
    source_id: batch.source.id,
    remote_id: item.remoteId,
    visibility: 'public',
    preview: null,
    preview_face: 'holder',
    gone_at: null,
    created_at: ctx.now,
    ...columnsOf(ctx, item.record, { holderName: holderOf(batch, item) }),
  })
  await insertVersion(ctx.db, {
    id: newId(ctx.now.getTime()),
    entry_id: id,
    version: 1,
    at: ctx.now,
    organisation_id: batch.source.organisationId,
    way: 'dcat',
    changes: [],
  })
}

type Known = Awaited<ReturnType<typeof store.listKnown>>[number]

async function changeItem(ctx: Ctx, batch: Batch, item: Item, old: Known): Promise<void> {
  const version = old.version + 1
  await updateEntryRow(ctx.db, old.id, {
    version,
    state: 'live',
    gone_at: null,
    ...columnsOf(ctx, item.record, { holderName: holderOf(batch, item) }),
  })
  await insertVersion(ctx.db, {
    id: newId(ctx.now.getTime()),
    entry_id: old.id,
    version,
    at: ctx.now,
    organisation_id: batch.source.organisationId,
    way: 'dcat',
    changes: changesBetween(old.holder ?? old.record, item.record).filter(
      (change) => change.field !== 'unknown',
    ),
  })
}

async function quarantine(ctx: Ctx, batch: Batch, each: ReadDataset, reason: Reason): Promise<void> {
  const { code, ...message } = reason
  await store.insertFindings(ctx.db, [
    {
      id: newId(),
      run_id: batch.run.id,
      remote_id: remoteIdOf(each.record) ?? null,
      level: 'error',
      code,
      message,
      raw: rawOf(batch.quads, each),
    },
  ])
}

// What the source said about this node, so that its keepers can see what to mend.
function rawOf(quads: readonly Quad[], each: ReadDataset): string {
  const node = each.record.uri?.replace(/^_:/, '')
  return writeNTriples(quads.filter((quad) => quad.subject.value === node).slice(0, 200)).slice(0, MAX_RAW)
}

async function keepFindings(ctx: Ctx, runId: string, items: readonly Item[]): Promise<void> {
  const rows = items.flatMap((item) =>
    item.findings
      .filter((each) => each.severity !== 'info')
      .map((each) => findingRow(runId, each, item.remoteId)),
  )
  if (rows.length === 0 || (await store.countFindings(ctx.db, runId)) > MAX_FINDINGS) return
  await store.insertFindings(ctx.db, rows.slice(0, 200))
}

/** A finding of a reader as a row of a run. */
export function findingRow(runId: string, each: Finding, remoteId: string | null) {
  return {
    id: newId(),
    run_id: runId,
    remote_id: remoteId,
    level: each.severity,
    code: each.code,
    message: each.text,
    raw: each.where ?? null,
  }
}
