import type { CellTable } from './cells.ts'
import { cellNumbers, closeToParent, hasLowEffect } from './effect.ts'
import type { Protection } from './figure.ts'
import type { InnerQuery } from './inner.ts'
import { testsOf } from './print.ts'

/** Cells that conditions with too little effect, or siblings that are too small, would tell about. */
export function hiddenCells(
  query: InnerQuery,
  cells: CellTable,
  { passing, by }: { passing: readonly number[]; by: Protection },
): ReadonlySet<number> {
  const pick = <T>(of: ArrayLike<T>) => passing.map((at) => of[at] as T)
  const hidden = new Set<number>()
  const units = pick(cells.units)
  for (const i of closeToParent(cells.dimensions.map(pick), units, by.preset.sibling))
    hidden.add(passing[i] ?? -1)
  if (passing.length === cells.count) return hidden
  const numbers = cellNumbers(cells.dimensions, cells.count)
  const tests = testsOf(query)
  const failing = failuresOf(cells, numbers, tests)
  const check = { least: by.preset.effect, additive: query.onePerUnit }
  for (const at of passing) {
    const failures = [...(failing.get(numbers[at] ?? -1)?.values() ?? [])]
    if (failures.some((masks) => hasLowEffect(masks, tests, check))) hidden.add(at)
  }
  return hidden
}

/** Units by cell, dimensions left away and set of failed conditions; see `failedWithout`. */
function failuresOf(
  cells: CellTable,
  numbers: Int32Array,
  tests: number,
): Map<number, Map<number, Map<number, bigint>>> {
  const failing = new Map<number, Map<number, Map<number, bigint>>>()
  cells.failed.forEach((failed, at) => {
    if (failed === 0) return
    const without = Math.floor(failed / 2 ** tests)
    const ways = failing.get(numbers[at] ?? -1) ?? new Map<number, Map<number, bigint>>()
    failing.set(numbers[at] ?? -1, ways)
    const masks = ways.get(without) ?? new Map<number, bigint>()
    ways.set(without, masks.set(failed % 2 ** tests, BigInt(cells.units[at] ?? 0)))
  })
  return failing
}
