import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import { finding } from '../../platform/finding.ts'
import { resolveQuarantined } from '../quarantine/store.ts'
import { keepRemarks, setAside } from './aside.ts'
import * as harvested from './harvested.ts'
import type { Known } from './harvested.ts'
import type { Prepared, SetAside } from './reading/prepare.ts'
import { faults } from './reading/prepare.ts'
import type { ListedItem, OpenedPage } from './reading/protocol.ts'
import type { Work } from './work.ts'
import { findingRow } from './work.ts'
import * as store from './store.ts'
import * as write from './write.ts'

/** How long one transaction should take, in milliseconds. With the embedded database people who want a page wait for its end. */
const TARGET_MS = { embedded: 20, server: 80 }
/** On a busy machine smaller ones would only wait more often. */
const SMALLEST = 20
const LARGEST = 200
/** Unchanged records per transaction. */
const UNCHANGED = 500

type Sorted = {
  readonly unchanged: readonly string[]
  readonly stillAside: readonly string[]
  /** Entries that were missing and stand in the list again, by remote id. */
  readonly returned: ReadonlyMap<string, string>
  readonly toMap: readonly number[]
  readonly repeated: number
}

/**
 * Takes the records of an opened page into the catalogue, batch by batch; what this run took before is skipped. Answers with
 * how many this run had listed on another page.
 */
export async function takePage(
  ctx: Ctx,
  work: Work,
  page: { key: string; no: number; opened: OpenedPage },
): Promise<{ repeated: number }> {
  const { items } = page.opened
  const at = placeOf(ctx, work, page.key)
  const ids = [...new Set(items.flatMap((item) => item.remoteId ?? []))]
  const known = await harvested.listKnown(ctx.db, work.source.id, ids)
  const sorted = sortItems(items, known, { runNo: work.run.no, page: page.key })
  await takeUnchanged(ctx, work, at, sorted)
  const target = ctx.config.databaseUrl ? TARGET_MS.server : TARGET_MS.embedded
  let size = SMALLEST
  let from = 0
  const mapNext = () => {
    const indexes = sorted.toMap.slice(from, (from += size))
    if (indexes.length === 0) return
    const mapping = work.reader.map({ page: page.no, indexes, holderName: work.holderName, now: ctx.now })
    // Awaited only after the batch before it is stored.
    mapping.catch(() => {})
    return mapping
  }
  for (let coming = mapNext(); coming;) {
    const mapped = await coming
    // The next records are mapped in the thread while these are stored.
    coming = mapNext()
    const ms = await takeBatch(ctx, work, { at, page, known, mapped })
    size = Math.min(LARGEST, Math.max(SMALLEST, Math.round((mapped.length * target) / Math.max(1, ms))))
    await new Promise((resume) => setImmediate(resume))
  }
  return { repeated: sorted.repeated }
}

/** Where the rows of this page belong. */
export function placeOf(ctx: Ctx, work: Work, page: string): write.Place {
  return {
    sourceId: work.source.id,
    organisationId: work.source.organisationId,
    runNo: work.run.no,
    page,
    now: ctx.now,
  }
}

function sortItems(
  items: readonly ListedItem[],
  known: ReadonlyMap<string, Known>,
  now: { runNo: number; page: string },
): Sorted {
  const unchanged: string[] = []
  const stillAside: string[] = []
  const returned = new Map<string, string>()
  const toMap: number[] = []
  const here = new Set<string>()
  let repeated = 0
  for (const [index, { remoteId, rawHash }] of items.entries()) {
    if (remoteId === null) {
      toMap.push(index)
      continue
    }
    const old = known.get(remoteId)
    const handled = old?.run_no === now.runNo
    if (here.has(remoteId) || (handled && old?.page !== now.page)) {
      repeated++
      continue
    }
    here.add(remoteId)
    if (handled) continue
    if (!old || rawHash === '' || old.raw_hash !== rawHash) toMap.push(index)
    else if (!old.entry_id) stillAside.push(remoteId)
    else {
      unchanged.push(remoteId)
      if (old.missing_since) returned.set(remoteId, old.entry_id)
    }
  }
  return { unchanged, stillAside, returned, toMap, repeated }
}

async function takeUnchanged(ctx: Ctx, work: Work, at: write.Place, sorted: Sorted): Promise<void> {
  if (sorted.repeated > 0)
    await transact(ctx, async (ctx) => {
      await store.addCounts(ctx.db, work, { repeated: sorted.repeated })
      await store.insertFindings(ctx.db, [findingRow(work.run.id, repeats(sorted.repeated), null)])
    })
  const seen = [...sorted.unchanged, ...sorted.stillAside]
  const aside = new Set(sorted.stillAside)
  for (let from = 0; from < seen.length; from += UNCHANGED) {
    const part = seen.slice(from, from + UNCHANGED)
    const quarantined = part.filter((id) => aside.has(id)).length
    await transact(ctx, async (ctx) => {
      // In one transaction with the mark that they were seen: a run that goes on after a crash asks for that mark alone.
      await harvested.reviveEntries(
        ctx.db,
        part.flatMap((id) => sorted.returned.get(id) ?? []),
        ctx.now,
      )
      await harvested.markSeen(ctx.db, at, part)
      await store.addCounts(ctx.db, work, {
        read: part.length,
        unchanged: part.length - quarantined,
        quarantined,
      })
    })
  }
}

