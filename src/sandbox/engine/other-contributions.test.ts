import { expect, test } from 'vitest'
import { createTestRoom } from '../attacks/target.ts'
import type { SourceRow } from '../vault/contract.ts'
import type { TableSpec } from './roles.ts'

const staff: TableSpec = {
  name: 'beschaeftigte',
  columns: [
    { name: 'person_id', source: 'P', type: 'text', role: 'unit', unitType: 'person' },
    { name: 'betrieb_id', source: 'B', type: 'text', role: 'unit', unitType: 'company' },
    { name: 'branche', source: 'Z', type: 'text', role: 'dimension', exact: true, generalisations: [] },
    { name: 'lohn', source: 'L', type: 'integer', role: 'measure', lower: 0, upper: 9_000, decimals: 0 },
    { name: 'zulage', source: 'A', type: 'integer', role: 'measure', lower: 0, upper: 500, decimals: 0 },
  ],
}

/**
 * Forty people in each of two trades. In one a firm of twelve pays nearly all of the wages, and no other has bonuses; in the
 * other, twenty firms pay alike.
 */
const rows = Array.from({ length: 80 }, (_, i): SourceRow => {
  const [even, at] = [i >= 40, i % 40]
  const giant = !even && at < 12
  const firm = even ? `e${at % 20}` : giant ? 'riese' : `k${at % 20}`
  return [
    `p${i}`,
    firm,
    even ? 'Handwerk' : 'Stahl',
    even || giant ? 3_000 + at : 100,
    giant || even ? 100 + at : null,
  ]
})

test('no firm may have too much of a total, though no person has', async () => {
  const room = await createTestRoom([{ spec: staff, rows }])
  const answer = await room.rows(
    'SELECT branche, COUNT(*), SUM(lohn), AVG(zulage), COUNT(zulage) FROM beschaeftigte GROUP BY branche',
  )
  await room.close()
  const shown = new Map(answer.map(([trade, ...figures]) => [trade, figures.map((f) => f !== null)]))
  expect(shown.get('Handwerk')).toEqual([true, true, true, true])
  expect(shown.get('Stahl')).toEqual([true, false, false, false])
})
