import { DuckDBDataChunk, DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { quoteName } from '../engine/print.ts'
import { arrange, keepPart, readCopy, writeCopy } from './arranged.ts'
import { engineTypes, engineValue, settings, state } from './engine.ts'
import type { Reply, Request } from './protocol.ts'
import type { StoredColumn } from './stored.ts'

const table: { writer?: DuckDBConnection; columns: readonly StoredColumn[] } = { columns: [] }

/** Opens a new table file for writing. */
export async function begin(request: Extract<Request, { op: 'begin' }>): Promise<null> {
  state.instance = await DuckDBInstance.create(request.file, settings(request.limits))
  table.writer = await state.instance.connect()
  table.columns = request.columns
  const columns = request.columns.map((c) => `${quoteName(c.name)} ${c.type}`)
  await table.writer.run(`CREATE TABLE data (${columns.join(', ')})`)
  return null
}

/** Appends rows, given by columns. */
export async function append(request: Extract<Request, { op: 'append' }>): Promise<null> {
  const appender = await (table.writer as DuckDBConnection).createAppender('data')
  for (let from = 0; from < request.rows; from += 2048) {
    const chunk = DuckDBDataChunk.create(table.columns.map((c) => engineTypes[c.type]))
    chunk.setColumns(
      table.columns.map((c, i) =>
        (request.columns[i] ?? []).slice(from, from + 2048).map((v) => engineValue(v, c.type)),
      ),
    )
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
  return null
}

/** Checks which units and keys have one row each, arranges the rows, writes the copy to be sealed, closes the file. */
export async function finish(request: Extract<Request, { op: 'finish' }>): Promise<Reply['finish']> {
  const writer = table.writer as DuckDBConnection
  const value = async (sql: string) => Number((await writer.runAndReadAll(sql)).getRowsJson()[0]?.[0] ?? 0)
  const repeated = (column: string) =>
    value(
      `SELECT count(*) FROM (SELECT 1 FROM data WHERE ${quoteName(column)} IS NOT NULL GROUP BY ${quoteName(column)} HAVING count(*) > 1 LIMIT 1)`,
    )
  const onePerUnit: string[] = []
  for (const unit of request.units) if ((await repeated(unit.id)) === 0) onePerUnit.push(unit.unitType)
  const uniqueKeys: string[] = []
  for (const key of request.keys) if ((await repeated(key)) === 0) uniqueKeys.push(key)
  const sorted = onePerUnit.length === 0 ? (request.units[0]?.id ?? null) : null
  const units = request.units.map((u) => u.id)
  const how = await arrange(writer, { sorted, units, measures: request.measures })
  await writeCopy(writer, request.parquet, how)
  await keepPart(writer, how)
  const rows = await value('SELECT count(*) FROM data')
  await writer.run('CHECKPOINT')
  writer.closeSync()
  state.instance?.closeSync()
  return { rows, onePerUnit, uniqueKeys }
}

/** Makes a table file of a sealed copy. */
export async function restore(request: Extract<Request, { op: 'restore' }>): Promise<null> {
  const instance = await DuckDBInstance.create(request.file, settings(request.limits))
  const connection = await instance.connect()
  await readCopy(connection, request.parquet)
  await connection.run('CHECKPOINT')
  connection.closeSync()
  instance.closeSync()
  return null
}
