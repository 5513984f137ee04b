import { BIGINT, DuckDBInstance, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api'
import { printBounded } from '../dp/print.ts'
import type { Codes } from '../engine/codes.ts'
import { duckdb } from '../engine/dialect.ts'
import type { InnerQuery } from '../engine/inner.ts'
import { quoteName, quoteValue } from '../engine/print.ts'
import { scanCells } from '../engine/scan.ts'
import { storedMeasure, type Part, type RareRows, type ScanEngine } from '../engine/scanned.ts'
import { arrangedIn, type Kept } from './arranged.ts'
import { readCodes } from './coded.ts'
import { fetched } from './fetched.ts'
import { lockdown, settings, state, TooLarge, withConnection } from './engine.ts'
import type { Reply, Request } from './protocol.ts'
import { slotsOf } from './slots.ts'

type Attached = {
  readonly kept: Map<string, Kept>
  readonly codes: Map<string, ReadonlyMap<string, Codes>>
  readonly complete: Set<string>
  readonly nonZero: Set<string>
  readonly memo: Map<string, Promise<boolean>>
}

/** What is known of the attached tables; they do not change while the process lives. */
const attached: Attached = {
  kept: new Map(),
  codes: new Map(),
  complete: new Set(),
  nonZero: new Set(),
  memo: new Map(),
}

/** Groups whose numbers together have up to so many bits are found by their place in a table instead of by a hash. */
const denseBits = 17

/** Opens an engine in memory with the tables attached for reading, then locks it down. */
export async function attach(request: Extract<Request, { op: 'attach' }>): Promise<null> {
  state.folder = request.folder
  state.instance = await DuckDBInstance.create(':memory:', {
    ...settings(request.limits),
    temp_directory: request.spill,
  })
  const connection = await state.instance.connect()
  for (const table of request.tables) {
    await connection.run(`ATTACH ${quoteValue(table.file)} AS ${quoteName(`t_${table.name}`)} (READ_ONLY)`)
    await lookAt(connection, table.name)
  }
  await connection.run(`SET GLOBAL perfect_ht_threshold = ${denseBits}`)
  for (const statement of lockdown) await connection.run(statement)
  connection.closeSync()
  return null
}

async function lookAt(connection: DuckDBConnection, table: string): Promise<void> {
  const how = await arrangedIn(connection, `t_${table}`)
  attached.kept.set(table, how)
  attached.codes.set(table, await readCodes(connection, `t_${table}`, how.coded))
  for (const name of how.complete) attached.complete.add(storedMeasure(table, name))
  for (const name of how.nonZero) attached.nonZero.add(storedMeasure(table, name))
}

type CellsRequest = Extract<Request, { op: 'cells' }>

/** Questions at work at once: more would only share the same threads and memory. */
const inSlots = slotsOf(2)

/**
 * The raw cells of a block. Throws `TooLarge` beyond the rows allowed. Two questions may need more memory than there is, and
 * a locked engine cannot move anything to disk: such a question is asked again alone.
 */
export async function cells(request: CellsRequest, id: number): Promise<Reply['cells']> {
  try {
    return await inSlots(1, () => read(request, id))
  } catch (error) {
    if (!isCramped(error)) throw error
    return inSlots(2, () => read(request, id)).catch((second: unknown) => {
      throw isCramped(second) ? new Error('Out of Memory') : second
    })
  }
}

function isCramped(error: unknown): boolean {
  const text = error instanceof Error ? error.message : ''
  return /Out of Memory|LocalFileSystem has been disabled|bad_alloc/i.test(text)
}

async function read(request: CellsRequest, id: number): Promise<Reply['cells']> {
  const { query } = request
  return withConnection(id, (connection) =>
    query.bound
      ? boundedCells(connection, query, request.maxRows)
      : scanCells(query, engineOf(connection, request.maxRows)),
  )
}

const locate = (table: string) => `${quoteName(`t_${table}`)}.data`

function engineOf(connection: DuckDBConnection, maxRows: number): ScanEngine {
  return {
    dialect: duckdb,
    locate,
    codes: (table, column) => attached.codes.get(table)?.get(column),
    parts: partsOf,
    sorted: (table, unitColumn) => attached.kept.get(table)?.sorted === unitColumn,
    known: attached,
    most: (table, unitColumn) => attached.kept.get(table)?.most[unitColumn],
    extract: extractOf,
    memo: attached.memo,
    run: (sql) => fetched(connection, sql, maxRows),
  }
}

function partsOf(table: string): Part[] {
  const named = (part: Part) => ({ ...part, name: `${quoteName(`t_${table}`)}.${quoteName(part.name)}` })
  return attached.kept.get(table)?.parts.map(named) ?? []
}

function extractOf(table: string, column: string): RareRows | undefined {
  const rare = attached.kept.get(table)?.rare[column]
  return rare && { ...rare, name: `${quoteName(`t_${table}`)}.${quoteName(`rare_${column}`)}` }
}

async function boundedCells(
  connection: DuckDBConnection,
  query: InnerQuery,
  maxRows: number,
): Promise<Reply['cells']> {
  if (!query.bound) throw new Error('no bounds')
  const sql = printBounded(query, query.bound, locate)
  return answer(connection, sql, { dimensions: query.dimensions.length, maxRows })
}

async function answer(
  connection: DuckDBConnection,
  sql: string,
  { dimensions, maxRows }: { dimensions: number; maxRows: number },
): Promise<Reply['cells']> {
  const reader = await connection.streamAndReadUntil(sql, maxRows + 1)
  if (reader.currentRowCount > maxRows) throw new TooLarge()
  const types = reader.columnTypes()
  const rows = reader
    .getRowsJson()
    .map((row) => row.map((value, i) => (i < dimensions ? plainNumber(value, types[i]) : value)))
  return { columns: reader.columnNames(), rows }
}

/** 64-bit numbers arrive as text; within a dimension they are plain numbers. */
export function plainNumber(value: unknown, type: DuckDBType | undefined): unknown {
  return typeof value === 'string' && type?.typeId === BIGINT.typeId ? Number(value) : value
}
