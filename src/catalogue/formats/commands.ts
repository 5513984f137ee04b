import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { validateCommand } from '../conformity/commands.ts'
import { textIn } from '../model.ts'
import { checkRecord } from '../quality/check.ts'
import { convertRecords, outputForm, outputForms } from './convert.ts'
import { fetched, inputOf } from './input.ts'
import { formNames, readDocument, type ReadDocument } from './read.ts'
import { getPage } from './format.ts'

function tell(io: CommandIo, findings: Finding[], indent = ''): void {
  for (const f of findings) io.out(`${indent}${f.severity}: ${f.text.en}`)
}

async function read(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const said: string[] = []
  const note = (line: string) => {
    said.push(line)
    io.note(line)
  }
  const input = await inputOf(args, { ...io, note })
  if (!input) return failed(io, said)
  const found = await readDocument(input, args.options['as'])
  const pages = Number(args.options['pages'] ?? '1')
  await readFurther(found, { pages: Number.isSafeInteger(pages) ? pages : 1, as: args.options['as'], io })
  const good = found.records.length > 0
  if (io.json) io.out(JSON.stringify(summaryOf(found)))
  else tellRecords(io, found)
  for (const f of found.findings) if (!good || f.severity === 'error') io.note(`${f.severity}: ${f.text.en}`)
  return good ? 0 : 2
}

/** Follows the links to further pages, at most `pages` in all; a page that can not be had ends it. */
async function readFurther(
  found: ReadDocument,
  given: { pages: number; as: unknown; io: CommandIo },
): Promise<void> {
  const seen = new Set<string>()
  for (let at = 1; at < given.pages && found.next !== null && !seen.has(found.next); at++) {
    seen.add(found.next)
    const input = await fetched(getPage(found.next, '*/*'), given.io)
    if (!input) return
    const page = await readDocument(input, given.as ?? found.format)
    found.records.push(...page.records)
    found.findings.push(...page.findings)
    found.next = page.next
  }
}

function summaryOf(found: ReadDocument): Record<string, unknown> {
  const { format, syntax, records, total, next, findings } = found
  return { format, syntax, datasets: records.length, total, next, records, findings }
}

/** Nothing could be had: the same shape as an answer, with the reason among the findings. */
function failed(io: CommandIo, said: readonly string[]): ExitCode {
  const findings = said.map((text) => finding('error', 'unavailable', { de: text, en: text }))
  if (io.json) io.out(JSON.stringify({ format: null, datasets: 0, records: [], findings }))
  return 2
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
  io.out(
    `${found.format ?? 'unknown form'}${found.syntax === '' ? '' : ` (${found.syntax})`}: ${found.records.length} datasets${all}`,
  )
}

async function convert(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const to = outputForm(args.options['to'])
  if (!to) {
    io.note(`--to must be one of ${outputForms.join(', ')}.`)
    return 2
  }
  const input = await inputOf(args, io)
  if (!input) return 2
  const { records, findings } = await readDocument(input, args.options['as'])
  for (const f of findings) io.note(`${f.severity}: ${f.text.en}`)
  if (records.length === 0) return 2
  const deprecated = args.options['deprecated'] !== undefined
  io.out(
    convertRecords(
      records.map(({ record }) => record),
      to,
      deprecated,
    ),
  )
  return hasErrors(findings) ? 2 : 0
}

const AS = `[--as ${formNames.join('|')}]`

/** Verbs that need no hub: they look at a file or an address and tell. Exit code 1: rules are broken, 2: nothing usable. */
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
