import { parentPort } from 'node:worker_threads'
import { sha256Hex } from '../../../platform/canonical.ts'
import { finding } from '../../../platform/finding.ts'
import { changesBetween } from '../../entries/model.ts'
import type { Change } from '../../entries/model.ts'
import type { SourceFormat, SourceItem, SourcePage } from '../../formats/format.ts'
import { emptyPage } from '../../formats/format.ts'
import { detectFormat, formatFor } from '../../formats/registry.ts'
import type { DatasetRecord } from '../../model.ts'
import { prepare } from './prepare.ts'
import type { Answers, Ask, FromThread, OpenedPage, ToThread } from './protocol.ts'

// Runs in a thread of its own: parsing and mapping never hold up the people waiting for a page.

type Open = {
  readonly items: readonly SourceItem[]
  readonly records: Map<number, DatasetRecord>
  /** Letters of each record as delivered. */
  readonly sizes: readonly number[]
}
const pages = new Map<number, Open>()

async function open(ask: Extract<Ask, { op: 'open' }>): Promise<OpenedPage> {
  const { format, page } = await pageOf(ask)
  const raw = page.items.map(rawOf)
  const sizes = raw.map((each) => each.size)
  pages.set(ask.page, { items: page.items, records: new Map(), sizes })
  return {
    format: format?.name ?? null,
    items: page.items.map((item, at) => ({
      remoteId: item.remoteId?.replaceAll('\u0000', '').toWellFormed().slice(0, 2000) || null,
      rawHash: raw[at]!.hash,
    })),
    next: page.next,
    total: page.total,
    gone: page.gone,
    passedOver: page.gone.length + (page.passedOver ?? 0),
    findings: page.findings,
  }
}

type Read = { readonly format: SourceFormat | null; readonly page: SourcePage }

// A source may change its form; a page that gives nothing in the old one is looked at anew.
async function pageOf({ bytes, context, format: name }: Extract<Ask, { op: 'open' }>): Promise<Read> {
  const known = name ? formatFor(name) : undefined
  const page = known && (await known.readPage(bytes, context))
  if (known && page && page.items.length + page.gone.length > 0) return { format: known, page }
  const found = detectFormat(bytes, context)
  if (found && found !== known) {
    const anew = await found.readPage(bytes, context)
    if (!known || anew.items.length > 0) return { format: found, page: anew }
  }
  if (known && page) return { format: known, page }
  return { format: null, page: emptyPage('', [finding('error', 'unknown-format', unknown)]) }
}

const unknown = {
  de: 'Die Antwort ist kein Katalog in einer der Formen, die wir lesen.',
  en: 'The answer is no catalogue in one of the forms we read.',
}

function rawOf(item: SourceItem): { hash: string; size: number } {
  try {
    const raw = item.raw()
    return { hash: sha256Hex(raw).slice(0, 32), size: raw.length }
  } catch {
    return { hash: '', size: 0 }
  }
}

function map(ask: Extract<Ask, { op: 'map' }>): Answers['map'] {
  const page = pages.get(ask.page)
  const mapped: Answers['map'][number][] = []
  for (const index of ask.indexes) {
    const item = page?.items[index]
    if (!page || !item) continue
    const { holderName, now } = ask
    const result = prepare(item, index, { holderName, now, size: page.sizes[index] ?? 0 })
    if ('ready' in result) page.records.set(index, result.record)
    mapped.push('ready' in result ? { ready: result.ready } : result)
  }
  return mapped
}

function diff(ask: Extract<Ask, { op: 'diff' }>): Change[] {
  const record = pages.get(ask.page)?.records.get(ask.index)
  return record ? changesBetween(ask.old, record).filter((change) => change.field !== 'unknown') : []
}

async function answer(ask: Ask): Promise<unknown> {
  if (ask.op === 'open') return open(ask)
  if (ask.op === 'map') return map(ask)
  if (ask.op === 'diff') return diff(ask)
  pages.delete(ask.page)
  return null
}

parentPort?.on('message', ({ id, ask }: ToThread) => {
  answer(ask).then(
    (value) => parentPort!.postMessage({ id, value } satisfies FromThread),
    (error: unknown) =>
      parentPort!.postMessage({
        id,
        fault: error instanceof Error ? error.message : 'unknown',
      } satisfies FromThread),
  )
})
