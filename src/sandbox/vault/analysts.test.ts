import { afterAll, beforeAll, expect, test } from 'vitest'
import { children, createTestRoom, heat, visits, type TestRoom } from '../attacks/target.ts'

let room: TestRoom
beforeAll(async () => {
  room = await createTestRoom([children, heat, visits])
})
afterAll(() => room.close())

const questions = [
  'SELECT stadtteil, COUNT(*), AVG(ausgaben) FROM kinder GROUP BY stadtteil',
  'SELECT alter_3, COUNT(*) FROM kinder WHERE kita GROUP BY alter_3',
  'SELECT stufe, COUNT(*) FROM kinder JOIN waermekarte USING (baublock) GROUP BY stufe',
  'SELECT praxis, COUNT(*), SUM(kosten) FROM besuche GROUP BY praxis',
  'SELECT kita, COUNT(*) AS n FROM kinder GROUP BY kita ORDER BY n DESC',
]

test('eight analysts at once get the answers one gets alone', async () => {
  const alone = await Promise.all(questions.map((sql) => room.rows(sql)))
  const together = await Promise.all(
    Array.from({ length: 8 }, (_, analyst) =>
      Promise.all(questions.map((_sql, i) => room.rows(questions[(i + analyst) % questions.length] ?? ''))),
    ),
  )
  for (const [analyst, rows] of together.entries())
    for (const [i, answer] of rows.entries()) expect(answer).toEqual(alone[(i + analyst) % questions.length])
  expect(alone.flat().some((row) => row.some((cell) => typeof cell === 'number'))).toBe(true)
})
