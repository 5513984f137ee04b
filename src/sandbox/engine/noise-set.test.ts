import { expect, test } from 'vitest'
import { drawNoise, exampleNoise, isSound, withNoise } from './noise-set.ts'
import { presets } from './preset.ts'
import { perturbationTable } from './ptable.ts'

/** A small generator with a seed: the same draws in each run. */
function chanceOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

const drawn = Array.from({ length: 60 }, (_, i) => drawNoise(chanceOf(i + 1), 1))

test('every drawn set has tables, unbiased and with at least the recommended variance', () => {
  for (const { counts, sums } of drawn) {
    expect(counts.V).toBeGreaterThanOrEqual(2.25)
    expect(counts.V).toBeGreaterThan(Math.floor((counts.js + 1) ** 2 / 4))
    expect(sums.D * 8).toBeLessThan(50)
    for (const { intervals } of perturbationTable(counts).rows)
      expect(intervals.reduce((sum, { v, p }) => sum + v * p, 0)).toBeCloseTo(0, 7)
  }
})

test('sets differ from installation to installation', () => {
  expect(new Set(drawn.map((set) => JSON.stringify(set))).size).toBe(drawn.length)
  expect(new Set(drawn.map((set) => set.counts.D)).size).toBeGreaterThan(2)
})

test('a set takes the place of the example, its number is in the version, unperturbed counts stay so', () => {
  const [set] = drawn
  if (!set) throw new Error('nothing drawn')
  expect(withNoise(presets.allmende, set)).toMatchObject({ version: 'allmende-1-n1', counts: set.counts })
  expect(withNoise(presets.opensafely, set).counts).toBeNull()
  expect(withNoise(presets.allmende, exampleNoise)).toBe(presets.allmende)
})

test('a set without a table is not sound', () => {
  expect(isSound({ counts: { D: 5, V: 2, js: 2 }, sums: { D: 5, V: 2.25, js: 0 } })).toBe(false)
  expect(isSound(exampleNoise)).toBe(true)
})
