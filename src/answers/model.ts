import type { Party } from '../cooperation/model.ts'

/** Where an answer stands. A published one may have a changed draft beside it. */
export type AnswerState = 'draft' | 'published'

/** One cell; in a figure column null means protected. */
export type Cell = string | number | boolean | null

/** A column of a released table. `dimension` names rows; all others are figures. */
export type TableColumn = {
  name: string
  label: string
  kind: 'dimension' | 'count' | 'sum' | 'mean' | 'derived'
  unit: string | null
  band: number | null
}

/** A released table as the answer keeps it, with what proves it. */
export type AnswerTable = {
  releaseId: string
  agreementId: string
  columns: TableColumn[]
  rows: Cell[][]
  sql: string
  resultSha256: string
  policyVersion: string
  releasedBy: string[]
  releasedAt: string | null
}

/** A source named under the answer. `entryId` leads to the catalogue. */
export type Source = { entryId: string; title: string; holder: string; agreementId: string | null }

/** A bar chart over one released table: which column names the bars and which gives the figure. */
export type ChartSpec = { title: string; note: string; releaseId: string; label: string; value: string }

/** A map of one released figure over the areas of an open GeoJSON file of the catalogue. */
export type MapSpec = {
  title: string
  note: string
  entryId: string
  releaseId: string
  label: string
  value: string
}

/** A key figure beside the map. */
export type Fact = { value: string; label: string }

/** What an author writes. `limits` are lines. Texts are plain text, paragraphs parted by an empty line. */
export type AnswerDraft = {
  title: string
  lead: string
  finding: string
  method: string
  limits: string[]
  facts: Fact[]
  releaseIds: string[]
  chart: ChartSpec | null
  map: MapSpec | null
  licence: LicenceKey
  publisherId: string | null
}

/** What is published: the words with the tables, sources and areas as they were that day. */
export type AnswerContent = AnswerDraft & {
  tables: AnswerTable[]
  sources: Source[]
  publisher: string
  geo: MapAreas | null
}

/** The areas of a map with the property that joins them to the table and the one that names them. */
export type MapAreas = {
  collection: GeoCollection
  idKey: string
  nameKey: string
  /** A line for orientation, such as a river; from another file of the same dataset. */
  river?: GeoCollection
}

/** The part of GeoJSON that a map needs. */
export type GeoCollection = {
  type: 'FeatureCollection'
  features: {
    type: 'Feature'
    geometry: { type: string; coordinates?: unknown } | null
    properties: Record<string, unknown> | null
  }[]
}

/** A file published with a version. */
export type AnswerFile = { name: string; mediaType: string; sha256: string; size: number; rows: number }

/** One published version. */
export type AnswerVersion = {
  version: number
  content: AnswerContent
  changes: string
  files: AnswerFile[]
  entryId: string
  sha256: string
  publishedAt: Date
}

/** An answer with its draft; readers outside get the draft only through the published version. */
export type Answer = {
  id: string
  number: string
  questionId: string
  state: AnswerState
  version: number
  draft: AnswerDraft
  parties: Party[]
  createdBy: string | null
  createdAt: Date
  updatedAt: Date
  publishedAt: Date | null
}

/** A council decision about an answer; `decided` are lines. */
export type CouncilDecision = {
  id: string
  decidedOn: string
  paper: string
  votes: { yes: number; no: number; abstain: number } | null
  decided: string[]
  rejected: string
}

/** A figure by which one sees whether it helped. */
export type Indicator = {
  id: string
  name: string
  unit: string
  points: { year: number; value: number }[]
  goal: { year: number; value: number } | null
  assessment: string
  nextReview: string | null
}

/** Licences for open data with their address in the German list (dcat-ap.de/def/licenses). */
export const licences = {
  'cc-by-4.0': { name: 'CC BY 4.0', uri: 'http://dcat-ap.de/def/licenses/cc-by/4.0' },
  'dl-by-de-2.0': {
    name: 'Datenlizenz Deutschland – Namensnennung 2.0',
    uri: 'http://dcat-ap.de/def/licenses/dl-by-de/2.0',
  },
  'dl-zero-de-2.0': {
    name: 'Datenlizenz Deutschland – Zero 2.0',
    uri: 'http://dcat-ap.de/def/licenses/dl-zero-de/2.0',
  },
  'cc-zero': { name: 'CC0 1.0', uri: 'http://dcat-ap.de/def/licenses/cc-zero' },
} as const

/** One of the licences. */
export type LicenceKey = keyof typeof licences

