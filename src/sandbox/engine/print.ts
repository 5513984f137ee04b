import type { Dialect } from './dialect.ts'
import {
  measureName,
  measuresIn,
  type InnerAggregate,
  type InnerColumn,
  type InnerMeasure,
  type InnerQuery,
} from './inner.ts'
import {
  bitsSql,
  conditionSql,
  dimensionsSql,
  grouping,
  reportedSql,
  rowsSql,
  testsOfBlock,
  unitSql,
  valueSql,
  type Reading,
  type Test,
} from './source.ts'

export { quoteName, quoteValue } from './quote.ts'
export type { Locate } from './source.ts'

/** The six largest contributions are enough for dominance, flattening (two) and their replacement (four). */
export const topContributions = 6

/** About as many rows as one step of a block that groups by unit should hold: their groups stay in the processor's cache. */
const sliceRows = 131_072

/** Measures of a block in the order of their figures' columns. */
export function measuresOf(query: InnerQuery): InnerMeasure[] {
  const all = query.aggregates.flatMap(measuresIn)
  return [...new Map(all.map((m) => [measureName(m), m])).values()]
}

/** Column names of the raw cells, in order; see `printCells`. */
export function rawColumns(query: InnerQuery): string[] {
  const dimensions = query.dimensions.map((_, i) => `d${i}`)
  const others = query.otherUnits.map((_, i) => `o${i}`)
  const shared = query.otherUnits.map((_, j) => `x${j}`)
  const measures = measuresOf(query).flatMap((_, i) =>
    ['v', 'u', 'h', 'z', 'zh', 's', 'a', 't', ...shared].map((c) => `m${i}${c}`),
  )
  return [...dimensions, 'f', 'n', 'k', 'c', 'ct', ...others, ...measures]
}

/** What is known of a table: without NULL or zero in a measure, three of its sums need not be made. */
export type Known = { readonly complete: ReadonlySet<string>; readonly nonZero: ReadonlySet<string> }

/**
 * How the rows of a block are to be read. `sorted`: they lie in the order of the units that are counted, about so many of
 * them pass. `dropped`: tests that are not asked for but reported, as `f`, the set of those failed (one row per unit only).
 * `marked`: places of the other units are marked as `b0`, `b1` …
 */
export type Printing = Reading & {
  readonly known?: Known
  readonly sorted?: { readonly passing: number }
  readonly leftOut?: ReadonlyMap<string, LeftOut>
  readonly dropped?: readonly Test[]
  readonly marked?: boolean
}

/** Figures of a measure that are had from elsewhere: who has a value, whose value is not zero, the largest values. */
export type LeftOut = { readonly missing: boolean; readonly zero: boolean; readonly large: boolean }

/**
 * The passing cells of a block: `n` units, `k` sum of record keys, `c` rows and `ct` largest rows per unit; per measure
 * `v` values, `u`/`h` units and keys with a value, `z`/`zh` those that are not zero, `s` sum, `a` sum of absolute values,
 * `t`/`b` largest and smallest contributions. Figures that follow from others are left out. Text comes from the tree alone.
 */
export function printCells(by: Printing): string {
  const { query } = by
  const dropped = query.onePerUnit ? (by.dropped ?? []) : []
  const names = query.dimensions.map((_, i) => `d${i}`)
  const key = query.onePerUnit ? unitSql(query).key : 'k'
  const counted = query.aggregates.some((a) => a.kind === 'rows')
  const figures = [
    'count(*) AS n',
    `sum(${key}) AS k`,
    ...(query.onePerUnit ? [] : ['sum(c) AS c']),
    ...(query.onePerUnit || !counted ? [] : [`${by.dialect.largest('c', topContributions)} AS ct`]),
    ...measuresOf(query).flatMap((measure, i) => measureSql(measure, i, by)),
    ...(by.marked && query.onePerUnit
      ? unitSql(query).others.map((o, i) => `${bitsSql(o.key)} AS b${i}`)
      : []),
  ]
  if (query.onePerUnit) {
    const left = new Set(dropped.map((t) => t.bit))
    const tests = testsOfBlock(by).filter((t) => !left.has(t.bit))
    const keys = [...dimensionsSql(by), ...(dropped.length > 0 ? [`${reportedSql(dropped)} AS f`] : [])]
    const rows = rowsSql(
      by,
      [...keys, ...figures],
      tests.map((t) => t.sql),
    )
    return `${rows}${grouping(keys.length)}`
  }
  return `SELECT ${[...names, ...figures].join(', ')} FROM (${printPerUnit(by)}) u${grouping(names.length)}`
}

function measureSql(measure: InnerMeasure, i: number, by: Printing): string[] {
  const { query, dialect } = by
  const known = knownOf(measure, by)
  const large = by.leftOut?.get(measureName(measure))?.large === true
  const value = query.onePerUnit ? valueSql(query, measure) : `m${i}`
  const key = query.onePerUnit ? unitSql(query).key : 'k'
  const name = measureName(measure)
  const summed = query.aggregates.some(
    (a) => a.kind !== 'values' && measuresIn(a).some((m) => measureName(m) === name),
  )
  const figure = (sql: string, short: string) => `${sql} AS m${i}${short}`
  const having = `FILTER (WHERE ${value} IS NOT NULL)`
  const counted = [
    ...(query.onePerUnit ? [] : [figure(`sum(v${i})`, 'v')]),
    ...(known.complete ? [] : [figure(`count(${value})`, 'u'), figure(`sum(${key}) ${having}`, 'h')]),
  ]
  if (!summed) return counted
  const nonZero = `FILTER (WHERE ${value} <> 0)`
  const zeros = known.nonZero
    ? []
    : [figure(`count(*) ${nonZero}`, 'z'), figure(`sum(${key}) ${nonZero}`, 'zh')]
  const negative = measure.positive
    ? []
    : [
        figure(`sum(abs(${value}))`, 'a'),
        ...(large ? [] : [figure(dialect.smallest(value, topContributions), 'b')]),
      ]
  const sums = [
    figure(`sum(${value})`, 's'),
    ...(large ? [] : [figure(dialect.largest(value, topContributions), 't')]),
  ]
  return [...counted, ...zeros, ...sums, ...negative]
}

