import { afterAll, beforeAll, expect, test } from 'vitest'
import { createTestRoom, type TestRoom } from '../attacks/target.ts'
import type { SourceRow } from '../vault/contract.ts'
import type { TableSpec } from './roles.ts'

const text = { type: 'text', role: 'dimension', exact: true, generalisations: [] } as const

const people: TableSpec = {
  name: 'leute',
  columns: [
    { name: 'person_id', source: 'P', type: 'text', role: 'unit', unitType: 'person' },
    { name: 'ort', source: 'O', ...text },
    {
      name: 'lage',
      source: 'L',
      type: 'text',
      role: 'dimension',
      exact: true,
      generalisations: [
        { name: 'raum', kind: 'groups', groups: { Berg: 'Land', Tal: 'Land', Insel: 'See' } },
      ],
    },
    { name: 'hausarzt', source: 'A', type: 'text', role: 'key', key: 'hausarzt' },
  ],
}

/** Four people live on the island; the doctor of a third of the people is one woman, the others have many; the last have none. */
const peopleRows = Array.from({ length: 1_204 }, (_, i): SourceRow => [
  `p${i}`,
  i % 2 ? 'Nord' : 'Süd',
  i < 1_200 ? 'Berg' : 'Insel',
  i % 3 === 0 ? 'a0' : i % 3 === 1 ? `a${1 + (i % 40)}` : null,
])

const doctors: TableSpec = {
  name: 'praxen',
  columns: [
    { name: 'hausarzt', source: 'A', type: 'text', role: 'key', key: 'hausarzt' },
    { name: 'arzt_id', source: 'P', type: 'text', role: 'unit', unitType: 'person' },
    { name: 'alter', source: 'J', ...text },
  ],
}

let room: TestRoom
beforeAll(async () => {
  const practices = Array.from({ length: 41 }, (_, i): SourceRow => [`a${i}`, `p9${i}`, i ? 'jung' : 'alt'])
  room = await createTestRoom([
    { spec: people, rows: peopleRows },
    { spec: doctors, rows: practices },
  ])
})
afterAll(() => room.close())

test('a condition that leaves out a few has that effect also where the question is split by its column', async () => {
  const of = (by: string, where = "lage = 'Berg'") =>
    room.rows(`SELECT ${by}, COUNT(*) FROM leute WHERE ${where} GROUP BY ALL`)
  for (const rows of [await of('lage'), await of('lage, ort'), await of('lage', "raum = 'Land'")])
    expect(rows.map((r) => r.at(-1)).filter((n) => n !== null)).toEqual([])
  const [first] = await of('ort', "ort = 'Nord'")
  expect(Math.abs(Number(first?.[1]) - 602)).toBeLessThanOrEqual(10)
})

test('a joined table’s people are protected as well, though both tables hold people', async () => {
  const rows = await room.rows(
    'SELECT p.alter, COUNT(*) FROM leute l JOIN praxen p USING (hausarzt) GROUP BY 1',
  )
  expect(rows.map((r) => r[0])).toEqual(['jung'])
  const left = await room.rows(
    'SELECT p.alter, COUNT(*) FROM leute l LEFT JOIN praxen p USING (hausarzt) GROUP BY 1',
  )
  // Who has no partner brings in nobody else.
  expect(left.map((r) => r[0])).toEqual(['jung', null])
})

test('nothing may be named like the tables of protected cells', async () => {
  const made =
    'WITH _CELLS_0 AS (SELECT 1 AS _d0, 99 AS _f0) SELECT ort, COUNT(*) FROM leute GROUP BY 1 LIMIT 9'
  expect(await room.code(made)).toBe('construct')
})

test('a column is only called a figure where nothing else was put into it', async () => {
  const kinds = async (sql: string) => {
    const answer = await room.ask(sql)
    return answer.kind === 'answered' ? answer.result.columns.map((c) => c.kind) : [answer.refusal.code]
  }
  const counted = 'SELECT ort, COUNT(*) AS n FROM leute GROUP BY ort'
  expect(await kinds(`${counted} UNION ALL SELECT lage, COUNT(*) FROM leute GROUP BY lage`)).toEqual([
    'dimension',
    'count',
  ])
  expect(await kinds(`${counted} UNION ALL SELECT 'West', 7`)).toEqual(['derived', 'derived'])
  expect(await kinds(`SELECT * REPLACE (n + 1 AS n) FROM (${counted})`)).toEqual(['derived', 'derived'])
})
