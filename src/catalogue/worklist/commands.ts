import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { inputOf } from '../formats/input.ts'
import { readDocument } from '../formats/read.ts'
import { checkLinks } from '../links/service.ts'
import { textIn } from '../model.ts'
import { checkRecord } from '../quality/check.ts'
import { dueDays, scoreInventory, scoreRecord, stalenessOn } from '../quality/score.ts'
import { fixText } from './fix-texts.ts'
import { scoreEntries } from './scoring.ts'

async function score(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const input = await inputOf(args, io)
  if (!input) return 2
  const found = await readDocument(input, args.options['as'])
  for (const each of found.findings) if (each.severity === 'error') io.note(`error: ${each.text.en}`)
  if (found.records.length === 0) return 2
  const today = new Date().toISOString().slice(0, 10)
  const datasets = found.records.map(({ record }) => ({
    title: textIn(record.title, 'en'),
    uri: record.uri,
    open: record.access.type === 'open',
    ...(record.access.type === 'open' ? scoreRecord(record) : scoreInventory(record)),
    staleness: stalenessOn(dueDays(record), today),
    broken: checkRecord(record)
      .findings.filter((each) => each.severity === 'error')
      .map((each) => each.code),
  }))
  const open = datasets.filter((each) => each.open)
  const mean = open.length ? open.reduce((sum, each) => sum + each.total, 0) / open.length : null
  if (io.json)
    io.out(
      JSON.stringify({ format: found.format, datasets: datasets.length, mean, most: 405, scores: datasets }),
    )
  else for (const each of datasets) tell(io, each)
  if (!io.json && mean !== null) io.out(`mean of ${open.length} open datasets: ${mean.toFixed(1)} of 405`)
  return 0
}

type Scored = {
  readonly title: string
  readonly open: boolean
  readonly total: number
  readonly staleness: string
  readonly fixes: readonly { readonly id: string; readonly gain: number }[]
}

function tell(io: CommandIo, each: Scored): void {
  io.out(
    `${String(each.total).padStart(3)} of ${each.open ? 405 : 100}  ${each.staleness.padEnd(8)} ${each.title}`,
  )
  for (const fix of each.fixes.slice(0, 5)) io.out(`       +${fix.gain} ${fixText(fix.id).en}`)
}

async function check(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const minutes = Number(args.options['minutes'] ?? '10')
  if (!Number.isFinite(minutes) || minutes <= 0) {
    io.note('--minutes must be a number above 0')
    return 2
  }
  io.note('asking addresses that are due …')
  await scoreEntries(ctx)
  const report = await checkLinks(ctx, { budgetMs: minutes * 60_000 })
  await scoreEntries(ctx)
  if (io.json) io.out(JSON.stringify(report))
  else
    io.out(
      `${report.asked} asked: ${report.ok} answer, ${report.failed} failed, ${report.later} want to be asked later, ${report.refused} are not public`,
    )
  return 0
}

/** The catalogue's verbs about quality. */
export const worklistCommands: Command[] = [
  {
    room: 'catalogue',
    verb: 'score',
    usage: 'score FILE|URL [--as FORM]',
    summary: 'Score the descriptions of a catalogue by the European measure (405 points).',
    needsHub: false,
    run: score,
  },
  {
    room: 'catalogue',
    verb: 'check-links',
    usage: 'check-links [--minutes N]',
    summary: 'Ask the addresses of datasets whether they are still there.',
    needsHub: true,
    run: check,
  },
]