/** What is known of a measure in the rows of a block: where partners may be missing, values may be too. */
function knownOf(measure: InnerMeasure, by: Printing): { complete: boolean; nonZero: boolean } {
  const { query, known } = by
  const name = measureName(measure)
  const leftOut = by.leftOut?.get(name)
  const there = measure.table === query.table || query.join?.kind === 'inner'
  // A unit's sum of several values is only sure not to be zero where none can be below.
  const adds = query.onePerUnit || measure.positive
  return {
    complete: leftOut?.missing === true || (there && known?.complete.has(name) === true),
    nonZero: leftOut?.zero === true || (adds && known?.nonZero.has(name) === true),
  }
}

/** One row per cell and unit, in slices of units where the table is sorted by them: unit hashes are spread evenly. */
function printPerUnit(by: Printing): string {
  const { query } = by
  const slices = by.sorted ? Math.min(256, Math.ceil(by.sorted.passing / sliceRows)) : 1
  if (slices <= 1) return perUnitSql(by, [])
  const edge = (i: number) => String((2n ** 63n * BigInt(i)) / BigInt(slices))
  const { id } = unitSql(query)
  return Array.from({ length: slices }, (_, i) =>
    perUnitSql(by, [`${id} >= ${edge(i)}`, ...(i === slices - 1 ? [] : [`${id} < ${edge(i + 1)}`])]),
  ).join(' UNION ALL ')
}

function perUnitSql(by: Printing, slice: readonly string[]): string {
  const { query, dialect } = by
  const { id, key } = unitSql(query)
  const measures = measuresOf(query).map((m) => valueSql(query, m))
  const columns = [
    ...dimensionsSql(by),
    `${id} AS uid`,
    `${dialect.only(key)} AS k`,
    'count(*) AS c',
    ...measures.flatMap((m, i) => [`count(${m}) AS v${i}`, `sum(${m}) AS m${i}`]),
  ]
  const tests = [...testsOfBlock(by).map((t) => t.sql), ...slice]
  return `${rowsSql(by, columns, tests)}${grouping(query.dimensions.length + 1)}`
}

/** The members behind the cells of a block: dimensions and the unit's keyed hash `uid`, each pair once. For the vault alone. */
export function printMembers(query: InnerQuery, of: { locate: Reading['locate']; dialect: Dialect }): string {
  const { id } = unitSql(query)
  const by = { query, ...of }
  const columns = [...dimensionsSql(by), `${id} AS uid`]
  const tests = [...testsOfBlock(by).map((t) => t.sql), `${id} IS NOT NULL`]
  return rowsSql(by, columns, tests).replace(/^SELECT /, 'SELECT DISTINCT ')
}

/** How many conditions a block checks, the inner join included. */
export function testsOf(query: InnerQuery): number {
  return query.conditions.length + (query.join?.kind === 'inner' ? 1 : 0)
}

/** The block as people would write it, for showing what the vault computes; without keys and checks. */
export function printPlain(query: InnerQuery): string {
  const column = (c: InnerColumn) => (query.join ? `${c.table}.${c.column}` : c.column)
  const figures = query.aggregates.map((a) => figureSql(a, query.unitType, column))
  const by = query.dimensions.map((d) => (d.bin ? `bin(${column(d)})` : column(d)))
  const where = query.conditions.map((c) => conditionSql(c, column(c.on)))
  const join = query.join
    ? `\n${query.join.kind === 'left' ? 'LEFT JOIN' : 'JOIN'} ${query.join.table} ON ${query.table}.${query.join.left} = ${query.join.table}.${query.join.right}`
    : ''
  return [
    `SELECT ${[...by, ...figures].join(', ')}`,
    `FROM ${query.table}${join}`,
    ...(where.length > 0 ? [`WHERE ${where.join(' AND ')}`] : []),
    ...(by.length > 0 ? [`GROUP BY ${by.join(', ')}`] : []),
  ].join('\n')
}

function figureSql(a: InnerAggregate, unitType: string, column: (c: InnerColumn) => string): string {
  if (a.kind === 'rows') return 'COUNT(*)'
  if (a.kind === 'units') return `COUNT(DISTINCT ${unitType})`
  if (a.kind === 'others') return `COUNT(DISTINCT ${column(a.on)})`
  if (a.kind === 'quantile') return `QUANTILE_CONT(${column(a.on)}, ${a.at})`
  if (a.kind === 'spread') return `${a.of.toUpperCase()}(${column(a.measure)})`
  if (a.kind === 'relation') return `${a.of.toUpperCase()}(${column(a.y)}, ${column(a.x)})`
  return `${{ values: 'COUNT', sum: 'SUM', mean: 'AVG' }[a.kind]}(${column(a.measure)})`
}
