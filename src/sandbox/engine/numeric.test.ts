import { describe, expect, test } from 'vitest'
import { perturbationTable } from './ptable.ts'
import { perturbNumeric, rotateKey, shareOf, type NumericParameters } from './numeric.ts'

const equality = [true, false, false]
const table = perturbationTable({ D: 10, V: 3, step: 2, rows: [1, 5, 10], equality })
const separate = perturbationTable({ D: 5, V: 1, step: 5, rows: [1, 3, 5], equality })
const share = { kind: 'flex', at: 1000, small: 0.3, large: 0.03, power: 3 } as const
const reference: NumericParameters = { table, separate, share, weights: [1, 0.5, 0.2], extra: 2 }

describe('the numeric Cell Key Method', () => {
  test.each([
    [
      25000,
      [5000, 3000, 2500],
      [0.1234567, 0.2345671, 0.3456712],
      false,
      [-844.444444, -208.125, -41.086006],
      23906.3445497,
    ],
    [
      25000,
      [5000, 3000, 2500],
      [0.1234567, 0.2345671, 0.3456712],
      true,
      [-1688.888889, -624.375, -205.430029],
      22481.306082,
    ],
    [
      25000,
      [5000, 3000, 2500],
      [0.8765432, 0.7654328, 0.6543287],
      false,
      [844.444444, 208.125, 41.086006],
      26093.6554503,
    ],
    [900, [400, 300, 200], [0.05, 0.5, 0.05], false, [-360, 0, -180], 360],
    [900, [900], [0.5], false, [-56.25], 843.75],
    [900, [900], [0.5], true, [-596.25], 303.75],
    [3, [2, 1], [0.3, 0.3], false, [-0.6, -0.6], 1.8],
    [1.2e6, [1e6, 5e4, 2e4], [0.42, 0.24, 0.42], false, [-15001.19629, -772.5705, -70.31422], 1184155.91899],
  ] as const)(
    'a total of %d with the contributions %j runs as the reference run',
    (total, top, keys, sensitive, components, result) => {
      const run = perturbNumeric({ total, top, keys, sensitive }, reference)
      run.components.forEach((noise, i) => expect(noise).toBeCloseTo(components[i] ?? Number.NaN, 4))
      expect(run.components).toHaveLength(components.length)
      expect(run.result).toBeCloseTo(result, 4)
    },
  )

  test.each([
    [1500, 0.2164],
    [2000, 0.183333333],
    [5000, 0.0944444444],
    [1e4, 0.0647257701],
    [1e6, 0.0500019936],
    [1000, 0.25],
  ])('the share of noise at %d is %d', (x, expected) => {
    expect(shareOf({ kind: 'flex', at: 1000, small: 0.25, large: 0.05, power: 3 }, x)).toBeCloseTo(
      expected,
      8,
    )
  })

  test('the next key moves the first decimal to the end', () => {
    expect([0.1234567, 0.2345671].map((key) => rotateKey(key))).toEqual([0.2345671, 0.3456712])
  })

  test('a total of nothing, or a key of nothing, stays', () => {
    expect(perturbNumeric({ total: 0, top: [], keys: [0.4], sensitive: true }, reference).result).toBe(0)
    expect(perturbNumeric({ total: 9, top: [9], keys: [0], sensitive: false }, reference).result).toBe(9)
  })

  test('a positive total is never turned below zero', () => {
    for (let i = 1; i < 100; i++) {
      const cell = { total: 10, top: [9, 1], keys: [i / 100, i / 100], sensitive: true }
      expect(perturbNumeric(cell, reference).result).toBeGreaterThanOrEqual(0)
    }
  })
})
