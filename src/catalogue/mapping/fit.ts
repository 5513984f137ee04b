import type { EntryKind } from '../entries/model.ts'
import type { AccessType } from '../model.ts'
import { type Grain, type Need, type Pace, grains, paces } from './model.ts'

/** The questions put to a dataset for one need, in the order of the matrix. */
export const criteria = ['topic', 'period', 'granularity', 'freshness', 'format', 'access'] as const

/** One criterion of the matrix. */
export type Criterion = (typeof criteria)[number]

/** How well one criterion is met. */
export type Level = 'full' | 'part' | 'none'

/** A level with its reason: a message key and what to fill in. Rendered by `messages.fit`. */
export type Fit = { readonly level: Level; readonly reason: Reason; readonly value?: string }

/** Why a level was given. */
export type Reason =
  | 'same-topic'
  | 'related-words'
  | 'few-words'
  | 'other-topic'
  | 'no-period-needed'
  | 'period-unknown'
  | 'covers'
  | 'starts-late'
  | 'ends-early'
  | 'other-period'
  | 'any-grain'
  | 'grain-unknown'
  | 'grain-fits'
  | 'grain-coarser'
  | 'grain-too-coarse'
  | 'pace-fits'
  | 'pace-unknown'
  | 'up-to-date'
  | 'some-years-old'
  | 'outdated'
  | 'age-unknown'
  | 'machine-readable'
  | 'table-needs-work'
  | 'not-machine-readable'
  | 'format-unknown'
  | 'service'
  | 'data-behind'
  | 'open'
  | 'partner'
  | 'sandbox'
  | 'on-request'
  | 'closed'

/** What the rating looks at; a small part of an entry's public face. Days are `YYYY-MM-DD`. */
export type Rated = {
  readonly kind: EntryKind
  readonly words: ReadonlySet<string>
  readonly topics: readonly string[]
  readonly starts: string | null
  readonly ends: string | null
  readonly grain: Grain | null
  readonly pace: Pace | null
  readonly modified: string | null
  readonly formats: readonly string[]
  readonly access: AccessType
}

/** The rating of one need against one dataset. */
export type Fits = Readonly<Record<Criterion, Fit>>

/** Rates a dataset for a need, criterion by criterion, each with its reason. `wanted` are the need's own folded words. */
export function rate(need: Need, wanted: ReadonlySet<string>, entry: Rated, today: string): Fits {
  return {
    topic: rateTopic(need, wanted, entry),
    period: ratePeriod(need, entry, today),
    granularity: rateGranularity(need, entry),
    freshness: rateFreshness(need, entry, today),
    format: rateFormat(entry),
    access: rateAccess(entry),
  }
}

const points: Readonly<Record<Level, number>> = { full: 2, part: 1, none: 0 }
const weight: Readonly<Record<Criterion, number>> = {
  topic: 5,
  period: 2,
  granularity: 2,
  freshness: 1,
  format: 1,
  access: 1,
}

/** One number for sorting candidates, 0 to 100; the topic weighs most: half met it halves all, without it nothing counts. */
export function score(fits: Fits): number {
  if (fits.topic.level === 'none') return 0
  const most = criteria.reduce((sum, name) => sum + 2 * weight[name], 0)
  const got = criteria.reduce((sum, name) => sum + points[fits[name].level] * weight[name], 0)
  return Math.round(((fits.topic.level === 'part' ? 50 : 100) * got) / most)
}

function rateTopic(need: Need, wanted: ReadonlySet<string>, entry: Rated): Fit {
  const found = [...wanted].filter((word) => [...entry.words].some((own) => akin(word, own))).length
  const share = wanted.size === 0 ? 0 : found / wanted.size
  const same = need.topic !== null && entry.topics.includes(need.topic)
  if (share >= 0.5 || (same && found > 0))
    return { level: 'full', reason: same ? 'same-topic' : 'related-words' }
  if (found > 0 || same) return { level: 'part', reason: 'few-words' }
  return { level: 'none', reason: 'other-topic' }
}

/** Two folded words are akin if one begins or ends with the other (German compounds), from four letters on. */
export function akin(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length < 4) return short === long
  return long.startsWith(short) || long.endsWith(short)
}

