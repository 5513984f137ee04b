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
  const n = cells.map((cell) => Number(cell.units.n))
  for (const dropped of droppedSets(dimensions)) {
    const parents = numberedTogether(
      values.filter((_, d) => !dropped.has(d)),
      cells.length,
    )
    const units: number[] = []
    parents.forEach((parent, i) => (units[parent] = (units[parent] ?? 0) + (n[i] ?? 0)))
    parents.forEach((parent, i) => {
      const rest = (units[parent] ?? 0) - (n[i] ?? 0)
      if (rest > 0 && rest < least) close.add(i)
    })
  }
  return close
}

/** The values of a dimension as small numbers, one per cell; NULL and text stay apart. */
function numbered(cells: readonly RawCell[], dimension: number): number[] {
  const numbers = new Map<unknown, number>()
  return cells.map((cell) => numberOf(numbers, cell.values[dimension] ?? null))
}

function numberOf(numbers: Map<unknown, number>, value: unknown): number {
  const known = numbers.get(value)
  if (known !== undefined) return known
  numbers.set(value, numbers.size)
  return numbers.size - 1
}

/** Combinations of values as small numbers, one per cell. */
function numberedTogether(columns: readonly (readonly number[])[], cells: number): number[] {
  let together = new Array<number>(cells).fill(0)
  for (const column of columns) {
    const pairs = new Map<unknown, number>()
    together = together.map((before, i) => numberOf(pairs, before * 2 ** 21 + (column[i] ?? 0)))
  }
  return together
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
