import type { Ctx } from '../../platform/context.ts'
import { finding } from '../../platform/finding.ts'
import { newId } from '../../platform/ids.ts'
import { insertQuarantined } from '../quarantine/store.ts'
import * as harvested from './harvested.ts'
import * as store from './store.ts'
import type { Batch } from './take.ts'
import type { Work } from './work.ts'
import { findingRow } from './work.ts'

/** Keeps what could not be stored, with its input. */
export async function setAside(ctx: Ctx, work: Work, batch: Batch): Promise<void> {
  const asides = batch.mapped.flatMap((each) => ('aside' in each ? [each.aside] : []))
  if (asides.length === 0) return
  work.hasQuarantine = true
  const rows = asides.map((aside) => {
    const { remoteId, rawHash } = batch.page.opened.items[aside.index]!
    return { aside, remoteId, rawHash: rawHash || newId() }
  })
  await insertQuarantined(
    ctx.db,
    rows.map(({ aside, remoteId, rawHash }) => ({
      id: newId(),
      source_id: work.source.id,
      run_id: work.run.id,
      remote_id: remoteId,
      title: aside.title,
      code: aside.fault.code,
      message: aside.fault.message,
      raw: aside.raw,
      raw_size: aside.rawSize,
      raw_hash: rawHash,
      state: 'open',
      created_at: new Date(),
      decided_at: null,
    })),
  )
  await harvested.keepSetAside(
    ctx.db,
    batch.at,
    rows.flatMap(({ remoteId, rawHash }) => (remoteId ? [{ remoteId, rawHash }] : [])),
  )
}

/** Keeps what was remarkable about each record, up to the bound of the run. */
export async function keepRemarks(ctx: Ctx, work: Work, batch: Batch): Promise<void> {
  const rows = batch.mapped.flatMap((each) => {
    const index = 'ready' in each ? each.ready.index : each.aside.index
    const remoteId = batch.page.opened.items[index]?.remoteId ?? null
    return 'ready' in each
      ? each.ready.findings.map((one) => findingRow(work.run.id, one, remoteId))
      : [findingRow(work.run.id, finding('error', each.aside.fault.code, each.aside.fault.message), remoteId)]
  })
  const kept = rows.slice(0, Math.max(0, work.findingsLeft))
  work.findingsLeft -= kept.length
  await store.insertFindings(ctx.db, kept)
}
