import { canonicalJson, sha256Hex } from '../../platform/canonical.ts'
import type { Json } from '../../platform/canonical.ts'
import type { Brand } from '../../platform/ids.ts'
import type { Grain } from '../mapping/model.ts'
import { readGrain } from '../mapping/model.ts'
import type { AccessType, DatasetRecord, Face, RecordField } from '../model.ts'
import { defaultFaces, faceOf, licenceOfRecord, nameOf, recordForFace, textIn } from '../model.ts'

/** How one gets at data, from free to not at all. */
export const accessTypes = ['open', 'partner', 'sandbox', 'on-request', 'closed'] as const

/** Who may know of an entry: everyone, the partners, or only the house (stewards always know that it exists). */
export const visibilities = ['public', 'partners', 'own'] as const

/** What an entry stands for: data, or a service by which programs ask for data. */
export const entryKinds = ['dataset', 'service'] as const

/** The 13 topics of the EU's data-theme list. */
export const topics = [
  'AGRI',
  'ECON',
  'EDUC',
  'ENER',
  'ENVI',
  'GOVE',
  'HEAL',
  'INTR',
  'JUST',
  'REGI',
  'SOCI',
  'TECH',
  'TRAN',
] as const

/** What is shown of the data themselves: columns, a few rows, the finding of a chart or the shape of a map. */
export type Preview = {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly (string | null)[])[]
  readonly rowCount: number | null
  /** True if the rows are invented: same columns, no real values. */
  readonly invented: boolean
  readonly chart?: {
    /** What the bars are, where nobody has written a title: rows by value, or the spread of a number. */
    readonly kind?: 'counts' | 'spread'
    readonly title: string
    readonly label: string
    readonly items: readonly { readonly label: string; readonly value: number }[]
  }
  /** Measures over days ('YYYY-MM-DD'), each line in order of days. */
  readonly series?: {
    readonly label: string
    readonly lines: readonly {
      readonly name: string
      readonly points: readonly (readonly [day: string, value: number | null])[]
    }[]
  }
  readonly geo?: unknown
}

/** An entry's lasting id. */
export type EntryId = Brand<'catalogue_entry'>

/** What an entry stands for. */
export type EntryKind = (typeof entryKinds)[number]

/** Who may know that an entry exists. */
export type Visibility = (typeof visibilities)[number]

/** A file that is published with an entry. */
export type EntryFile = {
  readonly name: string
  readonly mediaType: string
  readonly sha256: string
  readonly size: number
}

/** The short form of an entry: public words and facts, and which face this reader sees. */
export type EntrySummary = {
  readonly id: EntryId
  readonly kind: EntryKind
  readonly title: string
  readonly summary: string
  /** Keywords, column names and further titles of the public face, for matching. */
  readonly words: string
  readonly organisationId: string
  readonly holderName: string
  readonly access: AccessType
  readonly visibility: Visibility
  readonly face: Face
  readonly topics: readonly string[]
  readonly formats: readonly string[]
  readonly places: readonly string[]
  /** Calendar days; `ends` is null while the data go on. */
  readonly starts: string | null
  readonly ends: string | null
  readonly grain: Grain | null
  readonly frequency: string | null
  /** The day the data were last brought up to date, as the record says. */
  readonly currentTo: string | null
  readonly licence: string | null
  /** 0 to 100: how complete the description is. */
  readonly quality: number
  readonly version: number
  readonly modifiedAt: Date
}

/** An entry as its reader may see it: `record` holds only the fields of `face`. */
export type Entry = EntrySummary & {
  readonly sourceId: string | null
  readonly remoteId: string | null
  readonly record: DatasetRecord
  readonly preview: Preview | null
  readonly state: 'live' | 'duplicate' | 'gone'
  /** Taken out after it was gone at its source; only what refers to it still shows its name. */
  readonly removedAt: Date | null
  readonly createdAt: Date
}

/** One change of one field between two versions, with the face that may read it. */
export type Change = {
  readonly field: string
  readonly face: Face
  readonly before: Json
  readonly after: Json
}

/** A version of an entry: when, by which house, by which way, and what changed. */
export type EntryVersion = {
  readonly version: number
  readonly at: Date
  readonly organisationId: string | null
  readonly way: string
  readonly changes: readonly Change[]
}

/** The columns search and facets work on; all derived from the public face, so that no filter can reveal more. */
export type Facts = {
  readonly kind: EntryKind
  /** How the data a service works on are called, as `nameOf` compares them. */
  readonly serves: string[]
  readonly title: string
  readonly summary: string
  readonly words: string
  readonly folded: string
  readonly topics: string[]
  readonly formats: string[]
  readonly places: string[]
  readonly starts: string | null
  readonly ends: string | null
  readonly grain: string | null
  readonly frequency: string | null
  readonly current_to: string | null
  readonly licence: string | null
}

