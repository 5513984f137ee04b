import type { Block } from './block.ts'
import { readCells, type CellTable, type RawCell, type RawColumns, type RawRows } from './cells.ts'
import { allCells } from './domain.ts'
import { cellName } from './effect.ts'
import {
  protectionOf,
  reachesThreshold,
  surelyEnough,
  type Figure,
  type FigureContext,
  type Protection,
} from './figure.ts'
import { hiddenCells } from './hidden.ts'
import { canonicalInner, measureName, measuresIn, type InnerQuery } from './inner.ts'
import { cellKey, purposeOf } from './keys.ts'
import { measuresOf } from './print.ts'
import { refuse } from './refusal.ts'
import type { Cell, DataRoom, NoiseClass } from './result.ts'
import { placesWith } from './scanned.ts'
import { nameOfSide, type Side, type SideCells } from './sides.ts'
import { protectFigure } from './statistic.ts'
import { sha256Hex } from '../../platform/canonical.ts'

/** One cell as it may be seen. */
export type ProtectedRow = {
  readonly values: readonly Cell[]
  readonly figures: readonly (number | null)[]
  readonly noise: readonly (NoiseClass | null)[]
}

/** The cells of a block as they may be seen: one row per shown (or registered) cell, null for protected figures. */
export type ProtectedCells = {
  readonly rows: readonly ProtectedRow[]
  readonly shown: number
  readonly hidden: number | null
  readonly keys: readonly string[]
  readonly partition: { readonly base: string; readonly way: string }
}

/** What the vault gave for a block, or for one of its finer blocks. */
export type Raw = RawRows | RawColumns

/** The cells of a finer block that may be shown, under its name. */
export type ProtectedSide = { readonly name: string; readonly cells: ProtectedCells }

/** Protects a finer block like any other: what stays protected there goes into no figure. */
export function protectSide(side: Side, raw: Raw, block: { of: Block; room: DataRoom }): ProtectedSide {
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
  raw: Raw,
  room: DataRoom,
  sides: readonly ProtectedSide[] = [],
): ProtectedCells {
  const { query } = block
  const by = protectionOf(room.cellKey, room.preset, query.unitType)
  const cells = readCells(query, raw)
  const passing = placesWith(cells.failed, 0)
  if (passing.length > room.preset.maxCells) refuse('too-many-cells', { limit: room.preset.maxCells })
  const hidden = hiddenCells(query, cells, { passing, by })
  const figuresOf = figureMaker(block, { by, room, sides })
  const [seen, keys]: [ProtectedRow[], string[]] = [[], []]
  for (const at of passing) {
    if (hidden.has(at) || !enoughUnits(query, cells, { at, by })) continue
    const cell = cells.cell(at)
    const figures = figuresOf(cell)
    if (figures.every((f) => f === null)) continue
    seen.push(rowOf(cell.values, figures))
    addKeys(figures, keys)
  }
  return { ...assemble(block, seen), keys, partition: partitionOf(query, cells, { passing, by }) }
}

function rowOf(values: readonly Cell[], figures: readonly (Figure | null)[]): ProtectedRow {
  return {
    values,
    figures: figures.map((f) => f?.value ?? null),
    noise: figures.map((f) => f?.noise ?? null),
  }
}

/** Every unit type must be numerous enough: people as well as the households or firms behind them. */
function enoughUnits(
  query: InnerQuery,
  cells: CellTable,
  { at, by }: { at: number; by: Protection },
): boolean {
  const n = cells.units[at] ?? 0
  if (n < by.preset.k) return false
  if (query.otherUnits.length > 0 && cells.fewestOthers(at) < by.preset.k) return false
  return n >= surelyEnough(by) || reachesThreshold(cells.set(at), by)
}

