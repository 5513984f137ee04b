import { lookUp, type PerturbationTable } from './ptable.ts'

/**
 * How noise grows with the size of a contribution. `simple`: a fixed share. `flex`: `small` up to the point `at`, then
 * falling towards `large` the faster the larger `power`.
 */
export type NoiseShare =
  | { readonly kind: 'simple'; readonly share: number }
  | {
      readonly kind: 'flex'
      readonly at: number
      readonly small: number
      readonly large: number
      readonly power: number
    }

/** Parameters of the numeric Cell Key Method. `separate`: a table of its own for very small contributions. */
export type NumericParameters = {
  readonly table: PerturbationTable
  readonly separate?: PerturbationTable
  readonly share: NoiseShare
  /** Weight of the 1st, 2nd … largest contribution; as many components of noise are added. */
  readonly weights: readonly number[]
  /** Extra noise for cells that tell too much about a contributor. */
  readonly extra: number
}

/** A total in the numeric Cell Key Method: its value, its largest contributions and one key in [0, 1) for each. */
export type NumericCell = {
  readonly total: number
  readonly top: readonly number[]
  readonly keys: readonly number[]
  readonly sensitive: boolean
}

/** Share of a contribution of size `x` that one unit of noise stands for. */
export function shareOf(share: NoiseShare, x: number): number {
  if (share.kind === 'simple') return share.share
  const { at, small, large, power } = share
  return large * (1 + ((small * x - large * at) / (large * at)) * ((2 * at) / (at + x)) ** power)
}

/** The next key of a component: the first decimal moves to the end (0.1234567 → 0.2345671). */
export function rotateKey(key: number, digits = 7): number {
  const text = key.toFixed(digits).slice(2)
  return Number(`0.${text.slice(1)}${text[0] ?? ''}`)
}

/**
 * The perturbed total of the numeric Cell Key Method for largest contributions, as published for the R package cellKey:
 * one component of noise per contribution, each on what the last one left. `components` in order. Conventions taken
 * over as they behave there: below the flex point a component's weight is not applied, `extra` is added to each one.
 */
export function perturbNumeric(
  cell: NumericCell,
  parameters: NumericParameters,
): { readonly result: number; readonly components: readonly number[] } {
  const components: number[] = []
  let current = cell.total
  const separation = separationOf(parameters)
  const count = Math.min(parameters.weights.length, cell.top.length)
  for (let j = 0; j < count; j++) {
    const noise = component(current, { cell, j, separation }, parameters)
    components.push(noise)
    current += noise
  }
  return { result: current, components }
}

/** Contributions below this point get the table for small values. */
function separationOf({ separate, share, weights }: NumericParameters): number {
  if (!separate) return 0
  const small = share.kind === 'flex' ? share.small : share.share
  const last = separate.rows.at(-1)?.intervals ?? []
  const sd = Math.sqrt(last.reduce((sum, { v, p }) => sum + v * v * p, 0))
  return sd / (Math.hypot(...weights) * small)
}

function component(
  current: number,
  at: { cell: NumericCell; j: number; separation: number },
  parameters: NumericParameters,
): number {
  const { cell, j, separation } = at
  const key = cell.keys[j] ?? 0
  if (key === 0 || cell.total === 0 || current === 0) return 0
  const size = Math.abs(cell.top[j] ?? 0)
  const start = unitOfNoise(size, parameters.weights[j] ?? 0, { separation, parameters })
  if (start.unit === 0) return 0
  const rescaled = Math.abs(current) < start.unit
  const unit = rescaled ? Math.abs(current) : start.unit
  const small = start.small || (rescaled && unit < separation)
  const table = small && parameters.separate ? parameters.separate : parameters.table
  const v = interpolated(table, Math.abs(current / unit), key)
  const noise =
    Math.sign(cell.total) * unit * Math.sign(v) * ((cell.sensitive ? parameters.extra : 0) + Math.abs(v))
  return cell.total > 0 && current + noise < 0 ? -current : noise
}

/** One unit of noise for a contribution; contributions below the separation point count as 1. */
function unitOfNoise(
  size: number,
  weight: number,
  by: { separation: number; parameters: NumericParameters },
): { unit: number; small: boolean } {
  const { share } = by.parameters
  if (size < by.separation) return { unit: 1, small: true }
  if (share.kind === 'flex' && size < share.at) return { unit: size * share.small, small: false }
  return { unit: size * shareOf(share, size) * weight, small: false }
}

/** Noise for a row between two rows of the table: a weighted mean of both, beyond the last row that of the last. */
function interpolated(table: PerturbationTable, row: number, key: number): number {
  const numbers = table.rows.map((r) => r.i)
  const above = numbers.find((i) => i >= row)
  if (above === undefined || above === row) return lookUp(table, above ?? Number.MAX_SAFE_INTEGER, key)
  const below = numbers.findLast((i) => i < row) ?? 0
  const part = (row - below) / (above - below)
  return (1 - part) * lookUp(table, below, key) + part * lookUp(table, above, key)
}
