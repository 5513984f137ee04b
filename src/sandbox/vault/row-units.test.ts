import { expect, test } from 'vitest'
import type { TableSpec } from '../engine/roles.ts'
import type { SourceRow } from './contract.ts'
import { rowUnits } from './row-units.ts'
import { rowWriter } from './stored.ts'

const secret = new Uint8Array(32).fill(7)
const rows = Array.from({ length: 3_000 }, (_, i): SourceRow => [`Nord ${i % 700}`, i % 3 === 0, i % 5])
const ids = (of: readonly SourceRow[]) => {
  const id = rowUnits(secret, 'person')
  return of.map((row) => id(row))
}
const sorted = (list: readonly bigint[]) => list.map(String).sort()

test('rows in another order have the same ids, equal rows are told apart', () => {
  const there = ids(rows)
  const back = ids(rows.toReversed())
  expect(sorted(back)).toEqual(sorted(there))
  expect(new Set(there).size).toBe(rows.length)
})

test('a row that changes leaves the ids of the others alone', () => {
  const changed = rows.map((row, i): SourceRow => (i === 1_234 ? ['Süd', false, 9] : row))
  const before = new Set(ids(rows))
  expect(ids(changed).filter((id) => !before.has(id))).toHaveLength(1)
})

test('the record keys of a table of rows do not depend on its order, so neither does the noise', () => {
  const spec: TableSpec = {
    name: 'leute',
    rowUnit: 'person',
    columns: [
      { name: 'ort', source: 'Ort', type: 'text', role: 'dimension', exact: true, generalisations: [] },
    ],
  }
  const keysOf = (of: readonly SourceRow[]) => {
    const write = rowWriter(spec, { unit: secret, record: secret }, { excluded: 0, clamped: 0 })
    return of.reduce((sum, row) => sum + Number(write(row)?.at(-1) ?? Number.NaN), 0)
  }
  const places = rows.map((row): SourceRow => row.slice(0, 1))
  expect(keysOf(places.toReversed())).toBe(keysOf(places))
  expect(keysOf(places.slice(1))).not.toBe(keysOf(places))
})
