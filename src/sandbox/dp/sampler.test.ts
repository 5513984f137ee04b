import { describe, expect, it } from 'vitest'
import { seededBits, systemBits, type Bits } from './bits.ts'
import {
  bernoulli,
  bernoulliExp,
  discreteGaussian,
  discreteLaplace,
  rootOf,
  uniformBelow,
  type Fraction,
} from './sampler.ts'

/** A million draws take seconds; the suite makes a tenth of them, the full number with DP_DRAWS=1000000. */
const draws = Number(process.env['DP_DRAWS'] ?? 100_000)
const fraction = (part: bigint, of = 1n): Fraction => ({ part, of })

/** The probabilities of a discrete Gaussian or Laplace distribution, summed far beyond what a double can see. */
function probabilities(weight: (x: number) => number, width: number): (x: number) => number {
  let all = weight(0)
  for (let x = 1; x <= width; x++) all += 2 * weight(x)
  return (x) => weight(x) / all
}
const gaussian = (variance: number) => probabilities((x) => Math.exp((-x * x) / 2 / variance), 400)
const laplace = (scale: number) => probabilities((x) => Math.exp(-Math.abs(x) / scale), 4_000)

/** χ² of counts against expectations; cells with fewer than ten expected draws are put together at both ends. */
function chiSquared(
  values: readonly number[],
  p: (x: number) => number,
): { statistic: number; cells: number } {
  const n = values.length
  let width = 0
  while (n * p(width + 1) >= 10) width++
  const seen = new Map<number, number>()
  for (const value of values) {
    const cell = Math.max(-width - 1, Math.min(width + 1, value))
    seen.set(cell, (seen.get(cell) ?? 0) + 1)
  }
  let inside = 0
  for (let x = -width; x <= width; x++) inside += p(x)
  let statistic = 0
  for (let x = -width - 1; x <= width + 1; x++) {
    const expected = n * (Math.abs(x) > width ? (1 - inside) / 2 : p(x))
    statistic += ((seen.get(x) ?? 0) - expected) ** 2 / expected
  }
  return { statistic, cells: 2 * width + 3 }
}

/** Five standard deviations above the mean of χ²: one false alarm in more than a million runs. */
const highest = (cells: number) => cells - 1 + 5 * Math.sqrt(2 * (cells - 1))
const sample = (draw: (bits: Bits) => bigint, seed: string) => {
  const bits = seededBits(seed)
  return Array.from({ length: draws }, () => Number(draw(bits)))
}
const share = (p: (bits: Bits) => boolean, seed: string) => {
  const bits = seededBits(seed)
  let yes = 0
  for (let i = 0; i < draws; i++) if (p(bits)) yes++
  return yes / draws
}
const near = (seen: number, p: number) => Math.abs(seen - p) < 5 * Math.sqrt((p * (1 - p)) / draws)

describe('the formulas that the draws are compared with', () => {
  it('equal the reference to eight digits', () => {
    const [one, wide, steep] = [gaussian(1), gaussian(2.25), laplace(1)]
    const rounded = (p: (x: number) => number, xs: number[]) => xs.map((x) => Number(p(x).toFixed(8)))
    expect(rounded(one, [0, 1, 2, 3])).toEqual([0.39894228, 0.24197072, 0.05399097, 0.00443185])
    expect(rounded(wide, [0, 1, 2, 3])).toEqual([0.26596152, 0.21296534, 0.10934005, 0.03599398])
    expect(rounded(steep, [0, 1, 2])).toEqual([0.46211716, 0.1700034, 0.06254076])
  })
})

