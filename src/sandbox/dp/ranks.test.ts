import { afterAll, beforeAll, expect, it } from 'vitest'
import { children, createTestRoom, type TestRoom } from '../attacks/target.ts'
import { answerPrivately, refusalOf, type PrivateQuestion } from './answer.ts'
import { seededBits } from './bits.ts'
import type { StoredFigure } from './draw.ts'
import { lossOf } from './loss.ts'
import { planPrivately, type PrivateTerms } from './plan.ts'

const bins = (width: number) => ({
  ...children,
  spec: {
    ...children.spec,
    columns: children.spec.columns.map((c) =>
      c.role === 'measure' ? { ...c, bins: { origin: 0, width } } : c,
    ),
  },
})

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([bins(20)])
})
afterAll(() => room.close())

const terms: PrivateTerms = {
  contribution: { groups: 2, rows: 3 },
  k: 10,
  thresholdDelta: 10_000_000n,
  salt: 'order',
}

async function questionOf(
  sql: string,
  wish: { rho?: number; stored?: Map<string, StoredFigure>; tables?: TestRoom['room']['tables'] } = {},
): Promise<PrivateQuestion> {
  const setting = { tables: wish.tables ?? room.room.tables, preset: room.room.preset, terms }
  return {
    plan: await planPrivately(sql, setting),
    rho: BigInt(Math.round((wish.rho ?? 0.5) * 1e9)),
    terms,
    stored: wish.stored ?? new Map<string, StoredFigure>(),
    room: room.room,
    vault: room.vault,
    outer: room.outer,
    bits: seededBits(sql),
  }
}

const byDistrict = 'SELECT stadtteil, MEDIAN(ausgaben) AS m FROM kinder GROUP BY stadtteil'

it('a median is the middle of a class near the true one, and protected where too few values are behind it', async () => {
  const question = await questionOf(byDistrict)
  expect(question.plan.figures).toBe(2)
  const { result } = await answerPrivately(question)
  for (const [district, median] of result.rows.slice(0, 4)) {
    const values = children.rows
      .flatMap((r) => (r[2] === district ? [Number(r[7])] : []))
      .sort((a, b) => a - b)
    const near = (share: number) => values[Math.round(share * (values.length - 1))] ?? NaN
    expect((Number(median) - 10) % 20).toBe(0)
    expect(Number(median)).toBeGreaterThan(near(0.4) - 20)
    expect(Number(median)).toBeLessThan(near(0.6) + 20)
  }
  expect(result.rows[4]).toEqual(['Insel', null])
  expect(result.sd?.[0]).toEqual([null, null])
})

it('asked again it is free and the same; another quantile costs a choice more, not the count', async () => {
  const first = await answerPrivately(await questionOf(byDistrict))
  const stored = new Map(first.fresh.map((f) => [f.key, f]))
  const again = await questionOf(`${byDistrict} ORDER BY stadtteil DESC`, { stored })
  expect(lossOf(again).rho).toBe(0n)
  expect((await answerPrivately(again)).result.rows.toReversed()).toEqual(
    first.result.rows.toSorted(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  )
  const other = await questionOf(byDistrict.replace('MEDIAN(ausgaben)', 'QUANTILE_CONT(ausgaben, 0.9)'), {
    stored,
  })
  expect(lossOf(other).rho).toBe(250_000_000n)
})

it('is drawn for cells above the threshold alone where values are not registered', async () => {
  const sql = 'SELECT geburtsjahr, QUANTILE_CONT(ausgaben, 0.25) AS q FROM kinder GROUP BY geburtsjahr'
  const { result, fresh, loss } = await answerPrivately(await questionOf(sql))
  expect(result.rows.length).toBeGreaterThan(10)
  expect(new Set(fresh.map((f) => f.cells.size))).toEqual(new Set([result.rows.length]))
  expect(loss.delta).toBe(terms.thresholdDelta)
})

it('is refused with more than a thousand classes', async () => {
  const [table] = room.room.tables
  if (!table) throw new Error('no table')
  const tables = [{ ...table, spec: bins(0.5).spec }]
  const code = await questionOf(byDistrict, { tables }).then(
    () => 'planned',
    (error: unknown) => refusalOf(error).code,
  )
  expect(code).toBe('privacy-figure')
})
