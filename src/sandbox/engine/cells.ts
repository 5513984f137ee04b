import type { InnerQuery } from './inner.ts'
import { setColumn, type UnitSet } from './keys.ts'
import { measuresOf, rawColumns } from './print.ts'
import type { Cell } from './result.ts'

/** A measure of one raw cell: `values` rows with a value, `having`/`nonZero` units, whole numbers in 10^-decimals. */
export type RawMeasure = {
  readonly values: bigint
  readonly having: UnitSet
  readonly nonZero: UnitSet
  readonly sum: bigint
  readonly absolute: bigint
  readonly top: readonly bigint[]
}

/** Raw figures of one cell and one set of failed conditions. Never leaves the protection step. */
export type RawCell = {
  readonly values: readonly Cell[]
  readonly failed: number
  readonly units: UnitSet
  readonly rows: bigint
  readonly topRows: readonly bigint[]
  readonly others: readonly bigint[]
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

/** Reads the vault's answer. Throws if its shape is not the one that was asked for. */
export function readCells(query: InnerQuery, raw: RawRows | RawColumns): RawCell[] {
  const expected = rawColumns(query)
  if (raw.columns.join() !== expected.join()) throw new Error('the vault answered another question')
  const { data, count } = byColumns(raw)
  const at = new Map(expected.map((name, index) => [name, data[index] ?? []]))
  const column = (name: string) => at.get(name) ?? []
  const dimensions = query.dimensions.map((_, i) => column(`d${i}`))
  const units = setsOf(column('n'), column('k'), count)
  const [failed, rows, top] = [column('f'), column('c'), column('ct')]
  const others = query.otherUnits.map((_, i) => column(`o${i}`))
  const measures = measuresOf(query).map((_, i) => measureReader((name) => column(`m${i}${name}`), count))
  return units.map((set, i) => ({
    values: dimensions.map((of) => cellOf(of[i])),
    failed: Number(failed[i]),
    units: set,
    rows: whole(rows[i]),
    topRows: wholes(top[i]),
    others: others.map((of) => whole(of[i])),
    measures: measures.map((read) => read(i)),
  }))
}

function setsOf(n: ArrayLike<unknown>, key: ArrayLike<unknown>, count: number): UnitSet[] {
  return setColumn(Array.from({ length: count }, (_, i) => ({ n: whole(n[i]), key: whole(key[i]) })))
}

function measureReader(column: (name: string) => ArrayLike<unknown>, count: number) {
  const having = setsOf(column('u'), column('h'), count)
  const nonZero = setsOf(column('z'), column('zh'), count)
  const [values, sum, absolute, top] = [column('v'), column('s'), column('a'), column('t')]
  return (i: number): RawMeasure => ({
    values: whole(values[i]),
    having: having[i] ?? nothing,
    nonZero: nonZero[i] ?? nothing,
    sum: whole(sum[i]),
    absolute: whole(absolute[i]),
    top: wholes(top[i]),
  })
}

const nothing: UnitSet = { n: 0n, key: 0n }

/** A raw figure as a whole number; nothing is 0. Throws on anything else. */
export function whole(value: unknown): bigint {
  if (value === null || value === undefined) return 0n
  if (typeof value === 'bigint') return value
  if (typeof value === 'number' && Number.isSafeInteger(value)) return BigInt(value)
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value)
  throw new Error('a raw figure is no whole number')
}

function wholes(value: unknown): bigint[] {
  return Array.isArray(value) ? value.map(whole) : []
}

function cellOf(value: unknown): Cell {
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return value
  return null
}
