import {
  DuckDBBigIntVector,
  DuckDBHugeIntVector,
  DuckDBListVector,
  DuckDBUSmallIntVector,
  DuckDBUTinyIntVector,
  JsonDuckDBValueConverter,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBVector,
} from '@duckdb/node-api'
import type { ScanTable } from '../engine/scanned.ts'
import { TooLarge } from './engine.ts'

/** Runs a statement and gives its answer by columns. Throws `TooLarge` beyond the rows allowed. */
export async function fetched(
  connection: DuckDBConnection,
  sql: string,
  maxRows: number,
): Promise<ScanTable> {
  const result = await connection.stream(sql)
  const columns = result.columnNames().map((name): [string, unknown[]] => [name, []])
  let count = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    count += chunk.rowCount
    if (count > maxRows) throw new TooLarge()
    columns.forEach(([, into], i) => readColumn(chunk, i, into))
  }
  return { count, columns: new Map(columns) }
}

/** Whole numbers as numbers where they are exact, else as bigints; lists as arrays; everything else as in JSON. */
function readColumn(chunk: DuckDBDataChunk, index: number, into: unknown[]): void {
  const vector = chunk.getColumnVector(index)
  if (vector instanceof DuckDBListVector) return readLists(vector, into)
  if (isWhole(vector)) return readWhole(vector, 0, vector.itemCount, into)
  for (const value of chunk.convertColumnValues(index, JsonDuckDBValueConverter)) into.push(value)
}

type Whole = DuckDBVector<bigint> | DuckDBVector<number>

function isWhole(vector: DuckDBVector): vector is DuckDBVector & Whole {
  return (
    vector instanceof DuckDBBigIntVector ||
    vector instanceof DuckDBHugeIntVector ||
    vector instanceof DuckDBUTinyIntVector ||
    vector instanceof DuckDBUSmallIntVector
  )
}

const safe = BigInt(Number.MAX_SAFE_INTEGER)

function readWhole(vector: Whole, from: number, count: number, into: unknown[]): void {
  for (let i = from; i < from + count; i++) {
    const value = vector.getItem(i)
    into.push(typeof value === 'bigint' && value <= safe && value >= -safe ? Number(value) : value)
  }
}

function readLists(lists: DuckDBListVector, into: unknown[]): void {
  const values: unknown[] = []
  const child = lists.childVector
  if (isWhole(child)) readWhole(child, 0, child.itemCount, values)
  for (let i = 0; i < lists.itemCount; i++) {
    const from = lists.getEntryOffset(i)
    const isNull = lists.getItemVector(i) === null
    into.push(isNull ? null : values.slice(from, from + lists.getEntryLength(i)))
  }
}
