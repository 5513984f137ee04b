import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  composed,
  deltaOf,
  epsilonOf,
  perRho,
  rhoBooked,
  rhoNumber,
  rhoOf,
  simpleEpsilon,
  upperQuantile,
} from './accountant.ts'

const reference = fileURLToPath(
  new URL('../../../../shared/fixtures/disclosure/dp-reference/', import.meta.url),
)

describe('from ρ to (ε, δ) and back', () => {
  it('equals the reference at δ = 10⁻⁶, simple and tight', () => {
    const rhos = [0.02, 0.1, 0.5, 1]
    const two = (x: number) => Number(x.toFixed(2))
    expect(rhos.map((rho) => two(simpleEpsilon(rho, 1e-6)))).toEqual([1.07, 2.45, 5.76, 8.43])
    expect(rhos.map((rho) => two(epsilonOf(rho, 1e-6)))).toEqual([0.9, 2.14, 5.22, 7.77])
  })

  it('is its own inverse from tiny to absurd losses, and never larger than the simple bound', () => {
    for (const rho of [1e-9, 1e-6, 0.002, 0.01, 0.3, 2, 40, 1e4]) {
      for (const delta of [1e-3, 1e-6, 1e-12]) {
        const epsilon = epsilonOf(rho, delta)
        expect(epsilon).toBeLessThanOrEqual(simpleEpsilon(rho, delta))
        // So little is lost that δ alone covers it.
        if (epsilon === 0) continue
        expect(rhoOf(epsilon, delta) / rho).toBeCloseTo(1, 6)
        expect(deltaOf(rho, epsilon) / delta).toBeCloseTo(1, 4)
      }
    }
  })

  it('takes the smallest of all α', () => {
    const at = (alpha: number, rho: number, epsilon: number) =>
      (Math.exp((alpha - 1) * (alpha * rho - epsilon)) / (alpha - 1)) * (1 - 1 / alpha) ** alpha
    for (const [rho, epsilon] of [[0.1, 1.5] as const, [0.5, 4] as const, [1, 9] as const]) {
      const all = Array.from({ length: 20_000 }, (_, i) => at(1.001 + i / 400, rho, epsilon))
      expect(deltaOf(rho, epsilon)).toBeLessThanOrEqual(Math.min(...all) * (1 + 1e-9))
      expect(deltaOf(rho, epsilon) / Math.min(...all)).toBeCloseTo(1, 3)
    }
  })

  it('has no answer where nothing is promised', () => {
    expect([rhoOf(0, 1e-6), rhoOf(1, 0), rhoOf(NaN, 1e-6), rhoOf(1, 1)]).toEqual([0, 0, 0, 0])
    expect(epsilonOf(0, 1e-6)).toBe(0)
    expect(epsilonOf(0.1, 0)).toBe(Infinity)
  })
})

describe('the ledger', () => {
  it('adds up without drift and rounds what is booked down', () => {
    const tenth = { rho: rhoBooked(0.1), delta: 1n }
    expect(composed(Array.from({ length: 10 }, () => tenth))).toEqual({ rho: perRho, delta: 10n })
    expect(rhoBooked(0.01)).toBe(10_000_000n)
    expect([rhoBooked(-1), rhoBooked(NaN)]).toEqual([0n, 0n])
    expect(rhoNumber(rhoBooked(1 / 3))).toBeLessThanOrEqual(1 / 3)
  })
})

describe('quantiles of the normal distribution', () => {
  it('equal known ones in both tails of the computation', () => {
    for (const [p, z] of [
      [0.025, 1.959964],
      [0.1, 1.281552],
      [1e-9, 5.997807],
      [1e-15, 7.941345],
    ] as const)
      expect(upperQuantile(p)).toBeCloseTo(z, 5)
    expect(upperQuantile(0)).toBe(Infinity)
  })
})

/** Blocks of a text form of protocol buffers, as far as these files use it: the numbers by name. */
function cases(file: string): Map<string, number>[] {
  return readFileSync(`${reference}${file}`, 'utf8')
    .split('distribution_closeness_test_case')
    .slice(1)
    .map(
      (text) =>
        new Map([...text.matchAll(/(\w+):\s*(-?[\d.]+)/g)].map(([, name, n]) => [name ?? '', Number(n)])),
    )
}

describe.skipIf(!existsSync(reference))('against the test cases of another library', () => {
  it('asks for at least the noise of the exact Gaussian mechanism, and not much more', () => {
    for (const test of cases('gaussian_closeness_test_cases.textproto')) {
      const [epsilon = 0, delta = 0] = [test.get('epsilon'), test.get('delta')]
      const sensitivity = (test.get('linf_sensitivity') ?? 1) ** 2 * (test.get('l0_sensitivity') ?? 1)
      const variance = sensitivity / (2 * rhoOf(epsilon, delta))
      const exact = test.get('variance') ?? 0
      expect(variance / exact).toBeGreaterThan(1)
      // With next to no ε the two ways of counting differ most.
      expect(variance / exact).toBeLessThan(epsilon < 0.01 ? 3 : 1.3)
    }
  })

  it('has the variance of Laplace noise at the scale of ε', () => {
    for (const test of cases('laplace_closeness_test_cases.textproto')) {
      const scale =
        ((test.get('linf_sensitivity') ?? 1) * (test.get('l0_sensitivity') ?? 1)) / (test.get('epsilon') ?? 1)
      expect((2 * scale ** 2) / (test.get('variance') ?? 0)).toBeCloseTo(1, 6)
    }
  })
})
