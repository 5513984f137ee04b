import { describe, expect, test } from 'vitest'
import type { RawCell } from './cells.ts'
import { closeToParent, hasLowEffect } from './effect.ts'

const check = { least: 20, additive: true }

describe('condition effect', () => {
  test('nobody or enough units failing is fine, a few are not', () => {
    expect(hasLowEffect(new Map(), 2, check)).toBe(false)
    expect(hasLowEffect(new Map([[1, 20n]]), 1, check)).toBe(false)
    expect(hasLowEffect(new Map([[1, 3n]]), 1, check)).toBe(true)
  })

  test('units that fail two conditions at once are found though each single condition has no effect', () => {
    expect(hasLowEffect(new Map([[3, 1n]]), 2, check)).toBe(true)
    expect(
      hasLowEffect(
        new Map([
          [1, 500n],
          [2, 500n],
          [3, 1n],
        ]),
        2,
        check,
      ),
    ).toBe(false)
    expect(
      hasLowEffect(
        new Map([
          [1, 500n],
          [2, 500n],
          [12, 4n],
        ]),
        4,
        check,
      ),
    ).toBe(true)
  })

  test('with several rows per unit, counts of different ways to fail are not added up', () => {
    const failing = new Map([
      [1, 12n],
      [2, 12n],
      [3, 12n],
    ])
    expect(hasLowEffect(failing, 2, { least: 20, additive: true })).toBe(true)
    expect(
      hasLowEffect(
        new Map([
          [3, 12n],
          [1, 30n],
          [2, 30n],
        ]),
        2,
        { least: 20, additive: false },
      ),
    ).toBe(false)
    expect(hasLowEffect(new Map([[3, 12n]]), 2, { least: 20, additive: false })).toBe(true)
  })
})

describe('cells close to their parent', () => {
  const cell = (values: (string | null)[], n: bigint): RawCell => ({
    values,
    failed: 0,
    units: { n, key: 0n },
    rows: n,
    topRows: [],
    others: [],
    measures: [],
  })

  test('a large cell beside a small one is close, beside a large one it is not', () => {
    expect([...closeToParent([cell(['a'], 300n), cell(['b'], 4n)], 10)]).toEqual([0])
    expect(closeToParent([cell(['a'], 300n), cell(['b'], 40n)], 10).size).toBe(0)
    expect(closeToParent([cell(['a'], 300n)], 10).size).toBe(0)
  })

  test('the total is a parent too, also where both dimensions change together', () => {
    const close = closeToParent([cell(['a', 'x'], 300n), cell(['b', 'y'], 4n)], 10)
    expect([...close]).toEqual([0])
  })
})