const repeats = (n: number) =>
  finding('warning', 'repeated-record', {
    de: `Die Quelle listet ${n} Datensätze mehrfach; jeder zählt einmal.`,
    en: `The source lists ${n} datasets more than once; each counts once.`,
  })

/** Records of a page as they were mapped, with what is known of them. */
export type Batch = {
  readonly at: write.Place
  readonly page: { readonly no: number; readonly opened: OpenedPage }
  readonly known: ReadonlyMap<string, Known>
  readonly mapped: readonly ({ readonly ready: Prepared } | { readonly aside: SetAside })[]
}

/** Stores a batch in one transaction; where the database refuses it, record by record. Gives the milliseconds it took. */
async function takeBatch(ctx: Ctx, work: Work, batch: Batch): Promise<number> {
  const changes = await diffsOf(ctx, work, batch)
  const started = performance.now()
  try {
    await transact(ctx, (ctx) => storeBatch(ctx, work, batch, changes))
  } catch (error) {
    if (error instanceof store.Superseded) throw error
    const name = error instanceof Error ? error.name : 'unknown'
    ctx.log.warn({ run: work.run.id, error: name }, 'batch is taken record by record')
    for (const each of batch.mapped) await takeAlone(ctx, work, { ...batch, mapped: [each] }, changes)
  }
  return performance.now() - started
}

async function takeAlone(ctx: Ctx, work: Work, batch: Batch, changes: Diffs): Promise<void> {
  try {
    await transact(ctx, (ctx) => storeBatch(ctx, work, batch, changes))
  } catch (error) {
    if (error instanceof store.Superseded) throw error
    const [each] = batch.mapped
    const { index } = 'ready' in each! ? each.ready : each!.aside
    const aside: SetAside = { index, fault: faults.unstorable, title: null, raw: '', rawSize: 0 }
    await transact(ctx, (ctx) => storeBatch(ctx, work, { ...batch, mapped: [{ aside }] }, changes))
  }
}

type Diffs = ReadonlyMap<number, write.ChangedRow['changes']>

// What changed in each changed record: the old ones are read together, the comparing happens in the thread.
async function diffsOf(ctx: Ctx, work: Work, batch: Batch): Promise<Diffs> {
  const changed = batch.mapped.flatMap((each) => {
    const old = 'ready' in each ? knownOf(batch, each.ready.index) : undefined
    return 'ready' in each && old?.entry_id && old.hash !== each.ready.hash
      ? [{ index: each.ready.index, entryId: old.entry_id }]
      : []
  })
  const records = await store.listRecords(
    ctx.db,
    changed.map((each) => each.entryId),
  )
  const diffs = new Map<number, write.ChangedRow['changes']>()
  for (const { index, entryId } of changed) {
    const old = records.get(entryId)
    if (old) diffs.set(index, await work.reader.diff({ page: batch.page.no, index, old }))
  }
  return diffs
}

function knownOf(batch: Batch, index: number): Known | undefined {
  const id = batch.page.opened.items[index]?.remoteId
  return id ? batch.known.get(id) : undefined
}

async function storeBatch(ctx: Ctx, work: Work, batch: Batch, diffs: Diffs): Promise<void> {
  const fresh: write.Row[] = []
  const changed: write.ChangedRow[] = []
  const same: { row: write.Row; touched: write.Touched }[] = []
  for (const each of batch.mapped) {
    if (!('ready' in each)) continue
    const item = batch.page.opened.items[each.ready.index]!
    const old = knownOf(batch, each.ready.index)
    const row = { ...each.ready, remoteId: item.remoteId!, rawHash: item.rawHash }
    if (!old?.entry_id) fresh.push(row)
    else if (old.hash === row.hash) same.push({ row, touched: { ...each.ready, entryId: old.entry_id } })
    else changed.push({ ...row, entryId: old.entry_id, changes: diffs.get(row.index) ?? [] })
  }
  await write.insertRows(ctx.db, batch.at, fresh)
  await write.updateRows(ctx.db, batch.at, changed)
  await write.touchRows(
    ctx.db,
    same.map((each) => each.touched),
  )
  await write.saveHashes(
    ctx.db,
    batch.at,
    same.map((each) => each.row),
  )
  await harvested.reviveEntries(ctx.db, returnedOf(batch), ctx.now)
  await setAside(ctx, work, batch)
  await keepRemarks(ctx, work, batch)
  if (work.hasQuarantine) await resolve(ctx, work, [...fresh, ...changed, ...same.map((each) => each.row)])
  await store.addCounts(ctx.db, work, {
    read: batch.mapped.length,
    created: fresh.length,
    changed: changed.length,
    unchanged: same.length,
    quarantined: batch.mapped.filter((each) => 'aside' in each).length,
  })
}

async function resolve(ctx: Ctx, work: Work, rows: readonly write.Row[]): Promise<void> {
  await resolveQuarantined(
    ctx.db,
    work.source.id,
    rows.map((row) => row.remoteId),
    ctx.now,
  )
}

function returnedOf(batch: Batch): string[] {
  return batch.mapped.flatMap((each) => {
    const old = 'ready' in each ? knownOf(batch, each.ready.index) : undefined
    return old?.missing_since && old.entry_id ? [old.entry_id] : []
  })
}
