import type { CodesOf } from './codes.ts'
import type { Dialect } from './dialect.ts'
import { measureName } from './inner.ts'
import type { Known } from './print.ts'
import type { Locate } from './source.ts'

/**
 * The rare rows of a measure, kept beside a large table with one row per unit: those without a value, with zero, and with
 * a value of at least `large` (`_class` 0, 1 and 2). What they tell need not be looked for in all rows.
 */
export type RareRows = {
  readonly name: string
  readonly missing: boolean
  readonly zero: boolean
  readonly large: boolean
}

/** An even part of a table's rows, kept beside it under a quoted name: one in `every`. */
export type Part = { readonly name: string; readonly every: number }

/** A column of an answer: whole numbers as numbers, bigints or decimal text, lists as arrays. */
export type Column = ArrayLike<unknown>

/** An engine's answer by columns. */
export type ScanTable = { readonly count: number; readonly columns: ReadonlyMap<string, Column> }

/**
 * The engine that holds a block's tables. `parts`: even parts of a table's rows, the smallest first; `codes`: dimensions
 * kept as small numbers too; `known` and `sorted` say what was seen of the tables when they were stored. `memo` lives as
 * long as the tables do not change.
 */
export type ScanEngine = {
  readonly dialect: Dialect
  readonly locate: Locate
  readonly run: (sql: string) => Promise<ScanTable>
  readonly codes?: CodesOf
  readonly parts?: (table: string) => readonly Part[]
  readonly known?: Known
  /** The most rows that a unit has in a table, by the column of its hash. */
  readonly most?: (table: string, unitColumn: string) => number | undefined
  readonly sorted?: (table: string, unitColumn: string) => boolean
  /** The rare rows of a measure, kept beside its table. */
  readonly extract?: (table: string, column: string) => RareRows | undefined
  readonly memo?: Map<string, Promise<boolean>>
}

/** Tables up to this many rows are counted out at once: proving things on a part of them would not be faster. */
export const smallTable = 200_000

/** A column of an answer; one that is not in it has no values. */
export function columnOf(table: ScanTable, name: string): Column {
  return table.columns.get(name) ?? []
}

/** A column of whole numbers that are small enough to be counted with. */
export function numbersOf(table: ScanTable, name: string): Float64Array {
  const column = columnOf(table, name)
  if (column instanceof Float64Array) return column
  const numbers = new Float64Array(table.count)
  for (let i = 0; i < table.count; i++) numbers[i] = Number(column[i] ?? 0)
  return numbers
}

/** The rows at some places of an answer. */
export function rowsAt(table: ScanTable, places: readonly number[]): ScanTable {
  if (places.length === table.count) return table
  const columns = [...table.columns].map(([name, of]) => [name, picked(of, places)] as const)
  return { count: places.length, columns: new Map(columns) }
}

function picked(column: Column, places: readonly number[]): Column {
  if (!(column instanceof Float64Array)) return places.map((i) => column[i])
  const numbers = new Float64Array(places.length)
  places.forEach((i, to) => (numbers[to] = column[i] ?? 0))
  return numbers
}

/** The places at which a column of numbers has a value. */
export function placesWith(numbers: ArrayLike<number>, value: number): number[] {
  const places: number[] = []
  for (let i = 0; i < numbers.length; i++) if (numbers[i] === value) places.push(i)
  return places
}

/** Names of measures under which an engine may say that they are complete or never zero: only as they are stored. */
export function storedMeasure(table: string, column: string): string {
  return measureName({ table, column, positive: true })
}
