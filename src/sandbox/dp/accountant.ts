// Zero-concentrated differential privacy (Bun, Steinke 2016): costs ρ add up, and are spoken of as (ε, δ) at the end.

/** ρ is booked in whole billionths, so that sums never drift. */
export const perRho = 1_000_000_000n

/** δ spent on thresholds is booked in whole 10⁻¹⁵. */
export const perDelta = 1_000_000_000_000_000n

/** A loss of privacy as it is booked: whole billionths of ρ and 10⁻¹⁵ of δ. */
export type Loss = { readonly rho: bigint; readonly delta: bigint }

/** The sum of losses: questions one after the other about the same units. */
export function composed(losses: readonly Loss[]): Loss {
  return losses.reduce<Loss>((sum, l) => ({ rho: sum.rho + l.rho, delta: sum.delta + l.delta }), {
    rho: 0n,
    delta: 0n,
  })
}

/** ρ as a plain number, for showing and for formulas. */
export function rhoNumber(rho: bigint): number {
  return Number(rho) / Number(perRho)
}

/** ρ as booked from a plain number, rounded down; NaN and negative numbers become 0. */
export function rhoBooked(rho: number): bigint {
  return rho > 0 ? BigInt(Math.floor(rho * Number(perRho) + 1e-6)) : 0n
}

/** The simple conversion ε = ρ + 2√(ρ·ln 1/δ): true, but larger than need be. */
export function simpleEpsilon(rho: number, delta: number): number {
  return rho + 2 * Math.sqrt(rho * Math.log(1 / delta))
}

/**
 * The smallest δ for which ρ-zCDP gives (ε, δ): inf over α > 1 of e^((α−1)(αρ−ε)) / (α−1) · (1−1/α)^α
 * (Canonne, Kamath, Steinke 2020, corollary 13). Works with logarithms, so that neither end of α breaks it.
 */
export function deltaOf(rho: number, epsilon: number): number {
  if (rho <= 0) return 0
  // The logarithm's slope (2α−1)ρ − ε + ln(1−1/α) rises from −∞ to ∞: its one zero is the smallest value.
  const slope = (above: number) => (2 * above + 1) * rho - epsilon - Math.log1p(1 / above)
  const above = Math.exp(zeroOf((x) => slope(Math.exp(x)), -50, 50))
  const log = above * ((1 + above) * rho - epsilon) - Math.log(above) - (1 + above) * Math.log1p(1 / above)
  return Math.min(1, Math.exp(log))
}

/** The smallest ε for which ρ-zCDP gives (ε, δ), by the tight conversion. */
export function epsilonOf(rho: number, delta: number): number {
  if (rho <= 0) return 0
  if (delta <= 0) return Infinity
  const most = simpleEpsilon(rho, delta)
  return Math.max(
    0,
    zeroOf((epsilon) => Math.log(delta) - Math.log(deltaOf(rho, epsilon)), 0, most),
  )
}

/** The largest ρ that still gives (ε, δ), by the tight conversion; 0 where nothing does. */
export function rhoOf(epsilon: number, delta: number): number {
  if (!(epsilon > 0) || !(delta > 0) || delta >= 1) return 0
  // The tight ρ lies above the simple one and below that of an ε twice as loose.
  const simple = (Math.sqrt(Math.log(1 / delta) + epsilon) - Math.sqrt(Math.log(1 / delta))) ** 2
  let high = simple
  while (deltaOf(high, epsilon) < delta && high < 1e9) high *= 2
  return zeroOf((rho) => Math.log(deltaOf(rho, epsilon)) - Math.log(delta), simple / 2, high)
}

/** Where a rising function passes zero, by halving; the lower end of the last interval, so never beyond zero. */
function zeroOf(f: (x: number) => number, from: number, to: number): number {
  let [low, high] = [from, to]
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (middle <= low || middle >= high) break
    if (f(middle) > 0) high = middle
    else low = middle
  }
  return low
}

/** Upper quantile of the standard normal distribution: P(Z > z) = p for p at most 1/2; errs to the larger side by 1e-9. */
export function upperQuantile(p: number): number {
  if (!(p > 0)) return Infinity
  return zeroOf((z) => Math.log(p) - logTail(z), 0, 60) + 1e-9
}

/** ln P(Z > z) for z ≥ 0, by the continued fraction of Mills' ratio (large z) or its series (small z). */
function logTail(z: number): number {
  const density = -0.5 * z * z - 0.5 * Math.log(2 * Math.PI)
  if (z < 3) {
    let [term, sum] = [z, z]
    for (let n = 1; n < 120; n++) {
      term *= (z * z) / (2 * n + 1)
      sum += term
    }
    return Math.log(0.5 - Math.exp(density) * sum)
  }
  let fraction = z
  for (let n = 120; n >= 1; n--) fraction = z + n / fraction
  return density - Math.log(fraction)
}
