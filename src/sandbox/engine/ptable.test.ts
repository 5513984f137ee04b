import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { lookUp, perturbationTable, type PerturbationTable, type TableParameters } from './ptable.ts'

const goldenFile = new URL('../../../../shared/fixtures/disclosure/ckm-golden.json', import.meta.url)

type Golden = {
  name: string
  args: {
    D: number
    V: number
    js?: number
    pstay?: number
    mono?: boolean[]
    step?: number
    optim?: number[]
    icat?: number[]
  }
  rows_i_v_lb_ub: [number, number, number, number][]
}

function parametersOf({ icat, optim, ...args }: Golden['args']): TableParameters {
  return {
    ...args,
    ...(icat ? { rows: icat } : {}),
    ...(optim ? { equality: optim.map((o) => o === 4) } : {}),
  }
}

function furthest(table: PerturbationTable, golden: Golden): number {
  const deviations = golden.rows_i_v_lb_ub.map(([i, v, lower, upper]) => {
    const found = table.rows.find((row) => row.i === i)?.intervals.find((interval) => interval.v === v)
    return found ? Math.max(Math.abs(found.lower - lower), Math.abs(found.upper - upper)) : 1
  })
  return Math.max(...deviations)
}

describe('perturbation tables', () => {
  test.runIf(existsSync(goldenFile))('equal the golden tables to 1e-7', () => {
    const { tables } = JSON.parse(readFileSync(goldenFile, 'utf8')) as { tables: Golden[] }
    expect(tables.length).toBeGreaterThan(5)
    const off = tables.map((golden) => [
      golden.name,
      furthest(perturbationTable(parametersOf(golden.args)), golden),
    ])
    expect(off.filter(([, deviation]) => Number(deviation) > 1e-7)).toEqual([])
  })

  test.each([
    [{ D: 2, V: 1.08, js: 1, mono: [true, true, false, true] }, 1, [0.51333333, 0.46, 0.02666667]],
    [{ D: 2, V: 0.9 }, 1, [0.3625, 0.3625, 0.1875, 0.0875]],
    [{ D: 3, V: 1 }, 3, [0.0045082, 0.05434724, 0.24203727, 0.39821459, 0.24203727, 0.05434724, 0.0045082]],
    [{ D: 5, V: 2.25, js: 2 }, 2, [0.35388013, 0.58618465, 0.05824414, 0.00167706, 0.00001399, 0.00000003]],
    [{ D: 5, V: 2.25, js: 2 }, 4, [0.05596854, 0.30444113, 0.30444113, 0.1966871, 0.09522913, 0.03329454]],
  ])('%j has the published probabilities in row %i', (parameters, i, expected) => {
    const row = perturbationTable(parameters).rows.find((r) => r.i === i)
    expected.forEach((p, index) => expect(row?.intervals[index]?.p).toBeCloseTo(p, 6))
  })

  test('every row has mean zero and never exceeds the variance', () => {
    for (const { i, intervals } of perturbationTable({ D: 9, V: 7.5, js: 2 }).rows) {
      expect(intervals.reduce((sum, { v, p }) => sum + v * p, 0)).toBeCloseTo(0, 9)
      expect(intervals.reduce((sum, { v, p }) => sum + v * v * p, 0)).toBeLessThanOrEqual(7.5 + 1e-9)
      expect(intervals.every(({ v }) => i + v === 0 || i + v > 2)).toBe(true)
    }
  })

  test.each([
    { D: 5, V: 2, js: 2 },
    { D: 5, V: 1, js: 1 },
    { D: 5, V: 3.9, js: 3 },
  ])('%j is refused because the variance is too small', (parameters) => {
    expect(() => perturbationTable(parameters)).toThrow(RangeError)
  })

  test('the lookup takes the first interval whose upper end lies above the key', () => {
    const table = perturbationTable({ D: 2, V: 1.08, js: 1, mono: [true, true, false, true] })
    expect([0, 0.07394, 0.31816, 0.999].map((key) => lookUp(table, 70, key))).toEqual([-2, -2, 0, 2])
    expect([0, 0.5, 0.999].map((key) => lookUp(table, 0, key))).toEqual([0, 0, 0])
  })
})
