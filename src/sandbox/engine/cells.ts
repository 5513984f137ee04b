import type { InnerQuery } from './inner.ts'
import { setColumn, type UnitSet } from './keys.ts'
import { measuresOf, rawColumns } from './print.ts'
import type { Cell } from './result.ts'
import { sumOf, wholeOf, type Whole } from './whole.ts'

/** A measure of one raw cell: `values` rows with a value, `having`/`nonZero` units, whole numbers in 10^-decimals. */
export type RawMeasure = {
  readonly values: Whole
  readonly having: UnitSet
  readonly nonZero: UnitSet
  readonly sum: Whole
  readonly absolute: Whole
  readonly top: readonly Whole[]
  /** For each other type of units what they have of it, see `other-contributions.ts`. */
  readonly others: readonly (readonly Whole[])[]
}

/** Raw figures of one cell and one set of failed conditions. Never leaves the protection step. */
export type RawCell = {
  readonly values: readonly Cell[]
  readonly failed: number
  readonly units: UnitSet
  readonly rows: Whole
  readonly topRows: readonly Whole[]
  readonly measures: readonly RawMeasure[]
}

/** What a vault answers, by rows: cells of a bounded block. */
export type RawRows = { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }

/** What a vault answers, by columns: thousands of cells. A column that says nothing is empty. */
export type RawColumns = {
  readonly columns: readonly string[]
  readonly data: readonly ArrayLike<unknown>[]
  readonly count: number
}

/** The rows of an answer, whatever form it has. */
export function rawRows(raw: RawRows | RawColumns): readonly (readonly unknown[])[] {
  if ('rows' in raw) return raw.rows
  return Array.from({ length: raw.count }, (_, row) => raw.data.map((column) => column[row] ?? null))
}

function byColumns(raw: RawRows | RawColumns): RawColumns {
  if ('data' in raw) return raw
  const data = raw.columns.map((_, i) => raw.rows.map((row) => row[i]))
  return { columns: raw.columns, data, count: raw.rows.length }
}

/** Raw cells by their place in the answer. A cell is only made when it is asked for: there may be thousands of them. */
export type CellTable = {
  readonly count: number
  readonly dimensions: readonly ArrayLike<unknown>[]
  readonly units: Float64Array
  readonly failed: Float64Array
  readonly values: (at: number) => Cell[]
  readonly set: (at: number) => UnitSet
  /** The sums over the sets of units of several cells. */
  readonly sum: (places: readonly number[]) => UnitSet
  /** The fewest units of another type. */
  readonly fewestOthers: (at: number) => number
  readonly cell: (at: number) => RawCell
}

/** Reads the vault's answer. Throws if its shape is not the one that was asked for. */
export function readCells(query: InnerQuery, raw: RawRows | RawColumns): CellTable {
  const expected = rawColumns(query)
  if (raw.columns.join() !== expected.join()) throw new Error('the vault answered another question')
  const { data, count } = byColumns(raw)
  const places = new Map(expected.map((name, index) => [name, data[index] ?? []]))
  const column = (name: string) => places.get(name) ?? []
  const dimensions = query.dimensions.map((_, i) => column(`d${i}`))
  const [n, keys] = [column('n'), column('k')]
  const set = setColumn(n, keys, count)
  const others = query.otherUnits.map((_, i) => column(`o${i}`))
  const [rows, top] = [column('c'), column('ct')]
  const measures = measuresOf(query).map((_, i) =>
    measureReader((name) => column(`m${i}${name}`), count, others.length),
  )
  const failed = counts(column('f'), count)
  const values = (at: number) => dimensions.map((of) => cellOf(of[at]))
  const cell = (at: number): RawCell => ({
    values: values(at),
    failed: failed[at] ?? 0,
    units: set(at),
    rows: wholeOf(rows[at]),
    topRows: wholes(top[at]),
    measures: measures.map((read) => read(at)),
  })
  const sum = (places: readonly number[]): UnitSet => ({
    n: sumOf(places.map((at) => wholeOf(n[at]))),
    key: sumOf(places.map((at) => wholeOf(keys[at]))),
  })
  // Nobody of a type is behind rows that a LEFT JOIN found no partner for: then there is nobody to protect either.
  const optional = query.otherUnits.map((of) => query.join?.kind === 'left' && of.table === query.join.table)
  const fewestOthers = (at: number) =>
    others.reduce((least, of, i) => {
      const n = Number(wholeOf(of[at]))
      return n === 0 && optional[i] ? least : Math.min(least, n)
    }, Infinity)
  return {
    count,
    dimensions,
    units: counts(column('n'), count),
    failed,
    values,
    set,
    sum,
    fewestOthers,
    cell,
  }
}

function counts(column: ArrayLike<unknown>, count: number): Float64Array {
  if (column instanceof Float64Array && column.length === count) return column
  const numbers = new Float64Array(count)
  for (let i = 0; i < count; i++) numbers[i] = Number(wholeOf(column[i]))
  return numbers
}

function measureReader(column: (name: string) => ArrayLike<unknown>, count: number, types: number) {
  const others = Array.from({ length: types }, (_, j) => column(`x${j}`))
  const having = setColumn(column('u'), column('h'), count)
  const nonZero = setColumn(column('z'), column('zh'), count)
  const [values, sum, absolute, top] = [column('v'), column('s'), column('a'), column('t')]
  return (at: number): RawMeasure => ({
    values: wholeOf(values[at]),
    having: having(at),
    nonZero: nonZero(at),
    sum: wholeOf(sum[at]),
    absolute: wholeOf(absolute[at]),
    top: wholes(top[at]),
    others: others.map((of) => wholes(of[at])),
  })
}

const none: readonly Whole[] = []

function wholes(value: unknown): readonly Whole[] {
  if (!Array.isArray(value)) return none
  for (const x of value) if (!Number.isSafeInteger(x)) return value.map(wholeOf)
  return value as number[]
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  return null
}
