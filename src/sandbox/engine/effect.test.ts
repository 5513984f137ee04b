import { describe, expect, test } from 'vitest'
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
  const close = (cells: readonly (readonly [...(string | null)[], number])[]) => [
    ...closeToParent(
      (cells[0]?.slice(0, -1) ?? []).map((_, d) => cells.map((cell) => cell[d])),
      cells.map((cell) => Number(cell.at(-1))),
      10,
    ),
  ]

  test('a large cell beside a small one is close, beside a large one it is not', () => {
    expect(
      close([
        ['a', 300],
        ['b', 4],
      ]),
    ).toEqual([0])
    expect(
      close([
        ['a', 300],
        ['b', 40],
      ]),
    ).toEqual([])
    expect(close([['a', 300]])).toEqual([])
  })

  test('the total is a parent too, also where both dimensions change together', () => {
    expect(
      close([
        ['a', 'x', 300],
        ['b', 'y', 4],
      ]),
    ).toEqual([0])
  })
})
