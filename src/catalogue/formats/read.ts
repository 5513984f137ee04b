import type { CommandArgs } from '../../platform/command.ts'
import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { readInventory } from '../inventory/read.ts'
import { describeFile } from '../profile/describe.ts'
import type { FormatName, PageRequest, ReadRecord, SourceFormat, SourcePage } from './format.ts'
import { inputOf, type Input } from './input.ts'
import { whyUnreadable } from './refusal.ts'
import { bestFit, sourceFormats } from './registry.ts'

/** A document as read: its form (`data` for a plain data file), its records, and what is wrong. `next`: how the next page is asked for. */
export type ReadDocument = {
  format: FormatName | 'data' | null
  syntax: string
  total: number | null
  next: PageRequest | null
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
  if (/\.(geojson|parquet|kml|dbf)(\.gz|\.zip)?$/i.test(input.filename)) return describeData(input)
  const fit = bestFit(input.bytes, input.context)
  if (!fit) return unreadable(input)
  const read = await readWith(fit.format, input)
  return read.records.length > 0 || fit.sure > GUESS || !isJson(input) || fit.format.name === 'dcat'
    ? read
    : readAsData(read, input)
}

/** A form that is no surer than this was guessed: the document may as well hold data. */
const GUESS = 0.5

const isJson = ({ bytes }: Input): boolean =>
  bytes[0] === 0x1f ||
  /^(\u00ef\u00bb\u00bf)?\s*[[{]/.test(Buffer.from(bytes.subarray(0, 500)).toString('latin1'))

/** JSON in which no catalogue was found: a table or shapes, else the reason why nothing can be made of it. */
async function readAsData(read: ReadDocument, input: Input): Promise<ReadDocument> {
  if (hasErrors(read.findings)) return { ...read, format: null }
  // What describes itself is no table, even with a list of links in it.
  const described = /"\$schema"|"rel"\s*:/.test(
    Buffer.from(input.bytes.subarray(0, 20_000)).toString('latin1'),
  )
  const data = described ? null : await describeData(input)
  return data && data.records.length > 0 ? data : unreadable(input)
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
function mapped(page: SourcePage): Omit<ReadDocument, 'format'> {
  return {
    syntax: page.detail,
    total: page.total,
    next: page.next,
    records: page.items.map((item) => ({ remoteId: item.remoteId, ...item.read() })),
    findings: page.findings,
  }
}

async function describeData(input: Input): Promise<ReadDocument> {
  const found = await describeFile(input.bytes, { filename: input.filename })
  const read = found.columns.length > 0
  const records = read ? [{ remoteId: null, record: found.record, findings: [] }] : []
  const silent = !read && !hasErrors(found.findings)
  const findings = silent ? [...found.findings, await whyUnreadable(input)] : found.findings
  return { format: 'data', syntax: 'table', total: null, next: null, records, findings }
}

async function unreadable(input: Input): Promise<ReadDocument> {
  const findings = [await whyUnreadable(input)]
  return { format: null, syntax: '', total: null, next: null, records: [], findings }
}

/** Names `--as` takes. */
export const formNames: readonly string[] = [...sourceFormats.map(({ name }) => name), 'data']

/** The document a command names, read: with its input, or with the reason why there is none. */
export async function documentOf(
  args: CommandArgs,
): Promise<{ input: Input; found: ReadDocument } | { reason: Finding }> {
  const as = args.options['as']
  if (as !== undefined && !formNames.some((name) => name === as)) return { reason: unknownName() }
  const input = await inputOf(args)
  return 'reason' in input ? input : { input, found: await readDocument(input, as) }
}

function unknownName(): Finding {
  return finding('error', 'unknown-form', {
    de: `--as nimmt ${formNames.join(', ')}.`,
    en: `--as must be one of ${formNames.join(', ')}.`,
  })
}
