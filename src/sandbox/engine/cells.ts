import type { InnerQuery } from './inner.ts'
import type { UnitSet } from './keys.ts'
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

/** Reads the vault's rows. Throws if their shape is not the one that was asked for. */
export function readCells(
  query: InnerQuery,
  raw: { columns: readonly string[]; rows: readonly (readonly unknown[])[] },
): RawCell[] {
  const expected = rawColumns(query)
  if (raw.columns.join() !== expected.join()) throw new Error('the vault answered another question')
  const at = new Map(expected.map((name, index) => [name, index]))
  const measures = measuresOf(query).length
  return raw.rows.map((row) => readCell(query, measures, (name) => row[at.get(name) ?? -1]))
}

function readCell(query: InnerQuery, measures: number, get: (name: string) => unknown): RawCell {
  const set = (n: string, key: string): UnitSet => ({ n: whole(get(n)), key: whole(get(key)) })
  return {
    values: query.dimensions.map((_, i) => cellOf(get(`d${i}`))),
    failed: Number(get('f')),
    units: set('n', 'k'),
    rows: whole(get('c')),
    topRows: wholes(get('ct')),
    others: query.otherUnits.map((_, i) => whole(get(`o${i}`))),
    measures: Array.from({ length: measures }, (_, i) => ({
      values: whole(get(`m${i}v`)),
      having: set(`m${i}u`, `m${i}h`),
      nonZero: set(`m${i}z`, `m${i}zh`),
      sum: whole(get(`m${i}s`)),
      absolute: whole(get(`m${i}a`)),
      top: wholes(get(`m${i}t`)),
    })),
  }
}

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
