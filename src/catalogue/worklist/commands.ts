import type { Command, CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import type { Ctx } from '../../platform/context.ts'
import { dayOf } from '../../platform/days.ts'
import { finding } from '../../platform/finding.ts'
import { documentOf } from '../formats/read.ts'
import { refuse } from '../formats/refusal.ts'
import { checkLinks } from '../links/service.ts'
import { textIn, type DatasetRecord } from '../model.ts'
import { checkRecord } from '../quality/check.ts'
import { scoreService } from '../quality/service-score.ts'
import { dueDays, scoreInventory, scoreRecord, stalenessOn } from '../quality/score.ts'
import { fixText } from './fix-texts.ts'
import { scoreEntries } from './scoring.ts'

async function score(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const nothing = { format: null, datasets: 0, mean: null, most: 405, scores: [] }
  const document = await documentOf(args)
  if ('reason' in document) return refuse(io, [document.reason], nothing)
  const { format, records, findings } = document.found
  if (records.length === 0) return refuse(io, findings, { ...nothing, format })
  for (const each of findings) if (each.severity === 'error') io.note(`error: ${each.text.en}`)
  const today = dayOf(new Date())
  const scores = records.map(({ record }) => scored(record, today))
  const open = scores.filter((each) => each.most === 405)
  const mean = open.length ? open.reduce((sum, each) => sum + each.total, 0) / open.length : null
  const summary = { format, datasets: scores.length, mean, most: 405, scores, findings }
  if (io.json) io.out(JSON.stringify(summary))
  else for (const each of scores) tell(io, each)
  if (!io.json && mean !== null) io.out(`mean of ${open.length} open datasets: ${mean.toFixed(1)} of 405`)
  return 0
}

/** The European measure for open datasets, own ones for services and for what is not open, with staleness and broken rules. */
function scored(record: DatasetRecord, today: string): Scored & { readonly broken: readonly string[] } {
  const open = record.access.type === 'open'
  return {
    title: textIn(record.title, 'en'),
    uri: record.uri,
    open,
    kind: record.service ? ('service' as const) : ('dataset' as const),
    most: open && !record.service ? 405 : 100,
    ...(record.service ? scoreService(record) : open ? scoreRecord(record) : scoreInventory(record)),
    staleness: stalenessOn(dueDays(record), today),
    broken: checkRecord(record)
      .findings.filter((each) => each.severity === 'error')
      .map((each) => each.code),
  }
}

type Scored = {
  readonly title: string
  readonly uri: string | null
  readonly open: boolean
  readonly kind: 'dataset' | 'service'
  readonly most: number
  readonly total: number
  readonly staleness: string
  readonly fixes: readonly { readonly id: string; readonly gain: number }[]
}

function tell(io: CommandIo, each: Scored): void {
  io.out(`${String(each.total).padStart(3)} of ${each.most}  ${each.staleness.padEnd(8)} ${each.title}`)
  for (const fix of each.fixes.slice(0, 5)) io.out(`       +${fix.gain} ${fixText(fix.id).en}`)
}

async function check(ctx: Ctx, args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const minutes = Number(args.options['minutes'] ?? '10')
  if (!Number.isFinite(minutes) || minutes <= 0) {
    const text = { de: '--minutes nimmt eine Zahl über 0.', en: '--minutes must be a number above 0.' }
    return refuse(io, [finding('error', 'bad-option', text)], {})
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
