import { DuckDBDataChunk, DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { Client } from 'pg'
import { duckdb, postgresql } from '../src/sandbox/engine/dialect.ts'
import { quoteName, quoteValue } from '../src/sandbox/engine/quote.ts'
import type { Codes } from '../src/sandbox/engine/codes.ts'
import { storedMeasure, type ScanEngine, type ScanTable } from '../src/sandbox/engine/scanned.ts'
import { addCodes, readCodes } from '../src/sandbox/vault/coded.ts'
import { engineTypes, engineValue } from '../src/sandbox/vault/engine.ts'
import { fetched } from '../src/sandbox/vault/fetched.ts'
import type { StoredColumn, StoredValue } from '../src/sandbox/vault/stored.ts'
import type { StoredTable } from './raw-cells.ts'
import { openLite } from '../src/platform/embedded.ts'

/** An engine that holds the same stored tables as all others. */
export type NamedEngine = {
  readonly name: string
  readonly engine: ScanEngine
  readonly close: () => Promise<void>
}

/** DuckDB as plain and as arranged as a vault keeps it, PostgreSQL in the process, and a server where tests have one. */
export async function scanEngines(tables: readonly StoredTable[]): Promise<NamedEngine[]> {
  const server = process.env['TEST_DATABASE_URL']
  return [
    ...(await duckdbEngines(tables)),
    await embeddedEngine(tables),
    ...(server ? [await serverEngine(tables, server)] : []),
  ]
}

const locate = (table: string) => `scan_test.${quoteName(table)}`

const manyRows = 1_000_000

async function duckdbEngines(tables: readonly StoredTable[]): Promise<NamedEngine[]> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' })
  const connection = await instance.connect()
  await connection.run('SET perfect_ht_threshold = 17')
  await connection.run('CREATE SCHEMA scan_test')
  for (const table of tables) await fillDuckdb(connection, table)
  const codes = new Map<string, ReadonlyMap<string, Codes>>()
  for (const { name } of tables) codes.set(name, await code(connection, name))
  for (const measure of measures) await extract(connection, measure)
  const run = (sql: string) => fetched(connection, sql, manyRows)
  const plain: ScanEngine = { dialect: duckdb, locate, run }
  const arranged: ScanEngine = {
    ...plain,
    locate: (table) => `${coded(table)}.data`,
    codes: (table, column) => codes.get(table)?.get(column),
    parts: (table) => [
      { name: `${coded(table)}.part_1`, every: 5 },
      { name: `${coded(table)}.part_2`, every: 3 },
      { name: `${coded(table)}.part_3`, every: 2 },
    ],
    sorted: () => true,
    known: knownOf(tables),
    most: (table, column) => mostRows(tables, table, column),
    extract: (table, column) =>
      table === 'leute' && measures.includes(column)
        ? { name: `scan_test.${quoteName(`x_${column}`)}`, missing: true, zero: true, large: true }
        : undefined,
    memo: new Map(),
  }
  const close = async () => {
    connection.closeSync()
    instance.closeSync()
  }
  return [
    { name: 'DuckDB', engine: plain, close: async () => undefined },
    { name: 'DuckDB, arranged', engine: arranged, close },
  ]
}

const coded = (table: string) => quoteName(`coded_${table}`)

/** A copy of a table whose columns are numbered, with an even fifth, third and half of its rows beside it. */
async function code(connection: DuckDBConnection, table: string): Promise<Map<string, Codes>> {
  await connection.run(`CREATE SCHEMA ${coded(table)}`)
  await connection.run(`USE ${coded(table)}`)
  await connection.run(`CREATE TABLE data AS SELECT * FROM ${locate(table)}`)
  const how = await addCodes(connection, [])
  for (const [i, every] of [5, 3, 2].entries())
    await connection.run(`CREATE TABLE part_${i + 1} AS SELECT * FROM data WHERE rowid % ${every} = 1`)
  await connection.run('USE memory.main')
  return readCodes(connection, `coded_${table}`, how)
}

