import type { InnerAggregate, SpreadKind } from '../engine/inner.ts'
import type { NoiseClass } from '../engine/result.ts'
import type { WholeBounds } from './bounding.ts'
import { rowsBeside } from './choice.ts'
import { classesOf } from './ranks.ts'

/** A noisy whole number and the standard deviation of its noise. */
export type Noisy = { readonly value: bigint; readonly sd: number }

/**
 * A figure for people: what is shown, its standard deviation (public in this mode) and how much it matters. A quantile has no
 * deviation: how far off it is depends on how the values lie, and that would tell about them.
 */
export type PrivateFigure = { readonly value: number; readonly sd: number | null; readonly noise: NoiseClass }

/**
 * A figure from its noisy parts, in the order of `figuresOf` in `plan.ts`. Only what is noisy already goes in, so nothing
 * here costs privacy. Null where so few values are behind a mean that it says nothing.
 */
export function figureFrom(
  aggregate: InnerAggregate,
  parts: readonly Noisy[],
  of: { decimals: number; bounds: WholeBounds | null },
): PrivateFigure | null {
  const [first, second, third] = parts
  if (!first) return null
  if (aggregate.kind === 'spread')
    return second && third ? spreadFrom(aggregate.of, [first, second, third], of) : null
  if (aggregate.kind === 'quantile')
    return second && of.bounds ? classFrom(aggregate, [first, second], { ...of, bounds: of.bounds }) : null
  if (aggregate.kind === 'mean')
    return second && of.bounds ? meanOf(first, second, { ...of, bounds: of.bounds }) : null
  const scale = aggregate.kind === 'sum' ? 10 ** of.decimals : 1
  return shown(Number(first.value) / scale, first.sd / scale, aggregate.kind === 'sum' ? of.decimals : 0)
}

/** Middle of the bounds plus noisy sum of distances (kept doubled) by noisy count, brought back between the bounds. */
function meanOf(
  count: Noisy,
  shifted: Noisy,
  of: { decimals: number; bounds: WholeBounds },
): PrivateFigure | null {
  const n = Number(count.value)
  if (n < 1) return null
  const scale = 10 ** of.decimals
  const middle = (of.bounds.lower + of.bounds.upper) / 2
  const distance = Number(shifted.value) / 2 / n
  const sd = Math.hypot(shifted.sd / 2, distance * count.sd) / n / scale
  const mean = Math.min(of.bounds.upper, Math.max(of.bounds.lower, middle + distance)) / scale
  return shown(mean, sd, of.decimals + 2)
}

/**
 * Variance or standard deviation from noisy count, sum of distances from the middle of the bounds (doubled) and sum of their
 * squares (fourfold). Null where noise leaves nothing to spread; never more than the bounds allow.
 */
function spreadFrom(
  kind: SpreadKind,
  [count, shifted, squares]: readonly [Noisy, Noisy, Noisy],
  of: { decimals: number; bounds: WholeBounds | null },
): PrivateFigure | null {
  const n = Number(count.value)
  if (n < 2 || !of.bounds) return null
  const scale = 10 ** of.decimals
  const [mean, square] = [Number(shifted.value) / 2 / n / scale, Number(squares.value) / 4 / n / scale ** 2]
  const widest = ((of.bounds.upper - of.bounds.lower) / 2 / scale) ** 2
  const population = Math.min(widest, square - mean ** 2)
  if (population <= 0) return null
  const factor = kind.endsWith('samp') ? n / (n - 1) : 1
  const moved = [
    squares.sd / 4 / scale ** 2,
    (mean * shifted.sd) / scale,
    (population - mean ** 2) * count.sd,
  ]
  const sd = (Math.hypot(...moved) / n) * factor
  const variance = population * factor
  if (kind.startsWith('var')) return shown(variance, sd, 2 * of.decimals + 2)
  const deviation = Math.sqrt(variance)
  return shown(deviation, sd / 2 / deviation, of.decimals + 2)
}

/** The middle of the class that was drawn. Null where the rank is known no better than to the half of all values. */
function classFrom(
  { at, bins }: Extract<InnerAggregate, { kind: 'quantile' }>,
  [count, drawn]: readonly [Noisy, Noisy],
  of: { decimals: number; bounds: WholeBounds },
): PrivateFigure | null {
  const beside = rowsBeside({ at, sd: drawn.sd, classes: classesOf(bins, of.bounds).count })
  const n = Number(count.value)
  if (n < 2 * beside) return null
  const middle = bins.origin + (Number(drawn.value) + 0.5) * bins.width
  const value = Math.min(of.bounds.upper, Math.max(of.bounds.lower, middle)) / 10 ** of.decimals
  const share = beside / n
  const noise = share <= 0.02 ? 'fine' : share <= 0.1 ? 'usable' : 'rough'
  return { value: Number(value.toFixed(of.decimals + 1)), sd: null, noise }
}

/** Rounds to about a twentieth of the noise: digits below tell nothing. Counts stay whole numbers. */
function shown(value: number, sd: number, decimals: number): PrivateFigure {
  const digits = Math.min(decimals, Math.max(-15, 1 - Math.floor(Math.log10(Math.max(sd, 1e-12)))))
  const step = 10 ** -digits
  const rounded =
    decimals === 0 ? value : Number((Math.round(value / step) * step).toFixed(Math.max(0, digits)))
  return { value: rounded, sd: Number(sd.toPrecision(3)), noise: classOf(sd, rounded) }
}

function classOf(sd: number, value: number): NoiseClass {
  const share = (2 * sd) / Math.max(Math.abs(value), 1e-9)
  return share <= 0.02 ? 'fine' : share <= 0.1 ? 'usable' : 'rough'
}

/** Half the width of the interval that holds the true (bounded) figure in 95 of 100 cases. */
export function halfWidth(sd: number): number {
  return 1.959964 * sd
}
