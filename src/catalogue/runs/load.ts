import type { Ctx } from '../../platform/context.ts'
import { sha256Hex } from '../../platform/canonical.ts'
import type { PageRequest } from '../formats/format.ts'
import { fetchPage } from './fetching/fetch-page.ts'
import type { FetchedPage } from './fetching/fetch-page.ts'
import * as harvested from './harvested.ts'
import type { KnownPage } from './harvested.ts'
import type { RunInput } from './model.ts'
import { PAGE_SIZE } from './model.ts'
import type { OpenedPage } from './reading/protocol.ts'
import { recognise } from './recognise.ts'
import * as store from './store.ts'
import type { Work } from './work.ts'

/** A page of a source, fetched and opened; or known to be the same as when it was last read. */
export type LoadedPage = {
  readonly request: PageRequest | null
  /** The address that answered, after redirects; null for a file. */
  readonly from: string | null
  /** Stands for the request in the tables. */
  readonly key: string
  readonly no: number
  readonly bytes: number
  readonly sha256: string
  readonly etag: string | null
  readonly lastModified: string | null
  readonly last: KnownPage | undefined
  readonly opened: OpenedPage | 'same'
}

/** What stands for a request in the tables. */
export function keyOf(request: PageRequest): string {
  return sha256Hex(`${request.method} ${request.url} ${request.body ?? ''}`).slice(0, 32)
}

/** Fetches a page, conditionally where all it listed is still known, and opens it in the reading thread. */
export async function loadPage(ctx: Ctx, work: Work, request: PageRequest, no: number): Promise<LoadedPage> {
  const key = keyOf(request)
  const last = await harvested.findPage(ctx.db, work.source.id, key)
  const known = last && (await harvested.countOnPage(ctx.db, work.source.id, key))
  const whole = last !== undefined && known?.records === last.records && known.records > 0
  const answer = await fetchPage(ctx.config, request, {
    pace: work.source.pace,
    before: whole ? stampsOf(last) : undefined,
    alive: () => store.addCounts(ctx.db, work, {}),
  })
  const base = { request, key, no, last }
  if (answer.same)
    return { ...base, from: answer.url, bytes: 0, sha256: last!.sha256, ...stampsOf(last!), opened: 'same' }
  return openAnswer(work, base, { answer, whole })
}

/** The first page of a source whose form is not known yet, or that was fetched already: whatever form it comes in. */
export async function loadUnknown(ctx: Ctx, work: Work): Promise<LoadedPage> {
  const alive = () => store.addCounts(ctx.db, work, {})
  const asking = { pace: work.source.pace, before: undefined, alive }
  const wanted = { url: work.source.url!, pageSize: PAGE_SIZE, steady: true, asking }
  const fresh = work.first ? undefined : await recognise(ctx.config, work.reader, wanted)
  const found = work.first ?? fresh!
  const key = keyOf(found.request)
  const last = await harvested.findPage(ctx.db, work.source.id, key)
  const base = { request: found.request, key, no: 1, last }
  // A page that came from elsewhere is not yet open in this run's thread.
  return openAnswer(work, base, { answer: found.answer, whole: false, opened: fresh?.opened })
}

const stampsOf = (last: KnownPage) => ({ etag: last.etag, lastModified: last.last_modified })

async function openAnswer(
  work: Work,
  base: Pick<LoadedPage, 'request' | 'key' | 'no' | 'last'>,
  given: { answer: Extract<FetchedPage, { same: false }>; whole: boolean; opened?: OpenedPage | undefined },
): Promise<LoadedPage> {
  const { answer } = given
  const sha256 = sha256Hex(answer.bytes)
  const page = {
    ...base,
    from: answer.url,
    bytes: answer.bytes.length,
    sha256,
    etag: answer.etag,
    lastModified: answer.lastModified,
  }
  if (given.whole && base.last!.sha256 === sha256) return { ...page, opened: 'same' }
  if (given.opened) return { ...page, opened: given.opened }
  const opened = await work.reader.open({
    page: base.no,
    bytes: answer.bytes,
    format: work.run.format ?? work.source.format,
    context: { request: base.request, contentType: answer.contentType, filename: null },
  })
  return { ...page, opened }
}

/** Opens an uploaded file as the only page of its run. */
export async function loadFile(ctx: Ctx, work: Work, input: RunInput): Promise<LoadedPage> {
  const bytes = await ctx.blobs.read(input.sha256!)
  const opened = await work.reader.open({
    page: 1,
    bytes,
    format: null,
    context: { request: null, contentType: null, filename: input.name },
  })
  return {
    request: null,
    from: null,
    key: `file-${input.sha256!.slice(0, 27)}`,
    no: 1,
    bytes: bytes.length,
    sha256: input.sha256!,
    etag: null,
    lastModified: null,
    last: undefined,
    opened,
  }
}
