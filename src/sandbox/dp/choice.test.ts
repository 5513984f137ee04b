import { describe, expect, it } from 'vitest'
import { seededBits } from './bits.ts'
import { chancesOf, chooseClass, distancesOf, exponentOf, rankOf, rowsBeside } from './choice.ts'

const counts = [3n, 0n, 9n, 14n, 6n, 2n]
const median = rankOf(0.5)
/** Noise that costs ρ = 0.005 with one row per unit. */
const variance = { part: 100n, of: 1n }
const rho = 1 / (2 * 100)

/** Probabilities by the definition, in floating point. */
function expected(of: readonly bigint[], at: number, sd: number): number[] {
  const all = of.reduce((a, b) => a + b, 0n)
  let before = 0n
  const weights = of.map((n) => {
    const [low, high] = [Number(before), Number((before += n))]
    const far = Math.max(0, low - at * Number(all), at * Number(all) - high)
    return Math.exp(-far / (sd * Math.max(at, 1 - at)))
  })
  const sum = weights.reduce((a, b) => a + b, 0)
  return weights.map((w) => w / sum)
}

function probabilities(of: readonly bigint[], rank = median, by = variance): number[] {
  const chances = chancesOf(distancesOf(of, rank), exponentOf(by, rank))
  const all = chances.reduce((a, b) => a + b, 0n)
  return chances.map((c) => Number((c * 2n ** 60n) / all) / 2 ** 60)
}

describe('the class of a quantile', () => {
  it('is the likelier, the fewer rows lie between it and the rank', () => {
    expect(distancesOf([2n, 3n, 5n], median)).toEqual([6n, 0n, 0n])
    expect(distancesOf([0n, 0n], median)).toEqual([0n, 0n])
    expect(rankOf(0.9)).toEqual({ part: 9n, of: 10n })
    expect(distancesOf([10n, 0n, 0n, 90n], rankOf(0.05))).toEqual([0n, 100n, 100n, 100n])
  })

  it.each([0.5, 0.05, 0.75])('has the chances that the formula gives, at %d', (at) => {
    const [ours, formula] = [probabilities(counts, rankOf(at)), expected(counts, at, 10)]
    ours.forEach((p, i) => expect(p).toBeCloseTo(formula[i] ?? 0, 12))
  })

  it('is drawn with these chances', () => {
    const bits = seededBits('classes')
    const draws = 6_000
    const seen = counts.map(() => 0)
    for (let i = 0; i < draws; i++) seen[chooseClass(counts, { rank: median, variance, bits })]! += 1
    const p = expected(counts, 0.5, 10)
    const statistic = seen.reduce((sum, n, i) => sum + (n - draws * p[i]!) ** 2 / (draws * p[i]!), 0)
    expect(statistic).toBeLessThan(5 + 5 * Math.sqrt(10))
  })

  it('is never impossible, however many rows lie between', () => {
    const [near = 0n, far = 0n] = chancesOf([0n, 10n ** 12n], exponentOf(variance, median))
    expect(far > 2n ** 60n && near > far).toBe(true)
    expect(probabilities([10n ** 9n, 0n, 10n ** 9n])[1]).toBeCloseTo(1 / 3, 9)
  })

  it('lies as near to the rank as is said, in 95 of 100 cases', () => {
    const bits = seededBits('near')
    const many = Array.from({ length: 40 }, (_, i) => BigInt(5 + (i % 7)))
    const within = rowsBeside({ at: 0.5, sd: 10, classes: many.length })
    const far = Array.from({ length: 500 }, () => {
      const place = chooseClass(many, { rank: median, variance, bits })
      return Number(distancesOf(many, median)[place]) / 2
    })
    expect(far.filter((d) => d <= within).length).toBeGreaterThanOrEqual(475)
    expect(Math.max(...far)).toBeGreaterThan(5)
  })
})

/** Rényi divergence of order α. */
function divergence(p: readonly number[], q: readonly number[], alpha: number): number {
  return Math.log(p.reduce((sum, x, i) => sum + x ** alpha * q[i]! ** (1 - alpha), 0)) / (alpha - 1)
}

/** The largest share of what may be lost that a row more or less in any class does lose. */
function lost(at: number, by = variance): number {
  const rank = rankOf(at)
  const here = probabilities(counts, rank, by)
  const shares = counts.flatMap((_, i) => {
    const there = probabilities(
      counts.map((n, j) => (i === j ? n + 1n : n)),
      rank,
      by,
    )
    return [1.5, 2, 8, 50].flatMap((alpha) =>
      [divergence(here, there, alpha), divergence(there, here, alpha)].map((d) => d / (alpha * rho)),
    )
  })
  return Math.max(...shares)
}

describe('one row more or less', () => {
  it.each([0.05, 0.25, 0.5, 0.9])('loses no more than ρ, at %d', (at) => {
    expect(lost(at)).toBeLessThanOrEqual(1)
    expect(lost(at)).toBeGreaterThan(0.05)
  })

  it('would lose more with noise for a quarter of it', () => {
    expect(lost(0.5, { part: 100n, of: 16n })).toBeGreaterThan(1)
  })
})
