import { frequencies } from '../dcat/vocabulary.ts'
import type { DatasetRecord } from '../model.ts'
import { textIn } from '../model.ts'
import type { Answered, Dimension, Judged, Metric } from './metrics.ts'
import { dimensions, metrics } from './metrics.ts'

/** How the first addresses of a record's distributions answered, by address. */
export type AnsweredBy = ReadonlyMap<string, Answered>

/** What mending one thing would bring, in points of the score it belongs to. */
export type Fix = { readonly id: string; readonly gain: number }

/** The rating of the European dashboard for so many of 405 points. */
export type Rating = 'excellent' | 'good' | 'sufficient' | 'bad'

/** A dataset's metadata quality: 0 to 405 points, per dimension, and what is missing with its gain. */
export type MqaScore = {
  readonly total: number
  readonly rating: Rating
  readonly by: Readonly<Record<Dimension, number>>
  readonly fixes: readonly Fix[]
}

/** Excellent from 351, good from 221, sufficient from 121 points. */
export function ratingOf(total: number): Rating {
  if (total > 350) return 'excellent'
  if (total > 220) return 'good'
  return total > 120 ? 'sufficient' : 'bad'
}

/**
 * The 405-point score. All distributions are taken to have the same content, so the best one counts. An address nobody
 * asked yet has no points, but is no fix either.
 */
export function scoreRecord(record: DatasetRecord, answered: AnsweredBy = new Map()): MqaScore {
  const judged = record.distributions.slice(0, 50).map((distribution) => ({
    distribution,
    access: answered.get(distribution.accessUrl ?? '') ?? 'unknown',
    download: answered.get(distribution.downloadUrl ?? '') ?? 'unknown',
  }))
  const best = bestOf(record, judged)
  const by = Object.fromEntries(dimensions.map((name) => [name, 0])) as Record<Dimension, number>
  const fixes: Fix[] = []
  for (const metric of metrics) {
    if (isMet(metric, record, best)) by[metric.dimension] += metric.points
    else if (!isUnasked(metric, best)) fixes.push({ id: metric.id, gain: metric.points })
  }
  if (!best) fixes.push({ id: 'distribution', gain: withFile })
  const total = dimensions.reduce((sum, name) => sum + by[name], 0)
  return { total, rating: ratingOf(total), by, fixes: fixes.toSorted((a, b) => b.gain - a.gain) }
}

/** What a distribution with everything right brings. */
const withFile = metrics.reduce((sum, each) => sum + (each.on === 'distribution' ? each.points : 0), 0)

function isMet(metric: Metric, record: DatasetRecord, judged: Judged | undefined): boolean {
  if (metric.on === 'dataset') return metric.has(record)
  if (metric.on === 'either') return metric.has(record, judged)
  return judged !== undefined && metric.has(judged)
}

// Waiting for the link check is nothing a holder can mend.
function isUnasked(metric: Metric, judged: Judged | undefined): boolean {
  // Without any distribution that is the one thing to say.
  if (!judged && metric.on === 'distribution') return true
  if (metric.id === 'access-url-answers') return judged?.access === 'unknown'
  return metric.id === 'download-url-answers' && judged?.download === 'unknown'
}

function bestOf(record: DatasetRecord, judged: readonly Judged[]): Judged | undefined {
  const points = (each: Judged) =>
    metrics.reduce((sum, metric) => sum + (isMet(metric, record, each) ? metric.points : 0), 0)
  let best: { judged: Judged; points: number } | undefined
  for (const each of judged) {
    const reached = points(each)
    if (!best || reached > best.points) best = { judged: each, points: reached }
  }
  return best?.judged
}

/** What an entry about data that are not open should say, with its share of 100 points. */
const inventoryFields: readonly (readonly [string, number, (record: DatasetRecord) => boolean])[] = [
  ['inventory-description', 15, (r) => textIn(r.description, 'de').trim().length >= 100],
  ['inventory-publisher', 10, (r) => r.publisher !== null],
  ['inventory-contact', 15, (r) => r.contacts.length > 0 || r.access.requestUrl !== null],
  [
    'inventory-reason',
    20,
    (r) => r.access.reasons.length + r.access.grounds.length > 0 || said(r.access.note),
  ],
  ['inventory-law', 10, (r) => said(r.legalBasis) || r.legislation.length > 0],
  ['inventory-columns', 10, (r) => r.columns.length > 0],
  ['inventory-place', 5, (r) => r.places.length > 0 || r.ags !== null],
  ['inventory-period', 5, (r) => r.periods.length > 0],
  ['inventory-frequency', 5, (r) => r.frequency !== null],
  ['inventory-keyword', 5, (r) => r.keywords.length > 0],
]

const said = (text: Record<string, string>) => textIn(text, 'de').trim() !== ''

/** How complete the entry of data that are not open is, 0 to 100: accessibility means nothing there, knowing how to ask does. */
export function scoreInventory(record: DatasetRecord): { total: number; fixes: readonly Fix[] } {
  const fixes = inventoryFields.flatMap(([id, gain, has]) => (has(record) ? [] : [{ id, gain }]))
  return {
    total: 100 - fixes.reduce((sum, fix) => sum + fix.gain, 0),
    fixes: fixes.toSorted((a, b) => b.gain - a.gain),
  }
}

/** Whether data are as fresh as promised. `unknown`: no frequency or no date is stated. */
export type Staleness = 'current' | 'due' | 'overdue' | 'unknown'

/** From which day on an update is due, and from which it is late (half an interval, at least a week of patience); null where nothing is promised. */
export function dueDays(
  record: Pick<DatasetRecord, 'frequency' | 'modified' | 'issued'>,
): { dueOn: string; lateOn: string } | null {
  const days = frequencies[record.frequency ?? '']?.days ?? null
  const stated = record.modified ?? record.issued
  const changed = Date.parse(`${(stated ?? '').slice(0, 10)}T00:00:00Z`)
  if (days === null || days <= 0 || Number.isNaN(changed)) return null
  const day = (n: number) => new Date(changed + n * 86_400_000).toISOString().slice(0, 10)
  return { dueOn: day(days), lateOn: day(days + Math.max(7, Math.round(days / 2))) }
}

/** The state on a day. */
export function stalenessOn(
  due: { readonly dueOn: string | null; readonly lateOn: string | null } | null,
  today: string,
): Staleness {
  if (!due?.dueOn || !due.lateOn) return 'unknown'
  if (today < due.dueOn) return 'current'
  return today < due.lateOn ? 'due' : 'overdue'
}
