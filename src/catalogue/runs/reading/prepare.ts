import type { Finding } from '../../../platform/finding.ts'
import type { Localised } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { keysOf } from '../../duplicates/keys.ts'
import type { EntryKey } from '../../duplicates/keys.ts'
import { columnsFor } from '../../entries/columns.ts'
import type { SourceItem } from '../../formats/format.ts'
import type { DatasetRecord } from '../../model.ts'
import { textIn } from '../../model.ts'
import { stableHash } from './stable.ts'

/** Why a record is set aside. */
export type Fault = { readonly code: string; readonly message: Localised }

/** A record ready to be stored: the columns of its row as JSON, and what decides whether it changed. */
export type Prepared = {
  readonly index: number
  readonly id: string
  readonly row: string
  readonly hash: string
  readonly modified: string | null
  readonly currentTo: string | null
  readonly keys: readonly EntryKey[]
  readonly findings: readonly Finding[]
}

/** A record that cannot be stored, with its input as delivered (shortened to a megabyte). */
export type SetAside = {
  readonly index: number
  readonly fault: Fault
  readonly title: string | null
  readonly raw: string
  readonly rawSize: number
}

/** A record above this size is a fault of its source (GSA/data.gov#4965). */
const MAX_RECORD = 1_000_000
/** One real record had 8 327 distributions (GSA/data.gov#4583); a thousand are more than anyone can use. */
const MAX_DISTRIBUTIONS = 1000
/** Hundreds of keywords find everything and therefore nothing. */
const MAX_KEYWORDS = 500
const MAX_RAW = 1_000_000
const MAX_FINDINGS = 20

/** What a record is mapped with; `size`: its letters as delivered. */
type Given = { readonly holderName: string; readonly now: Date; readonly size: number }

/** Maps one item to a row, or says why it cannot be one. Never throws. */
export function prepare(
  item: SourceItem,
  index: number,
  given: Given,
): { ready: Prepared; record: DatasetRecord } | { aside: SetAside } {
  let title: string | null = null
  try {
    const { record: read, findings } = item.read()
    const record = storable(read)
    title = textIn(record.title, 'de').trim().slice(0, 300) || null
    const fault = given.size > MAX_RECORD ? faults.monster : faultOf(item, record, findings)
    if (fault) return { aside: { index, fault, title, ...rawOf(item) } }
    return { ready: rowOf(record, index, given, findings), record }
  } catch {
    return { aside: { index, fault: faults.unreadable, title, ...rawOf(item) } }
  }
}

function rawOf(item: SourceItem): { raw: string; rawSize: number } {
  const raw = safely(() => item.raw())
    .replaceAll('\u0000', '\uFFFD')
    .toWellFormed()
  return { raw: raw.slice(0, MAX_RAW).toWellFormed(), rawSize: raw.length }
}

function safely(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}

// PostgreSQL takes neither U+0000 nor half of a surrogate pair.
function storable(record: DatasetRecord): DatasetRecord {
  const text = JSON.stringify(record)
  if (!/\\u(?:0000|d[89a-f])/i.test(text)) return record
  return JSON.parse(text, (_key, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\u0000', '').toWellFormed() : value,
  ) as DatasetRecord
}

function rowOf(
  record: DatasetRecord,
  index: number,
  given: { holderName: string; now: Date },
  findings: readonly Finding[],
): Prepared {
  const holderName = textIn(record.publisher?.name ?? {}, 'de').slice(0, 300) || given.holderName
  const columns = columnsFor(record, { holderName, now: given.now })
  const hash = stableHash(record)
  const id = newId()
  const bare = JSON.stringify(columns.record) === JSON.stringify(columns.holder)
  return {
    index,
    id,
    row: JSON.stringify({ ...columns, id, hash, ...(bare ? { holder: null } : {}) }),
    hash,
    modified: record.modified,
    currentTo: columns.current_to,
    keys: keysOf(record),
    findings: findings.filter((each) => each.severity !== 'info').slice(0, MAX_FINDINGS),
  }
}

function faultOf(item: SourceItem, record: DatasetRecord, findings: readonly Finding[]): Fault | undefined {
  if (!item.remoteId) return faults.nameless
  if (!textIn(record.title, 'de').trim()) return faults.untitled
  // Some readers stop at the limit themselves and say so: what they cut off must not be lost unnoticed.
  const cut = (fault: Fault) => findings.some((each) => each.code === fault.code)
  if (cut(faults.crowded) || record.distributions.length > MAX_DISTRIBUTIONS) return faults.crowded
  if (cut(faults.wordy) || record.keywords.length > MAX_KEYWORDS) return faults.wordy
  return JSON.stringify(record).length > MAX_RECORD ? faults.monster : undefined
}

/** The reasons to set a record aside. */
export const faults = {
  unreadable: {
    code: 'unreadable',
    message: { de: 'Die Beschreibung ließ sich nicht lesen.', en: 'The description could not be read.' },
  },
  nameless: {
    code: 'no-identity',
    message: {
      de: 'Der Datensatz hat weder Adresse noch Kennung.',
      en: 'The dataset has neither address nor identifier.',
    },
  },
  untitled: {
    code: 'no-title',
    message: { de: 'Der Datensatz hat keinen Titel.', en: 'The dataset has no title.' },
  },
  crowded: {
    code: 'too-many-distributions',
    message: {
      de: `Der Datensatz hat mehr als ${MAX_DISTRIBUTIONS} Distributionen.`,
      en: `The dataset has more than ${MAX_DISTRIBUTIONS} distributions.`,
    },
  },
  wordy: {
    code: 'too-many-keywords',
    message: {
      de: `Der Datensatz hat mehr als ${MAX_KEYWORDS} Schlagwörter.`,
      en: `The dataset has more than ${MAX_KEYWORDS} keywords.`,
    },
  },
  monster: {
    code: 'too-large',
    message: {
      de: 'Die Beschreibung ist größer als 1 MB.',
      en: 'The description is larger than 1 MB.',
    },
  },
  unstorable: {
    code: 'not-storable',
    message: {
      de: 'Die Beschreibung ließ sich nicht speichern.',
      en: 'The description could not be stored.',
    },
  },
} satisfies Record<string, Fault>
