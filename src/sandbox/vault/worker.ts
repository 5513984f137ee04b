import { rmSync } from 'node:fs'
import {
  DuckDBDataChunk,
  DuckDBDateValue,
  DuckDBInstance,
  type DuckDBConnection,
  type DuckDBValue,
} from '@duckdb/node-api'
import { BIGINT, BOOLEAN, DATE, DOUBLE, INTEGER, VARCHAR, type DuckDBType } from '@duckdb/node-api'
import { printCells, quoteName, quoteValue } from '../engine/print.ts'
import type { Cell } from '../engine/result.ts'
import type { OuterTable, VaultFailure, VaultLimits } from './contract.ts'
import type { FromVault, Reply, Request, ToVault } from './protocol.ts'
import type { StoredColumn, StoredType, StoredValue } from './stored.ts'

/** The process around one engine. It knows no secret, takes no SQL text and never writes to standard output. */
type State = {
  instance?: DuckDBInstance
  writer?: DuckDBConnection
  running?: DuckDBConnection
  columns: readonly StoredColumn[]
  folder: string
}

const state: State = { columns: [], folder: '' }

const engineTypes: Record<StoredType, DuckDBType> = {
  VARCHAR,
  BIGINT,
  DOUBLE,
  BOOLEAN,
  DATE,
  INTEGER,
}

function settings(limits: VaultLimits): Record<string, string> {
  return {
    threads: String(limits.threads),
    memory_limit: `${limits.memoryMb}MB`,
    max_temp_directory_size: `${limits.maxTempMb}MB`,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    allow_community_extensions: 'false',
    allow_unsigned_extensions: 'false',
  }
}

const lockdown = [
  'SET enable_external_access=false',
  "SET disabled_filesystems='LocalFileSystem'",
  'SET lock_configuration=true',
]

async function attach(request: Extract<Request, { op: 'attach' }>): Promise<null> {
  state.folder = request.folder
  state.instance = await DuckDBInstance.create(':memory:', {
    ...settings(request.limits),
    temp_directory: request.spill,
  })
  const connection = await state.instance.connect()
  for (const table of request.tables)
    await connection.run(`ATTACH ${quoteValue(table.file)} AS ${quoteName(`t_${table.name}`)} (READ_ONLY)`)
  for (const statement of lockdown) await connection.run(statement)
  connection.closeSync()
  return null
}

async function withConnection<T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  if (!state.instance) throw new Error('not open')
  const connection = await state.instance.connect()
  state.running = connection
  try {
    return await work(connection)
  } finally {
    delete state.running
    connection.closeSync()
  }
}

class TooLarge extends Error {}

async function cells(request: Extract<Request, { op: 'cells' }>): Promise<Reply['cells']> {
  const sql = printCells(request.query, (table) => `${quoteName(`t_${table}`)}.data`)
  const dimensions = request.query.dimensions.length
  return withConnection(async (connection) => {
    const reader = await connection.streamAndReadUntil(sql, request.maxRows + 1)
    if (reader.currentRowCount > request.maxRows) throw new TooLarge()
    const rows = reader
      .getRowsJson()
      .map((row) =>
        row.map((value, i) => (i < dimensions ? plainNumber(value, reader.columnType(i)) : value)),
      )
    return { columns: reader.columnNames(), rows }
  })
}

/** 64-bit numbers arrive as text; within a dimension they are plain numbers. */
function plainNumber(value: unknown, type: DuckDBType): unknown {
  return typeof value === 'string' && type.typeId === BIGINT.typeId ? Number(value) : value
}

async function outer(request: Extract<Request, { op: 'outer' }>): Promise<Reply['outer']> {
  return withConnection(async (connection) => {
    await connection.run('CREATE OR REPLACE TEMP TABLE _clean AS SELECT 1')
    for (const table of request.tables) await load(connection, table)
    const printed = await connection.runAndReadAll('SELECT json_deserialize_sql($1::JSON)', [request.ast])
    const sql = printed.getRowsJson()[0]?.[0]
    if (typeof sql !== 'string') throw new Error('the engine printed no SQL')
    const reader = await connection.streamAndReadUntil(sql, request.maxRows + 1)
    const rows = reader.getRowsJson().slice(0, request.maxRows)
    const types = reader.columnTypes()
    return {
      columns: reader.columnNames(),
      rows: rows.map((row) => row.map((value, i) => outerCell(value, types[i]))),
      truncated: reader.currentRowCount > request.maxRows,
    }
  })
}

const outerTypes = { text: 'VARCHAR', integer: 'BIGINT', number: 'DOUBLE', boolean: 'BOOLEAN' } as const

