import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Finding } from '../../platform/finding.ts'
import { isUuid } from '../../platform/ids.ts'
import { requirePermission } from '../../platform/permission.ts'
import { getOrganisation } from '../../identity/service.ts'
import { fileContext } from '../formats/format.ts'
import { policy } from '../policy.ts'
import { problems } from '../problems.ts'
import { note } from '../runs/finish.ts'
import { listKnown } from '../runs/harvested.ts'
import type { Source } from '../runs/model.ts'
import type { Prepared } from '../runs/reading/prepare.ts'
import { startReader } from '../runs/reading/thread.ts'
import { findSource } from '../runs/store.ts'
import * as write from '../runs/write.ts'
import type { Quarantined } from './store.ts'
import * as store from './store.ts'

const PAGE = 50

/** Records set aside, newest first. */
export async function listSetAside(
  ctx: Ctx,
  filter: { sourceId?: string | undefined; state?: Quarantined['state']; before?: string | undefined },
): Promise<{ records: Quarantined[]; next: string | undefined; open: number }> {
  requirePermission(ctx, policy, 'manageSources')
  const { state = 'open' } = filter
  const sourceId = filter.sourceId && isUuid(filter.sourceId) ? filter.sourceId : undefined
  const before = filter.before && isUuid(filter.before) ? filter.before : undefined
  const rows = await store.listQuarantined(ctx.db, { sourceId, state, before })
  const counts = await store.countQuarantined(ctx.db)
  const open = sourceId ? (counts.get(sourceId) ?? 0) : [...counts.values()].reduce((sum, n) => sum + n, 0)
  return {
    records: rows.slice(0, PAGE),
    next: rows.length > PAGE ? rows[PAGE - 1]!.id : undefined,
    open,
  }
}

/** One record set aside with its input as delivered. */
export async function getSetAside(ctx: Ctx, id: string): Promise<{ record: Quarantined; raw: string }> {
  requirePermission(ctx, policy, 'manageSources')
  const record = isUuid(id) ? await store.findQuarantined(ctx.db, id) : undefined
  if (!record) throw problems.notFound()
  return { record, raw: (await store.findRaw(ctx.db, id)) ?? '' }
}

/** Leaves a record out for good: it is asked for again only when its source says something else. */
export async function dismissSetAside(ctx: Ctx, id: string): Promise<Quarantined> {
  requirePermission(ctx, policy, 'manageSources')
  const { record } = await getSetAside(ctx, id)
  return transact(ctx, async (ctx) => {
    if (!(await store.settleQuarantined(ctx.db, id, 'dismissed', ctx.now)))
      throw problems.settledAlready({ id })
    await note(ctx, await sourceOf(ctx, record), 'record-dismissed', dismissed, { code: record.code })
    return (await store.findQuarantined(ctx.db, id))!
  })
}

const dismissed = {
  de: 'Ein zurückgestellter Datensatz einer Quelle bleibt draußen.',
  en: 'A dataset of a source that had been set aside stays out.',
}
const taken = {
  de: 'Ein zurückgestellter Datensatz einer Quelle wurde doch übernommen.',
  en: 'A dataset of a source that had been set aside was taken over after all.',
}

async function sourceOf(ctx: Ctx, record: Quarantined): Promise<Source> {
  const source = await findSource(ctx.db, record.sourceId)
  if (!source) throw problems.notFound()
  return source
}

/** What reading a record again came to: taken over, or why not. */
export type Retried =
  | { readonly entryId: string }
  | { readonly entryId: null; readonly findings: readonly Finding[]; readonly why: Quarantined['message'] }

/**
 * Reads a record set aside once more, as delivered or as a steward put it right, and takes it over if that works. Its
 * source stays the master: when it says something else, that counts.
 */
export async function retrySetAside(ctx: Ctx, input: { id: string; raw?: string }): Promise<Retried> {
  requirePermission(ctx, policy, 'manageSources')
  const { record, raw } = await getSetAside(ctx, input.id)
  if (record.state === 'resolved') throw problems.settledAlready({ id: record.id })
  const source = await sourceOf(ctx, record)
  const text = input.raw?.trim() ? input.raw : raw
  const read = await readOne(ctx, source, text)
  if (!('ready' in read)) return { entryId: null, ...read }
  const remoteId = record.remoteId ?? read.remoteId
  if (!remoteId) return { entryId: null, findings: [], why: record.message }
  return transact(ctx, (ctx) => takeOver(ctx, { record, source, remoteId, ready: read.ready }))
}

type ReadOne =
  | { readonly ready: Prepared; readonly remoteId: string | null }
  | { readonly findings: readonly Finding[]; readonly why: Quarantined['message'] }

const nothing = {
  de: 'Darin steht kein Datensatz in der Form dieser Quelle.',
  en: 'It holds no dataset in the form of this source.',
}

async function readOne(ctx: Ctx, source: Source, raw: string): Promise<ReadOne> {
  const reader = startReader()
  try {
    const bytes = new TextEncoder().encode(raw)
    const page = await reader.open({
      page: 1,
      bytes,
      format: source.format === 'dcat' ? null : source.format,
      context: fileContext(),
    })
    if (page.items.length === 0) return { findings: page.findings, why: page.findings[0]?.text ?? nothing }
    const { name: holderName } = await getOrganisation(ctx, source.organisationId)
    const [mapped] = await reader.map({ page: 1, indexes: [0], holderName, now: ctx.now })
    if (mapped && 'ready' in mapped) return { ready: mapped.ready, remoteId: page.items[0]!.remoteId }
    return { findings: page.findings, why: mapped?.aside.fault.message ?? nothing }
  } finally {
    await reader.close()
  }
}

type Takeover = {
  readonly record: Quarantined
  readonly source: Source
  readonly remoteId: string
  readonly ready: Prepared
}

async function takeOver(ctx: Ctx, given: Takeover): Promise<Retried> {
  const { record, source, remoteId, ready } = given
  const known = (await listKnown(ctx.db, source.id, [remoteId])).get(remoteId)
  const at = {
    sourceId: source.id,
    organisationId: source.organisationId,
    runNo: known?.run_no ?? 0,
    page: known?.page ?? '',
    now: ctx.now,
  }
  // What the source delivers is settled with this; it is read anew only when it says something else.
  const row = { ...ready, remoteId, rawHash: record.rawHash }
  if (known?.entry_id) await write.updateRows(ctx.db, at, [{ ...row, entryId: known.entry_id, changes: [] }])
  else await write.insertRows(ctx.db, at, [row])
  await store.settleQuarantined(ctx.db, record.id, 'resolved', ctx.now)
  await note(ctx, source, 'record-taken', taken, { code: record.code })
  return { entryId: known?.entry_id ?? ready.id }
}
