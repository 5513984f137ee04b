import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { presets, type Preset } from './preset.ts'
import type { Answer, Ledger } from './result.ts'
import type { TableSpec } from './roles.ts'
import { children, createTestRoom, heat, visits, type TestRoom } from '../attacks/target.ts'

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([children, heat, visits])
})
afterAll(() => room.close())

const answered = (answer: Answer) => {
  if (answer.kind !== 'answered') throw new Error(answer.refusal.code)
  return answer
}

describe('protected answers', () => {
  test('counts are near the truth, rounded to five, and small groups are not shown', async () => {
    const { result } = answered(
      await room.ask('SELECT stadtteil, COUNT(*) AS n FROM kinder GROUP BY stadtteil'),
    )
    const rows = new Map(result.rows.map(([name, n]) => [name, n]))
    expect(rows.get('Insel')).toBeNull()
    for (const district of ['Altstadt', 'Hafen', 'Nord', 'Süd']) {
      expect(Number(rows.get(district)) % 5).toBe(0)
      expect(Math.abs(Number(rows.get(district)) - 1500)).toBeLessThanOrEqual(10)
    }
    expect([result.shown, result.hidden]).toEqual([4, 1])
  })

  test('the same question has the same answer however it is written', async () => {
    const spellings = [
      'SELECT stadtteil, COUNT(*) FROM kinder WHERE kita = true AND alter_jahre BETWEEN 0 AND 5 GROUP BY stadtteil',
      'select k.stadtteil, count(*) from kinder k where k.alter_jahre >= 0 and k.alter_jahre < 6 and k.kita group by 1',
      'SELECT stadtteil, COUNT(DISTINCT kind_id) FROM kinder WHERE alter_jahre IN (5,4,3,2,1,0) AND kita GROUP BY ALL',
      'SELECT stadtteil, COUNT(*) FROM kinder WHERE kita AND kita AND alter_jahre BETWEEN 0 AND 5 GROUP BY stadtteil /* again */',
      'WITH z AS (SELECT stadtteil s, COUNT(*) n FROM kinder WHERE kita AND alter_jahre BETWEEN 0 AND 5 GROUP BY s) SELECT * FROM z',
    ]
    const all = await Promise.all(spellings.map((sql) => room.rows(sql)))
    const sorted = all.map((rows) => [...rows].sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)))
    for (const rows of sorted) expect(rows).toEqual(sorted[0])
  })

  test('an empty cell looks like a protected one', async () => {
    const { result } = answered(
      await room.ask(
        'SELECT stadtteil, stufe, COUNT(*) FROM kinder JOIN waermekarte USING (baublock) GROUP BY ALL',
      ),
    )
    const protectedOnes = result.rows.filter((row) => row[0] === 'Insel')
    expect(protectedOnes).toEqual([
      ['Insel', 'heiß', null],
      ['Insel', 'kühl', null],
    ])
  })

  test('sums and means are near the truth and never exact', async () => {
    const [row] = await room.rows('SELECT SUM(ausgaben), AVG(ausgaben), COUNT(*) FROM kinder')
    const amounts = children.rows.map((r) => Number(r[7]))
    const total = amounts.reduce((sum, x) => sum + x, 0)
    expect(Math.abs(Number(row?.[0]) - total) / total).toBeLessThan(0.01)
    expect(Number(row?.[0])).not.toBe(Math.round(total * 100) / 100)
    expect(Math.abs(Number(row?.[1]) - total / amounts.length)).toBeLessThan(2)
  })

  test('a sum that one unit dominates is protected, the others are shown', async () => {
    const rows = await room.rows('SELECT praxis, SUM(kosten), COUNT(*) FROM besuche GROUP BY praxis')
    expect(rows.find((r) => r[0] === 'Eck')?.slice(1) ?? [null, null]).toEqual([null, null])
    expect(rows.filter((r) => r[0] !== 'Eck').every((r) => Number(r[1]) > 0 && Number(r[2]) > 0)).toBe(true)
  })

  test('where units have several rows, units are counted once and rows are flattened', async () => {
    const [row] = await room.rows(
      "SELECT COUNT(DISTINCT kind_id), COUNT(*) FROM besuche WHERE praxis IN ('Markt', 'Park')",
    )
    expect(Math.abs(Number(row?.[0]) - 1500)).toBeLessThanOrEqual(10)
    expect(Math.abs(Number(row?.[1]) - 9000)).toBeLessThanOrEqual(60)
  })

  test('facts may be joined to the one row of their unit', async () => {
    const rows = await room.rows(
      'SELECT k.kita, COUNT(DISTINCT b.kind_id) FROM besuche b JOIN kinder k ON b.kind_id = k.kind_id GROUP BY 1',
    )
    expect(rows.map((r) => r[0])).toEqual([false, true])
    expect(rows.every((r) => Math.abs(Number(r[1]) - (r[0] ? 1000 : 500)) <= 10)).toBe(true)
  })

  test('joined by their unit, both names and the bare one mean the same people', async () => {
    const ask = (unit: string, on: string) =>
      room.rows(`SELECT k.kita, COUNT(DISTINCT ${unit}) FROM kinder k JOIN besuche b ${on} GROUP BY 1`)
    const first = await ask('b.kind_id', 'ON b.kind_id = k.kind_id')
    expect(await ask('k.kind_id', 'ON k.kind_id = b.kind_id')).toEqual(first)
    expect(await ask('kind_id', 'USING (kind_id)')).toEqual(first)
  })

  test('households can be counted as well as people, one kind per question', async () => {
    const [row] = await room.rows('SELECT COUNT(DISTINCT haushalt_id) FROM kinder')
    expect(Math.abs(Number(row?.[0]) - 3002)).toBeLessThanOrEqual(10)
    expect(await room.code('SELECT COUNT(DISTINCT haushalt_id), COUNT(*) FROM kinder')).toBe('mixed-units')
  })

  test('a condition that leaves out a few units protects the figure', async () => {
    const all = "('Altstadt', 'Hafen', 'Nord', 'Süd', 'Insel')"
    const withoutThree = "('Altstadt', 'Hafen', 'Nord', 'Süd')"
    expect(await room.rows(`SELECT COUNT(*) FROM kinder WHERE stadtteil IN ${withoutThree}`)).toEqual([
      [null],
    ])
    const [whole] = await room.rows(`SELECT COUNT(*) FROM kinder WHERE stadtteil IN ${all}`)
    expect(whole).toEqual((await room.rows('SELECT COUNT(*) FROM kinder'))[0])
  })

  test('an inner join that drops a few units counts as a condition', async () => {
    const few = await createTestRoom([
      children,
      { spec: heat.spec, rows: [...heat.rows, ['b23', 'kühl', 30]] },
    ])
    const lost = {
      spec: children.spec,
      rows: children.rows.map((r, i): (typeof r)[number][] =>
        i < 4 ? [...r.slice(0, 6), 'nirgends', ...r.slice(7)] : [...r],
      ),
    }
    const dropping = await createTestRoom([
      lost,
      { spec: heat.spec, rows: [...heat.rows, ['b23', 'kühl', 30]] },
    ])
    const sql = 'SELECT COUNT(*) FROM kinder JOIN waermekarte USING (baublock)'
    expect((await few.rows(sql))[0]?.[0]).not.toBeNull()
    expect(await dropping.rows(sql)).toEqual([[null]])
    await Promise.all([few.close(), dropping.close()])
  })

  test('a cell that nearly fills its parent is protected with the small one', async () => {
    const rows = await room.rows('SELECT alter_3, stadtteil, COUNT(*) FROM kinder GROUP BY ALL')
    const [total] = await room.rows('SELECT COUNT(*) FROM kinder')
    expect(rows.some((r) => r[1] === 'Insel')).toBe(false)
    expect(Number(total?.[0])).toBeGreaterThan(5900)
    const split = await room.rows(
      "SELECT stadtteil, COUNT(*) FROM kinder WHERE stadtteil IN ('Nord','Insel') GROUP BY stadtteil",
    )
    expect(split.every((r) => r[1] === null)).toBe(true)
  })

  test('HAVING, ORDER BY, LIMIT and windows work on protected figures', async () => {
    const sql =
      'SELECT stadtteil, COUNT(*) n, rank() OVER (ORDER BY COUNT(*) DESC) r FROM kinder GROUP BY stadtteil HAVING COUNT(*) >= 10 ORDER BY stadtteil DESC LIMIT 2'
    const rows = await room.rows(sql)
    expect(rows.map((r) => r[0])).toEqual(['Süd', 'Nord'])
    expect(rows.every((r) => Number(r[1]) % 5 === 0)).toBe(true)
  })

  test('the outer part joins and adds up protected cells only', async () => {
    const rows =
      await room.rows(`WITH a AS (SELECT stadtteil s, COUNT(*) n FROM kinder GROUP BY s), b AS (SELECT stadtteil s, COUNT(*) n FROM kinder WHERE kita GROUP BY s)
      SELECT a.s, round(100.0 * b.n / a.n) AS anteil FROM a JOIN b ON a.s = b.s WHERE a.n IS NOT NULL ORDER BY a.s`)
    expect(rows.map((r) => r[0])).toEqual(['Altstadt', 'Hafen', 'Nord', 'Süd'])
    expect(rows.every((r) => Math.abs(Number(r[1]) - 67) <= 2)).toBe(true)
  })

  test('counts of values and of ones are protected where few are left over', async () => {
    const spec: TableSpec = {
      name: 'kranke',
      rowUnit: 'person',
      columns: [
        { name: 'ort', source: 'ort', type: 'text', role: 'dimension', exact: true, generalisations: [] },
        { name: 'krank', source: 'krank', type: 'integer', role: 'measure', lower: 0, upper: 1, decimals: 0 },
        { name: 'wert', source: 'wert', type: 'integer', role: 'measure', lower: 0, upper: 9, decimals: 0 },
      ],
    }
    const rows = Array.from({ length: 400 }, (_, i) => [
      i < 200 ? 'A' : 'B',
      i < 200 && i > 3 ? 1 : i % 2,
      i > 3 ? 5 : null,
    ])
    const small = await createTestRoom([{ spec, rows }])
    const shown = await small.rows('SELECT ort, SUM(krank), COUNT(wert) FROM kranke GROUP BY ort')
    await small.close()
    expect(shown.map((row) => row[0])).toEqual(['B'])
    expect(shown[0]?.every((x) => x !== null)).toBe(true)
  })

  test('presets differ in what they show', async () => {
    const exactSmall: Preset = { ...presets.destatis, k: 2, thresholdSd: 0, effect: 2, sibling: 2 }
    const rows = await room.rows('SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil', {
      preset: exactSmall,
    })
    expect(rows.find((r) => r[0] === 'Insel')?.[1]).toSatisfy((n) =>
      [0, 3, 4, 5, 6, 7, 8].includes(Number(n)),
    )
  })
})

