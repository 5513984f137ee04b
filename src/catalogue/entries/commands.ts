import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { isProblem } from '../../platform/problem.ts'
import { listOrganisations } from '../../identity/service.ts'
import type { RdfFormat } from '../../rdf/formats.ts'
import { catalogueRdf } from '../feed/service.ts'
import { rdfForms } from '../feed/negotiate.ts'
import { importInventory } from '../intake/service.ts'
import { readRun } from '../runs/service.ts'
import { getRun } from '../runs/service.ts'
import type { Run } from '../runs/model.ts'
import { searchEntries } from '../search/service.ts'
import { importDcat } from '../sources/drafts.ts'
import { harvestUrl, previewSource } from '../sources/service.ts'
import { csvOf } from './export.ts'
import type { EntrySummary } from './model.ts'

function option(args: CommandArgs, name: string): string | undefined {
  const value = args.options[name]
  return typeof value === 'string' ? value : undefined
}

// A refusal by a rule is an answer: one line on standard error, exit code 1.
async function refusable(io: CommandIo, act: () => Promise<ExitCode>): Promise<ExitCode> {
  try {
    return await act()
  } catch (error) {
    if (!isProblem(error)) throw error
    io.note(`${error.spec.en.title}. ${error.spec.en.detail}`)
    return 1
  }
}

async function houseOf(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<string | undefined> {
  const wanted = option(args, 'organisation')
  const all = await listOrganisations(ctx)
  const found = all.find((each) => each.id === wanted || each.name === wanted || each.shortName === wanted)
  if (!found)
    io.note(`--organisation must name one of: ${all.map((each) => each.name).join(', ') || 'none exist yet'}`)
  return found?.id
}

async function finish(ctx: Ctx, run: Run, io: CommandIo): Promise<ExitCode> {
  io.note('reading …')
  await readRun(ctx, run.id)
  const { run: done } = await getRun(ctx, run.id)
  const { state, read, created, changed, unchanged, quarantined, missing, gone, withheld, reason } = done
  const { format, pages, expected } = done
  if (io.json)
    io.out(
      JSON.stringify({
        id: done.id,
        state,
        format,
        pages,
        expected,
        read,
        created,
        changed,
        unchanged,
        quarantined,
        missing,
        gone,
        withheld,
      }),
    )
  else
    io.out(
      `${state}: ${read} read, ${created} new, ${changed} changed, ${unchanged} unchanged, ${quarantined} set aside, ${missing} missing at the source, ${gone} gone, ${withheld} waiting for confirmation`,
    )
  if (reason) io.note(reason.en)
  return state === 'failed' ? 1 : 0
}

async function importFile(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const path = args.words[0]
  const organisationId = await houseOf(ctx, args, io)
  const bytes = path ? await readFile(path).catch(() => undefined) : undefined
  if (!path || !bytes || !organisationId) {
    if (!bytes) io.note(path ? `The file ${path} cannot be read.` : 'Name a file.')
    return 2
  }
  const file = {
    name: basename(path),
    size: bytes.length,
    arrayBuffer: async () => Uint8Array.from(bytes).buffer,
  }
  return refusable(io, async () => {
    if (!/\.(csv|tsv|xlsx)$/i.test(path))
      return finish(ctx, await importDcat(ctx, { organisationId, file }), io)
    const result = await importInventory(ctx, { organisationId, file })
    io.out(
      io.json
        ? JSON.stringify(result)
        : `${result.created} new, ${result.known} known already, ${result.skipped} without title`,
    )
    return 0
  })
}

async function harvest(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const url = args.words[0]
  const organisationId = await houseOf(ctx, args, io)
  if (!url || !URL.canParse(url) || !organisationId) {
    if (!url || !URL.canParse(url)) io.note('Give the address of a catalogue.')
    return 2
  }
  return refusable(io, async () => {
    const name = option(args, 'name') ?? new URL(url).host
    const { format } = await previewSource(ctx, { url })
    if (!format) {
      io.note('The address gives no catalogue in a form we read.')
      return 2
    }
    io.note(`form: ${format}`)
    return finish(ctx, await harvestUrl(ctx, { organisationId, url, name, format }), io)
  })
}

async function exportAll(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const format = option(args, 'format') ?? 'ttl'
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
    io.note(`--format must be one of: csv, ${Object.keys(rdfForms).join(', ')}`)
    return 2
  }
  const page = Number(option(args, 'page') ?? '1')
  const kind = args.options['protected'] ? 'protected' : 'open'
  io.out(
    await catalogueRdf(ctx, {
      kind,
      format: form.format satisfies RdfFormat,
      page: Math.max(1, page || 1),
      base: `${ctx.config.url}/catalog.${format}`,
      query: '',
    }),
  )
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
