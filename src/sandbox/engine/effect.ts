import type { RawCell } from './cells.ts'
import type { Cell } from './result.ts'

/** A stable text for the values of a cell; NULL and text are kept apart. */
export function cellName(values: readonly Cell[]): string {
  return JSON.stringify(values)
}

/**
 * Condition effect check. For every non-empty set of conditions: the units that would join the cell if that set were
 * dropped must be none or at least `least`. Dropping single conditions is not enough: two conditions that both
 * leave out the same person would hide her from each single check. With several rows per unit a union of
 * units cannot be added up, so one single way of failing must reach `least` alone.
 */
export function hasLowEffect(
  failing: ReadonlyMap<number, bigint>,
  conditions: number,
  check: { least: number; additive: boolean },
): boolean {
  const least = BigInt(check.least)
  for (let dropped = 1; dropped < 2 ** conditions; dropped++) {
    const counts = [...failing].filter(([mask]) => mask !== 0 && (mask & ~dropped) === 0).map(([, n]) => n)
    const joining = check.additive
      ? counts.reduce((sum, n) => sum + n, 0n)
      : counts.reduce((most, n) => (n > most ? n : most), 0n)
    if (counts.some((n) => n > 0n) && joining < least) return true
  }
  return false
}

/**
 * Cells that differ from a coarser cell of the same table by fewer units than `least`, but not by none: taking the
 * finer from the coarser figure would show a small group. Gives the places of such cells in the list.
 */
export function closeToParent(cells: readonly RawCell[], least: number): ReadonlySet<number> {
  const close = new Set<number>()
  const dimensions = cells[0]?.values.length ?? 0
  const values = Array.from({ length: dimensions }, (_, d) => numbered(cells, d))
  for (const dropped of droppedSets(dimensions)) {
    const kept = values.filter((_, d) => !dropped.has(d))
    const parents = cells.map((_, i) => kept.map((of) => of[i]).join())
    const units = new Map<string, bigint>()
    for (const [i, cell] of cells.entries()) {
      const parent = parents[i] ?? ''
      units.set(parent, (units.get(parent) ?? 0n) + cell.units.n)
    }
    for (const [i, cell] of cells.entries()) {
      const rest = (units.get(parents[i] ?? '') ?? 0n) - cell.units.n
      if (rest > 0n && rest < BigInt(least)) close.add(i)
    }
  }
  return close
}

/** The values of a dimension as small numbers, one per cell; NULL and text stay apart. */
function numbered(cells: readonly RawCell[], dimension: number): number[] {
  const numbers = new Map<unknown, number>()
  return cells.map((cell) => {
    const value = cell.values[dimension] ?? null
    const number = numbers.get(value) ?? numbers.size
    numbers.set(value, number)
    return number
  })
}

/** All non-empty sets of dimensions up to four; beyond that each single one and all together. */
function droppedSets(dimensions: number): ReadonlySet<number>[] {
  const indexes = Array.from({ length: dimensions }, (_, i) => i)
  if (dimensions > 4) return [...indexes.map((i) => new Set([i])), new Set(indexes)]
  return Array.from(
    { length: 2 ** dimensions - 1 },
    (_, n) => new Set(indexes.filter((i) => ((n + 1) >> i) & 1)),
  )
}
