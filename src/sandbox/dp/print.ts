import { dimensionSql } from '../engine/expression.ts'
import type { InnerColumn, InnerCondition, InnerQuery } from '../engine/inner.ts'
import { quoteName, quoteValue, type Locate } from '../engine/print.ts'
import { weightOf, type Bounding, type BoundFigure } from './bounding.ts'

/** Column names of the bounded cells, in order: dimensions, then figures. */
export function boundedColumns(query: InnerQuery, by: Bounding): string[] {
  return [...query.dimensions.map((_, i) => `d${i}`), ...by.figures.map((_, i) => `x${i}`)]
}

/**
 * An inner block as SQL for DuckDB and PostgreSQL in which no unit weighs more than its bounds: whole numbers only, one row
 * per cell. `shifted` sums 2x − lower − upper (so that both bounds are equally far from zero), `squares` its squares.
 * A unit with more rows in a cell than allowed counts with `rows` times its mean there, sums are cut at their bounds.
 */
export function printBounded(query: InnerQuery, by: Bounding, locate: Locate): string {
  const source = sourceSql(query, by, locate)
  const dimensions = query.dimensions.map((_, i) => `d${i}`)
  const figures = by.figures.map((f, i) => `${figureSql(f, i, by)} AS x${i}`)
  const grouped = dimensions.length > 0 ? ` GROUP BY ${dimensions.join(', ')}` : ''
  const select = `SELECT ${[...dimensions, ...figures].join(', ')}`
  if (by.way === 'single') return `${select} FROM (${source}) r${grouped}`
  const { groups, rows } = by.contribution
  return by.way === 'rows'
    ? `${select} FROM (${keptRows(source, by)}) k WHERE pick <= ${rows}${grouped}`
    : `${select} FROM (${keptCells(source, dimensions, by)}) k WHERE pick <= ${groups}${grouped}`
}

function sourceSql(query: InnerQuery, by: Bounding, locate: Locate): string {
  const column = (c: InnerColumn) => `${c.table === query.table ? 'a' : 'b'}.${quoteName(c.column)}`
  const columns = [
    ...query.dimensions.map((d, i) => `${dimensionSql(d, column)} AS d${i}`),
    `${column(by.unit)} AS uid`,
    ...(by.shared ? [`${column(by.shared)} AS oid`] : []),
    ...by.figures.flatMap((f, i) => ('measure' in f ? [`${valueSql(f, i, by, column)} AS m${i}`] : [])),
  ]
  const tests = [
    ...query.conditions.map((c) => `(${conditionSql(c, column(c.on))})`),
    ...query.dimensions.flatMap((d, i) => (by.registered[i] ? [`${column(d)} IS NOT NULL`] : [])),
  ]
  const on = query.join && `a.${quoteName(query.join.left)} = b.${quoteName(query.join.right)}`
  const kind = query.join?.kind === 'left' ? 'LEFT JOIN' : 'JOIN'
  const join = query.join ? ` ${kind} ${locate(query.join.table)} b ON ${on}` : ''
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : ''
  return `SELECT ${columns.join(', ')} FROM ${locate(query.table)} a${join}${where}`
}

function conditionSql(condition: InnerCondition, column: string): string {
  if (condition.kind === 'in')
    return condition.values.length === 0
      ? 'FALSE'
      : `${column} IN (${condition.values.map(quoteValue).join(', ')})`
  const from = condition.from === null ? [] : [`${column} >= ${quoteValue(condition.from)}`]
  const to = condition.to === null ? [] : [`${column} <= ${quoteValue(condition.to)}`]
  return [...from, ...to].join(' AND ') || 'TRUE'
}

const wide = (sql: string) => `CAST(${sql} AS DECIMAL(38, 0))`

/** A row's value, brought to its public bounds once more: the promise rests on this line, not on how the table was read. */
function valueSql(
  figure: Extract<BoundFigure, { measure: InnerColumn }>,
  i: number,
  by: Bounding,
  column: (c: InnerColumn) => string,
): string {
  const { lower, upper } = by.bounds[i] ?? { lower: 0, upper: 0 }
  const name = column(figure.measure)
  const within = wide(`greatest(${lower}, least(${upper}, ${name}))`)
  const shifted = wide(`2 * ${within} - (${BigInt(lower) + BigInt(upper)})`)
  const squares = wide(`${shifted} * ${shifted}`)
  const value = { values: within, sum: within, rank: within, shifted, squares }[figure.kind]
  return `CASE WHEN ${name} IS NULL THEN NULL ELSE ${value} END`
}

/** The first rows of each shared unit in keyed order. */
function keptRows(source: string, by: Bounding): string {
  const order = `md5(concat_ws('|', ${quoteValue(by.salt)}, CAST(oid AS VARCHAR), CAST(uid AS VARCHAR)))`
  return `SELECT r.*, row_number() OVER (PARTITION BY oid ORDER BY ${order}, uid) AS pick FROM (${source}) r`
}

/** One row per unit and cell with what the unit has there; the cells of a unit in keyed order. */
function keptCells(source: string, dimensions: readonly string[], by: Bounding): string {
  const figures = by.figures.flatMap((f, i) =>
    'measure' in f ? [`count(m${i}) AS v${i}`, `sum(m${i}) AS s${i}`] : [],
  )
  const keys = [...dimensions, 'uid'].join(', ')
  const cells = `SELECT ${[keys, 'count(*) AS c', ...figures].join(', ')} FROM (${source}) r GROUP BY ${keys}`
  const texts = dimensions.map((d) => `coalesce(CAST(${d} AS VARCHAR), '')`)
  const order = `md5(concat_ws('|', ${[quoteValue(by.salt), 'CAST(uid AS VARCHAR)', ...texts].join(', ')}))`
  return `SELECT u.*, row_number() OVER (PARTITION BY uid ORDER BY ${[order, ...dimensions].join(', ')}) AS pick FROM (${cells}) u`
}

function figureSql(figure: BoundFigure, i: number, by: Bounding): string {
  if (figure.kind === 'threshold' || figure.kind === 'units') {
    const shared = by.way === 'rows' && (figure.kind === 'threshold' || by.countsShared)
    return shared ? 'count(DISTINCT oid)' : 'count(*)'
  }
  if (by.way === 'groups') return cutSql(figure, i, by)
  if (figure.kind === 'rows') return 'count(*)'
  return figure.kind === 'values' ? `count(m${i})` : `coalesce(sum(m${i}), 0)`
}

/** The sum of the units' contributions, each cut to what `rows` rows can weigh. */
function cutSql(figure: BoundFigure, i: number, by: Bounding): string {
  const { rows } = by.contribution
  if (figure.kind === 'rows') return `coalesce(sum(least(c, ${rows})), 0)`
  if (figure.kind === 'values') return `coalesce(sum(least(v${i}, ${rows})), 0)`
  const weight = weightOf(figure, by.bounds[i] ?? null, rows)
  const own = figure.kind === 'sum' ? `s${i}` : meanOfRows(i, rows)
  return `coalesce(sum(${wide(`greatest(-${weight}, least(${weight}, ${own}))`)}), 0)`
}

/** `rows` times the unit's mean where it has more rows than that; its own sum otherwise. */
function meanOfRows(i: number, rows: number): string {
  return `CASE WHEN v${i} > ${rows} THEN ${wide(`trunc(CAST(s${i} AS FLOAT8) * ${rows} / v${i})`)} ELSE s${i} END`
}
