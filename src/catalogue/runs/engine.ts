import type { Ctx } from '../../platform/context.ts'
import { transact } from '../../platform/context.ts'
import type { Finding } from '../../platform/finding.ts'
import { formatFor } from '../formats/registry.ts'
import type { PageRequest } from '../formats/format.ts'
import { MAX_IDLE, circles, elsewhere, endless, nothingNew, silence, twice } from './faults.ts'
import * as harvested from './harvested.ts'
import { keyOf, loadFile, loadPage, loadUnknown } from './load.ts'
import type { LoadedPage } from './load.ts'
import { PAGE_SIZE } from './model.ts'
import type { OpenedPage } from './reading/protocol.ts'
import * as store from './store.ts'
import { placeOf, takePage } from './take.ts'
import type { Work } from './work.ts'
import { findingRow } from './work.ts'

/** More pages than any real catalogue has; beyond it a feed leads in circles. */
const MAX_PAGES = 20_000
/** Twenty gigabytes and a day: what one run may take of its source and of us. */
const MAX_BYTES = 20 * 1024 ** 3
const MAX_MS = 24 * 3_600_000

/** Reads a source page by page until its end or until something is wrong with it; goes on where an earlier attempt stopped. */
export async function readPages(ctx: Ctx, work: Work): Promise<void> {
  if (work.run.kind === 'upload') return readFiles(ctx, work)
  let previous = ''
  let idle = 0
  let page = await firstOf(ctx, work)
  while (page) {
    const stop = stopAt(work, page, { previous, idle })
    const next = stop ? null : nextOf(work, page)
    // The next page is fetched and opened while this one is written.
    const coming = next?.request ? loadPage(ctx, work, next.request, page.no + 1) : null
    coming?.catch(() => {})
    idle = stop || (await takeWhole(ctx, work, page)) ? 0 : idle + 1
    await endPage(ctx, work, page, stop ?? next?.fault ?? null, next?.request ?? null)
    previous = page.sha256
    page = coming && (await coming)
  }
}

// Where an earlier attempt stopped, else the first page; of a source nobody has looked at yet its form is found with it.
async function firstOf(ctx: Ctx, work: Work): Promise<LoadedPage | null> {
  if (work.run.next) return loadPage(ctx, work, work.run.next, 1)
  if (work.run.pages > 0) return null
  const format = work.source.format ? formatFor(work.source.format) : undefined
  if (work.first || !format) return loadUnknown(ctx, work)
  const since = work.run.since?.toISOString() ?? null
  return loadPage(ctx, work, format.firstPage({ base: work.source.url!, pageSize: PAGE_SIZE, since }), 1)
}

async function readFiles(ctx: Ctx, work: Work): Promise<void> {
  if (work.run.pages > 0) return
  for (const input of work.run.inputs.filter((each) => each.sha256)) {
    const page = await loadFile(ctx, work, input)
    await takeWhole(ctx, work, page)
    await endPage(ctx, work, page, null, null)
  }
}

/** Takes what a page lists; false where all of it had been listed earlier in this run. */
async function takeWhole(ctx: Ctx, work: Work, page: LoadedPage): Promise<boolean> {
  const { opened } = page
  if (opened !== 'same') {
    await keepPageRemarks(ctx, work, page, withSilence(work, page.no, opened))
    const { repeated } = await takePage(ctx, work, { key: page.key, no: page.no, opened })
    await harvested.markSaidGone(ctx.db, placeOf(ctx, work, page.key), opened.gone)
    await work.reader.closePage(page.no)
    return opened.items.length === 0 || repeated < opened.items.length
  }
  const at = placeOf(ctx, work, page.key)
  const { aside } = await harvested.countOnPage(ctx.db, work.source.id, page.key)
  await transact(ctx, async (ctx) => {
    await harvested.reviveOnPage(ctx.db, at, ctx.now)
    const seen = await harvested.markPageSeen(ctx.db, at)
    const quarantined = Math.min(aside, seen)
    await store.addCounts(ctx.db, work, {
      read: seen,
      unchanged: seen - quarantined,
      quarantined,
      spared: 1,
    })
  })
  return true
}

// A page the one before led to and in which no catalogue can be found: what lay behind it was not read.
function withSilence(work: Work, no: number, { items, findings }: OpenedPage): readonly Finding[] {
  const silent = items.length === 0 && findings.some((each) => each.code === 'no-dataset')
  return silent && work.run.pages + no > 1 ? [...findings, silence] : findings
}

