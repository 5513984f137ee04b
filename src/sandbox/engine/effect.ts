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
 * finer from the coarser figure would show a small group. `dimensions`: the cells' values by columns, `units` their numbers
 * of units. Gives the places of such cells.
 */
export function closeToParent(
  dimensions: readonly ArrayLike<unknown>[],
  units: ArrayLike<number>,
  least: number,
): ReadonlySet<number> {
  const close = new Set<number>()
  const cells = units.length
  const values = dimensions.map((column) => numbered(column, cells))
  for (const dropped of droppedSets(dimensions.length)) {
    const kept = values.filter((_, d) => !dropped.has(d))
    const parents = numberedTogether(kept, cells)
    const sums = new Float64Array(cells)
    for (let i = 0; i < cells; i++) addTo(sums, parents[i] ?? 0, units[i] ?? 0)
    for (let i = 0; i < cells; i++) {
      const rest = (sums[parents[i] ?? 0] ?? 0) - (units[i] ?? 0)
      if (rest > 0 && rest < least) close.add(i)
    }
  }
  return close
}

/** A number for each combination of values, the same wherever it stands; `dimensions`: the cells' values by columns. */
export function cellNumbers(dimensions: readonly ArrayLike<unknown>[], cells: number): Int32Array {
  return numberedTogether(
    dimensions.map((column) => numbered(column, cells)),
    cells,
  )
}

function addTo(sums: Float64Array, at: number, n: number): void {
  sums[at] = (sums[at] ?? 0) + n
}

/** The values of a dimension as small numbers, one per cell; NULL and text stay apart. */
function numbered(column: ArrayLike<unknown>, cells: number): Int32Array {
  const numbers = new Map<unknown, number>()
  const found = new Int32Array(cells)
  for (let i = 0; i < cells; i++) found[i] = numberOf(numbers, column[i] ?? null)
  return found
}

function numberOf(numbers: Map<unknown, number>, value: unknown): number {
  const known = numbers.get(value)
  if (known !== undefined) return known
  numbers.set(value, numbers.size)
  return numbers.size - 1
}

/** Combinations of values as small numbers, one per cell; without a column all are one. */
function numberedTogether(columns: readonly Int32Array[], cells: number): Int32Array {
  const [first, ...more] = columns
  return more.reduce(
    (before, column) => {
      const pairs = new Map<unknown, number>()
      return before.map((one, i) => numberOf(pairs, one * 2 ** 21 + (column[i] ?? 0)))
    },
    first ?? new Int32Array(cells),
  )
}

/** All non-empty sets of dimensions up to four; beyond that each single one and all together. */
export function droppedSets(dimensions: number): ReadonlySet<number>[] {
  const indexes = Array.from({ length: dimensions }, (_, i) => i)
  if (dimensions > 4) return [...indexes.map((i) => new Set([i])), new Set(indexes)]
  return Array.from(
    { length: 2 ** dimensions - 1 },
    (_, n) => new Set(indexes.filter((i) => ((n + 1) >> i) & 1)),
  )
}