describe('bits and coins', () => {
  it('are used once each, in any portion', () => {
    const [one, many] = [seededBits('x'), seededBits('x')]
    const single = Array.from({ length: 96 }, () => one(1)).reduce((sum, bit) => sum * 2n + bit, 0n)
    expect(many(96)).toBe(single)
    expect(systemBits()(64)).not.toBe(systemBits()(64))
  })

  it('give every number below a bound equally often, also where it is no power of two', () => {
    const bits = seededBits('uniform')
    const seen = [0, 0, 0, 0, 0]
    for (let i = 0; i < draws; i++) seen[Number(uniformBelow(5n, bits))]! += 1
    expect(seen.every((count) => near(count / draws, 0.2))).toBe(true)
    expect(uniformBelow(1n, bits)).toBe(0n)
  })

  it('fall with exactly the chance asked for', () => {
    expect(
      near(
        share((b) => bernoulli(fraction(3n, 7n), b), 'a'),
        3 / 7,
      ),
    ).toBe(true)
    for (const gamma of [0, 0.25, 1, 2.5]) {
      const p = fraction(BigInt(gamma * 4), 4n)
      expect(
        near(
          share((b) => bernoulliExp(p, b), `e${gamma}`),
          Math.exp(-gamma),
        ) || gamma === 0,
      ).toBe(true)
    }
    expect(share((b) => bernoulliExp(fraction(0n), b), 'zero')).toBe(1)
  })

  it('know whole roots of large numbers', () => {
    for (const n of [0n, 1n, 2n, 3n, 4n, 15n, 16n, 10n ** 30n - 1n, 10n ** 30n])
      expect(rootOf(n) ** 2n <= n && (rootOf(n) + 1n) ** 2n > n).toBe(true)
  })
})

describe('noise', () => {
  const cases: [string, (bits: Bits) => bigint, (x: number) => number][] = [
    ['Gaussian σ² = 1', (b) => discreteGaussian(fraction(1n), b), gaussian(1)],
    ['Gaussian σ² = 9/4', (b) => discreteGaussian(fraction(9n, 4n), b), gaussian(2.25)],
    ['Gaussian σ² = 1/5', (b) => discreteGaussian(fraction(1n, 5n), b), gaussian(0.2)],
    ['Gaussian σ² = 50', (b) => discreteGaussian(fraction(50n), b), gaussian(50)],
    ['Laplace scale 1', (b) => discreteLaplace(fraction(1n), b), laplace(1)],
    ['Laplace scale 7/3', (b) => discreteLaplace(fraction(7n, 3n), b), laplace(7 / 3)],
  ]
  it.each(cases)('is distributed as it should be: %s', (name, draw, p) => {
    const values = sample(draw, name)
    const { statistic, cells } = chiSquared(values, p)
    expect(statistic).toBeLessThan(highest(cells))
    const positive = values.filter((v) => v > 0).length
    const negative = values.filter((v) => v < 0).length
    expect(Math.abs(positive - negative)).toBeLessThan(5 * Math.sqrt(positive + negative))
    expect(near(values.filter((v) => v === 0).length / draws, p(0))).toBe(true)
  })

  it('is refused by the same test where zero is drawn twice as often or one side is heavier', () => {
    const bits = seededBits('wrong')
    const doubled = sample((b) => discreteLaplace(fraction(1n), b), 'wrong').map((v) =>
      v === 1 && bits(2) === 0n ? 0 : v,
    )
    const { statistic, cells } = chiSquared(doubled, laplace(1))
    expect(statistic).toBeGreaterThan(highest(cells))
  })

  it('of huge variance keeps mean and variance', () => {
    const bits = seededBits('huge')
    const sd = 1e12
    const values = Array.from(
      { length: 20_000 },
      () => Number(discreteGaussian(fraction(10n ** 24n), bits)) / sd,
    )
    const mean = values.reduce((a, b) => a + b, 0) / values.length
    const variance = values.reduce((a, b) => a + b * b, 0) / values.length
    expect(Math.abs(mean)).toBeLessThan(5 / Math.sqrt(values.length))
    expect(Math.abs(variance - 1)).toBeLessThan(5 * Math.sqrt(2 / values.length))
  })
})
