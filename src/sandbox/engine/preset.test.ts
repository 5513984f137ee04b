import { describe, expect, test } from 'vitest'
import type { RawCell, RawMeasure } from './cells.ts'
import { protectionOf, reachesThreshold } from './figure.ts'
import { cellKey, uniform, type UnitSet } from './keys.ts'
import { perturbNumeric } from './numeric.ts'
import { readPreset } from './own-preset.ts'
import { presets, type Preset } from './preset.ts'
import { lookUp, perturbationTable } from './ptable.ts'
import { protectFigure } from './statistic.ts'

const secret = new Uint8Array(32).fill(5)
const units = (n: number): UnitSet => ({ n: BigInt(n), key: BigInt(n) * 7919n })

function cellOf(n: number, amounts: readonly number[] = []): RawCell {
  const sum = amounts.reduce((a, b) => a + b, 0)
  const measure: RawMeasure = {
    values: BigInt(n),
    having: units(n),
    nonZero: units(n),
    sum: BigInt(sum),
    absolute: BigInt(sum),
    top: [...amounts]
      .sort((a, b) => b - a)
      .slice(0, 6)
      .map(BigInt),
    others: [],
  }
  return {
    values: [],
    failed: 0,
    units: units(n),
    rows: BigInt(n),
    topRows: [],
    measures: [measure],
  }
}

/** What a cell of `n` units shows as a count: null where it is under the threshold. */
function count(preset: Preset, n: number): number | null {
  const by = protectionOf(secret, preset, 'person')
  const cell = cellOf(n)
  if (!reachesThreshold(cell.units, by)) return null
  const context = { by, onePerUnit: true, raw: () => undefined, side: () => [], decimals: () => 0 }
  return protectFigure(cell, { kind: 'rows' }, context)?.value ?? null
}

function total(preset: Preset, amounts: readonly number[]): number | null {
  const by = protectionOf(secret, preset, 'person')
  const cell = cellOf(amounts.length, amounts)
  const measure = { table: 't', column: 'x', positive: true }
  const [raw] = cell.measures
  const context = {
    by,
    onePerUnit: true,
    raw: () => (raw ? { measure: raw, decimals: 0, name: 't.x' } : undefined),
    side: () => [],
    decimals: () => 0,
  }
  return protectFigure(cell, { kind: 'sum', measure }, context)?.value ?? null
}

const equal = (n: number) => Array.from({ length: n }, () => 100)

describe('levels of protection treat counts exactly as they say', () => {
  test.each([
    [6, null],
    [7, null],
    [8, 10],
    [12, 10],
    [13, 15],
    [102, 100],
    [103, 105],
  ])('opensafely shows %i as %s', (n, shown) => expect(count(presets.opensafely, n)).toBe(shown))

  test.each([
    [9, null],
    [10, 10],
    [12, 10],
    [13, 15],
    [998, 1000],
  ])('acro shows %i as %s', (n, shown) => expect(count(presets.acro, n)).toBe(shown))

  test('destatis adds the noise of the Cell Key Method and nothing else', () => {
    const table = perturbationTable({ D: 5, V: 2.25, js: 2 })
    for (let n = 3; n < 300; n++) {
      const v = lookUp(table, n, uniform(cellKey(secret, 'count|person', units(n))))
      expect(count(presets.destatis, n)).toBe(n + v)
      expect([1, 2]).not.toContain(n + v)
    }
    expect(count(presets.destatis, 2)).toBeNull()
  })

  test('rdc shows multiples of three from five units on, near the truth', () => {
    expect(count(presets.rdc, 4)).toBeNull()
    for (let n = 5; n < 200; n++) {
      const shown = count(presets.rdc, n) ?? Number.NaN
      expect(shown % 3).toBe(0)
      expect(Math.abs(shown - n)).toBeLessThanOrEqual(6)
    }
  })

  test('allmende shows multiples of five, the threshold is noisy and never under ten', () => {
    const shown = Array.from({ length: 40 }, (_, n) => count(presets.allmende, n))
    expect(shown.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => null))
    expect(shown.slice(20).every((n) => n !== null && n % 5 === 0)).toBe(true)
    expect(shown.slice(10, 16).some((n) => n === null)).toBe(true)
  })

  test.each([1, 3, 5, 10] as const)('counts are rounded to multiples of %i', (rounding) => {
    const preset: Preset = { ...presets.acro, rounding }
    const shown = Array.from({ length: 50 }, (_, i) => count(preset, i + 20))
    expect(shown).toEqual(
      Array.from({ length: 50 }, (_, i) => Math.floor((i + 20) / rounding + 0.5) * rounding),
    )
  })
})

