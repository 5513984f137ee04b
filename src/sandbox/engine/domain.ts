import { typeOf } from './condition.ts'
import type { Cell } from './result.ts'
import type { NamedColumn } from './roles.ts'

/** Tables of at most this many combinations are printed in full, empty and protected cells alike. */
const printedInFull = 200

/** The registered values of a dimension in order, or null where there is no complete list. */
export function domainOf(named: NamedColumn): readonly Cell[] | null {
  const { column, generalisation: g } = named
  if (column.role !== 'dimension') return null
  if (g?.kind === 'groups') return [...new Set(Object.values(g.groups))].sort()
  if (g?.kind === 'calendar' && g.to === 'hour') return Array.from({ length: 24 }, (_, hour) => hour)
  const domain = column.domain
  if (!domain) return typeOf(named) === 'boolean' ? [false, true] : null
  if (!g) return domain
  if (g.kind !== 'bands') return null
  const bands = domain.map((v) => bandOf(Number(v), g))
  return [...new Set(bands)].sort((a, b) => a - b)
}

/** Lower edge of the band a number lies in, free of floating dust. */
export function bandOf(value: number, band: { width: number; origin: number }): number {
  return Number((Math.floor((value - band.origin) / band.width) * band.width + band.origin).toFixed(9))
}

/** How many cells a split can have at most; null where a dimension has no registered domain. */
export function cellsAtMost(dimensions: readonly NamedColumn[]): number | null {
  return dimensions.reduce<number | null>((product, d) => {
    const domain = domainOf(d)
    return product === null || domain === null ? null : product * domain.length
  }, 1)
}

/** Every combination of the registered values, or null where the list is incomplete or too long. */
export function allCells(dimensions: readonly NamedColumn[]): Cell[][] | null {
  const size = cellsAtMost(dimensions)
  if (size === null || size > printedInFull) return null
  return dimensions.reduce<Cell[][]>(
    (rows, d) => rows.flatMap((row) => (domainOf(d) ?? []).map((v) => [...row, v])),
    [[]],
  )
}