async function fillDuckdb(connection: DuckDBConnection, { name, columns, rows }: StoredTable): Promise<void> {
  const fields = columns.map((c) => `${quoteName(c.name)} ${c.type}`)
  await connection.run(`CREATE TABLE ${locate(name)} (${fields.join(', ')})`)
  const appender = await connection.createAppender(name, 'scan_test')
  for (let from = 0; from < rows.length; from += 2048) {
    const chunk = DuckDBDataChunk.create(columns.map((c) => engineTypes[c.type]))
    const some = rows.slice(from, from + 2048)
    chunk.setColumns(columns.map((c, i) => some.map((row) => engineValue(row[i], c.type))))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

const measures = ['lohn', 'saldo']

/** The rare rows of a measure; a value is large here that one in ten exceeds. */
async function extract(connection: DuckDBConnection, measure: string): Promise<void> {
  const large = `(SELECT quantile_disc(abs(${measure}), 0.9) FROM ${locate('leute')})`
  const rare = `CASE WHEN ${measure} IS NULL THEN 0 WHEN ${measure} = 0 THEN 1 WHEN abs(${measure}) >= ${large} THEN 2 END`
  await connection.run(
    `CREATE TABLE scan_test.${quoteName(`x_${measure}`)} AS SELECT *, ${rare} AS _class FROM ${coded('leute')}.data WHERE _class IS NOT NULL`,
  )
}

const numberOf = (value: unknown) => (value === null ? null : Number(value))

function knownOf(tables: readonly StoredTable[]): NonNullable<ScanEngine['known']> {
  const names = (test: (value: StoredValue) => boolean) =>
    new Set(
      tables.flatMap(({ name, columns, rows }) =>
        columns.flatMap((c, i) =>
          rows.every((row) => test(row[i] ?? null)) ? [storedMeasure(name, c.name)] : [],
        ),
      ),
    )
  return { complete: names((v) => v !== null), nonZero: names((v) => v !== 0n && v !== 0) }
}

function mostRows(tables: readonly StoredTable[], name: string, column: string): number | undefined {
  const table = tables.find((t) => t.name === name)
  const at = table?.columns.findIndex((c) => c.name === column) ?? -1
  const counts = new Map<StoredValue | undefined, number>()
  for (const row of table?.rows ?? []) counts.set(row[at], (counts.get(row[at]) ?? 0) + 1)
  return at < 0 ? undefined : Math.max(...counts.values())
}

const postgresTypes: Record<StoredColumn['type'], string> = {
  VARCHAR: 'text',
  BIGINT: 'bigint',
  DOUBLE: 'double precision',
  BOOLEAN: 'boolean',
  DATE: 'date',
  INTEGER: 'integer',
}

/** Statements that fill PostgreSQL; texts in a German collation where the server has one, as a holder's database may be. */
function* filling(tables: readonly StoredTable[], collation: string): Generator<string> {
  yield 'DROP SCHEMA IF EXISTS scan_test CASCADE'
  yield 'CREATE SCHEMA scan_test'
  for (const { name, columns, rows } of tables) {
    const fields = columns.map(
      (c) => `${quoteName(c.name)} ${postgresTypes[c.type]}${c.type === 'VARCHAR' ? collation : ''}`,
    )
    yield `CREATE TABLE ${locate(name)} (${fields.join(', ')})`
    for (let from = 0; from < rows.length; from += 500) {
      const lines = rows.slice(from, from + 500).map((row) => `(${row.map(literal).join(', ')})`)
      yield `INSERT INTO ${locate(name)} VALUES ${lines.join(', ')}`
    }
  }
  // Without it a join is looked up row by row.
  yield 'ANALYZE'
}

function literal(value: StoredValue): string {
  if (value === null) return 'NULL'
  return typeof value === 'bigint' ? String(value) : quoteValue(value)
}

/** Answers of PostgreSQL as text, by its type numbers. */
const parsers: Record<number, (text: string) => unknown> = {
  16: (text) => text === 't',
  20: (text) => text,
  23: Number,
  701: Number,
  1009: (text) => text.slice(1, -1).split(',').filter(Boolean),
  1082: (text) => text,
  1700: (text) => text,
}

type Field = { readonly name: string; readonly dataTypeID: number }

function byColumns(rows: readonly Record<string, unknown>[], fields: readonly Field[]): ScanTable {
  const columns = fields.map(({ name, dataTypeID }) => {
    const isBig = /^d\d/.test(name) && dataTypeID === 20
    return [name, rows.map((row) => (isBig ? numberOf(row[name]) : row[name]))] as const
  })
  return { count: rows.length, columns: new Map(columns) }
}

async function embeddedEngine(tables: readonly StoredTable[]): Promise<NamedEngine> {
  const database = await openLite({ dataDir: 'memory://' })
  for (const sql of filling(tables, '')) await database.exec(sql)
  const run = async (sql: string) => {
    const { rows, fields } = await database.query<Record<string, unknown>>(sql, [], { parsers })
    return byColumns(rows, fields)
  }
  return {
    name: 'PostgreSQL in the process',
    engine: { dialect: postgresql, locate, run },
    close: () => database.close(),
  }
}

async function serverEngine(tables: readonly StoredTable[], url: string): Promise<NamedEngine> {
  const getTypeParser = (type: number) => parsers[type] ?? ((text: string) => text)
  const client = new Client({ connectionString: url, types: { getTypeParser } as never })
  await client.connect()
  const german = await client.query(`SELECT 1 FROM pg_collation WHERE collname = 'de-x-icu'`)
  const collation = german.rowCount ? ' COLLATE "de-x-icu"' : ''
  for (const sql of filling(tables, collation)) await client.query(sql)
  const run = async (sql: string) => {
    const { rows, fields } = await client.query<Record<string, unknown>>(sql)
    return byColumns(rows, fields)
  }
  const close = async () => {
    await client.query('DROP SCHEMA scan_test CASCADE')
    await client.end()
  }
  return { name: 'PostgreSQL server', engine: { dialect: postgresql, locate, run }, close }
}
