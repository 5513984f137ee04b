import { expect, it } from 'vitest'
import { titleOfSql } from './title.ts'

it('names a question after its tables and its split, not after its SQL', () => {
  expect(titleOfSql('SELECT block, COUNT(*) FROM kinder GROUP BY block', 'de')).toBe(
    'Abfrage an kinder nach block',
  )
  expect(
    titleOfSql(
      'WITH a AS (SELECT k.stadtteil, COUNT(*) n FROM kinder k JOIN waermekarte w USING (block) GROUP BY k.stadtteil) SELECT * FROM a',
      'en',
    ),
  ).toBe('Question about kinder and waermekarte by stadtteil')
  expect(titleOfSql('DROP', 'de')).toBe('Abfrage')
})

it('shows no values of conditions and no comments', () => {
  const sql = "SELECT COUNT(*) FROM kinder -- FROM geheim\nWHERE name = 'x FROM muster' GROUP BY alter"
  expect(titleOfSql(sql, 'de')).toBe('Abfrage an kinder nach alter')
})
