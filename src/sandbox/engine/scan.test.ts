import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countedCells, type StoredTable } from '../../../test/raw-cells.ts'
import { scanEngines, type NamedEngine } from '../../../test/scan-engines.ts'
import { skewedQuestions, skewedTown } from '../../../test/skewed-town.ts'
import { rowWriter, storedColumns } from '../vault/stored.ts'
import type { InnerQuery } from './inner.ts'
import { planSql } from './plan.ts'
import { presets, type Preset } from './preset.ts'
import { protectBlock } from './protect.ts'
import { scanCells } from './scan.ts'
import type { VaultTable } from './roles.ts'

const secret = (n: number) => new Uint8Array(32).fill(n)

const tables: VaultTable[] = skewedTown.map(({ spec, rows, onePerUnit, uniqueKeys }) => ({
  spec,
  snapshot: 1,
  rows: rows.length,
  excluded: 0,
  clamped: 0,
  onePerUnit,
  uniqueKeys,
}))

const stored: StoredTable[] = skewedTown.map(({ spec, rows }) => {
  const write = rowWriter(spec, { unit: secret(1), record: secret(2) }, { excluded: 0, clamped: 0 })
  const written = rows.flatMap((row) => {
    const values = write(row)
    return values ? [values] : []
  })
  return { name: spec.name, columns: storedColumns(spec), rows: written }
})

/** Few units are enough here, so that the tables show figures in most cells. */
const level: Preset = {
  ...presets.rdc,
  k: 3,
  thresholdSd: 0.5,
  effect: 8,
  sibling: 2,
  rounding: 1,
  sparsity: 1,
}

const allButThird = Array.from({ length: 14 }, (_, i) => i)
  .filter((i) => i % 4 !== 3)
  .map((i) => `'Q${i}'`)
  .join(', ')

const asked = [
  ...skewedQuestions(48),
  // Both conditions leave out the same people, and few of them in most cells.
  `SELECT alter_20, beruf, COUNT(*) FROM leute WHERE bezirk IN ('B0', 'B1', 'B2') AND quartier IN (${allButThird}) GROUP BY 1, 2`,
  `SELECT t.jahr, t.amt, COUNT(*) FROM termine t JOIN leute l ON t.person_id = l.person_id
    WHERE l.bezirk IN ('B0', 'B1', 'B2') AND l.quartier IN (${allButThird}) GROUP BY 1, 2`,
  'SELECT lage, COUNT(*) FROM leute JOIN gebiete USING (quartier) GROUP BY lage',
  'SELECT lage, mitglied, AVG(laerm) FROM leute LEFT JOIN gebiete USING (quartier) GROUP BY 1, 2',
  "SELECT beruf, COUNT(*), AVG(laerm) FROM leute JOIN gebiete USING (quartier) WHERE lage = 'laut' AND mitglied GROUP BY beruf",
  'SELECT amt, COUNT(*) FROM termine GROUP BY amt',
  'SELECT amt, jahr, SUM(minuten), SUM(gebuehr), COUNT(DISTINCT person_id) FROM termine GROUP BY amt, jahr',
  "SELECT jahr, COUNT(*), AVG(minuten) FROM termine WHERE amt IN ('Amt 0', 'Amt 1') GROUP BY jahr",
  "SELECT COUNT(*), SUM(gebuehr) FROM termine WHERE amt = 'Amt 2' AND jahr IN (2020, 2021)",
  'SELECT l.bezirk, l.mitglied, COUNT(*), SUM(t.gebuehr) FROM termine t JOIN leute l ON t.person_id = l.person_id GROUP BY 1, 2',
  "SELECT l.alter_20, COUNT(*) FROM termine t JOIN leute l ON t.person_id = l.person_id WHERE l.mitglied AND l.bezirk = 'B0' AND t.amt = 'Amt 0' GROUP BY 1",
  "SELECT t.jahr, SUM(t.minuten) FROM termine t JOIN leute l ON t.person_id = l.person_id WHERE l.quartier IN ('Q0', 'Q4') AND l.bezirk = 'B0' GROUP BY 1",
]

let engines: NamedEngine[]
beforeAll(async () => {
  engines = await scanEngines(stored)
})
afterAll(async () => {
  for (const { close } of engines) await close()
})

/** As if the table were large: what can be proven on a part is then not counted out, rare rows are read by themselves. */
const sizes = (query: InnerQuery): InnerQuery[] =>
  [query.screen?.rows ?? 0, 700_000, ...(query.onePerUnit ? [70_000_000] : [])].map((rows) => ({
    ...query,
    screen: { effect: 0, others: 0, ...query.screen, rows },
  }))

describe('every engine, and every way to be sooner, gives the same protected figures', () => {
  test.each(asked)('%s', async (sql) => {
    const plan = await planSql(sql, tables, level)
    for (const block of plan.blocks) {
      const room = { tables, preset: level, cellKey: secret(3) }
      const protect = (raw: Parameters<typeof protectBlock>[1]) =>
        protectBlock({ ...block, sides: [] }, raw, room)
      const expected = protect(countedCells(block.query, stored))
      for (const { name, engine } of engines)
        for (const query of sizes(block.query))
          expect({ name, cells: sorted(protect(await scanCells(query, engine))) }).toEqual({
            name,
            cells: sorted(expected),
          })
    }
  })
})

function sorted(cells: ReturnType<typeof protectBlock>) {
  const text = (row: unknown) => JSON.stringify(row)
  return { ...cells, rows: cells.rows.map(text).toSorted(), keys: cells.keys.toSorted() }
}

test('the questions show figures, and conditions and other units protect some', async () => {
  const shown = { figures: 0, without: 0 }
  for (const sql of asked.slice(0, 16)) {
    const plan = await planSql(sql, tables, level)
    const room = { tables, preset: level, cellKey: secret(3) }
    for (const block of plan.blocks) {
      const raw = countedCells(block.query, stored)
      const cells = protectBlock({ ...block, sides: [] }, raw, room)
      const passing = raw.rows.filter((row) => row[raw.columns.indexOf('f')] === 0)
      shown.figures += cells.shown
      shown.without += passing.length * block.query.aggregates.length - cells.shown
    }
  }
  expect(shown.figures).toBeGreaterThan(100)
  expect(shown.without).toBeGreaterThan(50)
})
