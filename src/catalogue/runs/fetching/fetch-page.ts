import type { Config } from '../../../platform/config.ts'
import type { Fetched } from '../../../platform/fetch.ts'
import { safeFetch } from '../../../platform/fetch.ts'
import { isProblem } from '../../../platform/problem.ts'
import type { PageRequest } from '../../formats/format.ts'
import { problems } from '../../problems.ts'
import { holdBack, retryAfter, sleep, takeTurn, waitFor } from './pace.ts'

/** The largest page taken at once. */
const MAX_BYTES = 64 * 1024 * 1024
/** A page that has not come whole after a minute does not come. */
const TIMEOUT_MS = 60_000
/** How often a page is asked for that came with an error of the server. */
const ATTEMPTS = 4
/** Longer than this we do not wait for a server that asks for patience; the run ends and goes on at its next time. */
const MAX_PATIENCE_MS = 5 * 60_000
/** Where a person waits for a single answer. */
const SOMEBODY_WAITS_MS = 20_000

/** A page as it came: its bytes, or nothing where the server says it is the same as before. */
export type FetchedPage =
  | { readonly same: true; readonly url: string }
  | {
      readonly same: false
      readonly url: string
      readonly bytes: Uint8Array
      readonly contentType: string | null
      readonly etag: string | null
      readonly lastModified: string | null
    }

/** What was answered last time, for a conditional request (RFC 9110 §13). */
export type Before = { readonly etag: string | null; readonly lastModified: string | null }

/** How a page is asked for: the pace of its source, what is known of it, and a sign of life to give while waiting. */
export type Asking = {
  readonly pace: number
  readonly before: Before | undefined
  readonly alive?: () => Promise<void>
  readonly attempts?: number
  readonly timeoutMs?: number
}

/**
 * Fetches one page: at the source's pace, conditionally, again after 429 and 5xx with growing pauses or as `Retry-After`
 * says. Throws a problem where the source does not answer usefully.
 */
export async function fetchPage(
  config: Pick<Config, 'fetchAllow'>,
  request: PageRequest,
  given: Asking,
): Promise<FetchedPage> {
  const host = URL.canParse(request.url) ? new URL(request.url).host : request.url.slice(0, 100)
  const most = given.attempts ?? ATTEMPTS
  for (let attempt = 1; ; attempt++) {
    await waitForTurn(host, given)
    const answer = await attemptOnce(config, request, given, attempt >= most)
    if (answer?.status === 304 && given.before) return { same: true, url: answer.url }
    if (answer?.status === 200) return pageOf(answer)
    const wait = answer && pauseAfter(answer, attempt, given.pace)
    if (answer && (wait === null || wait === undefined || attempt >= most))
      throw problems.sourceAnswers({ host, status: answer.status })
    await pause(wait ?? given.pace * 5 * 2 ** attempt, given.alive)
  }
}

// A host that asked for more patience than a run has is not waited for: others want their turn, too.
async function waitForTurn(host: string, { pace, alive, attempts }: Asking): Promise<void> {
  const wait = waitFor(host)
  const patience = attempts === 1 ? SOMEBODY_WAITS_MS : MAX_PATIENCE_MS
  if (wait > patience) throw problems.sourceWaits({ host, until: new Date(Date.now() + wait) })
  await pause(wait, alive)
  await takeTurn(host, pace)
}

/** A pause with a sign of life each minute: after five silent ones a run counts as broken off. */
async function pause(ms: number, alive: Asking['alive']): Promise<void> {
  for (let left = ms; left > 0; left -= 60_000) {
    await alive?.()
    await sleep(Math.min(left, 60_000))
  }
}

// No answer at all is worth another try; the last one says why.
async function attemptOnce(
  config: Pick<Config, 'fetchAllow'>,
  request: PageRequest,
  given: Asking,
  last: boolean,
): Promise<Fetched | undefined> {
  try {
    return await safeFetch(config, request.url, {
      method: request.method,
      ...(request.body === null ? {} : { body: request.body }),
      maxBytes: MAX_BYTES,
      timeoutMs: given.timeoutMs ?? TIMEOUT_MS,
      accept: request.accept,
      headers: headersOf(request, given.before),
    })
  } catch (error) {
    if (last || !isProblem(error) || error.spec.status !== 502) throw error
    return undefined
  }
}

function headersOf(request: PageRequest, before: Before | undefined): Record<string, string> {
  const conditional = request.method === 'GET'
  return {
    ...(request.contentType ? { 'content-type': request.contentType } : {}),
    ...(conditional && before?.etag ? { 'if-none-match': before.etag } : {}),
    ...(conditional && before?.lastModified ? { 'if-modified-since': before.lastModified } : {}),
  }
}

/** Milliseconds to wait before asking again; null where asking again is no use. */
function pauseAfter(answer: Fetched, attempt: number, pace: number): number | null {
  if (answer.status !== 429 && answer.status < 500) return null
  const asked = retryAfter(answer.headers['retry-after'], Date.now())
  if (asked !== null && asked > MAX_PATIENCE_MS) {
    holdBack(new URL(answer.url).host, Date.now() + Math.min(asked, 24 * 3_600_000))
    return null
  }
  return asked ?? pace * 5 * 2 ** attempt
}

function pageOf(answer: Fetched): FetchedPage {
  return {
    same: false,
    url: answer.url,
    bytes: answer.body,
    contentType: usefulType(answer.contentType),
    etag: answer.headers['etag'] ?? null,
    lastModified: answer.headers['last-modified'] ?? null,
  }
}

// Servers often label RDF as plain text or bytes; then the content itself tells.
function usefulType(contentType: string): string | null {
  return /text\/plain|octet-stream|text\/html|text\/xml|application\/xml|gzip/.test(contentType)
    ? null
    : contentType || null
}
