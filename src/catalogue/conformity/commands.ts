import { readFile } from 'node:fs/promises'
import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { hasErrors, type Finding } from '../../platform/finding.ts'
import { parseRdf } from '../../rdf/parse.ts'
import { validateShacl, type ShaclResult } from '../../rdf/shacl.ts'
import type { Quad } from '../../rdf/terms.ts'
import { writeDcatDataset } from '../dcat/write.ts'
import { readDcatFile } from '../dcat/read.ts'
import { inputOf, type Input } from '../formats/input.ts'
import { readDocument } from '../formats/read.ts'
import { textIn, type DatasetRecord } from '../model.ts'
import { checkRecord } from '../quality/check.ts'

async function validate(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const input = await inputOf(args, io)
  if (!input) return 2
  const shapes = await shapesOf(args, io)
  if (!shapes) return 2
  const result = await statementsOf(input, args.options['as'])
  const quality = result.records.map((record) => ({
    uri: record.uri,
    title: textIn(record.title, 'de'),
    ...checkRecord(record, new Date()),
  }))
  const broken = shapes.length > 0 ? await validateShacl(result.quads, shapes) : []
  if (io.json) io.out(JSON.stringify({ findings: result.findings, datasets: quality, shapes: broken }))
  else {
    for (const f of result.findings) io.out(`${f.severity}: ${f.text.en}`)
    for (const q of quality) {
      io.out(`${q.title || q.uri}: ${q.score} of 100`)
      for (const f of q.findings) io.out(`  ${f.severity} ${f.code}: ${f.text.en} (+${f.gain})`)
    }
    for (const r of broken) io.out(`${r.severity} ${r.focus} ${r.path ?? ''}: ${r.message}`)
  }
  if (hasErrors(result.findings) || quality.length === 0) return 2
  return quality.some((q) => hasErrors(q.findings)) || broken.some(isViolation) ? 1 : 0
}

type Statements = { quads: Quad[]; records: DatasetRecord[]; findings: Finding[] }

/** RDF is checked as delivered; other forms are checked as the DCAT-AP.de this house would make of them. */
async function statementsOf(input: Input, as: unknown): Promise<Statements> {
  const read = await readDocument(input, as)
  const records = read.records.map(({ record }) => record)
  if (read.format === 'dcat') {
    const graph = await readDcatFile(input.bytes, { filename: input.filename })
    return { quads: graph.quads, records, findings: read.findings }
  }
  const quads = records.flatMap((record, i) =>
    writeDcatDataset(record, { uri: `urn:dataset:${i + 1}`, prefix: `d${i}` }),
  )
  return { quads, records, findings: read.findings }
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

/** Checks a catalogue without a hub. */
export const validateCommand: Command = {
  room: 'catalogue',
  verb: 'validate',
  usage: 'validate FILE|URL [--shapes FILE …] [--json]',
  summary: 'Check a catalogue against the rules of DCAT-AP.de and, with --shapes, against SHACL shapes.',
  needsHub: false,
  run: validate,
}
