import { createHash } from 'node:crypto'
import { domainOf } from '../engine/domain.ts'
import { namedColumns, type ColumnSpec, type TableSpec } from '../engine/roles.ts'

/**
 * Made-up rows for writing queries: drawn from roles, registered domains and public bounds alone, evenly and
 * independently. They look like the table and say nothing about it. The same seed gives the same rows.
 */
export function syntheticRows(
  spec: TableSpec,
  options: { rows: number; seed: string },
): Record<string, string | number | boolean | null>[] {
  const columns = spec.columns.filter((c) => c.role !== 'hidden')
  return Array.from({ length: Math.min(options.rows, 10_000) }, (_, index) =>
    Object.fromEntries(
      columns.map((column) => [column.name, syntheticValue(column, spec, { index, seed: options.seed })]),
    ),
  )
}

function syntheticValue(
  column: ColumnSpec,
  spec: TableSpec,
  at: { index: number; seed: string },
): string | number | boolean | null {
  const draw =
    createHash('sha256')
      .update(`${at.seed}|${spec.name}|${column.name}|${at.index}`)
      .digest()
      .readUInt32BE(0) /
    2 ** 32
  if (column.role === 'unit') return `${column.unitType}-${at.index + 1}`
  if (column.role === 'key') return `${column.key}-${1 + Math.floor(draw * 20)}`
  if (column.role === 'measure')
    return Number((column.lower + draw * (column.upper - column.lower)).toFixed(column.decimals))
  const named = namedColumns(spec).find((c) => c.name === column.name)
  const domain = named ? domainOf(named) : null
  if (domain && domain.length > 0) return domain[Math.floor(draw * domain.length)] ?? null
  if (column.type === 'date') return `20${String(10 + Math.floor(draw * 15))}-0${1 + Math.floor(draw * 9)}-01`
  if (column.type === 'datetime')
    return `2025-0${1 + Math.floor(draw * 9)}-01T${String(Math.floor(draw * 24)).padStart(2, '0')}:00:00`
  if (column.type === 'integer' || column.type === 'decimal') return Math.floor(draw * 100)
  return `${column.name}-${1 + Math.floor(draw * 10)}`
}
