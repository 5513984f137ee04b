import type { Block } from './block.ts'
import { readCells, type RawCell } from './cells.ts'
import { allCells } from './domain.ts'
import { cellName, closeToParent, hasLowEffect } from './effect.ts'
import { protectFigure, protectionOf, reachesThreshold, type Figure, type Protection } from './figure.ts'
import { canonicalInner, type InnerQuery } from './inner.ts'
import { cellKey, type UnitSet } from './keys.ts'
import { measuresOf, testsOf } from './print.ts'
import { refuse } from './refusal.ts'
import type { Cell, DataRoom, NoiseClass } from './result.ts'
import { sha256Hex } from '../../platform/canonical.ts'

/** The cells of a block as they may be seen: one row per shown (or registered) cell, null for protected figures. */
export type ProtectedCells = {
  readonly rows: readonly {
    readonly values: readonly Cell[]
    readonly figures: readonly (number | null)[]
    readonly noise: readonly (NoiseClass | null)[]
  }[]
  readonly shown: number
  readonly hidden: number | null
  readonly keys: readonly string[]
  readonly partition: { readonly base: string; readonly way: string }
}

/**
 * Turns raw cells into protected ones: units, condition effect, siblings, noisy threshold, dominance, noise, rounding,
 * in this order. A cell that fails any check is indistinguishable from an empty one.
 */
export function protectBlock(
  block: Block,
  raw: { columns: readonly string[]; rows: readonly (readonly unknown[])[] },
  room: DataRoom,
): ProtectedCells {
  const { query } = block
  const by = protectionOf(room.cellKey, room.preset, query.unitType)
  const cells = readCells(query, raw)
  const passing = cells.filter((cell) => cell.failed === 0)
  if (passing.length > room.preset.maxCells) refuse('too-many-cells', { limit: room.preset.maxCells })
  const failing = failuresOf(cells)
  const close = closeToParent(passing, room.preset.sibling)
  const check = { least: room.preset.effect, additive: query.onePerUnit }
  const visible = passing.filter((cell) => {
    const name = cellName(cell.values)
    const low = hasLowEffect(failing.get(name) ?? new Map(), testsOf(query), check)
    return !low && !close.has(name) && enoughUnits(cell, by)
  })
  const figures = new Map(
    visible.map((cell) => [cellName(cell.values), figuresOf(cell, block, { by, room })]),
  )
  return assemble(block, figures, { cells: visible, partition: partitionOf(query, passing, by) })
}

function failuresOf(cells: readonly RawCell[]): Map<string, Map<number, bigint>> {
  const failing = new Map<string, Map<number, bigint>>()
  for (const cell of cells) {
    if (cell.failed === 0) continue
    const name = cellName(cell.values)
    const masks = failing.get(name) ?? new Map<number, bigint>()
    failing.set(name, masks.set(cell.failed, cell.units.n))
  }
  return failing
}

/** Every unit type must be numerous enough: people as well as the households or firms behind them. */
function enoughUnits(cell: RawCell, by: Protection): boolean {
  return reachesThreshold(cell.units, by) && cell.others.every((n) => n >= BigInt(by.preset.k))
}

function figuresOf(
  cell: RawCell,
  block: Block,
  context: { by: Protection; room: DataRoom },
): (Figure | null)[] {
  const measures = measuresOf(block.query)
  return block.query.aggregates.map((aggregate) => {
    const on = 'measure' in aggregate ? aggregate.measure : undefined
    const index = on ? measures.findIndex((m) => m.table === on.table && m.column === on.column) : -1
    const name = on ? `${on.table}.${on.column}` : ''
    const { onePerUnit } = block.query
    return protectFigure(cell, aggregate, {
      by: context.by,
      measure: cell.measures[index],
      decimals: decimalsOf(context.room, on),
      name,
      onePerUnit,
    })
  })
}

function decimalsOf(room: DataRoom, on: { table: string; column: string } | undefined): number {
  const column = room.tables
    .find((t) => t.spec.name === on?.table)
    ?.spec.columns.find((c) => c.name === on?.column)
  return column?.role === 'measure' ? column.decimals : 0
}

function assemble(
  block: Block,
  figures: ReadonlyMap<string, readonly (Figure | null)[]>,
  found: { cells: readonly RawCell[]; partition: ProtectedCells['partition'] },
): ProtectedCells {
  const registered = allCells(block.dimensions)
  const shownCells = found.cells.filter((cell) => figures.get(cellName(cell.values))?.some((f) => f !== null))
  const names = new Set(registered?.map(cellName))
  const extra = shownCells.map((cell) => cell.values).filter((values) => !names.has(cellName(values)))
  const all = [...(registered ?? []), ...extra.sort(byValues)]
  const rows = all.map((values) => {
    const of = figures.get(cellName(values)) ?? block.query.aggregates.map(() => null)
    return { values, figures: of.map((f) => f?.value ?? null), noise: of.map((f) => f?.noise ?? null) }
  })
  const shown = rows.reduce((sum, row) => sum + row.figures.filter((f) => f !== null).length, 0)
  const keys = [
    ...new Set(
      shownCells.flatMap((cell) => (figures.get(cellName(cell.values)) ?? []).flatMap((f) => f?.keys ?? [])),
    ),
  ]
  const hidden = registered ? rows.length * block.query.aggregates.length - shown : null
  return { rows, shown, hidden, keys, partition: found.partition }
}

/** Numbers by size, everything else as text; unknown (null) last. */
function byValues(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? null
    if (x === y) continue
    if (x === null || y === null) return x === null ? 1 : -1
    if (typeof x === 'number' && typeof y === 'number') return x - y
    return String(x) < String(y) ? -1 : 1
  }
  return 0
}

/** The set that is split up (by its units where they can be added, else by the question) and the way it is split. */
function partitionOf(
  query: InnerQuery,
  passing: readonly RawCell[],
  by: Protection,
): { base: string; way: string } {
  const add = (pick: (set: UnitSet) => bigint) => passing.reduce((sum, cell) => sum + pick(cell.units), 0n)
  const set: UnitSet = { n: add((s) => s.n), high: add((s) => s.high), low: add((s) => s.low) }
  const question = canonicalInner({ ...query, dimensions: [], aggregates: [] })
  const base = query.onePerUnit
    ? cellKey(by.secret, `base|${query.unitType}`, set).toString('hex', 0, 8)
    : sha256Hex(question).slice(0, 16)
  const way = sha256Hex(JSON.stringify(query.dimensions.map((d) => `${d.table}.${d.column}`).sort())).slice(
    0,
    16,
  )
  return { base, way }
}
