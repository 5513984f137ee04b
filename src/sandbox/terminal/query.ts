import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { ask } from '../engine/ask.ts'
import type { Answer, Ledger, ProtectedResult } from '../engine/result.ts'
import type { TableSpec } from '../engine/roles.ts'
import { refusalText } from '../engine/texts.ts'
import { proposeRoles } from '../ingest/propose.ts'
import { rowsOf } from '../ingest/source.ts'
import type { Vault } from '../vault/contract.ts'
import { createOuterEngine } from '../vault/pool.ts'
import { openVault } from '../vault/vault.ts'
import { load, rolesFor, stop, texts, type Loaded } from './arguments.ts'
import { presetOf } from './preset.ts'
import { runPrivately } from './privacy.ts'
import { keysFor } from './run-keys.ts'

/** What one run has spent; lives as long as the run. */
function runLedger(
  budget: number,
): Ledger & { readonly take: (answer: Answer) => void; readonly used: () => number } {
  const cells = new Set<string>()
  const ways = new Map<string, Set<string>>()
  const spent = new Map<string, number>()
  return {
    get remaining() {
      return budget - cells.size
    },
    seen: async (keys) => new Set(keys.filter((key) => cells.has(key))),
    waysOf: async (base) => ways.get(base) ?? new Set(),
    spentOn: async (table) => spent.get(table) ?? 0,
    used: () => cells.size,
    take: (answer) => {
      if (answer.kind === 'refused') return
      for (const table of answer.tables)
        spent.set(table, (spent.get(table) ?? 0) + answer.spending.fresh.length)
      for (const key of answer.spending.fresh) cells.add(key)
      for (const { base, way } of answer.spending.partitions)
        ways.set(base, (ways.get(base) ?? new Set()).add(way))
    },
  }
}

/** `query`: questions to files through a vault of its own; protected rows or why not, with what they cost. */
export async function runQuery(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const questions = texts(args.options['sql'])
  if (questions.length === 0) stop(args.options['sql'] === true ? '--sql needs a value' : '--sql is missing')
  const paths = [...texts(args.options['data']), ...args.words]
  if (paths.length === 0) stop('--data is missing')
  const preset = presetOf(args)
  const loose = ['epsilon', 'delta', 'groups', 'rows-per-unit'].find((o) => args.options[o] !== undefined)
  if (loose && !args.options['dp']) stop(`--${loose} is for --dp, which is missing`)
  const files = await Promise.all(paths.map(load))
  const specs = await rolesFor(
    args,
    files.map((f) => proposeRoles(f.source, f.name)),
  )
  const keys = await keysFor(args, files)
  const dir = await mkdtemp(join(tmpdir(), 'allmende-cli-'))
  const outer = createOuterEngine()
  const vault = await openVault({ dir, keys })
  try {
    await fill(vault, { files, specs }, io)
    const room = { tables: await vault.tables(), preset, cellKey: keys.cell }
    if (args.options['dp']) return await runPrivately(args, io, { questions, room, vault, outer })
    const ledger = runLedger(preset.cellsPerProject)
    const answers: Answer[] = []
    for (const sql of questions) {
      const answer = await ask({ sql, room, vault, outer, ledger })
      ledger.take(answer)
      answers.push(answer)
    }
    return report(answers, { io, used: ledger.used(), remaining: ledger.remaining })
  } finally {
    await Promise.all([outer.close(), vault.destroy()])
    await rm(dir, { recursive: true, force: true })
  }
}

async function fill(
  vault: Vault,
  input: { files: readonly Loaded[]; specs: readonly TableSpec[] },
  io: CommandIo,
): Promise<void> {
  for (const [index, spec] of input.specs.entries()) {
    const file =
      input.files.find((f) => f.name === spec.name) ??
      (input.files.length === input.specs.length ? input.files[index] : undefined)
    if (!file) stop(`no file for the table ${spec.name}`)
    const table = await vault.ingest(spec, rowsOf(file.source, spec))
    io.note(
      `${spec.name}: ${table.rows} rows${table.excluded > 0 ? `, ${table.excluded} without a unit left out` : ''}`,
    )
  }
}

function report(
  answers: readonly Answer[],
  by: { io: CommandIo; used: number; remaining: number },
): ExitCode {
  const shown = answers.map(printable)
  const budget = { used: by.used, remaining: by.remaining }
  const [first] = shown
  if (by.io.json)
    by.io.out(JSON.stringify(shown.length === 1 ? { ...first, budget } : { answers: shown, budget }, null, 2))
  for (const answer of answers) printAnswer(answer, by.io)
  return answers.some((a) => a.kind === 'refused') ? 1 : 0
}

function printable(answer: Answer): Record<string, unknown> {
  if (answer.kind === 'refused')
    return { kind: answer.kind, refusal: { ...answer.refusal, ...refusalText(answer.refusal, 'en') } }
  const { result, spending, ...rest } = answer
  const suppressed = { figures: protectedFigures(answer.result), why: whyProtected }
  const cost = { newCells: spending.fresh.length, repeatedCells: spending.repeated }
  return { ...rest, ...result, suppressed, ...cost }
}

/** Which check a figure failed is never said: it would tell how many units there are. */
const whyProtected =
  'Empty, or too few units, or a condition or sibling leaves out too few, or too large a part comes from one unit.'

function protectedFigures({ columns, rows }: ProtectedResult): number {
  const figures = columns.flatMap((column, i) => (column.kind === 'dimension' ? [] : [i]))
  return rows.reduce((sum, row) => sum + figures.filter((i) => row[i] === null).length, 0)
}

function printAnswer(answer: Answer, io: CommandIo): void {
  if (answer.kind === 'refused') {
    const text = refusalText(answer.refusal, 'en')
    io.note(`${text.title}. ${text.detail} ${text.instead}`)
    return
  }
  if (io.json) return
  io.out(answer.result.columns.map((c) => c.name).join('\t'))
  for (const row of answer.result.rows)
    io.out(
      row
        .map((cell, i) =>
          cell === null && answer.result.columns[i]?.kind !== 'dimension' ? 'protected' : String(cell ?? ''),
        )
        .join('\t'),
    )
}