function ratePeriod(need: Need, entry: Rated, today: string): Fit {
  if (!entry.starts && !entry.ends) {
    return need.starts || need.ends
      ? { level: 'part', reason: notSaid(entry, 'period-unknown') }
      : { level: 'full', reason: 'no-period-needed' }
  }
  const value = years(entry)
  if (!need.starts && !need.ends) return { level: 'full', reason: 'covers', value }
  const from = entry.starts ?? '0000-01-01'
  const to = entry.ends ?? '9999-12-31'
  const wantFrom = need.starts ?? need.ends ?? from
  const wantTo = need.ends ?? lately(wantFrom, today)
  if (to < wantFrom || from > wantTo) return { level: 'none', reason: 'other-period', value }
  if (from > wantFrom) return { level: 'part', reason: 'starts-late', value: from.slice(0, 4) }
  if (to < wantTo) return { level: 'part', reason: 'ends-early', value: to.slice(0, 4) }
  return { level: 'full', reason: 'covers', value }
}

/** What a service leaves open, the data it gives access to may well meet: one has to look there. */
function notSaid(entry: Rated, reason: Reason): Reason {
  return entry.kind === 'service' ? 'data-behind' : reason
}

// A need without an end wants data up to now; data of the last full year will do.
function lately(wantFrom: string, today: string): string {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
  return yearAgo > wantFrom ? yearAgo : wantFrom
}

function years(entry: Rated): string {
  const from = entry.starts?.slice(0, 4)
  const to = entry.ends?.slice(0, 4)
  if (from && to) return from === to ? from : `${from}–${to}`
  return from ? `${from}–` : `–${to}`
}

function rateGranularity(need: Need, entry: Rated): Fit {
  if (!need.granularity) {
    return entry.grain
      ? { level: 'full', reason: 'grain-fits', value: entry.grain }
      : { level: 'full', reason: 'any-grain' }
  }
  if (!entry.grain) return { level: 'part', reason: notSaid(entry, 'grain-unknown') }
  const steps = grains.indexOf(entry.grain) - grains.indexOf(need.granularity)
  if (steps <= 0) return { level: 'full', reason: 'grain-fits', value: entry.grain }
  if (steps === 1) return { level: 'part', reason: 'grain-coarser', value: entry.grain }
  return { level: 'none', reason: 'grain-too-coarse', value: entry.grain }
}

function rateFreshness(need: Need, entry: Rated, today: string): Fit {
  if (need.frequency) return ratePace(need.frequency, entry)
  // The day a service was changed says nothing about its data.
  const stand = entry.kind === 'service' ? entry.ends : (entry.modified ?? entry.ends)
  if (!stand) return { level: 'part', reason: notSaid(entry, 'age-unknown') }
  const reference = need.ends && need.ends < today ? need.ends : today
  const age = Number(reference.slice(0, 4)) - Number(stand.slice(0, 4))
  const value = stand.slice(0, 4)
  if (age <= 1) return { level: 'full', reason: 'up-to-date', value }
  return age <= 4
    ? { level: 'part', reason: 'some-years-old', value }
    : { level: 'none', reason: 'outdated', value }
}

function ratePace(wanted: Pace, entry: Rated): Fit {
  if (!entry.pace) return { level: 'part', reason: notSaid(entry, 'pace-unknown') }
  const steps = paces.indexOf(entry.pace) - paces.indexOf(wanted)
  if (steps <= 0) return { level: 'full', reason: 'pace-fits', value: entry.pace }
  return { level: steps === 1 ? 'part' : 'none', reason: 'pace-fits', value: entry.pace }
}

const readable =
  /csv|json|parquet|xlsx|gpkg|geopackage|shp|gml|xml|wfs|api|sqlite|rdf|ttl|tsv|kml|netcdf|tiff/i
const laborious = /xls|ods|html|zip|wms|doc|txt|dxf/i

function rateFormat(entry: Rated): Fit {
  if (entry.formats.length === 0)
    return { level: 'part', reason: entry.kind === 'service' ? 'service' : 'format-unknown' }
  const value = entry.formats[0]!
  const good = entry.formats.find((format) => readable.test(format))
  if (good) return { level: 'full', reason: 'machine-readable', value: good }
  if (entry.formats.some((format) => laborious.test(format)))
    return { level: 'part', reason: 'table-needs-work', value }
  return { level: 'none', reason: 'not-machine-readable', value }
}

const accessLevel: Readonly<Record<AccessType, Level>> = {
  open: 'full',
  partner: 'part',
  sandbox: 'part',
  'on-request': 'part',
  closed: 'none',
}

function rateAccess(entry: Rated): Fit {
  return { level: accessLevel[entry.access], reason: entry.access }
}
