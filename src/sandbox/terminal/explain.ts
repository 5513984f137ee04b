import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { explain } from '../engine/explain.ts'
import { refusalText } from '../engine/texts.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { syntheticRows } from '../ingest/synthetic.ts'
import { need, rolesFor, stop, texts } from './arguments.ts'
import { presetOf } from './preset.ts'

/** `explain`: whether a question is admissible, its plan and most cells; no data is read. */
export async function runExplain(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const preset = presetOf(args)
  const tables = supposedTables(await rolesFor(args, []))
  const explanation = await explain({ sql: need(args, 'sql'), room: { tables, preset } })
  const refusal = explanation.refusal
    ? { ...explanation.refusal, ...refusalText(explanation.refusal, 'en') }
    : undefined
  if (io.json) io.out(JSON.stringify({ ...explanation, ...(refusal ? { refusal } : {}) }, null, 2))
  else if (refusal) io.note(`${refusal.title}. ${refusal.detail} ${refusal.instead}`)
  else
    io.out(
      [
        `admissible, ${explanation.cellsAtMost ?? 'an unknown number of'} cells at most`,
        ...explanation.inner,
      ].join('\n'),
    )
  return explanation.admissible ? 0 : 1
}

/** `sample`: made-up rows from roles and registered values alone. */
export async function runSample(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const [count = '10'] = texts(args.options['rows'])
  if (!/^\d{1,5}$/.test(count)) stop('--rows must be a number up to 10000')
  const [seed = 'sample'] = texts(args.options['seed'])
  const specs = await rolesFor(args, [])
  const tables = specs.map((spec) => ({
    table: spec.name,
    rows: syntheticRows(spec, { rows: Number(count), seed }),
  }))
  if (io.json) io.out(JSON.stringify({ madeUp: true, tables }, null, 2))
  else
    for (const { table, rows } of tables)
      for (const row of rows) io.out([table, ...Object.values(row)].join('\t'))
  return 0
}
