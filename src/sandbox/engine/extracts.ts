import { whole } from './cells.ts'
import { measureName, measuresIn, type InnerMeasure, type InnerQuery } from './inner.ts'
import { measuresOf, topContributions, type LeftOut } from './print.ts'
import { nameOf, smallTable, type RareRows, type ScanEngine, type ScanRow } from './scanned.ts'
import { quoteValue } from './quote.ts'
import { dimensionSql, dimensionsSql, grouping, rowsSql, testsOfBlock, unitSql, valueSql } from './source.ts'

type Drawn = { readonly measure: InnerMeasure; readonly index: number; readonly extract: RareRows }

/** How many large values a cell must be expected to have in the extract, so that it seldom has fewer than the six needed. */
const expected = 16

/** One in so many rows is in the extract as a large value. */
export const largeShare = 64

/** Measures of a block for which an extract spares work, and what is then left out of the pass over all rows. */
export async function drawnFrom(
  query: InnerQuery,
  engine: ScanEngine,
): Promise<{ drawn: Drawn[]; leftOut: Map<string, LeftOut> }> {
  const big = query.onePerUnit && (query.screen?.rows ?? 0) > smallTable
  const found = measuresOf(query).flatMap((measure, index): Drawn[] => {
    const plain = !measure.shift && !measure.times && !measure.beside && measure.table === query.table
    const extract = big && plain ? engine.extract?.(measure.table, measure.column) : undefined
    return extract ? [{ measure, index, extract }] : []
  })
  const large =
    found.some((d) => d.extract.large && isSummed(query, d.measure)) && (await enoughPerCell(query, engine))
  const drawn = found.map((d) => ({
    ...d,
    extract: { ...d.extract, large: d.extract.large && large && isSummed(query, d.measure) },
  }))
  return { drawn, leftOut: new Map(drawn.map((d) => [measureName(d.measure), d.extract])) }
}

function isSummed(query: InnerQuery, measure: InnerMeasure): boolean {
  const name = measureName(measure)
  return query.aggregates.some(
    (a) => a.kind !== 'values' && measuresIn(a).some((m) => measureName(m) === name),
  )
}

/** Whether the cells have so many rows that their largest values are very likely in the extract; told from a part. */
async function enoughPerCell(query: InnerQuery, engine: ScanEngine): Promise<boolean> {
  const part = engine.part?.(query.table)
  if (!part) return false
  const locate = (table: string) => (table === query.table ? part : engine.locate(table))
  const tests = testsOfBlock(query).map((t) => t.sql)
  const cells = `${rowsSql({ query, ...engine, locate }, [...dimensionsSql(query), 'count(*) AS n'], tests)}${grouping(query.dimensions.length)}`
  const [row] = await engine.run(`SELECT count(*) AS cells, sum(n) AS n FROM (${cells}) c`)
  const perCell = Number(row?.['n'] ?? 0) / Math.max(1, Number(row?.['cells'] ?? 0))
  const all = query.screen?.rows ?? 0
  return (perCell * (all / partRows(all))) / largeShare >= expected
}

/** About as many rows as the part of a table has that is kept beside it. */
export const partAbout = 262_144

/** How many rows the part of a table has: every so-manieth. */
export function partRows(rows: number): number {
  return rows / Math.max(1, Math.floor(rows / partAbout))
}

/** Puts into the cells what the extracts tell; where a cell has too few large values there, all of its rows are read. */
export async function addDrawn(
  query: InnerQuery,
  engine: ScanEngine,
  of: { drawn: readonly Drawn[]; cells: ReadonlyMap<string, ScanRow> },
): Promise<Map<string, ScanRow>> {
  const cells = new Map(
    [...of.cells].map(([name, row]): [string, Record<string, unknown>] => [name, { ...row }]),
  )
  for (const one of of.drawn) {
    const rare = await rareRows(query, engine, one)
    const few: string[] = []
    for (const [name, row] of cells) if (!addRare(row, one, rare.get(name))) few.push(name)
    if (few.length > 0) await addLargest(query, engine, { ...one, few, cells })
  }
  return cells
}

