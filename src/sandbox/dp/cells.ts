import { domainOf } from '../engine/domain.ts'
import type { InnerCondition } from '../engine/inner.ts'
import type { Cell } from '../engine/result.ts'
import type { NamedColumn } from '../engine/roles.ts'

/** A stable text for the values of a cell. */
export function nameOf(values: readonly Cell[]): string {
  return JSON.stringify(values)
}

/** The values of a cell in the order of the columns' names: cells asked for as (a, b) and (b, a) are the same. */
export function orderOf(dimensions: readonly NamedColumn[]): readonly number[] {
  const name = (i: number) => `${dimensions[i]?.table}.${dimensions[i]?.name}`
  return dimensions.map((_, i) => i).sort((a, b) => (name(a) < name(b) ? -1 : 1))
}

/** Every combination of registered values that the conditions leave open; dimensions without a list must not be among them. */
export function registeredCells(
  dimensions: readonly NamedColumn[],
  conditions: readonly InnerCondition[],
): Cell[][] {
  return dimensions.reduce<Cell[][]>(
    (rows, d) => {
      const values = (domainOf(d) ?? []).filter((v) => conditions.every((c) => isOpen(c, d, v)))
      return rows.flatMap((row) => values.map((v) => [...row, v]))
    },
    [[]],
  )
}

function isOpen(condition: InnerCondition, column: NamedColumn, value: Cell): boolean {
  if (condition.on.table !== column.table || condition.on.column !== column.name || value === null)
    return true
  if (condition.kind === 'in') return condition.values.includes(value)
  const { from, to } = condition
  return (
    (from === null || typeof from !== typeof value || value >= from) &&
    (to === null || typeof to !== typeof value || value <= to)
  )
}

/** Numbers by size, everything else as text; unknown (null) last. */
export function byValues(a: readonly Cell[], b: readonly Cell[]): number {
  for (const [i, x] of a.entries()) {
    const y = b[i] ?? null
    if (x === y) continue
    if (x === null || y === null) return x === null ? 1 : -1
    if (typeof x === 'number' && typeof y === 'number') return x - y
    return String(x) < String(y) ? -1 : 1
  }
  return 0
}
