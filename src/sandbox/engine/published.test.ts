import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { protectionOf, reachesThreshold, roundTo } from './figure.ts'
import { presets } from './preset.ts'
import { lookUp, perturbationTable, type PerturbationTable } from './ptable.ts'

const folder = new URL('../../../../shared/fixtures/disclosure/cell-key/', import.meta.url)
const file = (name: string) => new URL(name, folder)
const there = existsSync(folder)

/** A table as the R package ptable writes it: i, j, p, v, lower, upper, type. */
function rowsOf(name: string, type: string): number[][] {
  const lines = readFileSync(file(name), 'utf8').trim().split('\n').slice(1)
  return lines.filter((line) => line.endsWith(`,${type}`)).map((line) => line.split(',').map(Number))
}

function furthest(table: PerturbationTable, published: readonly number[][]): number {
  const off = published.map(([i = 0, , , v = 0, lower = 0, upper = 0]) => {
    const found = table.rows.find((r) => r.i === i)?.intervals.find((x) => Math.abs(x.v - v) < 1e-9)
    return found ? Math.max(Math.abs(found.lower - lower), Math.abs(found.upper - upper)) : 1
  })
  return Math.max(...off)
}

describe.runIf(there)('published files of the Cell Key Method', () => {
  test('the example table for counts is equal to 1e-7', () => {
    const table = perturbationTable({ D: 2, V: 1.05, js: 1, mono: [true, true, false, true] })
    expect(furthest(table, rowsOf('ptable_ck_ptab_cnts_params_ptable.csv', 'all'))).toBeLessThan(1e-7)
  })

  test('the example tables for totals, also for small ones, are equal to 1e-7', () => {
    const equality = [true, false, false]
    const all = perturbationTable({ D: 10, V: 3, step: 2, rows: [1, 5, 10], equality })
    const small = perturbationTable({ D: 5, V: 1, step: 5, rows: [1, 3, 5], equality })
    expect(furthest(all, rowsOf('ptable_ck_ptab_nums_params_ptab.csv', 'all'))).toBeLessThan(1e-7)
    expect(furthest(small, rowsOf('ptable_ck_ptab_nums_params_ptab.csv', 'small_cells'))).toBeLessThan(1e-7)
  })

  test('the 10-5 rule is what the level “acro” does with a count, for every row and key of the published table', () => {
    const by = protectionOf(new Uint8Array(32), presets.acro, 'person')
    const shown = Array.from({ length: 751 }, (_, n) =>
      reachesThreshold({ n: BigInt(n), key: 0n }, by) ? roundTo(n, 5) : null,
    )
    const text = gunzipSync(readFileSync(file('ons_ptable_10_5_rule.csv.gz'))).toString()
    const wrong = text
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',').map(Number))
      .filter(([n = 0, , change = 0]) => shown[n] !== (n + change < 10 ? null : n + change))
    expect(wrong).toEqual([])
  })

  test('published perturbed counts are possible outcomes of the method: zeros stay, changes stay within the table', () => {
    const { freqtab } = JSON.parse(readFileSync(file('cellkey_reference.json'), 'utf8')) as {
      freqtab: { uwc: number; puwc: number; wc: number; pwc: number }[]
    }
    const table = perturbationTable({ D: 5, V: 3, js: 2, pstay: 0.5 })
    expect(freqtab.length).toBeGreaterThan(15)
    for (const { uwc, puwc, wc, pwc } of freqtab) {
      const outcomes = new Set(Array.from({ length: 2_000 }, (_, i) => uwc + lookUp(table, uwc, i / 2_000)))
      expect([uwc, outcomes.has(puwc)]).toEqual([uwc, true])
      expect(pwc).toBeCloseTo(uwc > 0 ? (puwc * wc) / uwc : 0, 3)
    }
  })

  test('on the published microdata the noise has mean 0 and the variance of its table', () => {
    const lines = readFileSync(file('insee_ckm_dtest.csv'), 'utf8').trim().split('\n').slice(1)
    const table = perturbationTable({ D: 5, V: 2.5, js: 2 })
    const cells = new Map<string, { n: number; key: number }>()
    lines.forEach((line, i) => {
      const [sex, degree, ...rest] = line.split(',')
      const region = rest.at(-5)
      for (const name of [`${sex}|${degree}|${region}`, `${sex}|${region}`, `${degree}|${region}`]) {
        const cell = cells.get(name) ?? { n: 0, key: 0 }
        cells.set(name, { n: cell.n + 1, key: (cell.key + ((i * 0.6180339887498949) % 1)) % 1 })
      }
    })
    const noise = [...cells.values()].filter((c) => c.n > 10).map((c) => lookUp(table, c.n, c.key))
    const mean = noise.reduce((a, b) => a + b, 0) / noise.length
    const variance = noise.reduce((a, b) => a + (b - mean) ** 2, 0) / noise.length
    expect(noise.length).toBeGreaterThan(100)
    expect(Math.abs(mean)).toBeLessThan((4 * Math.sqrt(2.5)) / Math.sqrt(noise.length))
    expect(variance).toBeGreaterThan(1.5)
    expect(variance).toBeLessThan(3.8)
  })
})