describe('levels of protection treat totals exactly as they say', () => {
  test('acro: two contributions may make up 90 per cent and not more', () => {
    const rest = equal(20)
    expect(total(presets.acro, [9_000, 9_000, ...rest])).not.toBeNull()
    expect(total(presets.acro, [9_001, 9_000, ...rest])).toBeNull()
  })

  test('rdc: two contributions may make up 85 per cent and not more', () => {
    const rest = [...equal(10), 500]
    expect(total(presets.rdc, [4_250, 4_250, ...rest])).not.toBeNull()
    expect(total(presets.rdc, [4_251, 4_250, ...rest])).toBeNull()
  })

  test.each(['allmende', 'destatis', 'rdc', 'opensafely', 'acro'] as const)(
    '%s: the others must hide the largest contribution to ten per cent',
    (name) => {
      const preset: Preset = { ...presets[name], dominance: null }
      expect(total(preset, [20_001, 500, ...equal(20)])).toBeNull()
      expect(total(preset, [20_000, 500, ...equal(20)])).not.toBeNull()
    },
  )

  test('destatis totals are those of the numeric Cell Key Method, to about two digits of their noise', () => {
    const amounts = Array.from({ length: 60 }, (_, i) => 1_000 + 37 * i)
    const by = protectionOf(secret, presets.destatis, 'person')
    const top = [3_183, 3_146, 3_109]
    const digest = cellKey(secret, 'total|person|t.x', units(60))
    const run = perturbNumeric(
      {
        total: amounts.reduce((a, b) => a + b, 0),
        top,
        keys: [0, 8, 16].map((at) => uniform(digest, at)),
        sensitive: false,
      },
      { table: by.sums, share: { kind: 'simple', share: 0.2 }, weights: [1, 0.5, 0.2], extra: 0 },
    )
    const shown = total(presets.destatis, amounts) ?? Number.NaN
    expect(Math.abs(shown - run.result)).toBeLessThanOrEqual(50)
    expect(shown).not.toBe(amounts.reduce((a, b) => a + b, 0))
  })
})

describe('an own level of protection', () => {
  const read = (value: unknown) => readPreset(JSON.stringify(value))

  test('names what differs from a built-in one; condition effect and siblings follow k', () => {
    expect(read({ name: 'Stadt', version: 'stadt-1', k: 15, rounding: 10 })).toMatchObject({
      k: 15,
      effect: 30,
      sibling: 15,
      rounding: 10,
      counts: { D: 5, V: 2.25, js: 2 },
    })
  })

  test.each([
    [{ name: 'x', version: 'x', k: 2 }, /^k/],
    [{ name: 'x', version: 'x', colour: 'red' }, /colour/],
    [{ name: 'x', version: 'x', base: 'acro', rounding: 1 }, /must be rounded/],
    [{ name: 'x', version: 'x', counts: { D: 5, V: 2, js: 2 } }, /no table/],
    [{ name: 'x', version: 'x', k: 20, effect: 10 }, /effect/],
    ['nothing', /preset/],
  ])('%j is refused', (value, reason) => {
    const result = read(value)
    expect('unusable' in result && result.unusable.join()).toMatch(reason)
  })
})
