import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { readInventory } from '../inventory/read.ts'
import { describeFile } from '../profile/describe.ts'
import type { FormatName, ReadRecord, SourceFormat, SourcePage } from './format.ts'
import type { Input } from './input.ts'
import { detectFormat, sourceFormats } from './registry.ts'

/** A document as read: its form (`data` for a plain data file), its records, and what is wrong. `next`: address of the next page. */
export type ReadDocument = {
  format: FormatName | 'data' | null
  syntax: string
  total: number | null
  next: string | null
  records: (ReadRecord & { remoteId: string | null })[]
  findings: Finding[]
}

/** Known fields from which on a table counts as an inventory and not as data. */
const MIN_FIELDS = 4

/** Reads a document in the form `as` names, or in the one it is detected to be in. Never throws on bad input. */
export async function readDocument(input: Input, as: unknown): Promise<ReadDocument> {
  if (as === 'data') return describeData(input)
  const named = sourceFormats.find(({ name }) => name === as)
  if (named) return readWith(named, input)
  if (/\.(csv|tsv|xlsx|ods|txt)(\.gz|\.zip)?$/i.test(input.filename) && !(await isInventory(input)))
    return describeData(input)
  if (/\.(geojson|parquet)(\.gz|\.zip)?$/i.test(input.filename)) return describeData(input)
  const format = detectFormat(input.bytes, input.context)
  return format ? readWith(format, input) : unreadable(input)
}

async function isInventory(input: Input): Promise<boolean> {
  const { fields } = await readInventory(input.bytes)
  const known = new Set(fields.flatMap(({ field }) => field ?? []))
  return known.has('title') && known.size >= MIN_FIELDS
}

async function readWith(format: SourceFormat, input: Input): Promise<ReadDocument> {
  const page = await format.readPage(input.bytes, input.context)
  return { format: format.name, ...mapped(page) }
}

/** Every record of a page, mapped. */
export function mapped(page: SourcePage): Omit<ReadDocument, 'format'> {
  return {
    syntax: page.detail,
    total: page.total,
    next: page.next?.url ?? null,
    records: page.items.map((item) => ({ remoteId: item.remoteId, ...item.read() })),
    findings: page.findings,
  }
}

async function describeData(input: Input): Promise<ReadDocument> {
  const found = await describeFile(input.bytes, { filename: input.filename })
  const records = [{ remoteId: null, record: found.record, findings: [] }]
  return { format: 'data', syntax: 'table', total: null, next: null, records, findings: found.findings }
}

function unreadable(input: Input): ReadDocument {
  const start = excerpt(new TextDecoder('latin1').decode(input.bytes.subarray(0, 200)), 60)
  const reason = finding('error', 'unknown-format', {
    de: `Die Form ist nicht erkennbar. Gelesen werden DCAT, CKAN, CSW mit ISO 19139, OGC API Records, OAI-PMH, schema.org und Dateninventuren. Anfang: „${start}“`,
    en: `The form can not be recognised. DCAT, CKAN, CSW with ISO 19139, OGC API Records, OAI-PMH, schema.org and data inventories are read. Start: “${start}”`,
  })
  return { format: null, syntax: '', total: null, next: null, records: [], findings: [reason] }
}

/** Names `--as` takes. */
export const formNames: readonly string[] = [...sourceFormats.map(({ name }) => name), 'data']
