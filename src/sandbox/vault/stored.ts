import { recordKey, unitHash } from '../engine/keys.ts'
import { bandOf } from '../engine/domain.ts'
import {
  unitColumns,
  unitTypesOf,
  type ColumnSpec,
  type Generalisation,
  type TableSpec,
  type UnitType,
} from '../engine/roles.ts'
import type { SourceRow } from './contract.ts'
import { rowUnits } from './row-units.ts'

/** Engine types of stored columns; the same names in DuckDB and PostgreSQL. */
export type StoredType = 'VARCHAR' | 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'DATE' | 'INTEGER'

/** A column as it lies in the vault. Hidden columns and raw unit ids are not stored at all. */
export type StoredColumn = { readonly name: string; readonly type: StoredType }

/** A value of a stored column. */
export type StoredValue = string | number | boolean | bigint | null

type Secrets = { readonly unit: Uint8Array; readonly record: Uint8Array }
type Maker = { readonly columns: readonly StoredColumn[]; readonly make: (row: SourceRow) => StoredValue[] }

/** What became of the rows: left out for lack of a unit id, values brought to their bounds. */
export type Counts = { excluded: number; clamped: number }

/** The stored columns of a table, in order: keys and dimensions, generalisations, measures, then the units' columns. */
export function storedColumns(spec: TableSpec): StoredColumn[] {
  return [
    ...makersOf(spec, { excluded: 0, clamped: 0 }).flatMap((m) => m.columns),
    ...unitTypesOf(spec).flatMap(unitStored),
  ]
}

/**
 * Turns source rows into stored rows: unit ids become keyed hashes with record keys, generalisations are computed,
 * measures clamped and made whole numbers. Null where a unit id is missing: such rows are left out and counted.
 */
export function rowWriter(
  spec: TableSpec,
  secrets: Secrets,
  counts: Counts,
): (row: SourceRow) => StoredValue[] | null {
  const makers = makersOf(spec, counts)
  const units = unitTypesOf(spec).map((unitType) => ({
    unitType,
    at: spec.columns.findIndex((c) => c.role === 'unit' && c.unitType === unitType),
  }))
  const ofRows = spec.rowUnit ? rowUnits(secrets.unit, spec.rowUnit) : null
  return (row) => {
    const keys: StoredValue[] = []
    for (const { unitType, at } of units) {
      const id = at < 0 ? '#' : row[at]
      if (id === null || id === undefined || id === '') {
        counts.excluded++
        return null
      }
      const uid = at < 0 && ofRows ? ofRows(row) : unitHash(secrets.unit, unitType, String(id))
      const key = recordKey(secrets.record, unitType, uid)
      keys.push(uid, key)
    }
    return [...makers.flatMap((m) => m.make(row)), ...keys]
  }
}

function unitStored(unitType: UnitType): StoredColumn[] {
  const names = unitColumns(unitType)
  return [
    { name: names.id, type: 'BIGINT' },
    { name: names.key, type: 'INTEGER' },
  ]
}

function makersOf(spec: TableSpec, counts: Counts): Maker[] {
  return spec.columns.flatMap((column, at) => makerOf(column, at, counts))
}

function makerOf(column: ColumnSpec, at: number, counts: Counts): Maker[] {
  if (column.role === 'hidden' || column.role === 'unit') return []
  if (column.role === 'measure') {
    const make = (row: SourceRow) => [measureValue(row[at], column, counts)]
    return [{ columns: [{ name: column.name, type: 'BIGINT' }], make }]
  }
  const type = plainTypes[column.type]
  const own: Maker = { columns: [{ name: column.name, type }], make: (row) => [plainValue(row[at], type)] }
  const coarser = column.role === 'dimension' ? column.generalisations : []
  return [
    own,
    ...coarser.map((g): Maker => ({
      columns: [{ name: g.name, type: generalType(g) }],
      make: (row) => [general(row[at], g)],
    })),
  ]
}

const plainTypes: Record<ColumnSpec['type'], StoredType> = {
  text: 'VARCHAR',
  integer: 'BIGINT',
  decimal: 'DOUBLE',
  boolean: 'BOOLEAN',
  date: 'DATE',
  datetime: 'VARCHAR',
}

function plainValue(value: SourceRow[number] | undefined, type: StoredType): StoredValue {
  if (value === null || value === undefined || value === '') return null
  if (type === 'BIGINT')
    return typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : null
  if (type === 'DOUBLE') return typeof value === 'number' && Number.isFinite(value) ? value : null
  if (type === 'BOOLEAN') return typeof value === 'boolean' ? value : null
  if (type === 'DATE')
    return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null
  return String(value).normalize('NFC')
}

function measureValue(
  value: SourceRow[number] | undefined,
  role: { lower: number; upper: number; decimals: number },
  counts: Counts,
): bigint | null {
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const kept = Math.min(Math.max(value, role.lower), role.upper)
  if (kept !== value) counts.clamped++
  return BigInt(Math.round(kept * 10 ** role.decimals))
}

function generalType(g: Generalisation): StoredType {
  if (g.kind === 'bands') return Number.isInteger(g.width) && Number.isInteger(g.origin) ? 'BIGINT' : 'DOUBLE'
  return g.kind === 'calendar' && (g.to === 'year' || g.to === 'hour') ? 'INTEGER' : 'VARCHAR'
}

function general(value: SourceRow[number] | undefined, g: Generalisation): StoredValue {
  if (value === null || value === undefined || value === '') return null
  if (g.kind === 'groups')
    return Object.hasOwn(g.groups, String(value)) ? (g.groups[String(value)] ?? null) : null
  if (g.kind === 'prefix') return Array.from(String(value).normalize('NFC')).slice(0, g.length).join('')
  if (g.kind === 'calendar') return calendar(String(value), g.to)
  if (typeof value !== 'number' || !Number.isFinite(value)) return null
  const band = bandOf(value, g)
  return generalType(g) === 'BIGINT' ? BigInt(band) : band
}

function calendar(value: string, to: 'year' | 'quarter' | 'month' | 'day' | 'hour'): StoredValue {
  const parts = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}))?/.exec(value)
  if (!parts) return null
  const [, year = '', month = '', day = '', hour] = parts
  if (to === 'year') return Number(year)
  if (to === 'hour') return hour === undefined ? null : Number(hour)
  if (to === 'day') return `${year}-${month}-${day}`
  const first = to === 'month' ? month : String(Math.floor((Number(month) - 1) / 3) * 3 + 1).padStart(2, '0')
  return `${year}-${first}-01`
}
