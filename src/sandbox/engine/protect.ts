import type { Block } from './block.ts'
import { readCells, type RawCell } from './cells.ts'
import { allCells } from './domain.ts'
import { cellName, closeToParent, hasLowEffect } from './effect.ts'
import { protectionOf, reachesThreshold, type Figure, type FigureContext, type Protection } from './figure.ts'
import { canonicalInner, measureName, type InnerQuery } from './inner.ts'
import { cellKey, type UnitSet } from './keys.ts'
import { measuresOf, testsOf } from './print.ts'
import { refuse } from './refusal.ts'
import type { Cell, DataRoom, NoiseClass } from './result.ts'
import { nameOfSide, type Side, type SideCells } from './sides.ts'
import { protectFigure } from './statistic.ts'
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

/** What the vault gave for a block, or for one of its finer blocks. */
export type RawRows = { readonly columns: readonly string[]; readonly rows: readonly (readonly unknown[])[] }

/** The cells of a finer block that may be shown, under its name. */
export type ProtectedSide = { readonly name: string; readonly cells: ProtectedCells }

/** Protects a finer block like any other: what stays protected there goes into no figure. */
export function protectSide(side: Side, raw: RawRows, block: { of: Block; room: DataRoom }): ProtectedSide {
  const dimensions = [...block.of.dimensions, side.finer]
  const finer: Block = { ...block.of, query: side.query, sides: [], dimensions, figures: [] }
  return { name: nameOfSide(side), cells: protectBlock(finer, raw, block.room) }
}

/**
 * Turns raw cells into protected ones: units, condition effect, siblings, noisy threshold, dominance, noise, rounding,
 * in this order. A cell that fails any check is indistinguishable from an empty one.
 */
export function protectBlock(
  block: Block,
  raw: RawRows,
  room: DataRoom,
  sides: readonly ProtectedSide[] = [],
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
    visible.map((cell) => [cellName(cell.values), figuresOf(cell, block, { by, room, sides })]),
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
  context: { by: Protection; room: DataRoom; sides: readonly ProtectedSide[] },
): (Figure | null)[] {
  const names = measuresOf(block.query).map(measureName)
  const decimals: FigureContext['decimals'] = (of) => decimalsOf(context.room, of)
  const raw: FigureContext['raw'] = (of) => {
    const measure = cell.measures[names.indexOf(measureName(of))]
    return measure ? { measure, decimals: decimals(of) + (of.times ? decimals(of.times) : 0) } : undefined
  }
  const side: FigureContext['side'] = (name) =>
    finerCells(context.sides.find((s) => s.name === name)?.cells, cell)
  const { onePerUnit } = block.query
  return block.query.aggregates.map((aggregate) =>
    protectFigure(cell, aggregate, { by: context.by, onePerUnit, raw, side, decimals }),
  )
}

/** The shown cells of a finer block inside one cell. */
function finerCells(finer: ProtectedCells | undefined, cell: RawCell): SideCells {
  const name = cellName(cell.values)
  return (finer?.rows ?? []).flatMap(({ values, figures: [count] }) =>
    typeof count === 'number' && cellName(values.slice(0, -1)) === name
      ? [{ value: values.at(-1) ?? null, count }]
      : [],
  )
}

function decimalsOf(room: DataRoom, on: { table: string; column: string }): number {
  const column = room.tables
    .find((t) => t.spec.name === on.table)
    ?.spec.columns.find((c) => c.name === on.column)
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
  const set: UnitSet = { n: add((s) => s.n), key: add((s) => s.key) }
  const question = canonicalInner({ ...query, dimensions: [], aggregates: [] })
  const base = query.onePerUnit
    ? cellKey(by.secret, `base|${query.unitType}`, set).toString('hex', 0, 8)
    : sha256Hex(question).slice(0, 16)
  const way = sha256Hex(JSON.stringify(query.dimensions.map(wayOf).sort())).slice(0, 16)
  return { base, way }
}

function wayOf({ table, column, bin }: InnerQuery['dimensions'][number]): string {
  return bin ? `${table}.${column}/${bin.origin}/${bin.width}` : `${table}.${column}`
}
