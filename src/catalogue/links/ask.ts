import type { Config } from '../../platform/config.ts'
import type { Fetched } from '../../platform/fetch.ts'
import { safeFetch } from '../../platform/fetch.ts'
import { isProblem } from '../../platform/problem.ts'
import { retryAfter } from '../runs/fetching/pace.ts'
import type { Link, Outcome } from './model.ts'
import { capabilitiesUrl } from './model.ts'

const TIMEOUT_MS = 15_000
/** Answers to HEAD that only say that HEAD is not liked. */
const NO_HEAD = [400, 401, 403, 404, 405, 406, 500, 501, 503]

/**
 * Asks an address whether it is there: HEAD, where that is not liked the first byte by GET; services for their
 * capabilities. Nothing of the answer is kept.
 */
export async function askLink(
  config: Pick<Config, 'fetchAllow'>,
  link: Pick<Link, 'url' | 'service'>,
  now: Date,
): Promise<Outcome> {
  try {
    if (link.service) return outcomeOf(await get(config, capabilitiesUrl(link.url)), now)
    const head = await safeFetch(config, link.url, { method: 'HEAD', timeoutMs: TIMEOUT_MS, discard: true })
    if (!NO_HEAD.includes(head.status) || asksForPatience(head)) return outcomeOf(head, now)
    return outcomeOf(await get(config, link.url), now)
  } catch (error) {
    return faultOf(error)
  }
}

// A whole file is never loaded: the range asks for its first byte, and the body stays unread.
function get(config: Pick<Config, 'fetchAllow'>, url: string): Promise<Fetched> {
  return safeFetch(config, url, { timeoutMs: TIMEOUT_MS, discard: true, headers: { range: 'bytes=0-0' } })
}

const asksForPatience = (answer: Fetched) => answer.status === 503 && !!answer.headers['retry-after']

function outcomeOf(answer: Fetched, now: Date): Outcome {
  const { status } = answer
  // An empty file has no first byte.
  if ((status >= 200 && status < 400) || status === 416) return { kind: 'ok', status }
  if (status === 429 || status === 503) {
    const wait = retryAfter(answer.headers['retry-after'], now.getTime())
    if (wait !== null || status === 429) {
      const ms = Math.min(Math.max(wait ?? 3_600_000, 60_000), 7 * 86_400_000)
      return { kind: 'later', status, until: new Date(now.getTime() + ms) }
    }
  }
  return { kind: 'failed', status, note: `HTTP ${status}` }
}

function faultOf(error: unknown): Outcome {
  if (!isProblem(error)) return { kind: 'failed', status: null, note: 'unknown' }
  if (error.spec.status === 422) return { kind: 'refused', note: 'not-public' }
  const late = error.spec.en.detail.includes('timed out')
  return { kind: 'failed', status: null, note: late ? 'timed-out' : 'no-connection' }
}
