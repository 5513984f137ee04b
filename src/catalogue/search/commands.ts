import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { searchInput } from '../schema.ts'
import type { Found } from './model.ts'
import { facetNames } from './model.ts'
import { searchEntries } from './service.ts'

const names = [...facetNames, 'from', 'to', 'bbox', 'sort', 'cursor'] as const

async function search(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const given = Object.fromEntries(names.map((name) => [name, args.options[name]]))
  const parsed = searchInput.safeParse({
    ...given,
    q: args.words.join(' '),
    limit: args.options['limit'] ?? 50,
  })
  if (!parsed.success) {
    io.note(`Unusable: ${parsed.error.issues.map((issue) => `--${String(issue.path[0])}`).join(', ')}`)
    return 2
  }
  const found = await searchEntries(ctx, parsed.data)
  if (io.json) io.out(JSON.stringify(asJson(found)))
  else print(found, io, args.options['facets'] === true)
  return 0
}

function asJson(found: Found) {
  const { total, facets, corrected, meant, next } = found
  const datasets = found.hits.map(({ id, title, holderName, kind, access, quality }) => ({
    id,
    title,
    holderName,
    kind,
    access,
    quality,
  }))
  return { total, datasets, facets, corrected, meant, next }
}

function print(found: Found, io: CommandIo, withFacets: boolean): void {
  for (const hit of found.hits)
    io.out(`${hit.id}  ${hit.access.padEnd(10)}  ${hit.kind.padEnd(7)}  ${hit.holderName}: ${hit.title}`)
  if (withFacets)
    for (const { facet, value, count } of found.facets) io.out(`${facet.padEnd(10)} ${count}  ${value}`)
  for (const { from, to } of found.corrected) io.note(`“${from}” occurs nowhere; searched for “${to}”`)
  if (found.meant) io.note(`did you mean: ${found.meant}`)
  if (found.next) io.note(`more: --cursor ${found.next}`)
  io.note(`${found.total} found`)
}

async function reindex(ctx: Ctx, _args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const started = performance.now()
  const entries = await ctx.resources.catalogueIndex!.rebuild()
  const seconds = Math.round((performance.now() - started) / 100) / 10
  io.out(io.json ? JSON.stringify({ entries, seconds }) : `${entries} entries indexed in ${seconds} s`)
  return 0
}

/** Searching, and building the index anew. */
export const searchCommands: Command[] = [
  {
    room: 'catalogue',
    verb: 'search',
    usage: `search WORDS … [${names.map((name) => `--${name} X`).join('] [')}] [--limit N] [--facets]`,
    summary: 'Search the catalogue as on its page.',
    needsHub: true,
    run: search,
  },
  {
    room: 'catalogue',
    verb: 'reindex',
    usage: 'reindex',
    summary: 'Build the search index anew from the entries and write its file.',
    needsHub: true,
    run: reindex,
  },
]
