import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { hasErrors, type Finding } from '../../platform/finding.ts'
import { rdfFormats, formatOfMediaType, formatOfName, type RdfFormat } from '../../rdf/formats.ts'
import { parseRdf } from '../../rdf/parse.ts'
import { serialise } from '../../rdf/serialise.ts'
import { validateShacl, type ShaclResult } from '../../rdf/shacl.ts'
import { distinct, type Quad } from '../../rdf/terms.ts'
import { readInventory } from '../inventory/read.ts'
import { textIn, type DatasetRecord } from '../model.ts'
import { describeFile } from '../profile/describe.ts'
import { checkRecord } from '../quality/check.ts'
import { readDcatFile } from './read.ts'
import { writeDcatDataset } from './write.ts'

type ReadFile = { records: { record: DatasetRecord; findings: Finding[] }[]; findings: Finding[] }

async function fileOf(
  args: CommandArgs,
  io: CommandIo,
): Promise<{ bytes: Uint8Array; filename: string } | null> {
  const path = args.words[0]
  if (path === undefined) {
    io.note('Name a file.')
    return null
  }
  try {
    return { bytes: await readFile(path), filename: basename(path) }
  } catch {
    io.note(`The file ${path} can not be read.`)
    return null
  }
}

async function readAny(file: { bytes: Uint8Array; filename: string }, kind: unknown): Promise<ReadFile> {
  if (kind === 'inventory') return readInventory(file.bytes)
  if (kind === 'data' || (kind === undefined && isDataFile(file.filename))) {
    const found = await describeFile(file.bytes, file)
    return { records: [{ record: found.record, findings: [] }], findings: found.findings }
  }
  return readDcatFile(file.bytes, {
    filename: file.filename,
    baseIri: `file:///${encodeURIComponent(file.filename)}`,
  })
}

function isDataFile(name: string): boolean {
  return /\.(csv|tsv|xlsx|geojson|parquet|txt)(\.gz|\.zip)?$/i.test(name)
}

function tell(io: CommandIo, findings: Finding[], indent = ''): void {
  for (const f of findings) io.out(`${indent}${f.severity}: ${f.text.en}`)
}

async function read(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const file = await fileOf(args, io)
  if (!file) return 2
  const { records, findings } = await readAny(file, args.options['as'])
  if (io.json) io.out(JSON.stringify({ records, findings }))
  else {
    tell(io, findings)
    for (const { record, findings: own } of records) {
      io.out(
        `${textIn(record.title, 'de') || '(no title)'} · ${record.access.type} · ${record.distributions.length} files · quality ${checkRecord(record).score}`,
      )
      tell(io, own, '  ')
    }
    io.out(`${records.length} datasets`)
  }
  return records.length === 0 || hasErrors(findings) ? 2 : 0
}

async function convert(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const format = formatNamed(args.options['to'])
  if (!format) {
    io.note(`--to must be one of ${Object.keys(rdfFormats).join(', ')}.`)
    return 2
  }
  const file = await fileOf(args, io)
  if (!file) return 2
  const { records, findings } = await readAny(file, args.options['as'])
  for (const f of findings) io.note(`${f.severity}: ${f.text.en}`)
  if (records.length === 0) return 2
  const quads = records.flatMap(({ record }, i) =>
    writeDcatDataset(record, {
      uri: `urn:dataset:${i + 1}`,
      prefix: `d${i}`,
      deprecated: args.options['deprecated'] !== undefined,
    }),
  )
  io.out(serialise(distinct(quads), format).trimEnd())
  return hasErrors(findings) ? 2 : 0
}

function formatNamed(to: unknown): RdfFormat | null {
  if (typeof to !== 'string') return null
  if (to in rdfFormats) return to as RdfFormat
  return formatOfMediaType(to) ?? formatOfName(to) ?? (to === 'xml' ? 'rdfxml' : null)
}

async function validate(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const file = await fileOf(args, io)
  if (!file) return 2
  const shapes = await shapesOf(args, io)
  if (!shapes) return 2
  const result = await readDcatFile(file.bytes, { filename: file.filename })
  const quality = result.records.map(({ record }) => ({
    uri: record.uri,
    title: textIn(record.title, 'de'),
    ...checkRecord(record, new Date()),
  }))
  const broken = shapes.length > 0 ? await validateShacl(result.quads, shapes) : []
  if (io.json) io.out(JSON.stringify({ findings: result.findings, datasets: quality, shapes: broken }))
  else {
    tell(io, result.findings)
    for (const q of quality) {
      io.out(`${q.title || q.uri}: ${q.score} of 100`)
      for (const f of q.findings) io.out(`  ${f.severity} ${f.code}: ${f.text.en} (+${f.gain})`)
    }
    for (const r of broken) io.out(`${r.severity} ${r.focus} ${r.path ?? ''}: ${r.message}`)
  }
  if (hasErrors(result.findings) || quality.length === 0) return 2
  return quality.some((q) => hasErrors(q.findings)) || broken.some(isViolation) ? 1 : 0
}

function isViolation(result: ShaclResult): boolean {
  return result.severity === 'violation'
}

/** The shapes named by `--shapes`, all together; null when one is no RDF. */
async function shapesOf(args: CommandArgs, io: CommandIo): Promise<Quad[] | null> {
  const given = args.options['shapes']
  const paths = typeof given === 'string' ? [given] : Array.isArray(given) ? (given as readonly string[]) : []
  const quads: Quad[] = []
  for (const path of paths) {
    const bytes = await readFile(path).catch(() => null)
    const parsed = bytes ? await parseRdf(bytes, { filename: path }) : null
    if (!parsed || hasErrors(parsed.findings)) {
      io.note(`The shapes ${path} can not be read.`)
      return null
    }
    quads.push(...parsed.quads)
  }
  return quads
}

/** Verbs that need no hub: they look at a file and tell. Exit code 1: rules are broken, 2: the file is unusable. */
export const formatCommands: Command[] = [
  {
    room: 'catalogue',
    verb: 'read',
    usage: 'read FILE [--as dcat|data|inventory] [--json]',
    summary:
      'Read a catalogue (RDF), a data file (CSV, XLSX, GeoJSON, Parquet) or an inventory and say what is in it.',
    needsHub: false,
    run: read,
  },
  {
    room: 'catalogue',
    verb: 'convert',
    usage: 'convert FILE --to turtle|rdfxml|jsonld|ntriples [--as dcat|data|inventory] [--deprecated]',
    summary: 'Write the datasets of a file as DCAT-AP.de 3.0 on standard output.',
    needsHub: false,
    run: convert,
  },
  {
    room: 'catalogue',
    verb: 'validate',
    usage: 'validate FILE [--shapes FILE …] [--json]',
    summary: 'Check a catalogue against the DCAT-AP.de rules and, with --shapes, against SHACL shapes.',
    needsHub: false,
    run: validate,
  },
]
