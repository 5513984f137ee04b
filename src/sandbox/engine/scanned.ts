import type { Dialect } from './dialect.ts'
import { measureName, type InnerQuery } from './inner.ts'
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

/** A row of an engine's answer by column names: whole numbers as decimal text or numbers, lists as arrays. */
export type ScanRow = Readonly<Record<string, unknown>>

/**
 * The engine that holds a block's tables. `part` names a small even part of a table's rows, where one is kept; `known`
 * and `sorted` say what was seen of the tables when they were stored. `memo` lives as long as the tables do not change.
 */
export type ScanEngine = {
  readonly dialect: Dialect
  readonly locate: Locate
  readonly run: (sql: string) => Promise<readonly ScanRow[]>
  readonly part?: (table: string) => string | undefined
  readonly known?: Known
  /** The most rows that a unit has in a table, by the column of its hash. */
  readonly most?: (table: string, unitColumn: string) => number | undefined
  readonly sorted?: (table: string, unitColumn: string) => boolean
  /** The rare rows of a measure, kept beside its table. */
  readonly extract?: (table: string, column: string) => RareRows | undefined
  readonly memo?: Map<string, Promise<boolean>>
}

/** A block being read: its passing cells by name. */
export type Scan = { readonly query: InnerQuery; readonly engine: ScanEngine; readonly cells: Cells }
/** Raw figures of passing cells by the JSON of their values. */
export type Cells = ReadonlyMap<string, ScanRow>

/** Tables up to this many rows are counted out at once: proving things on a part of them would not be faster. */
export const smallTable = 200_000

/** Values of the dimensions of a row, as one text. */
export function nameOf(query: InnerQuery, row: ScanRow): string {
  return JSON.stringify(query.dimensions.map((_, i) => row[`d${i}`] ?? null))
}

/** Names of measures under which an engine may say that they are complete or never zero: only as they are stored. */
export function storedMeasure(table: string, column: string): string {
  return measureName({ table, column, positive: true })
}
