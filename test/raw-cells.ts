import { failedWithout } from '../src/sandbox/engine/alone.ts'
import { droppedSets } from '../src/sandbox/engine/effect.ts'
import type { InnerColumn, InnerCondition, InnerMeasure, InnerQuery } from '../src/sandbox/engine/inner.ts'
import { measuresOf, rawColumns, testsOf } from '../src/sandbox/engine/print.ts'
import { unitColumns } from '../src/sandbox/engine/roles.ts'
import type { StoredColumn, StoredValue } from '../src/sandbox/vault/stored.ts'

/** A table as the vault stores it, with its rows. */
export type StoredTable = {
  readonly name: string
  readonly columns: readonly StoredColumn[]
  readonly rows: readonly (readonly StoredValue[])[]
}

type Row = (column: InnerColumn) => StoredValue
type Sums = (bigint | null)[]
type Unit = { key: bigint; rows: bigint; values: bigint[]; sums: Sums }
type Cell = { values: StoredValue[]; failed: number; units: Map<string, Unit>; others: Map<unknown, Sums>[] }

/**
 * Raw cells by plain counting, row by row, every set of failed conditions for itself: what all engines, and all ways to
 * arrive at an answer sooner, are compared with.
 */
export function countedCells(query: InnerQuery, tables: readonly StoredTable[]) {
  const cells = new Map<string, Cell>()
  rowsOf(query, tables).forEach((row, ordinal) => addRow(query, cells, { row, ordinal }))
  const columns = rawColumns(query)
  const rows = [...cells.values(), ...coarserFailures(query, [...cells.values()])].map((cell) => {
    const record = recordOf(query, cell)
    return columns.map((column) => record[column] ?? null)
  })
  return { columns, rows }
}

/** Who fails the conditions of coarser cells that are no larger than a passing cell, under the name of that cell. */
function coarserFailures(query: InnerQuery, cells: readonly Cell[]): Cell[] {
  return droppedSets(query.dimensions.length).flatMap((dropped, index) => {
    const kept = (cell: Cell) => JSON.stringify(cell.values.filter((_, d) => !dropped.has(d)).map(String))
    const passing = cells.filter((cell) => cell.failed === 0)
    const alone = passing.filter((cell) => passing.filter((other) => kept(other) === kept(cell)).length === 1)
    return alone.flatMap((cell) => {
      const around = cells.filter((other) => other.failed !== 0 && kept(other) === kept(cell))
      return [...new Set(around.map((other) => other.failed))].map((failed): Cell => {
        const alike = around.filter((other) => other.failed === failed)
        const units = new Map(alike.flatMap((other) => [...other.units]))
        return { ...cell, failed: failedWithout(index + 1, failed, testsOf(query)), units }
      })
    })
  })
}

function rowsOf(query: InnerQuery, tables: readonly StoredTable[]): Row[] {
  const find = (name: string) => tables.find((t) => t.name === name) ?? { name, columns: [], rows: [] }
  const base = find(query.table)
  const { join } = query
  const other = join ? find(join.table) : undefined
  const at = (table: StoredTable, name: string) => table.columns.findIndex((c) => c.name === name)
  const partners = new Map(other?.rows.map((r) => [r[at(other, join?.right ?? '')], r]))
  return base.rows.map((own): Row => {
    const key = join ? own[at(base, join.left)] : null
    const partner = key === null ? undefined : partners.get(key)
    return ({ table, column }) =>
      (table === base.name ? own[at(base, column)] : other && partner?.[at(other, column)]) ?? null
  })
}

function addRow(query: InnerQuery, cells: Map<string, Cell>, at: { row: Row; ordinal: number }): void {
  const { row } = at
  const tests = query.conditions.map((c) => passes(c, row(c.on)))
  if (query.join?.kind === 'inner')
    tests.push(row({ table: query.join.table, column: query.join.right }) !== null)
  const failed = tests.reduce((bits, pass, i) => bits + (pass ? 0 : 2 ** i), 0)
  const values = query.dimensions.map(row)
  const name = JSON.stringify([values.map(String), failed])
  const cell = cells.get(name) ?? {
    values,
    failed,
    units: new Map(),
    others: query.otherUnits.map(() => new Map()),
  }
  cells.set(name, cell)
  query.otherUnits.forEach(({ table, unitType }, i) => {
    const id = row({ table, column: unitColumns(unitType).id })
    const sums = cell.others[i]?.get(id) ?? measuresOf(query).map(() => null)
    cell.others[i]?.set(id, added(query, sums, row))
  })
  addToUnit(query, cell, at)
}

