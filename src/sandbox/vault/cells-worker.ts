import { BIGINT, DuckDBInstance, type DuckDBType } from '@duckdb/node-api'
import { printBounded } from '../dp/print.ts'
import { printCells, quoteName, quoteValue } from '../engine/print.ts'
import { lockdown, settings, state, TooLarge, withConnection } from './engine.ts'
import type { Reply, Request } from './protocol.ts'

/** Opens an engine in memory with the tables attached for reading, then locks it down. */
export async function attach(request: Extract<Request, { op: 'attach' }>): Promise<null> {
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

/** The raw cells of a block. Throws `TooLarge` beyond the rows allowed. */
export async function cells(request: Extract<Request, { op: 'cells' }>, id: number): Promise<Reply['cells']> {
  const { query } = request
  const locate = (table: string) => `${quoteName(`t_${table}`)}.data`
  const sql = query.bound ? printBounded(query, query.bound, locate) : printCells(query, locate)
  const dimensions = request.query.dimensions.length
  return withConnection(id, async (connection) => {
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
export function plainNumber(value: unknown, type: DuckDBType): unknown {
  return typeof value === 'string' && type.typeId === BIGINT.typeId ? Number(value) : value
}
