import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { finding, type Finding } from '../../platform/finding.ts'
import { isUuid } from '../../platform/ids.ts'
import { refuse } from '../formats/refusal.ts'
import { listSources } from '../sources/service.ts'
import { MOST_DAYS } from './model.ts'
import type { Removal } from './schema.ts'
import type { GoneLine } from './service.ts'
import { foresee, listGone, removeGone, restoreGone } from './service.ts'

type Wanted<T> = { readonly value: T } | { readonly reason: Finding }

/** The source an option names, by name or id; none named means all. */
async function sourceOf(ctx: Ctx, args: CommandArgs): Promise<Wanted<string | undefined>> {
  const wanted = args.options['source']
  if (wanted === undefined) return { value: undefined }
  const all = await listSources(ctx)
  const found = all.find(({ source }) => source.id === wanted || source.name === wanted)
  if (found) return { value: found.source.id }
  const names = all.map(({ source }) => source.name).join(', ')
  const reason = finding('error', 'bad-option', {
    de: `--source nennt eine dieser Quellen: ${names || 'noch keine eingetragen'}.`,
    en: `--source must name one of: ${names || 'none exist yet'}.`,
  })
  return { reason }
}

async function list(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const source = await sourceOf(ctx, args)
  if ('reason' in source) return refuse(io, [source.reason], { entries: [] })
  const all: GoneLine[] = []
  for (let after: string | undefined; ;) {
    const filter = { sourceId: source.value, removed: args.options['removed'] === true, after }
    const { lines, next } = await listGone(ctx, filter)
    all.push(...lines)
    if (!next) break
    after = next
  }
  if (io.json) io.out(JSON.stringify({ entries: all.map(lineJson) }))
  else for (const line of all) io.out(sentenceOf(line))
  return 0
}

function lineJson({ entry, uses }: GoneLine) {
  const { id, title, sourceName: source, goneAt, keptAt, removedAt } = entry
  return { id, title, source, goneAt, keptAt, removedAt, used: uses.map((use) => use.href) }
}

function sentenceOf({ entry, uses }: GoneLine): string {
  const state = entry.keptAt ? 'kept' : uses.length > 0 ? 'used' : '-'
  return `${entry.id} ${dayOf(entry.goneAt)} ${state.padEnd(4)} ${entry.title}`
}

async function removalOf(ctx: Ctx, args: CommandArgs): Promise<Wanted<Removal>> {
  const ids = [...args.words]
  const days = Number(args.options['older-than'])
  const source = await sourceOf(ctx, args)
  if ('reason' in source) return source
  const some = ids.length > 0 && ids.length <= 100 && ids.every(isUuid) && !('older-than' in args.options)
  if (some) return { value: { ids } }
  if (ids.length === 0 && Number.isInteger(days) && days >= 0 && days <= MOST_DAYS)
    return { value: { days, source: source.value } }
  const reason = finding('error', 'bad-option', {
    de: `Nennen Sie bis zu 100 Kennungen oder --older-than mit 0 bis ${MOST_DAYS} Tagen.`,
    en: `Give up to 100 ids, or --older-than with 0 to ${MOST_DAYS} days.`,
  })
  return { reason }
}

async function purge(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const wanted = await removalOf(ctx, args)
  if ('reason' in wanted) return refuse(io, [wanted.reason], {})
  const seen = await foresee(ctx, wanted.value)
  const sure = args.options['yes'] === true
  const removed = sure ? await removeGone(ctx, wanted.value) : 0
  if (io.json) io.out(JSON.stringify({ ...seen, removed }))
  else if (sure) io.out(`${removed} removed, ${seen.inUse} of them in use and kept as a name`)
  else io.out(`${seen.total} would be removed, ${seen.inUse} of them are in use; do it with --yes`)
  return 0
}

async function restore(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const { id, title } = await restoreGone(ctx, args.words[0] ?? '')
  io.out(io.json ? JSON.stringify({ id, title }) : `brought back: ${title}`)
  return 0
}

/** The catalogue's verbs about entries gone at their source. */
export const goneCommands: Command[] = [
  {
    room: 'catalogue',
    verb: 'gone',
    usage: 'gone [--source NAME] [--removed]',
    summary: 'List entries their sources no longer have, with what refers to them.',
    needsHub: true,
    run: list,
  },
  {
    room: 'catalogue',
    verb: 'purge',
    usage: 'purge ID… | purge --older-than DAYS [--source NAME] [--yes]',
    summary: 'Remove gone entries; without --yes it only says how many. Can be taken back for 30 days.',
    needsHub: true,
    run: purge,
  },
  {
    room: 'catalogue',
    verb: 'restore',
    usage: 'restore ID',
    summary: 'Bring back an entry that was removed.',
    needsHub: true,
    run: restore,
  },
]