/** Lower case, umlauts written out, everything but letters and digits as one space: what substring search compares. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/ä/g, 'ae')
    .replace(/ö/g, 'oe')
    .replace(/ü/g, 'ue')
    .replace(/ß/g, 'ss')
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}

const MAX_WORDS = 20_000

/** Derives what is searched and counted. `grain` overrides what the words say about the spatial grain. */
export function factsOf(full: DatasetRecord, holderName: string, grain?: string | null): Facts {
  const record = recordForFace(full, 'public')
  const title = textIn(record.title, 'de').slice(0, 1000) || '–'
  const summary = plain(textIn(record.description, 'de')).slice(0, MAX_WORDS)
  const keywords = record.keywords.map((keyword) => keyword.text)
  const columns = record.columns.flatMap((column) => [column.name, column.meaning])
  const words = [...keywords, ...columns, holderName, ...Object.values(record.title)]
    .join(' · ')
    .slice(0, MAX_WORDS)
  return {
    kind: record.service ? 'service' : 'dataset',
    serves: servedBy(record),
    title,
    summary,
    words,
    folded: fold(`${title} ${words} ${summary}`).slice(0, MAX_WORDS),
    topics: unique(record.themes),
    formats: unique(record.distributions.map((each) => each.format ?? '').filter(Boolean)).slice(0, 20),
    places: unique(record.places.map((place) => textIn(place.label, 'de')).filter(Boolean)).slice(0, 20),
    ...periodOf(record),
    grain: grain ?? readGrain(`${title} ${keywords.join(' ')}`),
    frequency: record.frequency,
    current_to: firstDay(record.modified) ?? firstDay(record.issued),
    licence: licenceOfRecord(record),
  }
}

/** Longer names are none, and an index takes no longer ones; no real service works on more data. */
function servedBy({ service }: DatasetRecord): string[] {
  const names = (service?.serves ?? []).filter((name) => name.length <= 500).slice(0, 500)
  return unique(names.map(nameOf))
}

function unique(list: readonly string[]): string[] {
  return [...new Set(list)]
}

/** Text without markup: foreign descriptions may carry HTML, which is shown as plain words. */
export function plain(text: string): string {
  return text
    .replace(/<[^>]{0,2000}>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/[ \t]+/g, ' ')
    .trim()
}

function periodOf(record: DatasetRecord): { starts: string | null; ends: string | null } {
  const starts = record.periods.flatMap((period) => firstDay(period.start) ?? []).sort()
  const ends = record.periods.flatMap((period) => lastDay(period.end) ?? []).sort()
  const first = starts[0] ?? null
  const last = record.periods.some((period) => !period.end) ? null : (ends.at(-1) ?? null)
  return first && last && last < first ? { starts: first, ends: null } : { starts: first, ends: last }
}

/** The first day of 'YYYY', 'YYYY-MM' or an ISO date; null for anything else. */
function firstDay(value: string | null | undefined): string | null {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(value ?? '')
  return match ? realDay(`${match[1]}-${match[2] ?? '01'}-${match[3] ?? '01'}`) : null
}

/** The last day of 'YYYY', 'YYYY-MM' or an ISO date; null for anything else. */
function lastDay(value: string | null | undefined): string | null {
  const match = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(value ?? '')
  if (!match) return null
  if (match[3]) return realDay(`${match[1]}-${match[2]}-${match[3]}`)
  const month = Number(match[2] ?? '12')
  const day = new Date(Date.UTC(Number(match[1]), month, 0)).getUTCDate()
  return realDay(`${match[1]}-${String(month).padStart(2, '0')}-${day}`)
}

function realDay(text: string): string | null {
  const at = new Date(`${text}T00:00:00Z`)
  return Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text || text < '0001' ? null : text
}

/** What a harvest compares: the record without stamps that sources turn daily and without order of keywords (GSA/data.gov#5079). */
export function contentHash(record: DatasetRecord): string {
  const stable = {
    ...record,
    modified: null,
    keywords: record.keywords.map((keyword) => `${keyword.lang} ${keyword.text}`).sort(),
    themes: [...record.themes].sort(),
    distributions: record.distributions.map((each) => ({ ...each, modified: null })),
    unknown: '',
  }
  return sha256Hex(canonicalJson(stable as unknown as Json))
}

/** The three columns of the faces; a face equal to the one before is stored as null. */
export function facesOf(full: DatasetRecord): {
  record: DatasetRecord
  partner: DatasetRecord | null
  holder: DatasetRecord
} {
  const record = recordForFace(full, 'public')
  const partner = recordForFace(full, 'partner')
  const same = canonicalJson(record as unknown as Json) === canonicalJson(partner as unknown as Json)
  return { record, partner: same ? null : partner, holder: full }
}

/** Field by field, what an edit changed. The face is the stricter of before and after, so no diff opens a field. */
export function changesBetween(before: DatasetRecord, after: DatasetRecord): Change[] {
  const changes: Change[] = []
  for (const field of Object.keys(defaultFaces) as RecordField[]) {
    // Entries from before a field existed have none.
    const old = (before[field] ?? null) as unknown as Json
    const now = (after[field] ?? null) as unknown as Json
    if (canonicalJson(old) === canonicalJson(now)) continue
    changes.push({
      field,
      face: stricter(faceOf(before, field), faceOf(after, field)),
      before: old,
      after: now,
    })
  }
  if (canonicalJson(before.faces as Json) !== canonicalJson(after.faces as Json)) {
    changes.push({ field: 'faces', face: 'holder', before: before.faces as Json, after: after.faces as Json })
  }
  return changes
}

function stricter(a: Face, b: Face): Face {
  const order: readonly Face[] = ['public', 'partner', 'holder']
  return order[Math.max(order.indexOf(a), order.indexOf(b))]!
}