function added(query: InnerQuery, sums: Sums, row: Row): Sums {
  return measuresOf(query).map((measure, i) => {
    const value = measured(measure, row)
    return value === null ? (sums[i] ?? null) : (sums[i] ?? 0n) + value
  })
}

function addToUnit(query: InnerQuery, cell: Cell, { row, ordinal }: { row: Row; ordinal: number }): void {
  const names = unitColumns(query.unitType)
  const of = (column: string) => row({ table: query.table, column })
  const id = query.onePerUnit ? String(ordinal) : String(of(names.id))
  const measures = measuresOf(query)
  const unit = cell.units.get(id) ?? {
    key: BigInt(String(of(names.key))),
    rows: 0n,
    values: measures.map(() => 0n),
    sums: measures.map(() => null),
  }
  unit.rows++
  measures.forEach((measure, i) => {
    const value = measured(measure, row)
    if (value === null) return
    unit.values[i] = (unit.values[i] ?? 0n) + 1n
    unit.sums[i] = (unit.sums[i] ?? 0n) + value
  })
  cell.units.set(id, unit)
}

function measured(measure: InnerMeasure, row: Row): bigint | null {
  const whole = (of: InnerColumn, shift: number) => {
    const value = row(of)
    return value === null ? null : BigInt(String(value)) - BigInt(shift)
  }
  const own = whole(measure, measure.shift ?? 0)
  const times = measure.times ? whole(measure.times, measure.times.shift) : 1n
  const beside = measure.beside ? row(measure.beside) : 0
  return own === null || times === null || beside === null ? null : own * times
}

function passes(condition: InnerCondition, value: StoredValue): boolean {
  if (value === null) return false
  const plain = typeof value === 'bigint' ? Number(value) : value
  if (condition.kind === 'in') return condition.values.includes(plain)
  return (
    (condition.from === null || plain >= condition.from) && (condition.to === null || plain <= condition.to)
  )
}

const abs = (x: bigint) => (x < 0n ? -x : x)
const bySize = (x: bigint, y: bigint) => (abs(x) === abs(y) ? Number(y - x) : abs(x) < abs(y) ? 1 : -1)
const total = (values: readonly bigint[]) => values.reduce((sum, x) => sum + x, 0n)

function recordOf(query: InnerQuery, cell: Cell): Record<string, unknown> {
  const units = [...cell.units.values()]
  const record: Record<string, unknown> = {
    f: cell.failed,
    n: units.length,
    k: total(units.map((u) => u.key)),
  }
  cell.values.forEach((v, i) => (record[`d${i}`] = typeof v === 'bigint' ? Number(v) : v))
  record['c'] = total(units.map((u) => u.rows))
  record['ct'] = query.onePerUnit
    ? null
    : units
        .map((u) => u.rows)
        .toSorted(bySize)
        .slice(0, 6)
  cell.others.forEach((of, j) => {
    record[`o${j}`] = [...of.keys()].filter((id) => id !== null).length
    measuresOf(query).forEach((_, i) => (record[`m${i}x${j}`] = sharedRecord(of, i)))
  })
  measuresOf(query).forEach((_, i) => Object.assign(record, measureRecord(units, i)))
  return record
}

function sharedRecord(of: Map<unknown, Sums>, i: number): bigint[] {
  const sums = [...of].flatMap(([id, own]) => {
    const sum = own[i] ?? null
    return sum === null ? [] : [{ id, size: abs(sum) }]
  })
  const known = sums.filter(({ id }) => id !== null).map(({ size }) => size)
  return [BigInt(known.length), total(sums.map(({ size }) => size)), ...known.toSorted(bySize).slice(0, 6)]
}

function measureRecord(units: readonly Unit[], i: number): Record<string, unknown> {
  const having = units.filter((u) => u.sums[i] !== null)
  const nonZero = having.filter((u) => u.sums[i] !== 0n)
  const sums = having.map((u) => u.sums[i] ?? 0n)
  return {
    [`m${i}v`]: total(units.map((u) => u.values[i] ?? 0n)),
    [`m${i}u`]: having.length,
    [`m${i}h`]: total(having.map((u) => u.key)),
    [`m${i}z`]: nonZero.length,
    [`m${i}zh`]: total(nonZero.map((u) => u.key)),
    [`m${i}s`]: total(sums),
    [`m${i}a`]: total(sums.map(abs)),
    [`m${i}t`]: sums.toSorted(bySize).slice(0, 6),
  }
}
