import { cellKey, uniform, type UnitSet } from './keys.ts'
import { perturbNumeric } from './numeric.ts'
import { lookUp, type PerturbationTable } from './ptable.ts'
import type { Preset, TotalNoise } from './preset.ts'

/** Contributions of units to one cell, in whole numbers: their sum, the sum of absolutes and the largest by absolute. */
export type Contributions = {
  readonly set: UnitSet
  readonly sum: bigint
  readonly absolute: bigint
  readonly top: readonly bigint[]
}

/** A protected total before rounding, with the standard deviation of its noise (both in the same whole numbers). */
export type NoisyTotal = { readonly value: bigint; readonly sd: number }

const abs = (x: bigint) => (x < 0n ? -x : x)
const total = (xs: readonly bigint[]) => xs.reduce((sum, x) => sum + x, 0n)

/**
 * True if the total tells too much about its largest contributor: the p% rule (the second largest must not come closer
 * than p per cent) and, where switched on, the (n,k) rule. Works on absolute contributions.
 */
export function isDominated(of: Contributions, preset: Preset): boolean {
  const sizes = of.top.map(abs)
  const [first = 0n, second = 0n] = sizes
  if ((of.absolute - first - second) * 100n < first * BigInt(preset.p)) return true
  const rule = preset.dominance
  if (!rule) return false
  const share = BigInt(Math.round(rule.share * 1000))
  return total(sizes.slice(0, rule.n)) * 1000n > of.absolute * share
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
  const digest = cellKey(secret, `total|${purpose}`, of.set)
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
    value: of.sum + BigInt(Math.round(result - cell.total)),
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
  const digest = cellKey(secret, `total|${purpose}`, of.set)
  const outliers = 1 + ((digest[16] ?? 0) % 2)
  const next = 3 + ((digest[17] ?? 0) % 2)
  const sizes = of.top.map(abs)
  const others = sizes.slice(outliers, outliers + next)
  const typical = others.length === 0 ? 0n : total(others) / BigInt(others.length)
  const cut = of.top
    .slice(0, outliers)
    .map((x) => (x < 0n ? -1n : 1n) * (abs(x) > typical ? abs(x) - typical : 0n))
  const flattened = of.sum - total(cut)
  const scale = scaleOf(of, typical)
  const noise = lookUp(table, Number.MAX_SAFE_INTEGER, uniform(digest))
  const value = flattened + (scale * BigInt(Math.round(noise * 1000))) / 1000n
  return { value, sd: Number(scale) * Math.sqrt(table.parameters.V) }
}

/** max(mean contribution, half of a large one), as for flattened sums of the Diffix family; at least one step. */
function scaleOf(of: Contributions, typical: bigint): bigint {
  const mean = of.set.n === 0n ? 0n : of.absolute / of.set.n
  const scale = mean > typical / 2n ? mean : typical / 2n
  return scale > 0n ? scale : 1n
}

/** Rounds a total so that it shows about two digits of its noise and nothing below. */
export function roundTotal(noisy: NoisyTotal): bigint {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(1, noisy.sd))) - 1)
  const step = 10n ** BigInt(digits)
  const half = noisy.value < 0n ? -step / 2n : step / 2n
  return ((noisy.value + half) / step) * step
}

/** A quotient with as many digits as its noise allows: two of the standard deviation. */
export function roundMean(mean: number, sd: number, decimals: number): number {
  const digits = Math.min(decimals + 2, Math.max(0, 1 - Math.floor(Math.log10(Math.max(sd, 1e-9)))))
  return Number(mean.toFixed(Math.min(digits, 12)))
}
