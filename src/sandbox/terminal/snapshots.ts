import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { problems } from '../problems.ts'
import { settleSnapshot } from '../snapshots/jobs.ts'
import { snapshotJson } from '../snapshots/model.ts'
import { listSnapshots } from '../snapshots/service.ts'
import { getTable } from '../tables/service.ts'

/** `snapshots TABLE`: the numbered states of a table; `--pin N --yes` or `--drop N --yes` settles one that waits. */
export async function runSnapshots(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [tableId] = args.words
  const wish = wishIn(args)
  if (!tableId || wish === 'unusable')
    return refuse(io, 'Name a table and one number: snapshots TABLE --pin 2 --yes')
  if (wish && args.options['yes'] !== true)
    return refuse(io, 'A state that is pinned or dropped destroys a key for good. If that is meant: --yes')
  const { table } = await getTable(ctx, tableId)
  if (wish) await settle(ctx, { tableId: table.id, ...wish }, io)
  const lines = (await listSnapshots(ctx, table)).map(snapshotJson)
  if (io.json) io.out(JSON.stringify(lines))
  else for (const s of lines) io.out(`${s.number}\t${s.state}\t${s.takenAt}\t${s.rows ?? '-'}\t${s.fileName}`)
  return 0
}

/** On the embedded database this process is the hub; else the one that serves has the vault open, and does it. */
async function settle(ctx: Ctx, wish: Wish & { tableId: string }, io: CommandIo): Promise<void> {
  const { table } = await getTable(ctx, wish.tableId)
  const waiting = (await listSnapshots(ctx, table)).find((s) => s.number === wish.number)
  if (waiting?.state !== 'held') throw problems.snapshotGone({ tableId: table.id })
  if (!ctx.config.databaseUrl) return settleSnapshot.run(ctx, wish)
  await ctx.enqueue(settleSnapshot, wish)
  io.note('The hub that serves this database settles it; look again in a minute.')
}

type Wish = { verb: 'pin' | 'drop'; number: number }

function wishIn({ options }: CommandArgs): Wish | undefined | 'unusable' {
  const given = (['pin', 'drop'] as const).filter((verb) => options[verb] !== undefined)
  const [verb] = given
  if (!verb) return undefined
  const text = options[verb]
  const fits = given.length === 1 && typeof text === 'string' && /^[1-9]\d{0,6}$/.test(text)
  return fits ? { verb, number: Number(text) } : 'unusable'
}

function refuse(io: CommandIo, detail: string): ExitCode {
  if (io.json) io.out(JSON.stringify({ type: '/problems/general/invalid', title: 'Unusable call', detail }))
  else io.note(detail)
  return 2
}
