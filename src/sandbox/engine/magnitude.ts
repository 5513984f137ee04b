import { cellKey, purposeOf, uniform, type UnitSet } from './keys.ts'
import { perturbNumeric } from './numeric.ts'
import { lookUp, type PerturbationTable } from './ptable.ts'
import type { Preset, TotalNoise } from './preset.ts'
import type { Whole } from './whole.ts'

/** Contributions of units to one cell, in whole numbers: their sum, the sum of absolutes and the largest by absolute. */
export type Contributions = {
  readonly set: UnitSet
  readonly sum: Whole
  readonly absolute: Whole
  readonly top: readonly Whole[]
}

/** A protected total before rounding, with the standard deviation of its noise (both in the same whole numbers). */
export type NoisyTotal = { readonly value: Whole; readonly sd: number }

const abs = (x: Whole) => (x < 0 ? -x : x)
const big = (x: Whole) => abs(BigInt(x)) as bigint
const total = (xs: readonly bigint[]) => xs.reduce((sum, x) => sum + x, 0n)

/**
 * True if the total tells too much about its largest contributor: the p% rule (the second largest must not come closer
 * than p per cent) and, where switched on, the (n,k) rule. Works on absolute contributions.
 */
export function isDominated(of: Contributions, preset: Preset): boolean {
  const rule = preset.dominance
  if (!rule && isSmall(of)) {
    const [first, second] = [Math.abs(Number(of.top[0] ?? 0)), Math.abs(Number(of.top[1] ?? 0))]
    return (of.absolute - first - second) * 100 < first * preset.p
  }
  const sizes = of.top.map(big)
  const [first = 0n, second = 0n] = sizes
  const absolute = BigInt(of.absolute)
  if ((absolute - first - second) * 100n < first * BigInt(preset.p)) return true
  if (!rule) return false
  const share = BigInt(Math.round(rule.share * 1000))
  return total(sizes.slice(0, rule.n)) * 1000n > absolute * share
}

/**
 * The same for units of another type behind the total (households behind people), as the scan gives them: their number, the sum of
 * absolutes, the largest. Nothing is there where the scan has proven it, or where there are none.
 */
export function isSharedUnevenly(of: readonly Whole[], preset: Preset): boolean {
  const [units = 0, absolute = 0, ...top] = of
  return units > 0 && isDominated({ set: { n: units, key: 0 }, sum: 0, absolute, top }, preset)
}

/** Contributions with which plain numbers reckon as exactly as bigints: below 2^40, so that 1000 times as much is exact too. */
function isSmall(of: Contributions): of is Contributions & { sum: number; absolute: number } {
  return typeof of.sum === 'number' && typeof of.absolute === 'number' && of.absolute < 2 ** 40
}

/** A total perturbed as the level of protection asks for; `purpose` names the figure in the cell's key. */
export function noisyTotal(
  purpose: string,
  of: Contributions,
  by: { secret: Uint8Array; sums: PerturbationTable; preset: Preset },
): NoisyTotal {
  const { sums } = by.preset
  return sums.method === 'flattened'
    ? perturbTotal(by.secret, purpose, { of, table: by.sums })
    : perturbByContributions(by.secret, purpose, { of, table: by.sums, sums })
}

/**
 * The numeric Cell Key Method: noise in units of each of the largest contributions. Its keys are independent words of
 * the cell's key (the published method shifts decimals of one key); totals stay whole numbers.
 */
function perturbByContributions(
  secret: Uint8Array,
  purpose: string,
  input: {
    of: Contributions
    table: PerturbationTable
    sums: Extract<TotalNoise, { method: 'cell-key' }>
  },
): NoisyTotal {
  const { of, table, sums } = input
  const digest = cellKey(secret, purposeOf('total', purpose), of.set)
  const top = of.top.slice(0, sums.weights.length).map((x) => Number(abs(x)))
  const cell = {
    total: Number(of.sum),
    top,
    keys: top.map((_, i) => uniform(digest, 8 * i)),
    sensitive: false,
  }
  const share = { kind: 'simple', share: sums.share } as const
  const { result } = perturbNumeric(cell, { table, share, weights: sums.weights, extra: 0 })
  const units = top.map((x, i) => x * sums.share * (sums.weights[i] ?? 0))
  return {
    value: BigInt(of.sum) + BigInt(Math.round(result - cell.total)),
    sd: Math.hypot(...units) * Math.sqrt(table.parameters.V),
  }
}

