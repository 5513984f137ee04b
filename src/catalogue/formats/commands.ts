import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { finding, type Finding } from '../../platform/finding.ts'
import { validateCommand } from '../conformity/commands.ts'
import { textIn, type DatasetRecord } from '../model.ts'
import { checkRecord } from '../quality/check.ts'
import { convertRecords, outputForm, outputForms } from './convert.ts'
import { fetched } from './input.ts'
import { documentOf, formNames, readDocument, type ReadDocument } from './read.ts'
import { refuse } from './refusal.ts'
import type { PageRequest } from './format.ts'

function tell(io: CommandIo, findings: Finding[], indent = ''): void {
  for (const f of findings) io.out(`${indent}${f.severity}: ${f.text.en}`)
}

const NOTHING = { format: null, datasets: 0, records: [] }

async function read(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const pages = pagesOf(args)
  if (pages === null) return refuse(io, [badPages()], NOTHING)
  const document = await documentOf(args)
  if ('reason' in document) return refuse(io, [document.reason], NOTHING)
  const { found } = document
  await readFurther(found, { pages, as: args.options['as'], typed: args.words[0] ?? '' })
  if (found.records.length === 0) return refuse(io, found.findings, summaryOf(found))
  if (io.json) io.out(JSON.stringify(summaryOf(found)))
  else tellRecords(io, found)
  for (const f of found.findings) if (f.severity === 'error') io.note(`${f.severity}: ${f.text.en}`)
  return 0
}

function pagesOf(args: CommandArgs): number | null {
  const pages = Number(args.options['pages'] ?? '1')
  return Number.isSafeInteger(pages) && pages > 0 ? pages : null
}

function badPages(): Finding {
  return finding('error', 'bad-option', {
    de: '--pages nimmt eine Zahl ab 1.',
    en: '--pages must be a number from 1 on.',
  })
}

/** Follows the links to further pages, at most `pages` in all; a page that can not be had ends it. */
async function readFurther(
  found: ReadDocument,
  given: { pages: number; as: unknown; typed: string },
): Promise<void> {
  const seen = new Set<string>()
  for (let at = 1; at < given.pages && found.next !== null && !seen.has(keyOf(found.next)); at++) {
    seen.add(keyOf(found.next))
    const input = await fetched(found.next, given.typed)
    if ('reason' in input) return void found.findings.push(input.reason)
    const page = await readDocument(input, given.as ?? found.format)
    found.records.push(...page.records)
    found.findings.push(...page.findings)
    found.next = page.next
  }
}

const keyOf = ({ url, body }: PageRequest): string => `${url} ${body ?? ''}`

function summaryOf(found: ReadDocument): Record<string, unknown> {
  const { format, syntax, records, total, next, findings } = found
  const services = records.filter(({ record }) => record.service).length
  const datasets = records.length - services
  return { format, syntax, datasets, services, total, next: next?.url ?? null, records, findings }
}

function tellRecords(io: CommandIo, found: ReadDocument): void {
  tell(io, found.findings)
  for (const { record, findings } of found.records) {
    const title = textIn(record.title, 'de') || '(no title)'
    const { score } = checkRecord(record)
    io.out(`${title} · ${record.access.type} · ${record.distributions.length} files · quality ${score}`)
    tell(io, findings, '  ')
  }
  const all = found.total === null ? '' : ` of ${found.total}`
  const services = found.records.filter(({ record }) => record.service).length
  const also = services > 0 ? `, ${services} services` : ''
  io.out(
    `${found.format ?? 'unknown form'}${found.syntax === '' ? '' : ` (${found.syntax})`}: ${found.records.length - services} datasets${also}${all}`,
  )
}

async function convert(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const to = outputForm(args.options['to'])
  if (!to) {
    const [de, en] = ['--to nimmt', '--to must be one of'].map((word) => `${word} ${outputForms.join(', ')}.`)
    return refuse(io, [finding('error', 'bad-option', { de: de ?? '', en: en ?? '' })], {})
  }
  const document = await documentOf(args)
  if ('reason' in document) return refuse(io, [document.reason], {})
  const { records, findings } = document.found
  if (records.length === 0) return refuse(io, findings, {})
  const deprecated = args.options['deprecated'] !== undefined
  const plain = records.map(({ record }) => record)
  io.out(convertRecords(plain, to, deprecated))
  const nameless = to === 'csv' || to === 'schema-org' ? plain.filter((each) => !hasTitle(each)).length : 0
  if (nameless > 0) io.note(`warning: ${untitled(nameless).text.en}`)
  const faults = [...findings, ...records.flatMap((each) => each.findings)].filter(isError)
  for (const f of [...findings.filter((each) => !isError(each)), ...faults.slice(0, MAX_TOLD)])
    io.note(`${f.severity}: ${f.text.en}`)
  return faults.length > 0 ? 1 : 0
}

function hasTitle(record: DatasetRecord): boolean {
  return textIn(record.title, 'de').trim() !== ''
}

// Nothing is invented: what has no title is written without one, and its readers leave it out.
function untitled(n: number): Finding {
  return finding('warning', 'untitled', {
    de: `${n} Datensätze haben keinen Titel; wer diese Form liest, lässt sie aus.`,
    en: `${n} datasets have no title; readers of this form leave them out.`,
  })
}

/** Faults of single datasets told one by one. */
const MAX_TOLD = 50

function isError(each: Finding): boolean {
  return each.severity === 'error'
}

const AS = `[--as ${formNames.join('|')}]`

/** Verbs that need no hub: they look at a file or an address and tell. Exit code 1: rules are broken or something is missing, 2: nothing usable. */
export const formatCommands: Command[] = [
  {
    room: 'catalogue',
    verb: 'read',
    usage: `read FILE|URL ${AS} [--pages N] [--json]`,
    summary: 'Read a catalogue in any form, a data inventory or a data file, and say what is in it.',
    needsHub: false,
    run: read,
  },
  {
    room: 'catalogue',
    verb: 'convert',
    usage: `convert FILE|URL --to ${outputForms.join('|')} ${AS} [--deprecated]`,
    summary: 'Write the datasets of a catalogue in another form on standard output.',
    needsHub: false,
    run: convert,
  },
  validateCommand,
]
