import type { ValueType } from '../engine/roles.ts'
import type { SourceRow } from '../vault/contract.ts'

/** A column of a Parquet file that can be read, with its place in the file's order. */
export type ParquetColumn = { readonly name: string; readonly type: ValueType }

/** A value as the engine writes it in JSON, in the type of its column; null where it is none. */
export function plainValue(value: unknown, type: ValueType): SourceRow[number] {
  if (value === null || value === undefined) return null
  if (type === 'integer') return Number.isSafeInteger(Number(value)) ? Number(value) : null
  if (type === 'decimal') return Number.isFinite(Number(value)) ? Number(value) : null
  return typeof value === 'boolean' ? value : textOf(value)
}

/** Any value as text. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))
