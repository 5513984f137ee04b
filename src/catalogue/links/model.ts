import type { DatasetRecord } from '../model.ts'

/** How an address stands: one failure makes it suspect, a second one a day later broken; refused addresses are never asked. */
export type LinkState = 'unknown' | 'ok' | 'suspect' | 'broken' | 'refused'

/** An address of a distribution. `service`: a map or feature service, which is asked for its capabilities. */
export type EntryLink = {
  readonly url: string
  readonly position: number
  readonly kind: 'access' | 'download'
  readonly service: boolean
}

/** A link as it is kept. */
export type Link = {
  readonly id: string
  readonly url: string
  readonly host: string
  readonly service: boolean
  readonly state: LinkState
  readonly status: number | null
  readonly note: string | null
  readonly checkedAt: Date | null
  readonly failedAt: Date | null
  readonly failures: number
}

/** What asking an address came to: it answered, it failed, it wants to be left alone until then, or it must not be asked. */
export type Outcome =
  | { readonly kind: 'ok'; readonly status: number }
  | { readonly kind: 'failed'; readonly status: number | null; readonly note: string }
  | { readonly kind: 'later'; readonly status: number; readonly until: Date }
  | { readonly kind: 'refused'; readonly note: string }

const DAY = 86_400_000
/** A good address is asked again after two weeks, a suspect one after a day, a broken one after a week. */
const AGAIN = { ok: 14 * DAY, suspect: DAY, broken: 7 * DAY, refused: 90 * DAY }

/** How a link stands after an outcome, and when it is asked next. Broken needs two failures with a day between them. */
export function linkAfter(
  before: Pick<Link, 'state' | 'failedAt' | 'failures'>,
  outcome: Outcome,
  now: Date,
): { state: LinkState; failedAt: Date | null; failures: number; nextAt: Date } {
  const at = (ms: number) => new Date(now.getTime() + ms)
  if (outcome.kind === 'ok') return { state: 'ok', failedAt: null, failures: 0, nextAt: at(AGAIN.ok) }
  if (outcome.kind === 'refused')
    return { state: 'refused', failedAt: null, failures: 0, nextAt: at(AGAIN.refused) }
  if (outcome.kind === 'later') {
    const { state, failedAt, failures } = before
    return { state, failedAt, failures, nextAt: outcome.until }
  }
  const failedAt = before.failedAt ?? now
  const failures = before.failures + 1
  const broken = failures >= 2 && now.getTime() - failedAt.getTime() >= DAY
  const state = broken ? 'broken' : 'suspect'
  return { state, failedAt, failures, nextAt: at(AGAIN[state]) }
}

const MAX_DISTRIBUTIONS = 5

/**
 * The addresses of a record that are checked: the first ones of each of its first distributions, and what describes a
 * service. Where a service answers is not asked as it stands: without a question many say no.
 */
export function linksOf(record: DatasetRecord): EntryLink[] {
  const links: EntryLink[] = []
  for (const [position, each] of record.distributions.slice(0, MAX_DISTRIBUTIONS).entries()) {
    const service = (each.format ?? '').endsWith('_SRVC')
    const add = (kind: EntryLink['kind'], url: string | null) => {
      if (isWeb(url)) links.push({ url, position, kind, service })
    }
    add('access', each.accessUrl)
    add('download', each.downloadUrl)
  }
  const behind = record.distributions.length
  for (const [at, url] of (record.service?.descriptions ?? []).slice(0, MAX_DISTRIBUTIONS).entries())
    if (isWeb(url) && !links.some((each) => each.url === url))
      links.push({ url, position: behind + at, kind: 'access', service: false })
  return links
}

function isWeb(url: string | null): url is string {
  return url !== null && /^https?:\/\//i.test(url) && url.length <= 2000 && URL.canParse(url)
}

const SERVICES: Readonly<Record<string, string>> = {
  wms: 'WMS',
  wfs: 'WFS',
  wcs: 'WCS',
  wmts: 'WMTS',
  csw: 'CSW',
}

/** The request that asks an OGC service for its capabilities; addresses that ask for them already stay as they are. */
export function capabilitiesUrl(url: string): string {
  const parsed = new URL(url)
  const names = new Map([...parsed.searchParams.keys()].map((key) => [key.toLowerCase(), key]))
  if (parsed.searchParams.get(names.get('request') ?? 'request')) return url
  const word = /\b(wms|wfs|wcs|wmts|csw)\b/i.exec(url)?.[1]?.toLowerCase() ?? 'wms'
  if (!names.has('service')) parsed.searchParams.set('SERVICE', SERVICES[word] ?? 'WMS')
  parsed.searchParams.set('REQUEST', 'GetCapabilities')
  return parsed.href
}
