import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { rawRows } from '../engine/cells.ts'
import type { InnerQuery } from '../engine/inner.ts'
import { quoteValue } from '../engine/quote.ts'
import { attach, cells } from './cells-worker.ts'
import { addCodes, readCodes } from './coded.ts'
import { defaultLimits } from './room.ts'
import { restore } from './table-worker.ts'

/** Enough rows that numbers for values, parts and rare rows are kept. */
const rows = 540_000

const columns = `CASE WHEN i % 11 = 0 THEN NULL ELSE 'Ort ' || (i % 7) END AS ort, (i % 13 - 4)::BIGINT AS stufe,
  i % 3 = 0 AS mitglied, DATE '2020-01-01' + (i % 5)::INTEGER AS tag, (i % 1000)::BIGINT AS lohn, i::BIGINT AS _uid_person`
const high = '((i * 7919) % 4294967296)'

let dir: string
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'allmende-arranged-'))
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  const copy = async (name: string, keys: string, note: string) =>
    connection.run(
      `COPY (SELECT ${columns}, ${keys} FROM range(${rows}) t(i)) TO ${quoteValue(join(dir, `${name}.parquet`))} (FORMAT parquet${note})`,
    )
  const how = { sorted: null, complete: ['lohn'], nonZero: [], most: { _uid_person: 1 }, measures: ['lohn'] }
  await copy(
    'neu',
    `(${high} // 2)::INTEGER AS _k_person`,
    `, KV_METADATA {arranged: ${quoteValue(JSON.stringify(how))}}`,
  )
  await copy('alt', `${high}::UINTEGER AS _kh_person, (i * 31)::UINTEGER AS _kl_person`, '')
  connection.closeSync()
  instance.closeSync()
  const tables = ['alt', 'neu'].map((name) => ({ name, file: join(dir, `${name}.duckdb`) }))
  for (const { name, file } of tables)
    await restore({ op: 'restore', limits: defaultLimits, file, parquet: join(dir, `${name}.parquet`) })
  await attach({ op: 'attach', limits: defaultLimits, spill: dir, folder: '', tables })
})
afterAll(() => rm(dir, { recursive: true, force: true }))

const query = (table: string): InnerQuery => ({
  table,
  join: null,
  dimensions: [{ table, column: 'ort' }],
  conditions: [
    { on: { table, column: 'stufe' }, kind: 'range', from: -2, to: 5 },
    { on: { table, column: 'mitglied' }, kind: 'in', values: [true] },
  ],
  aggregates: [{ kind: 'rows' }, { kind: 'sum', measure: { table, column: 'lohn', positive: true } }],
  unitType: 'person',
  otherUnits: [],
  onePerUnit: true,
  screen: { rows, effect: 20, others: 10 },
})

async function answered(table: string) {
  const raw = await cells({ op: 'cells', query: query(table), maxRows: 1_000 }, 1)
  const at = (name: string) => raw.columns.indexOf(name)
  return rawRows(raw)
    .map((row) => ['d0', 'n', 'k', 'm0s', 'm0z', 'm0t'].map((name) => row[at(name)]))
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))
}

/** The same by plain counting. */
function counted() {
  const found = new Map<string | null, { n: number; k: number; sum: number; nonZero: number }>()
  for (let i = 0; i < rows; i++) {
    const level = (i % 13) - 4
    if (level < -2 || level > 5 || i % 3 !== 0) continue
    const place = i % 11 === 0 ? null : `Ort ${i % 7}`
    const cell = found.get(place) ?? { n: 0, k: 0, sum: 0, nonZero: 0 }
    cell.n++
    cell.k += Math.floor(((i * 7919) % 2 ** 32) / 2)
    cell.sum += i % 1000
    cell.nonZero += i % 1000 === 0 ? 0 : 1
    found.set(place, cell)
  }
  return [...found]
    .map(([place, { n, k, sum, nonZero }]) => [place, n, k, sum, nonZero, [999, 999, 999, 999, 999, 999]])
    .toSorted((a, b) => String(a[0]).localeCompare(String(b[0])))
}

describe('a sealed copy becomes a table again', () => {
  test.each(['neu', 'alt'])('%s: with the same units, keys and figures', async (table) => {
    expect(await answered(table)).toEqual(counted())
  })
})

test('each value has its number, and each number its value', async () => {
  const instance = await DuckDBInstance.create(':memory:')
  const connection: DuckDBConnection = await instance.connect()
  await connection.run(`CREATE TABLE data AS SELECT ${columns}, 'x' || i AS zettel FROM range(40000) t(i)`)
  const how = await addCodes(connection, ['lohn'])
  const codes = await readCodes(connection, 'memory', how)
  expect([...codes.keys()].toSorted()).toEqual(['mitglied', 'ort', 'stufe', 'tag'])
  for (const [name, { column, values }] of codes) {
    const read = await connection.runAndReadAll(`SELECT DISTINCT ${column}, ${name} FROM data`)
    for (const [code, value] of read.getRowsJson())
      expect([name, code === null ? null : values[Number(code)]]).toEqual([
        name,
        typeof values[0] === 'number' ? Number(value) : value,
      ])
  }
  connection.closeSync()
  instance.closeSync()
})
