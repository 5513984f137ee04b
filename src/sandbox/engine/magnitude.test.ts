import { describe, expect, test } from 'vitest'
import { cellKey, ledgerKey, normal, recordKey, setColumn, uniform, unitHash, type UnitSet } from './keys.ts'
import { isDominated, perturbTotal, roundMean, roundTotal, type Contributions } from './magnitude.ts'
import { presets } from './preset.ts'
import { perturbationTable } from './ptable.ts'

const secret = new Uint8Array(32).fill(9)
const table = perturbationTable({ D: 5, V: 2.25, step: 8, rows: [5] })

function contributions(values: readonly number[], key = 1n): Contributions {
  const all = values.map(BigInt)
  const sizes = [...all].sort((a, b) => Math.abs(Number(b)) - Math.abs(Number(a)))
  const abs = (x: bigint) => (x < 0n ? -x : x)
  return {
    set: { n: BigInt(values.length), key },
    sum: all.reduce((a, b) => a + b, 0n),
    absolute: all.reduce((a, b) => a + abs(b), 0n),
    top: sizes.slice(0, 6),
  }
}

describe('totals', () => {
  const even = Array.from({ length: 200 }, (_, i) => 100 + (i % 50))

  test('noise has about the promised spread, in units of a typical contribution, and no bias', () => {
    const of = contributions(even)
    const draws = Array.from(
      { length: 2_000 },
      (_, i) => Number(perturbTotal(secret, `m${i}`, { of, table }).value) - Number(of.sum),
    )
    const mean = draws.reduce((a, b) => a + b, 0) / draws.length
    const sd = Math.sqrt(draws.reduce((a, b) => a + (b - mean) ** 2, 0) / draws.length)
    expect(Math.abs(mean)).toBeLessThan(25)
    expect(sd / 124.5).toBeGreaterThan(1.35)
    expect(sd / 124.5).toBeLessThan(1.65)
  })

  test('the largest contributions do not move a total: outliers are replaced by typical large ones', () => {
    const plain = perturbTotal(secret, 'm', { of: contributions(even), table })
    const outlier = perturbTotal(secret, 'm', { of: contributions([...even.slice(0, -1), 1_000_000]), table })
    expect(Math.abs(Number(outlier.value) - Number(plain.value))).toBeLessThan(10_000)
  })

  test('negative contributions are flattened with their sign', () => {
    const of = contributions([...even.map((x) => -x), -1_000_000])
    expect(Number(perturbTotal(secret, 'm', { of, table }).value)).toBeGreaterThan(-40_000)
  })

  test('dominance looks at absolute contributions', () => {
    expect(isDominated(contributions([1000, -900, 50, 40]), presets.allmende)).toBe(true)
    expect(isDominated(contributions([1000, -900, 500, 400]), presets.allmende)).toBe(false)
    expect(isDominated(contributions([1000, 900, 100, 50]), presets.acro)).toBe(true)
    expect(isDominated(contributions(even), presets.acro)).toBe(false)
  })

  test('plain numbers, where they are exact, give what bigints give', () => {
    let seed = 7
    const next = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below
    for (let run = 0; run < 2_000; run++) {
      const sizes = Array.from(
        { length: 1 + next(9) },
        () => next(10 ** (1 + next(11))) - (run % 3 ? 0 : 500),
      )
      const of = contributions(sizes, BigInt(run))
      const plain = { ...of, sum: Number(of.sum), absolute: Number(of.absolute), top: of.top.map(Number) }
      expect(perturbTotal(secret, 'm', { of: plain, table })).toEqual({
        ...perturbTotal(secret, 'm', { of, table }),
        value: Number(perturbTotal(secret, 'm', { of, table }).value),
      })
      expect(isDominated(plain, presets.allmende)).toBe(isDominated(of, presets.allmende))
    }
  })

  test('shown digits end where the noise begins', () => {
    expect(roundTotal({ value: 1_234_567n, sd: 4_321 })).toBe(1_234_600n)
    expect(roundTotal({ value: -1_234_567n, sd: 4_321 })).toBe(-1_234_600n)
    expect(roundTotal({ value: 17n, sd: 3 })).toBe(17n)
    expect(roundMean(24.56789, 0.0321, 1)).toBe(24.568)
    expect(roundMean(24.56789, 3.21, 1)).toBe(24.6)
  })
})

describe('keys', () => {
  const set = (n: bigint, key: bigint) => ({ n, key }) satisfies UnitSet

  test('the key of a union says nothing about the keys of its parts', () => {
    const part = (i: number) => set(50n, BigInt(i) * 1_000_003n)
    const union = (i: number, j: number) => set(100n, part(i).key + part(j).key)
    const draw = (s: UnitSet) => uniform(cellKey(secret, 'count', s))
    const errors = Array.from(
      { length: 2_000 },
      (_, i) => ((draw(part(i)) + draw(part(i + 1))) % 1) - draw(union(i, i + 1)),
    )
    const close = errors.filter((e) => Math.abs(e) < 0.05 || Math.abs(e) > 0.95).length
    expect(close / errors.length).toBeLessThan(0.13)
  })

  test('uniform and normal draws have their moments', () => {
    const digests = Array.from({ length: 4_000 }, (_, i) => cellKey(secret, 'x', set(1n, BigInt(i))))
    const mean = (xs: number[]) => xs.reduce((a, b) => a + b, 0) / xs.length
    expect(mean(digests.map((d) => uniform(d)))).toBeCloseTo(0.5, 1)
    const normals = digests.map((d) => normal(d))
    expect(Math.abs(mean(normals))).toBeLessThan(0.06)
    expect(mean(normals.map((x) => x * x))).toBeCloseTo(1, 1)
  })

  test('keys drawn for a whole column are those drawn one by one', () => {
    const sets = [set(3n, 5n), set(20_000_000n, 2n ** 55n + 1n), set(0n, 0n)]
    const column = setColumn(
      sets.map(({ n }) => Number(n)),
      sets.map(({ key }) => key),
      sets.length,
    )
    for (const [at, alone] of sets.entries()) {
      expect(cellKey(secret, 'a', column(at)).toString('hex')).toBe(
        cellKey(secret, 'a', alone).toString('hex'),
      )
      expect(ledgerKey(secret, 'a', column(at))).toBe(ledgerKey(secret, 'a', alone))
    }
    expect(() => setColumn([1], [-1n], 1)).toThrow('range')
    expect(() => setColumn([1n << 56n], [1n], 1)).toThrow('units')
  })

  test('keys depend on secret, purpose and set, and ledger keys are not cell keys', () => {
    const s = set(3n, 5n)
    const all = [
      cellKey(secret, 'a', s),
      cellKey(secret, 'b', s),
      cellKey(new Uint8Array(32), 'a', s),
      cellKey(secret, 'a', set(4n, 5n)),
    ].map((k) => k.toString('hex'))
    expect(new Set(all).size).toBe(4)
    expect(all.some((key) => key.startsWith(ledgerKey(secret, 'a', s)))).toBe(false)
    expect(cellKey(secret, 'a', set(3n, 5n + (1n << 40n))).toString('hex')).not.toBe(all[0])
  })

  test('the same id is the same unit in every table, of another type it is another', () => {
    expect(unitHash(secret, 'person', ' K7 ')).toBe(unitHash(secret, 'person', 'K7'))
    expect(unitHash(secret, 'person', 'K7')).not.toBe(unitHash(secret, 'household', 'K7'))
    expect(unitHash(secret, 'person', 'K7') < 1n << 63n).toBe(true)
    expect(recordKey(secret, 'person', 5n)).toEqual(recordKey(secret, 'person', 5n))
  })
})
