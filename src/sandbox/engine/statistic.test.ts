import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestRoom, type TestRoom } from '../attacks/target.ts'
import type { SourceRow } from '../vault/contract.ts'
import type { TableSpec } from './roles.ts'

const spec: TableSpec = {
  name: 'leute',
  columns: [
    { name: 'id', source: 'ID', type: 'text', role: 'unit', unitType: 'person' },
    {
      name: 'ort',
      source: 'Ort',
      type: 'text',
      role: 'dimension',
      exact: true,
      domain: ['A', 'B', 'C'],
      generalisations: [],
    },
    { name: 'beruf', source: 'Beruf', type: 'text', role: 'dimension', exact: true, generalisations: [] },
    {
      name: 'lohn',
      source: 'Lohn',
      type: 'decimal',
      role: 'measure',
      lower: 500,
      upper: 9500,
      decimals: 2,
      bins: { origin: 500, width: 500 },
    },
    {
      name: 'stunden',
      source: 'Stunden',
      type: 'integer',
      role: 'measure',
      lower: 0,
      upper: 60,
      decimals: 0,
    },
  ],
}

/** Wages grow with hours; 6000 people in A and B, 8 in C; 12 jobs with many and 5 with one person. */
const rows: SourceRow[] = Array.from({ length: 6_008 }, (_, i) => {
  const hours = 10 + ((i * 37) % 41)
  const wage = 1_000 + 90 * hours + ((i * 7919) % 1_000)
  const job = i % 1_200 === 0 ? `einzig ${i}` : `beruf ${i % 12}`
  return [`p${i}`, i >= 6_000 ? 'C' : i % 2 ? 'A' : 'B', job, wage, i % 10 === 0 ? null : hours]
})

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([{ spec, rows }])
})
afterAll(() => room.close())

const wages = rows.map((r) => Number(r[3]))
const pairs = rows.filter((r) => r[4] !== null).map((r) => [Number(r[3]), Number(r[4])] as const)
const mean = (xs: readonly number[]) => xs.reduce((a, b) => a + b, 0) / xs.length
const covariance = (xs: readonly (readonly [number, number])[]) => {
  const [mx, my] = [mean(xs.map(([x]) => x)), mean(xs.map(([, y]) => y))]
  return mean(xs.map(([x, y]) => (x - mx) * (y - my)))
}
const variance = (xs: readonly number[]) => covariance(xs.map((x) => [x, x] as const))

async function figures(what: string): Promise<unknown[]> {
  return (await room.rows(`SELECT ${what} FROM leute`))[0]?.slice() ?? []
}

describe('statistics come from protected sums', () => {
  test('variance and standard deviation are near the truth and not exact', async () => {
    const [pop, samp, sd] = await figures('VAR_POP(lohn), VARIANCE(lohn), STDDEV(lohn)')
    const truth = variance(wages)
    expect(Number(pop) / truth).toBeCloseTo(1, 1)
    expect(Number(samp)).toBeGreaterThan(Number(pop) * 0.99)
    expect(Number(sd) ** 2 / Number(samp)).toBeCloseTo(1, 2)
    expect(pop).not.toBe(truth)
  })

  test('correlation, covariance and regression count rows with both values', async () => {
    const [r, c, slope, r2] = await figures(
      'CORR(lohn, stunden), COVAR_POP(lohn, stunden), REGR_SLOPE(lohn, stunden), REGR_R2(lohn, stunden)',
    )
    const truth = covariance(pairs)
    const hours = variance(pairs.map(([, h]) => h))
    const correlation = truth / Math.sqrt(variance(pairs.map(([w]) => w)) * hours)
    expect(Math.abs(Number(r) - correlation)).toBeLessThan(0.05)
    expect(Number(c) / truth).toBeCloseTo(1, 1)
    expect(Number(slope) / (truth / hours)).toBeCloseTo(1, 1)
    expect(Math.abs(Number(r2) - correlation ** 2)).toBeLessThan(0.1)
    const [intercept] = await figures('REGR_INTERCEPT(lohn, stunden)')
    const expected = mean(pairs.map(([w]) => w)) - (truth / hours) * mean(pairs.map(([, h]) => h))
    expect(Math.abs(Number(intercept) - expected)).toBeLessThan(400)
  })

  test('quantiles are interpolated in registered bins', async () => {
    const [median, low, high] = await figures(
      'MEDIAN(lohn), QUANTILE_CONT(lohn, 0.1), QUANTILE_CONT(lohn, 0.9)',
    )
    const sorted = [...wages].sort((a, b) => a - b)
    const truth = (q: number) => sorted[Math.floor(q * sorted.length)] ?? 0
    expect(Math.abs(Number(median) - truth(0.5))).toBeLessThan(60)
    expect(Math.abs(Number(low) - truth(0.1))).toBeLessThan(120)
    expect(Math.abs(Number(high) - truth(0.9))).toBeLessThan(120)
  })

  test('a group under the threshold has no statistics either', async () => {
    const by = await room.rows(
      'SELECT ort, MEDIAN(lohn), VARIANCE(lohn), CORR(lohn, stunden) FROM leute GROUP BY ort',
    )
    expect(by.find((r) => r[0] === 'C')).toEqual(['C', null, null, null])
    expect(by.filter((r) => r[0] !== 'C').every((r) => r.slice(1).every((x) => x !== null))).toBe(true)
  })

  test('distinct values are counted only where enough people have them', async () => {
    const [jobs] = await figures('COUNT(DISTINCT beruf)')
    expect(Math.abs(Number(jobs) - 12)).toBeLessThanOrEqual(7.5)
    expect(Number(jobs) % 5).toBe(0)
  })

  test('the same statistic has the same answer however it is asked', async () => {
    const [[a], [b]] = await Promise.all([
      room.rows('SELECT MEDIAN(lohn), VARIANCE(lohn) FROM leute'),
      room.rows('WITH z AS (SELECT VARIANCE(lohn) v, MEDIAN(lohn) m FROM leute) SELECT m, v FROM z'),
    ])
    expect(a).toEqual(b)
  })

  test.each([
    ['MEDIAN(stunden)', 'no-bins'],
    ['QUANTILE_CONT(lohn, 0.999)', 'aggregate'],
    ['QUANTILE_CONT(lohn, stunden)', 'aggregate'],
    ['CORR(lohn, lohn)', 'expression'],
    ['VARIANCE(lohn * 2)', 'expression'],
    ['COUNT(DISTINCT lohn)', 'aggregate'],
    ['MAX(lohn)', 'aggregate'],
  ])('%s is refused', async (what, code) => {
    expect(await room.code(`SELECT ${what} FROM leute`)).toBe(code)
  })

  test('cells of finer blocks cost budget too', async () => {
    const answer = await room.ask('SELECT MEDIAN(lohn) FROM leute')
    expect(answer.kind === 'answered' && answer.spending.fresh.length).toBeGreaterThan(8)
    expect(answer.kind === 'answered' && answer.spending.partitions.length).toBe(2)
  })
})