/** Makes the figures of one cell after another; what is the same for all cells of the block is made once. */
function figureMaker(
  block: Block,
  context: { by: Protection; room: DataRoom; sides: readonly ProtectedSide[] },
): (cell: RawCell) => (Figure | null)[] {
  const { aggregates, onePerUnit } = block.query
  const decimals: FigureContext['decimals'] = (of) => decimalsOf(context.room, of)
  const names = measuresOf(block.query).map(measureName)
  const known = new Map(
    aggregates.flatMap(measuresIn).map((of) => {
      const name = measureName(of)
      const digits = decimals(of) + (of.times ? decimals(of.times) : 0)
      return [of, { at: names.indexOf(name), name, decimals: digits }]
    }),
  )
  const finer = new Map(context.sides.map((side) => [side.name, finerCells(side.cells)]))
  let now: RawCell | undefined
  const raw: FigureContext['raw'] = (of) => {
    const found = known.get(of)
    const measure = now?.measures[found?.at ?? -1]
    return found && measure ? { measure, name: found.name, decimals: found.decimals } : undefined
  }
  const side: FigureContext['side'] = (name) => finer.get(name)?.get(cellName(now?.values ?? [])) ?? []
  const figure = { by: context.by, onePerUnit, raw, side, decimals }
  return (cell) => {
    now = cell
    return aggregates.map((aggregate) => protectFigure(cell, aggregate, figure))
  }
}

/** The shown cells of a finer block, under the cells of the block they lie in. */
function finerCells(finer: ProtectedCells): ReadonlyMap<string, SideCells> {
  const inside = new Map<string, SideCells[number][]>()
  for (const { values, figures } of finer.rows) {
    const [count] = figures
    if (typeof count !== 'number') continue
    const name = cellName(values.slice(0, -1))
    const list = inside.get(name) ?? []
    list.push({ value: values.at(-1) ?? null, count })
    inside.set(name, list)
  }
  return inside
}

function decimalsOf(room: DataRoom, on: { table: string; column: string }): number {
  const column = room.tables
    .find((t) => t.spec.name === on.table)
    ?.spec.columns.find((c) => c.name === on.column)
  return column?.role === 'measure' ? column.decimals : 0
}

function assemble(
  block: Block,
  seen: readonly ProtectedRow[],
): Pick<ProtectedCells, 'rows' | 'shown' | 'hidden'> {
  const registered = allCells(block.dimensions)
  const nothing = block.query.aggregates.map(() => null)
  const rows = inOrder(seen, registered, nothing)
  let shown = 0
  for (const { figures } of seen) for (const figure of figures) if (figure !== null) shown++
  return { rows, shown, hidden: registered ? rows.length * nothing.length - shown : null }
}

/** Adds the keys of a cell's figures, each once; those of different cells are of different units. */
function addKeys(figures: readonly (Figure | null)[], keys: string[]): void {
  const from = keys.length
  for (const figure of figures)
    if (figure) for (const key of figure.keys) if (!keys.includes(key, from)) keys.push(key)
}

/** Registered cells in their order, shown or not; then all others that are shown, by their values. */
function inOrder(
  seen: readonly ProtectedRow[],
  registered: readonly (readonly Cell[])[] | null,
  nothing: readonly null[],
): ProtectedRow[] {
  const sorted = (cells: readonly ProtectedRow[]) => cells.toSorted((a, b) => byValues(a.values, b.values))
  if (!registered) return sorted(seen)
  const bySeen = new Map(seen.map((cell) => [cellName(cell.values), cell]))
  const listed = registered.map((values) => {
    const name = cellName(values)
    const cell = bySeen.get(name)
    bySeen.delete(name)
    return cell ?? { values, figures: nothing, noise: nothing }
  })
  return [...listed, ...sorted([...bySeen.values()])]
}

/** Numbers by size, everything else as text; unknown (null) last. */
function byValues(a: readonly Cell[], b: readonly Cell[]): number {
  for (let i = 0; i < a.length; i++) {
    const x = a[i] ?? null
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
  cells: CellTable,
  { passing, by }: { passing: readonly number[]; by: Protection },
): { base: string; way: string } {
  const way = sha256Hex(JSON.stringify(query.dimensions.map(wayOf).sort())).slice(0, 16)
  if (!query.onePerUnit) {
    const question = canonicalInner({ ...query, dimensions: [], aggregates: [] })
    return { base: sha256Hex(question).slice(0, 16), way }
  }
  const set = cells.sum(passing)
  return { base: cellKey(by.secret, purposeOf('base', query.unitType), set).toString('hex', 0, 8), way }
}

function wayOf({ table, column, bin }: InnerQuery['dimensions'][number]): string {
  return bin ? `${table}.${column}/${bin.origin}/${bin.width}` : `${table}.${column}`
}
