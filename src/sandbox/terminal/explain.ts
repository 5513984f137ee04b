import type { CommandArgs, CommandIo, ExitCode } from '../../platform/command.ts'
import { dialects, type Dialect } from '../engine/dialect.ts'
import { explain } from '../engine/explain.ts'
import { planSql } from '../engine/plan.ts'
import type { Preset } from '../engine/preset.ts'
import { printCells, quoteName } from '../engine/print.ts'
import type { TableSpec, VaultTable } from '../engine/roles.ts'
import { refusalText } from '../engine/texts.ts'
import { supposedTables } from '../ingest/roles-file.ts'
import { syntheticRows } from '../ingest/synthetic.ts'
import { need, optional, rolesFor, stop, tableNameOf, texts } from './arguments.ts'
import { presetOf } from './preset.ts'

/** `explain`: whether a question is admissible, its plan and most cells; no data is read. */
export async function runExplain(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const preset = presetOf(args)
  const tables = supposedTables(await namedRoles(args))
  const sql = need(args, 'sql')
  const explanation = await explain({ sql, room: { tables, preset } })
  const statements = explanation.admissible ? await statementsIn(args, sql, { tables, preset }) : []
  const refusal = explanation.refusal
    ? { ...explanation.refusal, ...refusalText(explanation.refusal, 'en') }
    : undefined
  if (io.json)
    io.out(
      JSON.stringify(
        { ...explanation, ...(refusal ? { refusal } : {}), ...(statements.length > 0 ? { statements } : {}) },
        null,
        2,
      ),
    )
  if (refusal) io.note(`${refusal.title}. ${refusal.detail} ${refusal.instead}`)
  else if (!io.json)
    io.out(
      [
        `admissible, ${explanation.cellsAtMost ?? 'an unknown number of'} cells at most`,
        ...explanation.inner,
        ...statements,
      ].join('\n'),
    )
  return explanation.admissible ? 0 : 1
}

/** Tables of the roles file; where one has no name, that of the file named by `--data`, which is not opened. */
async function namedRoles(args: CommandArgs): Promise<TableSpec[]> {
  const specs = await rolesFor(args, [])
  const names = texts(args.options['data']).map(tableNameOf)
  return specs.map((spec, i) => ({
    ...spec,
    name: spec.name === 'data' ? (names[i] ?? spec.name) : spec.name,
  }))
}

/** The statements that read the passing cells, in the words of an engine: for a holder who wants to see what is run. */
async function statementsIn(
  args: CommandArgs,
  sql: string,
  room: { tables: readonly VaultTable[]; preset: Preset },
): Promise<string[]> {
  const name = optional(args, 'dialect')
  if (name === undefined) return []
  const dialect = Object.hasOwn(dialects, name) ? dialects[name as Dialect['name']] : undefined
  if (!dialect) return stop(`--dialect: choose one of ${Object.keys(dialects).join(', ')}`)
  const { blocks } = await planSql(sql, room.tables, room.preset)
  return blocks
    .flatMap((block) => [block.query, ...block.sides.map((side) => side.query)])
    .map((query) => printCells({ query, dialect, locate: quoteName }))
}

/** `sample`: made-up rows from roles and registered values alone. */
export async function runSample(args: CommandArgs, io: CommandIo): Promise<ExitCode> {
  const count = optional(args, 'rows') ?? '10'
  if (!/^\d{1,5}$/.test(count) || Number(count) > 10_000) stop('--rows must be a number up to 10000')
  const seed = optional(args, 'seed') ?? 'sample'
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