async function keepPageRemarks(
  ctx: Ctx,
  work: Work,
  page: LoadedPage,
  findings: readonly Finding[],
): Promise<void> {
  const kept = findings.slice(0, Math.max(0, Math.min(50, work.findingsLeft)))
  work.findingsLeft -= kept.length
  const failures = findings.filter((each) => each.severity === 'error').length
  await transact(ctx, async (ctx) => {
    await store.insertFindings(
      ctx.db,
      kept.map((each) => ({
        ...findingRow(work.run.id, each, null),
        raw: `${page.request?.url ?? ''} ${each.where ?? ''}`.trim() || null,
      })),
    )
    // A file with some unreadable statements is still a page; what follows it may be whole.
    if (failures > 0) await store.addCounts(ctx.db, work, { failures })
  })
}

/** Why a page must not be taken: the feed leads in circles, gives the same page again, or goes on and on about the same. */
function stopAt(
  work: Work,
  page: LoadedPage,
  { previous, idle }: { readonly previous: string; readonly idle: number },
): Finding | null {
  const listed = page.opened === 'same' ? (page.last?.records ?? 0) : page.opened.items.length
  if (page.last?.run_no === work.run.no) return circles(page)
  if (listed > 0 && page.sha256 === previous) return twice(page)
  if (idle >= MAX_IDLE) return nothingNew(page)
  const { bytes, createdAt, pages } = work.run
  const spent = Date.now() - createdAt.getTime()
  const tooMuch = pages + page.no > MAX_PAGES || bytes > MAX_BYTES || spent > MAX_MS
  return tooMuch ? endless(page) : null
}

type Next = { readonly request: PageRequest | null; readonly fault: Finding | null }

// The next page must lie on the source's host or on the one it redirects to; a feed that leads elsewhere counts as not read to its end.
function nextOf(work: Work, page: LoadedPage): Next {
  const request = page.opened === 'same' ? (page.last?.next ?? null) : page.opened.next
  if (!request || !page.request) return { request: null, fault: null }
  if (keyOf(request) === page.key) return { request: null, fault: circles(page) }
  const hosts = [work.source.url!, page.from ?? page.request.url].map((each) => new URL(each).host)
  if (hosts.includes(new URL(request.url).host)) return { request, fault: null }
  return {
    request: null,
    fault: elsewhere(request.url),
  }
}

async function endPage(
  ctx: Ctx,
  work: Work,
  page: LoadedPage,
  fault: Finding | null,
  next: PageRequest | null,
): Promise<void> {
  const opened = page.opened === 'same' ? null : page.opened
  const total = opened ? opened.total : (page.last?.total ?? null)
  await transact(ctx, async (ctx) => {
    if (fault) await store.insertFindings(ctx.db, [findingRow(work.run.id, fault, null)])
    const passed_over = passedOverOn(page)
    await store.addCounts(ctx.db, work, { pages: 1, bytes: page.bytes, failures: fault ? 1 : 0, passed_over })
    await store.updateRun(ctx.db, work.run.id, {
      next,
      ...(total === null ? {} : { expected: total }),
      ...(opened?.format ? { format: opened.format } : {}),
    })
    // Only a page with records shows the form of a source: a web page about maintenance does not.
    const shown = opened && opened.items.length > 0 ? opened.format : null
    if (shown && shown !== work.source.format && work.run.kind === 'url')
      await store.updateSource(ctx.db, work.source.id, { format: shown })
    if (page.request && !fault) await savePage(ctx, work, page, next)
  })
}

const passedOverOn = ({ opened, last }: LoadedPage): number =>
  opened === 'same' ? (last?.passed_over ?? 0) : opened.passedOver

async function savePage(ctx: Ctx, work: Work, page: LoadedPage, next: PageRequest | null): Promise<void> {
  const whole = page.opened === 'same' || !page.opened.findings.some((each) => each.severity === 'error')
  const { records } = await harvested.countOnPage(ctx.db, work.source.id, page.key)
  await harvested.savePage(ctx.db, {
    source_id: work.source.id,
    page: keyOf(page.request!),
    etag: page.etag,
    last_modified: page.lastModified,
    sha256: page.sha256,
    next,
    total: page.opened === 'same' ? (page.last?.total ?? null) : page.opened.total,
    // A page that was not read to its end must be read again next time.
    records: whole ? records : -1,
    run_no: work.run.no,
    passed_over: passedOverOn(page),
  })
}
