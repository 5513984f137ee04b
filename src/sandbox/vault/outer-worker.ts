import { DATE, DuckDBDataChunk, VARCHAR, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api'
import { quoteName } from '../engine/print.ts'
import type { Cell } from '../engine/result.ts'
import type { OuterTable } from './contract.ts'
import { engineTypes, engineValue, withConnection } from './engine.ts'
import type { Reply, Request } from './protocol.ts'

/** Runs the outer part over protected rows only. */
export async function outer(request: Extract<Request, { op: 'outer' }>, id: number): Promise<Reply['outer']> {
  return withConnection(id, async (connection) => {
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
