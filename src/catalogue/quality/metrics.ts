import { fileTypes } from '../dcat/formats.ts'
import { licenceOf } from '../dcat/licences.ts'
import { accessRightOf } from '../dcat/vocabulary.ts'
import type { DatasetRecord, Distribution } from '../model.ts'
import { checkRecord } from './check.ts'

/** The five dimensions of the European metadata quality assessment. */
export const dimensions = [
  'findability',
  'accessibility',
  'interoperability',
  'reusability',
  'contextuality',
] as const

/** One of them. */
export type Dimension = (typeof dimensions)[number]

/** How an address answered: `broken` only after two failures over a day; `unknown` where nobody asked yet. */
export type Answered = 'ok' | 'broken' | 'unknown'

/** What is judged about one distribution: itself and how its first addresses answered. */
export type Judged = {
  readonly distribution: Distribution
  readonly access: Answered
  readonly download: Answered
}

/** One indicator: how many points it is worth, and whether a dataset (or one of its distributions) has them. */
export type Metric = {
  readonly id: string
  readonly dimension: Dimension
  readonly points: number
} & (
  | { readonly on: 'dataset'; readonly has: (record: DatasetRecord) => boolean }
  | { readonly on: 'distribution'; readonly has: (judged: Judged) => boolean }
  | { readonly on: 'either'; readonly has: (record: DatasetRecord, judged: Judged | undefined) => boolean }
)

const isListed = (code: string | null) => code !== null && Object.hasOwn(fileTypes, code)
const isMediaType = (type: string | null) =>
  /^(application|audio|font|image|model|text|video)\/[\w.+-]+$/.test(type ?? '')
const isPlain = (record: DatasetRecord) =>
  checkRecord(record).findings.every((each) => each.severity !== 'error')

/** All 23 indicators with their weights, 405 points in sum (piveau-metrics, AboutMetrics; the shapes stand in through the rules of severity error). */
export const metrics: readonly Metric[] = [
  dataset('keyword', 'findability', 30, (r) => r.keywords.length > 0),
  dataset('category', 'findability', 30, (r) => r.themes.length > 0),
  dataset('spatial', 'findability', 20, (r) => r.places.length > 0 || r.ags !== null),
  dataset('temporal', 'findability', 20, (r) => r.periods.length > 0),
  distribution('access-url-answers', 'accessibility', 50, (j) => j.access === 'ok'),
  distribution('download-url', 'accessibility', 20, (j) => j.distribution.downloadUrl !== null),
  distribution('download-url-answers', 'accessibility', 30, (j) => j.download === 'ok'),
  distribution('format', 'interoperability', 20, (j) => j.distribution.format !== null),
  distribution('media-type', 'interoperability', 10, (j) => j.distribution.mediaType !== null),
  distribution(
    'format-listed',
    'interoperability',
    10,
    (j) => isListed(j.distribution.format) && isMediaType(j.distribution.mediaType),
  ),
  distribution('non-proprietary', 'interoperability', 20, (j) => typeOf(j)?.open === true),
  distribution('machine-readable', 'interoperability', 20, (j) => typeOf(j)?.readable === true),
  dataset('dcat-ap', 'interoperability', 30, isPlain),
  distribution('licence', 'reusability', 20, (j) => j.distribution.licence !== null),
  distribution('licence-listed', 'reusability', 10, (j) => licenceOf(j.distribution.licence ?? '') !== null),
  dataset('access-right', 'reusability', 10, (r) => !r.access.assumed),
  dataset(
    'access-right-listed',
    'reusability',
    5,
    (r) => !r.access.assumed && r.access.type in accessRightOf,
  ),
  dataset('contact', 'reusability', 20, (r) => r.contacts.length > 0),
  dataset('publisher', 'reusability', 10, (r) => r.publisher !== null),
  distribution('rights', 'contextuality', 5, (j) => j.distribution.rights !== null),
  distribution('file-size', 'contextuality', 5, (j) => j.distribution.byteSize !== null),
  either('issued', 'contextuality', 5, (r, j) => (r.issued ?? j?.distribution.issued ?? null) !== null),
  either('modified', 'contextuality', 5, (r, j) => (r.modified ?? j?.distribution.modified ?? null) !== null),
]

const typeOf = (judged: Judged) => fileTypes[judged.distribution.format ?? '']

type Rest = Pick<Metric, 'id' | 'dimension' | 'points'>

function dataset(id: string, dimension: Dimension, points: number, has: (r: DatasetRecord) => boolean) {
  return { ...({ id, dimension, points } satisfies Rest), on: 'dataset' as const, has }
}

function distribution(id: string, dimension: Dimension, points: number, has: (j: Judged) => boolean) {
  return { ...({ id, dimension, points } satisfies Rest), on: 'distribution' as const, has }
}

function either(
  id: string,
  dimension: Dimension,
  points: number,
  has: (r: DatasetRecord, j: Judged | undefined) => boolean,
) {
  return { ...({ id, dimension, points } satisfies Rest), on: 'either' as const, has }
}