describe('budget', () => {
  test('repeats are free, new cells are counted, an empty budget refuses before anything is shown', async () => {
    const sql = 'SELECT stadtteil, COUNT(*) FROM kinder GROUP BY stadtteil'
    const first = answered(await room.ask(sql))
    expect(first.spending.fresh).toHaveLength(4)
    const spent = new Set(first.spending.fresh)
    const ledger: Ledger = { remaining: 0, seen: async () => spent, waysOf: async () => new Set() }
    const again = answered(await room.ask(sql, { ledger }))
    expect([again.spending.fresh.length, again.spending.repeated]).toEqual([0, 4])
    expect(await room.code('SELECT alter_3, COUNT(*) FROM kinder GROUP BY alter_3', { ledger })).toBe(
      'budget',
    )
  })

  test('the same units can be split up in a limited number of ways', async () => {
    const bases = await Promise.all(
      ['stadtteil', 'kita', 'alter_3'].map(
        async (by) =>
          answered(await room.ask(`SELECT ${by}, COUNT(*) FROM kinder GROUP BY ${by}`)).spending
            .partitions[0],
      ),
    )
    expect(new Set(bases.map((p) => p?.base)).size).toBe(1)
    expect(new Set(bases.map((p) => p?.way)).size).toBe(3)
    const ways = new Set(Array.from({ length: 20 }, (_, i) => `way ${i}`))
    const full: Ledger = { remaining: 100, seen: async () => new Set(), waysOf: async () => ways }
    expect(await room.code('SELECT kita, COUNT(*) FROM kinder GROUP BY kita', { ledger: full })).toBe(
      'partitions',
    )
  })
})
