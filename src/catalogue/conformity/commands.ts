import { readFile } from 'node:fs/promises'
import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { parseRdf } from '../../rdf/parse.ts'
import { validateShacl, type ShaclResult } from '../../rdf/shacl.ts'
import type { Quad } from '../../rdf/terms.ts'
import { readDcatFile } from '../dcat/read.ts'
import { writeDcatDataset } from '../dcat/write.ts'
import type { Input } from '../formats/input.ts'
import { documentOf, type ReadDocument } from '../formats/read.ts'
import { refuse } from '../formats/refusal.ts'
import { textIn, type DatasetRecord } from '../model.ts'
import { checkRecord } from '../quality/check.ts'
import { checkConformity, profiles, type Conformity } from './check.ts'

/** Advice per dataset: what else would make the description better; it does not count for conformity. */
type Advice = { uri: string | null; title: string } & ReturnType<typeof checkRecord>

type Checked = {
  profile: string
  conforms: boolean
  format: string | null
  datasets: Advice[]
  conformity: Conformity
  shapes: ShaclResult[]
  findings: Finding[]
}

async function validate(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const profile = args.options['profile'] ?? profiles[0]
  const nothing = { profile, conforms: false, format: null, checked: 0, total: 0, datasets: [], shapes: [] }
  if (!profiles.some((each) => each === profile)) return refuse(io, [unknownProfile()], nothing)
  const document = await documentOf(args)
  if ('reason' in document) return refuse(io, [document.reason], nothing)
  const shapes = await shapesOf(args)
  if ('reason' in shapes) return refuse(io, [shapes.reason], nothing)
  const found = await check(document, { shapes: shapes.quads, profile: String(profile) })
  if (io.json) io.out(JSON.stringify(summaryOf(found)))
  else tell(found, io)
  if (hasErrors(found.findings) || found.conformity.checked === 0) {
    for (const f of found.findings) io.note(`${f.severity}: ${f.text.en}`)
    return 2
  }
  return found.conforms ? 0 : 1
}

function unknownProfile(): Finding {
  return finding('error', 'bad-option', {
    de: `--profile nimmt ${profiles.join(', ')}.`,
    en: `--profile must be one of ${profiles.join(', ')}.`,
  })
}

async function check(
  document: { input: Input; found: ReadDocument },
  given: { shapes: Quad[]; profile: string },
): Promise<Checked> {
  const { quads, records, findings, format } = await statementsOf(document)
  const conformity = checkConformity(quads)
  const shapes = given.shapes.length > 0 ? await validateShacl(quads, given.shapes) : []
  const datasets = records.map((record) => ({
    uri: record.uri,
    title: textIn(record.title, 'de'),
    ...checkRecord(record, new Date()),
  }))
  const conforms =
    conformity.checked > 0 &&
    conformity.conforms &&
    !shapes.some(({ severity }) => severity === 'violation') &&
    !hasErrors(findings)
  return { profile: given.profile, conforms, format, datasets, conformity, shapes, findings }
}

/** One list of findings with rule, severity, texts in both languages and focus node: reading first, then the profile. */
function summaryOf(found: Checked): Record<string, unknown> {
  const { profile, conforms, format, datasets, conformity, shapes } = found
  const read = found.findings.map((f) => ({ ...f, focus: null, path: null, value: f.where ?? null }))
  return {
    profile,
    conforms,
    format,
    checked: conformity.checked,
    total: conformity.total,
    findings: [...read, ...conformity.breaches],
    datasets,
    shapes,
  }
}

function tell(found: Checked, io: CommandIo): void {
  for (const f of found.findings) io.out(`${f.severity}: ${f.text.en}`)
  for (const b of found.conformity.breaches) io.out(`${b.severity} ${b.code} ${b.focus}: ${b.text.en}`)
  for (const r of found.shapes) io.out(`${r.severity} ${r.focus} ${r.path ?? ''}: ${r.message}`)
  for (const q of found.datasets) {
    io.out(`${q.title || q.uri}: ${q.score} of 100`)
    for (const f of q.findings) io.out(`  ${f.severity} ${f.code}: ${f.text.en} (+${f.gain})`)
  }
  io.out(
    `${found.profile}: ${found.conforms ? 'conforms' : 'does not conform'} (${found.conformity.checked} nodes checked, ${found.conformity.total} findings)`,
  )
}

type Statements = { quads: Quad[]; records: DatasetRecord[]; findings: Finding[]; format: string | null }

/** RDF is checked as delivered; other forms are checked as the DCAT-AP.de this house would make of them. */
async function statementsOf(document: { input: Input; found: ReadDocument }): Promise<Statements> {
  const { input } = document
  const { records, findings, format } = document.found
  const plain = records.map(({ record }) => record)
  if (format === 'dcat') {
    const graph = await readDcatFile(input.bytes, { filename: input.filename })
    return { quads: graph.quads, records: plain, findings, format }
  }
  const quads = plain.flatMap((record, i) =>
    writeDcatDataset(record, { uri: `urn:dataset:${i + 1}`, prefix: `d${i}` }),
  )
  return { quads, records: plain, findings, format }
}

/** The shapes named by `--shapes`, all together, or the reason where one is no RDF. */
async function shapesOf(args: CommandArgs): Promise<{ quads: Quad[] } | { reason: Finding }> {
  const given = args.options['shapes']
  const paths = typeof given === 'string' ? [given] : Array.isArray(given) ? (given as readonly string[]) : []
  const quads: Quad[] = []
  for (const path of paths) {
    const bytes = await readFile(path).catch(() => null)
    const parsed = bytes ? await parseRdf(bytes, { filename: path }) : null
    if (!parsed || hasErrors(parsed.findings)) return { reason: noShapes(path) }
    quads.push(...parsed.quads)
  }
  return { quads }
}

function noShapes(path: string): Finding {
  return finding('error', 'bad-shapes', {
    de: `Die Shapes ${path} lassen sich nicht lesen.`,
    en: `The shapes ${path} can not be read.`,
  })
}

/** Checks a catalogue without a hub. Exit code 0: conforms, 1: does not, 2: nothing to check. */
export const validateCommand: Command = {
  room: 'catalogue',
  verb: 'validate',
  usage: `validate FILE|URL [--profile ${profiles.join('|')}] [--shapes FILE …] [--as FORM] [--json]`,
  summary: 'Check a catalogue against DCAT-AP.de 3.0 and, with --shapes, against SHACL shapes.',
  needsHub: false,
  run: validate,
}
