import type { InnerQuery } from './inner.ts'
import { quoteValue } from './quote.ts'
import { columnOf, type Column, type Part, type ScanEngine, type ScanTable } from './scanned.ts'
import { dimensionSql, dimensionsSql, grouping, rowsSql, testsOfBlock, type Reading } from './source.ts'

/** The passing cells of a block while they are read: `units` and rows of each, and where those of another answer stand. */
export type Cells = {
  readonly count: number
  readonly columns: Map<string, Column>
  readonly units: Float64Array
  readonly rows: Float64Array
  readonly find: (other: ScanTable) => Int32Array
}

/** A block being read. */
export type Scan = { readonly query: InnerQuery; readonly engine: ScanEngine; readonly cells: Cells }

/** A block as the engine's statements need it; `part`: a part of its rows stands for all. */
export function readingOf({ query, engine }: Pick<Scan, 'query' | 'engine'>, part?: string): Reading {
  const locate = (table: string) => (part && table === query.table ? part : engine.locate(table))
  return { query, dialect: engine.dialect, locate, ...(engine.codes ? { codes: engine.codes } : {}) }
}

/** What to group: `keys` besides the dimensions, `tests` of rows, a `part` in place of all rows. */
export type Grouping = {
  readonly keys?: readonly string[]
  readonly figures: readonly string[]
  readonly tests: readonly string[]
  readonly part?: Part | undefined
}

/** Groups rows of the block by its dimensions and what else is named. */
export function grouped(scan: Pick<Scan, 'query' | 'engine'>, by: Grouping): Promise<ScanTable> {
  const reading = readingOf(scan, by.part?.name)
  const keys = [...dimensionsSql(reading), ...(by.keys ?? [])]
  return scan.engine.run(`${rowsSql(reading, [...keys, ...by.figures], by.tests)}${grouping(keys.length)}`)
}

/** The conditions that stand on a column by which the block is split: rows of its cells pass them. */
export function settledTests(scan: Pick<Scan, 'query' | 'engine'>): string[] {
  return testsOfBlock(readingOf(scan)).flatMap((t) => (t.settled ? [t.sql] : []))
}

/** So few cells that naming them spares reading the others. */
const nameable = 40

/** A test for rows of the cells at some places, where they are few. */
export function onlyCells(scan: Scan, places: readonly number[]): string[] {
  const { query, cells } = scan
  if (places.length > nameable || query.dimensions.length === 0) return []
  const reading = readingOf(scan)
  const columns = query.dimensions.map((_, i) => columnOf({ ...cells }, `d${i}`))
  const named = places.map((place) => {
    const same = columns.map((of, i) => sameSql(dimensionSql(reading, i), of[place]))
    return `(${same.join(' AND ')})`
  })
  return [`(${named.join(' OR ')})`]
}

function sameSql(column: string, value: unknown): string {
  if (value === null || value === undefined) return `${column} IS NULL`
  return `${column} = ${quoteValue(value as string | number | boolean)}`
}

/** Places of cells that may be shown and are not yet settled: cells of fewer units stay protected whatever else is found. */
export function openPlaces({ query, cells }: Scan, isSettled: (place: number) => boolean): number[] {
  const least = query.screen?.others ?? 0
  const places: number[] = []
  for (let place = 0; place < cells.count; place++)
    if ((cells.units[place] ?? 0) >= least && !isSettled(place)) places.push(place)
  return places
}
