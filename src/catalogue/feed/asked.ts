import type { Call } from '../../platform/http.ts'
import { problems } from '../problems.ts'
import type { FeedKind } from './store.ts'

/** What a feed is asked for. Everything but the page goes on in the links to the other pages. */
export type FeedAsked = {
  readonly kind: FeedKind
  readonly page: number
  readonly modifiedSince: Date | undefined
  /** Words and filters in Solr's language, as harvesters of CKAN portals send them. */
  readonly q: readonly string[]
  readonly fq: readonly string[]
}

const MAX_FILTERS = 20

/** Reads the query of a feed's address. Refuses with `catalogue/feed-query` a page or a moment that is none. */
export function feedAskedOf(c: Call, kind: FeedKind): FeedAsked {
  const texts = (name: string) => (c.req.queries(name) ?? []).filter(Boolean).slice(0, MAX_FILTERS)
  return {
    kind,
    page: pageIn(c.req.query('page')),
    modifiedSince: momentIn(c.req.query('modified_since')),
    q: texts('q'),
    fq: texts('fq'),
  }
}

/** What the links to the other pages carry besides the page. */
export function furtherQuery({ modifiedSince, q, fq }: FeedAsked): string {
  const query = new URLSearchParams()
  if (modifiedSince) query.set('modified_since', modifiedSince.toISOString())
  for (const each of q) query.append('q', each)
  for (const each of fq) query.append('fq', each)
  const text = query.toString()
  return text === '' ? '' : `&${text}`
}

function pageIn(text: string | undefined): number {
  if (!text) return 1
  if (!/^[1-9]\d{0,5}$/.test(text)) throw problems.feedQuery({ name: 'page', why: whys.page })
  return Number(text)
}

const whys = {
  page: { de: 'Seiten zählen ab 1', en: 'pages count from 1 on' },
  moment: {
    de: 'erwartet wird ein Tag oder Zeitpunkt wie 2026-01-31 oder 2026-01-31T08:00:00Z',
    en: 'a day or moment like 2026-01-31 or 2026-01-31T08:00:00Z is expected',
  },
}

const MOMENT = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+ -]\d{2}:?\d{2})?)?$/i

/** A day or moment (ISO 8601), in UTC where no zone is said. A plus sent as it is arrives as a blank. */
function momentIn(text: string | undefined): Date | undefined {
  if (!text) return undefined
  const [, day, time, zone = 'Z'] = MOMENT.exec(text.trim()) ?? []
  const at = new Date(time ? `${day}T${time}${zone.replace(' ', '+')}` : `${day}`)
  if (!day || Number.isNaN(at.getTime()))
    throw problems.feedQuery({ name: 'modified_since', why: whys.moment })
  return at
}
