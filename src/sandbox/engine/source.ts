import { codedCondition, onlyCode, type Codes, type CodesOf } from './codes.ts'
import type { Dialect } from './dialect.ts'
import { dimensionSql as dimensionValue, measureSql } from './expression.ts'
import type { InnerColumn, InnerCondition, InnerMeasure, InnerQuery } from './inner.ts'
import { quoteName, quoteValue } from './quote.ts'
import { unitColumns } from './roles.ts'

/** Where a table of the data room lies in the engine: an already quoted name. */
export type Locate = (table: string) => string

/** A block, where its tables lie, in whose words it is read, and which dimensions are read as codes. */
export type Reading = {
  readonly query: InnerQuery
  readonly dialect: Dialect
  readonly locate: Locate
  readonly codes?: CodesOf
}

/**
 * One test that a row must pass: a condition, or that its partner exists. `bit` is its place in the set of failed
 * conditions. `settled`: it stands on a column by which the block is split, so that no row of a passing cell fails it.
 * `only`: rows pass that have this code of a column with few.
 */
export type Test = {
  readonly sql: string
  readonly bit: number
  readonly settled: boolean
  readonly only?: { readonly column: string; readonly code: number }
}

/** A column of the block: `a` is the table with the units, `b` the joined one. */
function columnSql(query: InnerQuery, c: InnerColumn): string {
  return `${c.table === query.table ? 'a' : 'b'}.${quoteName(c.column)}`
}

/** The values by which a block is split, or their codes, named `d0`, `d1` and so on. */
export function dimensionsSql(by: Reading): string[] {
  return by.query.dimensions.map((_, i) => `${dimensionSql(by, i)} AS d${i}`)
}

/** The value of one dimension, or its code. */
export function dimensionSql(by: Reading, index: number): string {
  const { query } = by
  const dimension = query.dimensions[index]
  if (!dimension) return 'NULL'
  const codes = codesOfDimension(by, index)
  return codes ? codeSql(by, dimension, codes) : dimensionValue(dimension, (c) => columnSql(query, c))
}

/** The codes as which a dimension is read, if it is. */
export function codesOfDimension({ query, codes }: Reading, index: number): Codes | undefined {
  const dimension = query.dimensions[index]
  return dimension && !dimension.bin ? codes?.(dimension.table, dimension.column) : undefined
}

function codeSql({ query }: Reading, c: InnerColumn, codes: Codes): string {
  return columnSql(query, { table: c.table, column: codes.column })
}

/** The value a measure has in a row. */
export function valueSql(query: InnerQuery, measure: InnerMeasure): string {
  return measureSql(measure, (c) => columnSql(query, c))
}

/** Keyed hash and record key of the units that are counted, and the same two of the others. */
export function unitSql(query: InnerQuery): {
  id: string
  key: string
  others: { id: string; key: string }[]
} {
  const unit = unitColumns(query.unitType)
  const others = query.otherUnits.map(({ table, unitType }) => {
    const { id, key } = unitColumns(unitType)
    return { id: columnSql(query, { table, column: id }), key: columnSql(query, { table, column: key }) }
  })
  return { id: `a.${quoteName(unit.id)}`, key: `a.${quoteName(unit.key)}`, others }
}

/** All tests of a block in the order of their bits. */
export function testsOfBlock(by: Reading): Test[] {
  const { query } = by
  const split = new Set(query.dimensions.filter((d) => !d.bin).map((d) => columnSql(query, d)))
  const tests = query.conditions.map((c, bit): Test => {
    const column = columnSql(query, c.on)
    const codes = by.codes?.(c.on.table, c.on.column)
    const coded = codes && codedCondition(c, codes, codeSql(by, c.on, codes))
    const test = { sql: coded ?? conditionSql(c, column), bit, settled: split.has(column) }
    const code = codes && coded !== undefined ? onlyCode(c, codes) : undefined
    return codes && code !== undefined ? { ...test, only: { column: codeSql(by, c.on, codes), code } } : test
  })
  if (query.join?.kind !== 'inner') return tests
  return [
    ...tests,
    { sql: `b.${quoteName(query.join.right)} IS NOT NULL`, bit: tests.length, settled: false },
  ]
}

/** A condition as SQL; NULL does not meet it. Texts are compared in size only where all are ISO dates of one length. */
export function conditionSql(condition: InnerCondition, column: string): string {
  if (condition.kind === 'in')
    return condition.values.length === 0
      ? 'FALSE'
      : `${column} IN (${condition.values.map(quoteValue).join(', ')})`
  const from = condition.from === null ? [] : [`${column} >= ${quoteValue(condition.from)}`]
  const to = condition.to === null ? [] : [`${column} <= ${quoteValue(condition.to)}`]
  return [...from, ...to].join(' AND ') || 'TRUE'
}

/** Which of the tests fail, as a set of bits. */
export function failedSql(tests: readonly Test[]): string {
  if (tests.length === 0) return 'CAST(0 AS INTEGER)'
  return tests.map((t) => `CASE WHEN ${t.sql} THEN 0 ELSE ${2 ** t.bit} END`).join(' + ')
}

/** What tells which of the tests fail: codes of a column tell it of one test, and spare reckoning for each row. */
export function reportedSql(tests: readonly Test[]): string {
  const [first, ...more] = tests
  return first?.only && more.length === 0 ? first.only.column : failedSql(tests)
}

/** Which of the tests fail, as a set of bits, by what `reportedSql` gave. */
export function failedBy(tests: readonly Test[], reported: ArrayLike<unknown>): Float64Array {
  const [first, ...more] = tests
  const only = more.length === 0 ? first?.only : undefined
  const failed = new Float64Array(reported.length)
  for (let i = 0; i < failed.length; i++)
    failed[i] = only ? (reported[i] === only.code ? 0 : 2 ** (first?.bit ?? 0)) : Number(reported[i])
  return failed
}

/**
 * Rows of the block that pass `tests`. The joined table has at most one row per key, so it is only read where a column
 * or test needs it, and missing partners matter only where a test says so.
 */
export function rowsSql(
  { query, locate }: Reading,
  columns: readonly string[],
  tests: readonly string[],
): string {
  const { join } = query
  const where = tests.length > 0 ? ` WHERE ${tests.join(' AND ')}` : ''
  const reads = [...columns, ...tests].some((sql) => sql.includes('b."'))
  const must = join && tests.includes(`b.${quoteName(join.right)} IS NOT NULL`)
  const joined =
    join && reads
      ? ` ${must ? 'JOIN' : 'LEFT JOIN'} ${locate(join.table)} b ON a.${quoteName(join.left)} = b.${quoteName(join.right)}`
      : ''
  return `SELECT ${columns.join(', ')} FROM ${locate(query.table)} a${joined}${where}`
}

/** `GROUP BY` the first columns. */
export function grouping(columns: number): string {
  return columns === 0 ? '' : ` GROUP BY ${Array.from({ length: columns }, (_, i) => i + 1).join(', ')}`
}

/** Places that are marked: so many that all of them together are still an exact plain number. */
const markedPlaces = 53

/** Marks a place for each unit, by its record key: as many units as places are marked, or more. */
export function bitsSql(key: string): string {
  return `bit_or(CAST(1 AS BIGINT) << (${key} % ${markedPlaces}))`
}
