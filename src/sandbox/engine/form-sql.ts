import { joinOf, type FormCondition, type FormFigure, type QueryForm } from './form.ts'
import { quoteName, quoteValue } from './print.ts'
import type { UnitType, VaultTable } from './roles.ts'

/** The SQL of a form, as an analyst would write it. Unknown names stay in the text: the planner refuses them by name. */
export function sqlOfForm(form: QueryForm, tables: readonly VaultTable[]): string {
  const base = tables.find((t) => t.spec.name === form.table)
  const mentioned = [...form.by, ...form.only.map((c) => c.column), ...form.figures.flatMap(columnsIn)]
  const other = mentioned.map((c) => c.split('.')).find((p) => p.length === 2 && p[0] !== form.table)?.[0]
  const column = (name: string) => {
    const parts = name.split('.')
    return (other ? (parts.length === 2 ? parts : [form.table, name]) : parts.slice(-1))
      .map(identifier)
      .join('.')
  }
  const figures = form.figures.map((f) => figureSql(f, base, column))
  const where = form.only.map((c) => conditionSql(c, column(c.column)))
  const by = form.by.map(column)
  return [
    `SELECT ${[...by, ...figures].join(', ')}`,
    `FROM ${identifier(form.table)}${
      other
        ? joinSql(
            base,
            tables.find((t) => t.spec.name === other),
            other,
          )
        : ''
    }`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(by.length > 0 ? [`GROUP BY ${by.join(', ')}`, `ORDER BY ${by.map((_, i) => i + 1).join(', ')}`] : []),
  ].join('\n')
}

function columnsIn(figure: FormFigure): string[] {
  if (!('column' in figure)) return []
  return 'other' in figure ? [figure.column, figure.other] : [figure.column]
}

const identifier = (name: string) =>
  /^[a-z][a-z0-9_]*$/.test(name) && !reserved.has(name) ? name : quoteName(name)
const reserved = new Set(
  'all and any as asc between by case cast column desc distinct else end from group having in is join limit not null on or order select table then to union using when where with'.split(
    ' ',
  ),
)

function figureSql(
  figure: FormFigure,
  base: VaultTable | undefined,
  column: (name: string) => string,
): string {
  if (figure.kind === 'rows') return 'COUNT(*) AS anzahl'
  if (figure.kind === 'units') return unitsSql(figure.unitType, base, column)
  const last = (text: string) => text.split('.').at(-1) ?? text
  const [own, name] = [column(figure.column), last(figure.column)]
  if (figure.kind === 'relation')
    return `corr(${own}, ${column(figure.other)}) AS ${identifier(`korrelation_${name}_${last(figure.other)}`)}`
  const [call, word] = calls[figure.kind]
  return `${call}${own}) AS ${identifier(`${word}_${name}`)}`
}

const calls = {
  sum: ['SUM(', 'summe'],
  mean: ['AVG(', 'mittel'],
  median: ['median(', 'median'],
  deviation: ['stddev_samp(', 'streuung'],
  distinct: ['COUNT(DISTINCT ', 'verschiedene'],
} as const

const unitWords = {
  person: 'personen',
  household: 'haushalte',
  company: 'firmen',
  site: 'standorte',
} as const

/** A table whose rows are the units has no id column: there the rows are counted. */
function unitsSql(
  unitType: UnitType | undefined,
  base: VaultTable | undefined,
  column: (name: string) => string,
): string {
  const id = base?.spec.columns.find((c) => c.role === 'unit' && (!unitType || c.unitType === unitType))
  const name = unitType ? unitWords[unitType] : 'anzahl'
  return id ? `COUNT(DISTINCT ${column(id.name)}) AS ${name}` : `COUNT(*) AS ${name}`
}

function conditionSql(condition: FormCondition, column: string): string {
  if ('values' in condition) {
    const [only, ...more] = condition.values.map(quoteValue)
    return more.length === 0
      ? `${column} = ${only ?? 'NULL'}`
      : `${column} IN (${[only, ...more].join(', ')})`
  }
  const { from, to } = condition
  if (from !== null && to !== null) return `${column} BETWEEN ${quoteValue(from)} AND ${quoteValue(to)}`
  if (from !== null) return `${column} >= ${quoteValue(from)}`
  return to === null ? `${column} = ${column}` : `${column} <= ${quoteValue(to)}`
}

function joinSql(base: VaultTable | undefined, other: VaultTable | undefined, name: string): string {
  const on = base && other ? joinOf(base, other) : undefined
  return on
    ? `\nJOIN ${identifier(name)} ON ${base?.spec.name}.${on.left} = ${name}.${on.right}`
    : `\nJOIN ${identifier(name)} ON TRUE`
}
