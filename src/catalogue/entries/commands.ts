import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { textOption } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { listOrganisations } from '../../identity/service.ts'
import type { RdfFormat } from '../../rdf/formats.ts'
import { catalogueRdf } from '../feed/service.ts'
import { rdfForms } from '../feed/negotiate.ts'
import { importInventory } from '../intake/service.ts'
import { inputOf } from '../formats/input.ts'
import { refuse } from '../formats/refusal.ts'
import type { FirstPage } from '../runs/service.ts'
import { getRun, listFindings, readRun } from '../runs/service.ts'
import type { Run } from '../runs/model.ts'
import { searchEntries } from '../search/service.ts'
import { sourceInput } from '../schema.ts'
import { importDcat } from '../sources/drafts.ts'
import { beginHarvest } from '../sources/service.ts'
import { csvOf } from './export.ts'
import type { EntrySummary } from './model.ts'

/** The house an option names, or the reason why none is meant. */
async function houseOf(ctx: Ctx, args: CommandArgs): Promise<{ id: string } | { reason: Finding }> {
  const wanted = textOption(args, 'organisation')
  const all = await listOrganisations(ctx)
  const found = all.find((each) => each.id === wanted || each.name === wanted || each.shortName === wanted)
  if (found) return { id: found.id }
  const names = all.map((each) => each.name).join(', ')
  const reason = finding('error', 'bad-option', {
    de: `--organisation nennt eines dieser Häuser: ${names || 'noch keines angelegt'}.`,
    en: `--organisation must name one of: ${names || 'none exist yet'}.`,
  })
  return { reason }
}

/** Figures of a run that are told. */
const told = [
  'id',
  'state',
  'format',
  'pages',
  'expected',
  'read',
  'created',
  'changed',
  'unchanged',
  'quarantined',
  'missing',
  'gone',
  'withheld',
] as const

async function finish(ctx: Ctx, run: Run, io: CommandIo, first?: FirstPage): Promise<ExitCode> {
  io.note('reading …')
  await readRun(ctx, run.id, first)
  const { run: done } = await getRun(ctx, run.id)
  const listed = await listFindings(ctx, run.id)
  const findings = listed.findings.map(({ level, code, message, remoteId }) =>
    finding(level, code, message, remoteId ?? undefined),
  )
  const { state, read, reason } = done
  const nothing = read === 0 && state !== 'complete'
  if (io.json)
    io.out(
      JSON.stringify({ ...Object.fromEntries(told.map((name) => [name, done[name]])), reason, findings }),
    )
  else io.out(sentenceOf(done))
  if (reason) io.note(reason.en)
  if (nothing) for (const each of findings) io.note(`${each.severity}: ${each.text.en}`)
  return nothing ? 2 : state === 'failed' ? 1 : 0
}

function sentenceOf(run: Run): string {
  const { state, read, created, changed, unchanged, quarantined, missing, gone, withheld } = run
  return `${state}: ${read} read, ${created} new, ${changed} changed, ${unchanged} unchanged, ${quarantined} set aside, ${missing} missing at the source, ${gone} gone, ${withheld} waiting for confirmation`
}

async function importFile(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const house = await houseOf(ctx, args)
  if ('reason' in house) return refuse(io, [house.reason], {})
  const input = await inputOf(args)
  if ('reason' in input) return refuse(io, [input.reason], {})
  const { bytes, filename: name } = input
  const organisationId = house.id
  const file = { name, size: bytes.length, arrayBuffer: async () => Uint8Array.from(bytes).buffer }
  if (!/\.(csv|tsv|xlsx)$/i.test(name))
    return finish(ctx, await importDcat(ctx, { organisationId, file }), io)
  const result = await importInventory(ctx, { organisationId, file })
  const { created, known, skipped } = result
  io.out(
    io.json ? JSON.stringify(result) : `${created} new, ${known} known already, ${skipped} without title`,
  )
  return 0
}

async function harvest(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const url = args.words[0]
  if (!url || !sourceInput.shape.url.safeParse(url).success) return refuse(io, [noAddress()], {})
  const house = await houseOf(ctx, args)
  if ('reason' in house) return refuse(io, [house.reason], {})
  const name = textOption(args, 'name') ?? new URL(url).host
  const begun = await beginHarvest(ctx, { organisationId: house.id, url, name })
  if ('findings' in begun) return refuse(io, hasErrors(begun.findings) ? begun.findings : [noCatalogue()], {})
  if (begun.run.format) io.note(`form: ${begun.run.format}`)
  return finish(ctx, begun.run, io, begun.first)
}

function noAddress(): Finding {
  return finding('error', 'no-name', {
    de: 'Nennen Sie die Adresse eines Katalogs (http oder https, höchstens 1 000 Zeichen).',
    en: 'Give the address of a catalogue (http or https, at most 1 000 characters).',
  })
}

function noCatalogue(): Finding {
  return finding('error', 'unknown-format', {
    de: 'Die Adresse gibt keinen Katalog in einer Form, die hier gelesen wird.',
    en: 'The address gives no catalogue in a form we read.',
  })
}

async function exportAll(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const format = textOption(args, 'format') ?? 'ttl'
  // What leaves by a file is what a stranger may see.
  const stranger: Ctx = { ...ctx, actor: { kind: 'anonymous' } }
  if (format === 'csv') {
    const hits: EntrySummary[] = []
    for (let cursor: string | undefined; ;) {
      const found = await searchEntries(stranger, { limit: 100, sort: 'title', cursor })
      hits.push(...found.hits)
      cursor = found.next
      if (!cursor) break
    }
    io.out(csvOf(hits, { locale: ctx.locale, base: ctx.config.url }))
    return 0
  }
  const form = Object.entries(rdfForms).find(([ending]) => ending === format)?.[1]
  if (!form) {
    const names = `csv, ${Object.keys(rdfForms).join(', ')}`
    const text = { de: `--format nimmt ${names}.`, en: `--format must be one of: ${names}.` }
    return refuse(io, [finding('error', 'bad-option', text)], {})
  }
  const page = Number(textOption(args, 'page') ?? '1')
  const kind = args.options['protected'] ? 'protected' : 'open'
  const asked = { kind, page: Math.max(1, page || 1), modifiedSince: undefined, q: [], fq: [] } as const
  const base = `${ctx.config.url}/catalog.${format}`
  io.out(await catalogueRdf(ctx, asked, { format: form.format satisfies RdfFormat, base }))
  return 0
}

/** The catalogue's verbs that work on the hub's own entries. */
export const entryCommands: Command[] = [
  {
    room: 'catalogue',
    verb: 'import',
    usage: 'import FILE --organisation NAME',
    summary: 'Import a DCAT file or an inventory (CSV, XLSX) for a house.',
    needsHub: true,
    run: importFile,
  },
  {
    room: 'catalogue',
    verb: 'harvest',
    usage: 'harvest URL --organisation NAME [--name NAME]',
    summary: 'Read a catalogue from an address, page by page; its form is recognised.',
    needsHub: true,
    run: harvest,
  },
  {
    room: 'catalogue',
    verb: 'export',
    usage: 'export [--format ttl|rdf|jsonld|csv] [--page N] [--protected]',
    summary: 'Print the public catalogue.',
    needsHub: true,
    run: exportAll,
  },
]