async function load(connection: DuckDBConnection, table: OuterTable): Promise<void> {
  const columns = table.columns.map((c) => ({ name: c.name, type: outerTypes[c.type] }))
  await connection.run(
    `CREATE OR REPLACE TEMP TABLE ${quoteName(table.name)} (${columns.map((c) => `${quoteName(c.name)} ${c.type}`).join(', ')})`,
  )
  const appender = await connection.createAppender(table.name)
  const values = columns.map((c, i) => table.rows.map((row) => engineValue(row[i] ?? null, c.type)))
  for (let from = 0; from < table.rows.length; from += 2048) {
    const chunk = DuckDBDataChunk.create(columns.map((c) => engineTypes[c.type]))
    chunk.setColumns(values.map((column) => column.slice(from, from + 2048)))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

/** A result of the outer part as a plain cell; lists and the like are not shown. */
function outerCell(value: unknown, type: DuckDBType | undefined): Cell {
  if (value === null || typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value !== 'string') return null
  const isText = type?.typeId === VARCHAR.typeId || type?.typeId === DATE.typeId
  if (isText || !/^-?\d+(\.\d+)?$/.test(value))
    return ['NaN', 'Infinity', '-Infinity'].includes(value) && !isText ? null : value
  return Number(value)
}

function engineValue(value: StoredValue | undefined, type: StoredType): DuckDBValue {
  if (value === null || value === undefined) return null
  if (type === 'BIGINT') return typeof value === 'bigint' ? value : BigInt(Math.round(Number(value)))
  if (type === 'DATE')
    return new DuckDBDateValue(Math.floor(Date.parse(`${String(value)}T00:00:00Z`) / 86_400_000))
  if (type === 'VARCHAR') return String(value)
  return value as DuckDBValue
}

async function begin(request: Extract<Request, { op: 'begin' }>): Promise<null> {
  state.instance = await DuckDBInstance.create(request.file, settings(request.limits))
  state.writer = await state.instance.connect()
  state.columns = request.columns
  const columns = request.columns.map((c) => `${quoteName(c.name)} ${c.type}`)
  await state.writer.run(`CREATE TABLE data (${columns.join(', ')})`)
  return null
}

async function append(request: Extract<Request, { op: 'append' }>): Promise<null> {
  const appender = await (state.writer as DuckDBConnection).createAppender('data')
  for (let from = 0; from < request.rows; from += 2048) {
    const chunk = DuckDBDataChunk.create(state.columns.map((c) => engineTypes[c.type]))
    chunk.setColumns(
      state.columns.map((c, i) =>
        (request.columns[i] ?? []).slice(from, from + 2048).map((v) => engineValue(v, c.type)),
      ),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  return null
}

async function finish(request: Extract<Request, { op: 'finish' }>): Promise<Reply['finish']> {
  const writer = state.writer as DuckDBConnection
  const value = async (sql: string) => Number((await writer.runAndReadAll(sql)).getRowsJson()[0]?.[0] ?? 0)
  const repeated = (column: string) =>
    value(
      `SELECT count(*) FROM (SELECT 1 FROM data WHERE ${quoteName(column)} IS NOT NULL GROUP BY ${quoteName(column)} HAVING count(*) > 1 LIMIT 1)`,
    )
  const onePerUnit: string[] = []
  for (const unit of request.units) if ((await repeated(unit.id)) === 0) onePerUnit.push(unit.unitType)
  const uniqueKeys: string[] = []
  for (const key of request.keys) if ((await repeated(key)) === 0) uniqueKeys.push(key)
  await writer.run(`COPY data TO ${quoteValue(request.parquet)} (FORMAT parquet, COMPRESSION zstd)`)
  const rows = await value('SELECT count(*) FROM data')
  await writer.run('CHECKPOINT')
  writer.closeSync()
  state.instance?.closeSync()
  return { rows, onePerUnit, uniqueKeys }
}

async function restore(request: Extract<Request, { op: 'restore' }>): Promise<null> {
  const instance = await DuckDBInstance.create(request.file, settings(request.limits))
  const connection = await instance.connect()
  await connection.run(`CREATE TABLE data AS SELECT * FROM read_parquet(${quoteValue(request.parquet)})`)
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
  return null
}

const operations: { [K in Request['op']]: (request: Extract<Request, { op: K }>) => Promise<Reply[K]> } = {
  attach,
  cells,
  outer,
  begin,
  append,
  finish,
  restore,
}

/** The only words that leave the process about an error. */
function failureOf(error: unknown): VaultFailure {
  if (error instanceof TooLarge) return 'result-too-large'
  const text = error instanceof Error ? error.message : ''
  if (/^INTERRUPT|Interrupted/i.test(text)) return 'time'
  return /^Out of Memory|memory/i.test(text) ? 'memory' : 'failed'
}

function send(message: FromVault): void {
  process.send?.(message)
}

process.on('message', (message: ToVault) => {
  if ('interrupt' in message) return state.running?.interrupt()
  const run = operations[message.request.op] as (request: Request) => Promise<unknown>
  run(message.request).then(
    (value) => send({ id: message.id, value }),
    (error: unknown) => send({ id: message.id, failure: failureOf(error) }),
  )
})
process.on('disconnect', () => {
  if (state.folder) rmSync(state.folder, { recursive: true, force: true })
  process.exit(0)
})
