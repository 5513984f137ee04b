import type { Bins, InnerColumn, InnerQuery } from './inner.ts'
import { lookUp } from './ptable.ts'
import { cellKey, ledgerKey, uniform, type UnitSet } from './keys.ts'
import type { Protection } from './figure.ts'
import { refuse } from './refusal.ts'
import type { Cell } from './result.ts'
import { namedColumns, type NamedColumn } from './roles.ts'
import type { Scope } from './scope.ts'

/**
 * A finer block that some figures of a block are made of: one dimension more, units per cell. Its cells are protected
 * like any others; only what could be shown goes into the figure.
 */
export type Side = { readonly query: InnerQuery; readonly finer: NamedColumn }

/** The shown cells of a side that belong to one cell of the block: the finer value and its protected count. */
export type SideCells = readonly { readonly value: Cell; readonly count: number }[]

/** Fewest units (after noise) for a quantile, and the share of them that must lie in bins that may be shown. */
const quantileUnits = 20
const quantileShare = 0.9

/** The side that a figure of a block needs, by the column it splits by. */
export function sideName(on: InnerColumn, bins?: Bins): string {
  return JSON.stringify([on.table, on.column, bins ?? null])
}

/** The sides of a block, each once. Refuses quantiles where units have several rows: they would need a row's weight. */
export function sidesOf(query: InnerQuery, scope: Scope): Side[] {
  const sides = new Map<string, Side>()
  for (const a of query.aggregates) {
    if (a.kind !== 'quantile' && a.kind !== 'others') continue
    if (a.kind === 'quantile' && !query.onePerUnit)
      refuse('aggregate', { construct: 'quantile', column: a.on.column })
    const bins = a.kind === 'quantile' ? a.bins : undefined
    const dimension: InnerColumn = bins ? { ...a.on, bin: bins } : a.on
    const finer = {
      ...query,
      dimensions: [...query.dimensions, dimension],
      aggregates: [{ kind: 'units' }] as const,
    }
    sides.set(sideName(a.on, bins), { query: finer, finer: columnOf(a.on, scope) })
  }
  return [...sides.values()]
}

function columnOf(on: InnerColumn, scope: Scope): NamedColumn {
  const columns = scope.tables.flatMap((t) => namedColumns(t.table.spec))
  return (
    columns.find((c) => c.table === on.table && c.name === on.column) ??
    refuse('unknown-column', { column: on.column })
  )
}

/** The name of a side as `sideName` gives it. */
export function nameOfSide({ query }: Side): string {
  const { bin, ...on } = query.dimensions.at(-1) ?? refuse('not-grouped')
  return sideName(on, bin)
}

/**
 * The quantile of protected bins by linear interpolation, in the vault's whole numbers; null with too few units or too
 * many in bins that stay protected. `units`: the block's own protected count.
 */
export function quantileOf(
  cells: SideCells,
  by: { at: number; bins: Bins; units: number },
): { value: number; width: number; inBin: number } | null {
  const bins = cells
    .flatMap(({ value, count }) => (typeof value === 'number' && count > 0 ? [{ value, count }] : []))
    .sort((a, b) => a.value - b.value)
  const all = bins.reduce((sum, { count }) => sum + count, 0)
  if (all < quantileUnits || all < quantileShare * by.units) return null
  let before = 0
  for (const { value, count } of bins) {
    if (before + count >= by.at * all) {
      const part = (by.at * all - before) / count
      const lower = by.bins.origin + value * by.bins.width
      return { value: lower + part * by.bins.width, width: by.bins.width, inBin: count }
    }
    before += count
  }
  return null
}

/** How many values enough units have, with the noise of a count. The same units and column always give the same. */
export function distinctOf(
  cells: SideCells,
  by: { units: UnitSet; column: string; protection: Protection },
): { value: number; key: string } {
  const { secret, counts, unitType } = by.protection
  const values = cells.filter(({ value }) => value !== null).length
  const purpose = `others|${unitType}|${by.column}`
  const noise = counts ? lookUp(counts, values, uniform(cellKey(secret, purpose, by.units))) : 0
  return { value: Math.max(0, values + noise), key: ledgerKey(secret, purpose, by.units) }
}
