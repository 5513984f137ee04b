import type { Bits } from './bits.ts'

/** A fraction above or at zero of two whole numbers; `of` is never zero. */
export type Fraction = { readonly part: bigint; readonly of: bigint }

// The algorithms of Canonne, Kamath and Steinke, The Discrete Gaussian for Differential Privacy (2020). Whole numbers
// only: what is drawn has exactly the distribution that the proof speaks of, free of floating-point dust.

/** A whole number from 0 up to `n`, `n` excluded, all equally likely. */
export function uniformBelow(n: bigint, bits: Bits): bigint {
  const length = bitLength(n - 1n)
  for (;;) {
    const value = length === 0 ? 0n : bits(length)
    if (value < n) return value
  }
}

function bitLength(n: bigint): number {
  if (n <= 0n) return 0
  return n < 4_294_967_296n ? 32 - Math.clz32(Number(n)) : n.toString(2).length
}

/** True with probability part/of (at most 1). */
export function bernoulli(p: Fraction, bits: Bits): boolean {
  return uniformBelow(p.of, bits) < p.part
}

/** True with probability exp(−part/of), for any fraction at or above zero. */
export function bernoulliExp(gamma: Fraction, bits: Bits): boolean {
  let { part } = gamma
  while (part > gamma.of) {
    if (!bernoulliExpBelowOne({ part: 1n, of: 1n }, bits)) return false
    part -= gamma.of
  }
  return bernoulliExpBelowOne({ part, of: gamma.of }, bits)
}

/** Von Neumann's trick: the first k at which a coin of probability γ/k fails is odd with probability exp(−γ). */
function bernoulliExpBelowOne(gamma: Fraction, bits: Bits): boolean {
  let k = 1n
  while (bernoulli({ part: gamma.part, of: gamma.of * k }, bits)) k += 1n
  return k % 2n === 1n
}

/** Discrete Laplace noise: x with probability in proportion to exp(−|x| / scale). Zero is not counted twice. */
export function discreteLaplace(scale: Fraction, bits: Bits): bigint {
  const { part: t, of: s } = scale
  for (;;) {
    const u = uniformBelow(t, bits)
    if (!bernoulliExp({ part: u, of: t }, bits)) continue
    let whole = 0n
    while (bernoulliExpBelowOne({ part: 1n, of: 1n }, bits)) whole += 1n
    const size = (u + t * whole) / s
    const negative = bits(1) === 1n
    if (negative && size === 0n) continue
    return negative ? -size : size
  }
}

/** Discrete Gaussian noise: x with probability in proportion to exp(−x² / 2σ²), σ² as a fraction above zero. */
export function discreteGaussian(variance: Fraction, bits: Bits): bigint {
  const { part: a, of: b } = variance
  const t = rootOf(a / b) + 1n
  const of = 2n * a * b * t * t
  for (;;) {
    const y = discreteLaplace({ part: t, of: 1n }, bits)
    const distance = (y < 0n ? -y : y) * b * t - a
    if (bernoulliExp({ part: distance * distance, of }, bits)) return y
  }
}

/** The whole part of a square root. */
export function rootOf(n: bigint): bigint {
  if (n < 2n) return n
  let x = 1n << BigInt((n.toString(2).length + 1) >> 1)
  for (;;) {
    const next = (x + n / x) >> 1n
    if (next >= x) return x
    x = next
  }
}