/** Every licence key, the usual one first. */
export const licenceKeys = Object.keys(licences) as [LicenceKey, ...LicenceKey[]]

/** True for columns that carry figures, whose empty cells are protected. */
export function isFigure(column: Pick<TableColumn, 'kind'>): boolean {
  return column.kind !== 'dimension'
}

/** A figure column and the text that names its rows: „Altstadt, 0–5“ where several dimensions stand together. */
export type Reading = { label: string; value: number | null }

/** Reads a table as bars or areas: each row's name (the chosen column first, other dimensions after it) and its figure. */
export function readTable(
  table: Pick<AnswerTable, 'columns' | 'rows'>,
  label: string,
  value: string,
): Reading[] {
  const at = table.columns.findIndex((column) => column.name === label)
  const figure = table.columns.findIndex((column) => column.name === value)
  if (at < 0 || figure < 0) return []
  const others = table.columns.flatMap((column, index) => (isFigure(column) || index === at ? [] : [index]))
  return table.rows.map((row) => ({
    label: [at, ...others].map((index) => cellText(row[index] ?? null, table.columns[index])).join(', '),
    value: typeof row[figure] === 'number' ? row[figure] : null,
  }))
}

/** A dimension's value for people; bands as „20 – 29“. */
export function cellText(cell: Cell, column: Pick<TableColumn, 'band'> | undefined): string {
  if (cell === null) return '–'
  if (typeof cell === 'number' && column?.band) return `${cell} – ${cell + column.band - 1}`
  return String(cell)
}

/**
 * Whether a figure column holds shares: 'percent' (70 means 70 %) or 'fraction' (0.7 means 70 %), told by its unit or name and,
 * between the two, by its largest value; undefined for all other figures.
 */
export function shareKind(
  table: Pick<AnswerTable, 'columns' | 'rows'>,
  name: string,
): 'percent' | 'fraction' | undefined {
  const index = table.columns.findIndex((column) => column.name === name)
  const column = table.columns[index]
  if (!column || column.kind === 'count') return undefined
  if (column.unit === '%') return 'percent'
  if (column.unit || !/anteil|prozent|quote|share|percent|rate/i.test(`${column.name} ${column.label}`))
    return undefined
  const largest = Math.max(0, ...table.rows.map((row) => Math.abs(Number(row[index] ?? 0))))
  return largest > 1 ? 'percent' : 'fraction'
}

/** The property of the areas whose values fit the most labels, and the share that fits (0 to 1). */
export function joinKey(geo: GeoCollection, labels: readonly string[]): { idKey: string; share: number } {
  const wanted = new Set(labels)
  const keys = [...new Set(geo.features.flatMap((feature) => Object.keys(feature.properties ?? {})))]
  const best = { idKey: '', share: 0 }
  for (const idKey of keys) {
    const found = new Set(
      geo.features.map((feature) => propertyOf(feature, idKey)).filter((id) => wanted.has(id)),
    )
    const share = wanted.size === 0 ? 0 : found.size / wanted.size
    if (share > best.share) Object.assign(best, { idKey, share })
  }
  return best
}

/** A property of an area as text; empty where it has none or where it is no plain value. */
export function propertyOf(area: GeoCollection['features'][number], key: string): string {
  const value = area.properties?.[key]
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}

/** The property that names an area for people: one called like a name, else the one that joins. */
export function nameKeyOf(geo: GeoCollection, idKey: string): string {
  const keys = Object.keys(geo.features[0]?.properties ?? {})
  const byName = ['name', 'Name', 'NAME', 'bezeichnung', 'stadtteil', 'district'].find((key) =>
    keys.includes(key),
  )
  return byName ?? keys.find((key) => /name|bezeich/i.test(key)) ?? idKey
}

/** Minutes to read the texts, at 200 words a minute, at least one. */
export function readingMinutes(draft: Pick<AnswerDraft, 'lead' | 'finding' | 'method' | 'limits'>): number {
  const words = [draft.lead, draft.finding, draft.method, ...draft.limits].join(' ').split(/\s+/).length
  return Math.max(1, Math.round(words / 200))
}

/** Paragraphs of a text: parted by empty lines, line ends of any kind. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map((one) => one.trim())
    .filter(Boolean)
}

/** Lines of a text without the empty ones and without list signs in front. */
export function lines(text: string): string[] {
  return text
    .split(/\r?\n/)
    .map((one) => one.replace(/^\s*[-–•*]\s*/, '').trim())
    .filter(Boolean)
}
