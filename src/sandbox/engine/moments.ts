import type { RelationKind, SpreadKind } from './inner.ts'

/** A perturbed sum with the standard deviation of its noise, both in natural units. */
export type Moment = { readonly value: number; readonly sd: number }

/** A statistic and about how far noise may have moved it. */
export type Statistic = { readonly value: number; readonly sd: number }

/**
 * Variance or standard deviation from perturbed count and sums of a measure and its squares. Null where noise leaves
 * nothing to spread (a negative variance) or fewer than two values.
 */
export function spreadOf(of: SpreadKind, n: number, by: { sum: Moment; squares: Moment }): Statistic | null {
  if (n < 2) return null
  const mean = by.sum.value / n
  const population = by.squares.value / n - mean * mean
  if (population <= 0) return null
  const sd = Math.hypot(by.squares.sd, 2 * mean * by.sum.sd) / n
  const factor = of.endsWith('samp') ? n / (n - 1) : 1
  const variance = population * factor
  if (of.startsWith('var')) return { value: variance, sd: sd * factor }
  return { value: Math.sqrt(variance), sd: (sd * factor) / (2 * Math.sqrt(variance)) }
}

/** Perturbed sums over rows in which both measures have a value; y first, as in SQL. */
export type Pairs = {
  readonly n: number
  readonly y: Moment
  readonly x: Moment
  readonly yy: Moment
  readonly xx: Moment
  readonly xy: Moment
}

/**
 * Covariance, correlation or a regression figure of y on x from perturbed sums. `lower`: what was taken from y and x
 * before adding up. Null where noise leaves no spread. A correlation never leaves [-1, 1].
 */
export function relationOf(of: RelationKind, sums: Pairs, lower: { y: number; x: number }): Statistic | null {
  const { n } = sums
  if (n < 3) return null
  const [my, mx] = [sums.y.value / n, sums.x.value / n]
  const covariance = sums.xy.value / n - mx * my
  const [vy, vx] = [sums.yy.value / n - my * my, sums.xx.value / n - mx * mx]
  const sd = Math.hypot(sums.xy.sd, mx * sums.y.sd, my * sums.x.sd) / n
  if (of === 'covar_pop') return { value: covariance, sd }
  if (of === 'covar_samp') return { value: (covariance * n) / (n - 1), sd: (sd * n) / (n - 1) }
  if (vx <= 0 || vy <= 0) return null
  const slope = covariance / vx
  const slopeSd = Math.hypot(sd, (Math.abs(slope) * Math.hypot(sums.xx.sd, 2 * mx * sums.x.sd)) / n) / vx
  if (of === 'regr_slope') return { value: slope, sd: slopeSd }
  if (of === 'regr_intercept')
    return { value: my + lower.y - slope * (mx + lower.x), sd: Math.hypot(sums.y.sd / n, mx * slopeSd) }
  const r = Math.min(1, Math.max(-1, covariance / Math.sqrt(vx * vy)))
  const rSd = slopeSd * Math.sqrt(vx / vy)
  return of === 'corr' ? { value: r, sd: rSd } : { value: r * r, sd: 2 * Math.abs(r) * rSd }
}