/**
 * The perturbed total: the one or two largest contributions are replaced by the mean of the next three or four (drawn
 * from the cell's key), then noise from the table is added in units of a typical contribution.
 */
export function perturbTotal(
  secret: Uint8Array,
  purpose: string,
  input: { of: Contributions; table: PerturbationTable },
): NoisyTotal {
  const { of, table } = input
  const digest = cellKey(secret, purposeOf('total', purpose), of.set)
  const outliers = 1 + ((digest[16] ?? 0) % 2)
  const next = 3 + ((digest[17] ?? 0) % 2)
  const noise = Math.round(lookUp(table, Number.MAX_SAFE_INTEGER, uniform(digest)) * 1000)
  const { sum, scale } = isSmall(of)
    ? flattenedSmall(of.sum, of, { outliers, next })
    : flattened(of, { outliers, next })
  return {
    value: addShare(sum, scale, noise),
    sd: Number(scale) * Math.sqrt(table.parameters.V),
  }
}

/** The sum and so many thousandths of the unit of noise, cut towards zero; in plain numbers where they are exact. */
function addShare(sum: Whole, scale: Whole, thousandths: number): Whole {
  const product = Number(scale) * thousandths
  if (typeof sum === 'number' && Math.abs(product) < 2 ** 50) return sum + Math.trunc(product / 1000)
  return BigInt(sum) + (BigInt(scale) * BigInt(thousandths)) / 1000n
}

/** How many of the largest contributions are replaced, and by the mean of how many. */
type Flattening = { readonly outliers: number; readonly next: number }

/**
 * The sum after flattening, and the unit of its noise: max(mean contribution, half of a large one), as for flattened sums
 * of the Diffix family; at least one step.
 */
function flattened(of: Contributions, { outliers, next }: Flattening): { sum: Whole; scale: Whole } {
  const sizes = of.top.map(big)
  const others = sizes.slice(outliers, outliers + next)
  const typical = others.length === 0 ? 0n : total(others) / BigInt(others.length)
  const cut = of.top.slice(0, outliers).map((x) => {
    const more = big(x) > typical ? big(x) - typical : 0n
    return x < 0 ? -more : more
  })
  const mean = Number(of.set.n) === 0 ? 0n : BigInt(of.absolute) / BigInt(of.set.n)
  const scale = mean > typical / 2n ? mean : typical / 2n
  return { sum: BigInt(of.sum) - total(cut), scale: scale > 0n ? scale : 1n }
}

/** The same in plain numbers. */
function flattenedSmall(
  from: number,
  of: Contributions,
  { outliers, next }: Flattening,
): { sum: number; scale: number } {
  const end = Math.min(of.top.length, outliers + next)
  let others = 0
  for (let i = outliers; i < end; i++) others += Math.abs(Number(of.top[i]))
  const typical = end <= outliers ? 0 : Math.floor(others / (end - outliers))
  let sum = from
  for (let i = 0; i < Math.min(of.top.length, outliers); i++) {
    const x = Number(of.top[i])
    const more = Math.max(0, Math.abs(x) - typical)
    sum -= x < 0 ? -more : more
  }
  const n = Number(of.set.n)
  const mean = n === 0 ? 0 : Math.floor(Number(of.absolute) / n)
  return { sum, scale: Math.max(mean, Math.floor(typical / 2), 1) }
}

/** Rounds a total so that it shows about two digits of its noise and nothing below. */
export function roundTotal(noisy: NoisyTotal): bigint {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(1, noisy.sd))) - 1)
  const step = 10n ** BigInt(digits)
  const half = noisy.value < 0 ? -step / 2n : step / 2n
  return ((BigInt(noisy.value) + half) / step) * step
}

/** A quotient with as many digits as its noise allows: two of the standard deviation. */
export function roundMean(mean: number, sd: number, decimals: number): number {
  const digits = Math.min(decimals + 2, Math.max(0, 1 - Math.floor(Math.log10(Math.max(sd, 1e-9)))))
  return Number(mean.toFixed(Math.min(digits, 12)))
}