type Rare = { readonly n: bigint; readonly k: bigint; readonly row: ScanRow }

async function rareRows(query: InnerQuery, engine: ScanEngine, { measure, extract }: Drawn) {
  const locate = (table: string) => (table === query.table ? extract.name : engine.locate(table))
  const keys = [...dimensionsSql(query), 'a."_class" AS class']
  const figures = [
    'count(*) AS n',
    `sum(${unitSql(query).key}) AS k`,
    ...(extract.large ? lists(query, engine, measure) : []),
  ]
  const tests = testsOfBlock(query).map((t) => t.sql)
  const rows = await engine.run(
    `${rowsSql({ query, ...engine, locate }, [...keys, ...figures], tests)}${grouping(keys.length)}`,
  )
  const found = new Map<string, Map<number, Rare>>()
  for (const row of rows) {
    const name = nameOf(query, row)
    const classes = found.get(name) ?? new Map<number, Rare>()
    found.set(name, classes.set(Number(row['class']), { n: whole(row['n']), k: whole(row['k']), row }))
  }
  return found
}

function lists(query: InnerQuery, { dialect }: ScanEngine, measure: InnerMeasure): string[] {
  const value = valueSql(query, measure)
  const low = measure.positive ? [] : [`${dialect.smallest(value, topContributions)} AS b`]
  return [`${dialect.largest(value, topContributions)} AS t`, ...low]
}

const none = { n: 0n, k: 0n, row: {} }

/** False where the extract has too few large values of the cell. */
function addRare(
  row: Record<string, unknown>,
  { index, extract }: Drawn,
  rare: Map<number, Rare> | undefined,
): boolean {
  const m = `m${index}`
  const [missing, zero, large] = [0, 1, 2].map((c) => rare?.get(c) ?? none) as [Rare, Rare, Rare]
  if (extract.missing) {
    row[`${m}u`] = whole(row['n']) - missing.n
    row[`${m}h`] = whole(row['k']) - missing.k
  }
  if (extract.zero) {
    row[`${m}z`] = whole(row[`${m}u`] ?? row['n']) - zero.n
    row[`${m}zh`] = whole(row[`${m}h`] ?? row['k']) - zero.k
  }
  if (!extract.large) return true
  row[`${m}t`] = large.row['t'] ?? []
  row[`${m}b`] = large.row['b'] ?? []
  return large.n >= BigInt(topContributions)
}

/** So few cells that naming them spares reading the others. */
const nameable = 40

/** A test for rows of the named cells, where they are few. */
function onlyCells(query: InnerQuery, names: readonly string[]): string[] {
  if (names.length > nameable || query.dimensions.length === 0) return []
  const cells = names.map((name) => {
    const values = JSON.parse(name) as (string | number | boolean | null)[]
    const same = values.map((value, i) => {
      const column = dimensionSql(query, i)
      return value === null ? `${column} IS NULL` : `${column} = ${quoteValue(value)}`
    })
    return `(${same.join(' AND ')})`
  })
  return [`(${cells.join(' OR ')})`]
}

async function addLargest(
  query: InnerQuery,
  engine: ScanEngine,
  of: Drawn & { few: readonly string[]; cells: ReadonlyMap<string, Record<string, unknown>> },
): Promise<void> {
  const columns = [...dimensionsSql(query), ...lists(query, engine, of.measure)]
  const tests = [...testsOfBlock(query).map((t) => t.sql), ...onlyCells(query, of.few)]
  const rows = await engine.run(
    `${rowsSql({ query, ...engine }, columns, tests)}${grouping(query.dimensions.length)}`,
  )
  const few = new Set(of.few)
  for (const row of rows) {
    const name = nameOf(query, row)
    const cell = few.has(name) ? of.cells.get(name) : undefined
    if (cell) Object.assign(cell, { [`m${of.index}t`]: row['t'], [`m${of.index}b`]: row['b'] })
  }
}
