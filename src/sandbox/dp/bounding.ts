import type { Bins, InnerColumn, InnerMeasure } from '../engine/inner.ts'

/** How much one unit may weigh in an answer: at most `groups` cells and `rows` rows in each. Public; the holder's choice. */
export type Contribution = { readonly groups: number; readonly rows: number }

/** Used where the holder has said nothing: visits, contracts and the like rarely need more to show a pattern. */
export const usualContribution: Contribution = { groups: 4, rows: 4 }

/**
 * A figure that is summed up in whole numbers. `sum`, `shifted` and `squares` are of a measure, see `printBounded`;
 * `threshold` counts the units that decide whether a cell may be named at all. `rank` is no sum: one of the registered classes
 * is drawn (`choice.ts`), so that about the share `at` of the values lies below it.
 */
export type BoundFigure =
  | { readonly kind: 'units' | 'rows' | 'threshold' }
  | { readonly kind: 'values' | 'sum' | 'shifted' | 'squares'; readonly measure: InnerMeasure }
  | RankFigure

/** A quantile of a measure's registered classes. */
export type RankFigure = {
  readonly kind: 'rank'
  readonly measure: InnerMeasure
  readonly at: number
  readonly bins: Bins
}

/** Public bounds of a measure in the vault's whole numbers (10^-decimals). */
export type WholeBounds = { readonly lower: number; readonly upper: number }

/**
 * What the vault needs to bound the units' contributions. `single`: one row per unit, nothing to bound. `groups`: several
 * rows per unit, the first `groups` cells of each unit in keyed order are kept. `rows`: rows are single units of one type
 * and share units of another (`shared`): the first `rows` rows of each shared unit are kept. `salt` keys the order.
 */
export type Bounding = {
  readonly way: 'single' | 'groups' | 'rows'
  readonly contribution: Contribution
  readonly salt: string
  /** Id of the unit that is counted, and, for `rows`, of the unit that shares rows. */
  readonly unit: InnerColumn
  readonly shared: InnerColumn | null
  /** True where COUNT(DISTINCT unit) counts the shared units. */
  readonly countsShared: boolean
  readonly figures: readonly BoundFigure[]
  readonly bounds: readonly (WholeBounds | null)[]
  /** Dimensions with a registered list: rows without a value are left out before anything is kept. */
  readonly registered: readonly boolean[]
}

/**
 * A whole-number figure moves by at most this much per unit and cell (before its number of cells is taken into account). For a
 * `rank` these are the rows that may change their class.
 */
export function weightOf(figure: BoundFigure, bounds: WholeBounds | null, rows: number): bigint {
  if (figure.kind === 'units' || figure.kind === 'threshold') return 1n
  const most = BigInt(rows)
  if (['rows', 'values', 'rank'].includes(figure.kind)) return most
  if (!bounds) throw new Error('a measure without public bounds')
  const [lower, upper] = [BigInt(bounds.lower), BigInt(bounds.upper)]
  const width = upper - lower
  const size = (n: bigint) => (n < 0n ? -n : n)
  const largest = size(lower) > size(upper) ? size(lower) : size(upper)
  const weight = figure.kind === 'sum' ? largest : figure.kind === 'shifted' ? width : width * width
  return most * (weight > 0n ? weight : 1n)
}

/**
 * The square of the L2 sensitivity of a figure over all cells, for adding or removing one unit of any declared type.
 * `groups`: √groups cells of the weight each. `rows`: removing a shared unit takes at most `rows` rows away; removing a
 * single one takes a row and may let another one in: max(rows, 2) rows that may all lie in one cell.
 */
export function sensitivitySquared(by: Bounding, figure: BoundFigure, bounds: WholeBounds | null): bigint {
  const { groups, rows } = by.contribution
  if (by.way === 'single') return weightOf(figure, bounds, 1) ** 2n
  if (by.way === 'groups') return BigInt(groups) * weightOf(figure, bounds, rows) ** 2n
  const moved = BigInt(Math.max(rows, 2))
  if (figure.kind === 'threshold' || (figure.kind === 'units' && by.countsShared)) return moved
  return (moved * weightOf(figure, bounds, 1)) ** 2n
}

/** How many cells one unit can touch: for thresholds on the unit counts of cells. */
export function cellsTouched(by: Bounding): number {
  if (by.way === 'single') return 1
  return by.way === 'groups' ? by.contribution.groups : Math.max(by.contribution.rows, 2)
}
