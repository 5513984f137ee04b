import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countedCells, type StoredTable } from '../../../test/raw-cells.ts'
import { scanEngines, type NamedEngine } from '../../../test/scan-engines.ts'
import { children, heat, homes, visits } from '../attacks/target.ts'
import type { SourceRow } from '../vault/contract.ts'
import { rowWriter, storedColumns } from '../vault/stored.ts'
import type { InnerQuery } from './inner.ts'
import { planSql } from './plan.ts'
import { presets, type Preset } from './preset.ts'
import { protectBlock } from './protect.ts'
import { scanCells } from './scan.ts'
import type { TableSpec, UnitType, VaultTable } from './roles.ts'

const secret = (n: number) => new Uint8Array(32).fill(n)

/** Heat on the blocks of the children, with values below zero, zeros and missing ones. */
const balance: { spec: TableSpec; rows: SourceRow[] } = {
  spec: {
    name: 'konten',
    columns: [
      { name: 'kind_id', source: 'K', type: 'text', role: 'unit', unitType: 'person' },
      { name: 'art', source: 'A', type: 'text', role: 'dimension', exact: true, generalisations: [] },
      { name: 'saldo', source: 'S', type: 'decimal', role: 'measure', lower: -500, upper: 500, decimals: 2 },
    ],
  },
  rows: Array.from({ length: 3_000 }, (_, i): SourceRow => [
    `k${i}`,
    ['Bär', 'BÄR', 'baer', null][i % 4] ?? null,
    i % 7 === 0 ? null : i % 5 === 0 ? 0 : (((i * 7919) % 1000) - 500) / 2,
  ]),
}

const sources = [children, heat, visits, homes, balance]
const onePerUnit: Record<string, UnitType[]> = {
  kinder: ['person'],
  bewohner: ['person'],
  konten: ['person'],
  besuche: [],
}

const tables: VaultTable[] = sources.map(({ spec, rows }) => ({
  spec,
  snapshot: 1,
  rows: rows.length,
  excluded: 0,
  clamped: 0,
  onePerUnit: onePerUnit[spec.name] ?? [],
  uniqueKeys: spec.name === 'waermekarte' ? ['baublock'] : [],
}))

const stored: StoredTable[] = sources.map(({ spec, rows }) => {
  const write = rowWriter(spec, { unit: secret(1), record: secret(2) }, { excluded: 0, clamped: 0 })
  const written = rows.flatMap((row, i) => {
    const values = write(row, i)
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

const dimensions = ['stadtteil', 'alter_3', 'alter_jahre', 'geburtsjahr', 'kita']
const conditions = [
  'kita',
  'NOT kita',
  "stadtteil IN ('Nord', 'Süd')",
  "stadtteil = 'Insel'",
  'alter_jahre BETWEEN 3 AND 11',
  'alter_jahre < 15',
  'alter_3 IN (0, 3)',
  'geburtsjahr IN (2020, 2021)',
]
const figures = [
  'COUNT(*)',
  'COUNT(DISTINCT haushalt_id)',
  'COUNT(*), SUM(ausgaben)',
  'AVG(ausgaben), COUNT(ausgaben)',
  'STDDEV(ausgaben), SUM(ausgaben)',
]

/** Every figure with changing splits and conditions, drawn evenly. */
function askedOfChildren(): string[] {
  return Array.from({ length: 60 }, (_, i) => {
    const by = dimensions.filter((_d, j) => (i * 7 + 3) & (1 << j)).slice(0, 2)
    const where = conditions.filter((_c, j) => (i * 37 + 11) & (1 << j)).slice(0, i % 4)
    const what = figures[i % figures.length] ?? 'COUNT(*)'
    const grouped = by.length > 0 ? ` GROUP BY ${by.join(', ')}` : ''
    const filtered = where.length > 0 ? ` WHERE ${where.join(' AND ')}` : ''
    return `SELECT ${[...by, what].join(', ')} FROM kinder${filtered}${grouped}`
  })
}

const asked = [
  ...askedOfChildren(),
  'SELECT stufe, COUNT(*) FROM kinder JOIN waermekarte USING (baublock) GROUP BY stufe',
  'SELECT stufe, kita, AVG(temp) FROM kinder LEFT JOIN waermekarte USING (baublock) GROUP BY 1, 2',
  "SELECT COUNT(*), AVG(temp) FROM kinder JOIN waermekarte USING (baublock) WHERE stufe = 'heiß' AND kita",
  'SELECT praxis, COUNT(*) FROM besuche GROUP BY praxis',
  'SELECT praxis, SUM(kosten), COUNT(DISTINCT kind_id) FROM besuche GROUP BY praxis',
  "SELECT COUNT(*), AVG(kosten) FROM besuche WHERE praxis IN ('Markt', 'Park')",
  "SELECT COUNT(*) FROM besuche WHERE praxis = 'Eck'",
  'SELECT k.kita, k.stadtteil, COUNT(*), SUM(b.kosten) FROM besuche b JOIN kinder k ON b.kind_id = k.kind_id GROUP BY 1, 2',
  "SELECT k.alter_3, COUNT(*) FROM besuche b JOIN kinder k ON b.kind_id = k.kind_id WHERE k.kita AND b.praxis = 'Markt' GROUP BY 1",
  'SELECT heim, COUNT(*) FROM bewohner GROUP BY heim',
  "SELECT COUNT(*) FROM bewohner WHERE heim IN ('Eiche', 'Buche')",
  'SELECT heim, COUNT(DISTINCT haushalt_id) FROM bewohner GROUP BY heim',
  'SELECT art, COUNT(*), SUM(saldo), AVG(saldo), COUNT(saldo) FROM konten GROUP BY art',
  'SELECT SUM(saldo), VAR_POP(saldo) FROM konten',
  "SELECT SUM(saldo) FROM konten WHERE art = 'Bär'",
]

let engines: NamedEngine[]
beforeAll(async () => {
  engines = await scanEngines(stored)
})
afterAll(async () => {
  for (const { close } of engines) await close()
})

/** As if the table were large: what can be proven on a part is then not counted out. */
const large = (query: InnerQuery): InnerQuery =>
  query.screen ? { ...query, screen: { ...query.screen, rows: 700_000 } } : query

describe('every engine, and every way to be sooner, gives the same protected figures', () => {
  test.each(asked)('%s', async (sql) => {
    const plan = await planSql(sql, tables, level)
    for (const block of plan.blocks) {
      const room = { tables, preset: level, cellKey: secret(3) }
      const protect = (raw: Parameters<typeof protectBlock>[1]) =>
        protectBlock({ ...block, sides: [] }, raw, room)
      const expected = protect(countedCells(block.query, stored))
      for (const { name, engine } of engines)
        for (const query of [block.query, large(block.query)])
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
  for (const sql of asked) {
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
  expect(shown.figures).toBeGreaterThan(500)
  expect(shown.without).toBeGreaterThan(100)
})
