import { dimensionSql, measureSql as measureValue } from './expression.ts'
import { measureName, measuresIn } from './inner.ts'
import type { InnerAggregate, InnerColumn, InnerCondition, InnerMeasure, InnerQuery } from './inner.ts'
import { unitColumns } from './roles.ts'

/** Where a table of the data room lies in the engine: an already quoted name. */
export type Locate = (table: string) => string

/** The six largest contributions are enough for dominance, flattening (two) and their replacement (four). */
export const topContributions = 6

/** Quotes a name for DuckDB and PostgreSQL. */
export function quoteName(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

/** Writes a constant for DuckDB and PostgreSQL. Throws on anything that is no finite number, text or boolean. */
export function quoteValue(value: string | number | boolean): string {
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`
  if (!Number.isFinite(value)) throw new TypeError('a constant must be finite')
  return Number.isSafeInteger(value) ? String(value) : `CAST(${value} AS DOUBLE)`
}

/** Measures of a block in the order of their figures' columns. */
export function measuresOf(query: InnerQuery): InnerMeasure[] {
  const all = query.aggregates.flatMap(measuresIn)
  return [...new Map(all.map((m) => [measureName(m), m])).values()]
}

/** Column names of the raw cells, in order; see `printCells`. */
export function rawColumns(query: InnerQuery): string[] {
  const dimensions = query.dimensions.map((_, i) => `d${i}`)
  const others = query.otherUnits.map((_, i) => `o${i}`)
  const measures = measuresOf(query).flatMap((_, i) =>
    ['v', 'u', 'h', 'l', 'z', 'zh', 'zl', 's', 'a', 't'].map((c) => `m${i}${c}`),
  )
  return [...dimensions, 'f', 'n', 'kh', 'kl', 'c', 'ct', ...others, ...measures]
}

/**
 * The inner block as DuckDB SQL. One row per cell and set `f` of failed conditions (bit i: condition i+1 fails):
 * `n` units, `kh`/`kl` sums of record keys, `c` rows and `ct` largest rows per unit, `o` units of other types; per measure
 * `v` values, `u`/`h`/`l` units and keys with a value, `z`/`zh`/`zl` those that are not zero, `s` sum, `a` sum of
 * absolute values, `t` largest contributions. Text comes from the tree alone.
 */
export function printCells(query: InnerQuery, locate: Locate): string {
  const source = sourceSql(query, locate)
  const units = query.onePerUnit ? source : perUnitSql(query, source)
  const keys = [...query.dimensions.map((_, i) => `d${i}`), 'f']
  const figures = [
    'count(*) AS n',
    'sum(kh) AS kh',
    'sum(kl) AS kl',
    query.onePerUnit ? 'count(*) AS c' : 'sum(c) AS c',
    query.onePerUnit ? 'NULL AS ct' : `max(c, ${topContributions}) AS ct`,
    ...query.otherUnits.map((_, i) =>
      query.onePerUnit ? `count(DISTINCT o${i}) AS o${i}` : `min(o${i}) AS o${i}`,
    ),
    ...measuresOf(query).flatMap((measure, i) => measureSql(i, query.onePerUnit, measure.positive)),
  ]
  return `SELECT ${[...keys, ...figures].join(', ')} FROM (${units}) u GROUP BY ${keys.join(', ')}`
}

/** The members behind the cells of a block: dimensions and the unit's keyed hash `uid`, each pair once. For the vault alone. */
export function printMembers(query: InnerQuery, locate: Locate): string {
  const source = sourceSql({ ...query, aggregates: [], otherUnits: [], onePerUnit: false }, locate)
  const columns = [...query.dimensions.map((_, i) => `d${i}`), 'uid']
  return `SELECT DISTINCT ${columns.join(', ')} FROM (${source}) u WHERE f = 0 AND uid IS NOT NULL`
}

function measureSql(i: number, onePerUnit: boolean, positive: boolean): string[] {
  const m = `m${i}`
  const has = `FILTER (WHERE ${m} IS NOT NULL)`
  const counts = `FILTER (WHERE ${m} <> 0)`
  return [
    `${onePerUnit ? `count(${m})` : `sum(v${i})`} AS ${m}v`,
    `count(${m}) AS ${m}u`,
    `sum(kh) ${has} AS ${m}h`,
    `sum(kl) ${has} AS ${m}l`,
    `count(*) ${counts} AS ${m}z`,
    `sum(kh) ${counts} AS ${m}zh`,
    `sum(kl) ${counts} AS ${m}zl`,
    `sum(${m}) AS ${m}s`,
    `sum(${positive ? m : `abs(${m})`}) AS ${m}a`,
    `${positive ? `max(${m}, ${topContributions})` : `arg_max(${m}, abs(${m}), ${topContributions})`} AS ${m}t`,
  ]
}

/** One row per source row: dimensions, failed conditions, keys, measures. NULL fails every condition. */
function sourceSql(query: InnerQuery, locate: Locate): string {
  const column = (c: InnerColumn) => `${c.table === query.table ? 'a' : 'b'}.${quoteName(c.column)}`
  const unit = unitColumns(query.unitType)
  const columns = [
    ...query.dimensions.map((d, i) => `${dimensionSql(d, column)} AS d${i}`),
    `${failedSql(query, column)} AS f`,
    `a.${quoteName(unit.high)} AS kh`,
    `a.${quoteName(unit.low)} AS kl`,
    ...(query.onePerUnit ? [] : [`a.${quoteName(unit.id)} AS uid`]),
    ...query.otherUnits.map(
      (o, i) => `${column({ table: o.table, column: unitColumns(o.unitType).id })} AS o${i}`,
    ),
    ...measuresOf(query).map((m, i) => `${measureValue(m, column)} AS m${i}`),
  ]
  const join = query.join
    ? ` LEFT JOIN ${locate(query.join.table)} b ON a.${quoteName(query.join.left)} = b.${quoteName(query.join.right)}`
    : ''
  return `SELECT ${columns.join(', ')} FROM ${locate(query.table)} a${join}`
}

function perUnitSql(query: InnerQuery, source: string): string {
  const keys = [...query.dimensions.map((_, i) => `d${i}`), 'f']
  const others = query.otherUnits.map(
    (_, i) => `count(DISTINCT o${i}) OVER (PARTITION BY ${keys.join(', ')}) AS o${i}`,
  )
  const columns = [
    ...keys,
    'any_value(kh) AS kh',
    'any_value(kl) AS kl',
    'count(*) AS c',
    ...query.otherUnits.map((_, i) => `max(o${i}) AS o${i}`),
    ...measuresOf(query).flatMap((_, i) => [`count(m${i}) AS v${i}`, `sum(m${i}) AS m${i}`]),
  ]
  const counted =
    others.length === 0
      ? source
      : `SELECT * EXCLUDE (${query.otherUnits.map((_, i) => `o${i}`).join(', ')}), ${others.join(', ')} FROM (${source}) r`
  return `SELECT ${columns.join(', ')} FROM (${counted}) s GROUP BY ${[...keys, 'uid'].join(', ')}`
}

/** Bit i is set where condition i fails; an inner join is a condition too. */
function failedSql(query: InnerQuery, column: (c: InnerColumn) => string): string {
  const tests = query.conditions.map((c) => conditionSql(c, column(c.on)))
  if (query.join?.kind === 'inner') tests.push(`b.${quoteName(query.join.right)} IS NOT NULL`)
  if (tests.length === 0) return 'CAST(0 AS INTEGER)'
  return tests.map((test, i) => `CASE WHEN coalesce(${test}, FALSE) THEN 0 ELSE ${2 ** i} END`).join(' + ')
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

/** How many conditions a block checks, the inner join included. */
export function testsOf(query: InnerQuery): number {
  return query.conditions.length + (query.join?.kind === 'inner' ? 1 : 0)
}

/** The block as people would write it, for showing what the vault computes; without keys and checks. */
export function printPlain(query: InnerQuery): string {
  const column = (c: InnerColumn) => (query.join ? `${c.table}.${c.column}` : c.column)
  const figures = query.aggregates.map((a) => figureSql(a, query.unitType, column))
  const by = query.dimensions.map(column)
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
  if (a.kind === 'rows' || a.kind === 'units')
    return a.kind === 'rows' ? 'COUNT(*)' : `COUNT(DISTINCT ${unitType})`
  if (a.kind === 'others') return `COUNT(DISTINCT ${column(a.on)})`
  if (a.kind === 'quantile') return `QUANTILE_CONT(${column(a.on)}, ${a.at})`
  if (a.kind === 'spread') return `${a.of.toUpperCase()}(${column(a.measure)})`
  if (a.kind === 'relation') return `${a.of.toUpperCase()}(${column(a.y)}, ${column(a.x)})`
  return `${{ values: 'COUNT', sum: 'SUM', mean: 'AVG' }[a.kind]}(${column(a.measure)})`
}
