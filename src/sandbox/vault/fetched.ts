import {
  DuckDBHugeIntVector,
  DuckDBListVector,
  JsonDuckDBValueConverter,
  type DuckDBConnection,
  type DuckDBDataChunk,
  type DuckDBVector,
} from '@duckdb/node-api'
import type { Column, ScanTable } from '../engine/scanned.ts'
import { TooLarge } from './engine.ts'

/** Runs a statement and gives its answer by columns. Throws `TooLarge` beyond the rows allowed. */
export async function fetched(
  connection: DuckDBConnection,
  sql: string,
  maxRows: number,
): Promise<ScanTable> {
  const result = await connection.stream(sql)
  const chunks: DuckDBDataChunk[] = []
  let count = 0
  for (;;) {
    const chunk = await result.fetchChunk()
    if (!chunk || chunk.rowCount === 0) break
    count += chunk.rowCount
    if (count > maxRows) throw new TooLarge()
    chunks.push(chunk)
  }
  const columns = result.columnNames().map((name, i): [string, Column] => [name, columnOf(chunks, i, count)])
  return { count, columns: new Map(columns) }
}

/** Whole numbers as numbers where all are there and exact, else as bigints; lists as arrays; everything else as in JSON. */
function columnOf(chunks: readonly DuckDBDataChunk[], index: number, count: number): Column {
  const vectors = chunks.map((chunk) => chunk.getColumnVector(index))
  const numbers = new Float64Array(count)
  let from = 0
  for (const vector of vectors) {
    if (!readNumbers(vector, numbers, from)) return chunks.flatMap((chunk) => valuesOf(chunk, index))
    from += vector.itemCount
  }
  return numbers
}

/** Copies a vector's whole numbers. False where it has others, or misses some. */
function readNumbers(vector: DuckDBVector, into: Float64Array, from: number): boolean {
  const whole = wordsOf(vector)
  if (!whole) return false
  const { words, width } = whole
  for (let i = 0; i < vector.itemCount; i++) {
    const at = i * width
    const low = words[at] ?? 0
    if (width === 1) into[from + i] = low
    else {
      const high = (words[at + 1] ?? 0) | 0
      const sign = high < 0 ? 0xffffffff : 0
      if (high >= 2 ** 21 || high < -(2 ** 21)) return false
      for (let more = 2; more < width; more++) if (words[at + more] !== sign) return false
      into[from + i] = high * 2 ** 32 + low
    }
  }
  return true
}

type Words = { readonly words: ArrayLike<number>; readonly width: number }

/**
 * The memory of a vector of whole numbers in which none is missing, in words of 32 bits (or what it is made of, if that is
 * narrower): reading it by the vector's own words would make a bigint of each.
 */
function wordsOf(vector: DuckDBVector): Words | undefined {
  if (!isComplete(vector)) return undefined
  const items: unknown = Reflect.get(vector, 'items')
  if (items instanceof Uint8Array || items instanceof Uint16Array || items instanceof Int32Array)
    return { words: items, width: 1 }
  if (items instanceof BigInt64Array)
    return { words: new Uint32Array(items.buffer, items.byteOffset, items.length * 2), width: 2 }
  const view: unknown = vector instanceof DuckDBHugeIntVector ? Reflect.get(vector, 'dataView') : undefined
  return view instanceof DataView
    ? { words: new Uint32Array(view.buffer, view.byteOffset, vector.itemCount * 4), width: 4 }
    : undefined
}

/** True where no value of a vector is missing. */
function isComplete(vector: DuckDBVector): boolean {
  const validity: unknown = Reflect.get(vector, 'validity')
  return typeof validity === 'object' && validity !== null && Reflect.get(validity, 'data') === null
}

function valuesOf(chunk: DuckDBDataChunk, index: number): unknown[] {
  const vector = chunk.getColumnVector(index)
  if (vector instanceof DuckDBListVector) return listsOf(vector)
  const values = Array.from({ length: vector.itemCount }, (_, i) => vector.getItem(i))
  const isWhole = values.every(
    (value) => value === null || typeof value === 'bigint' || typeof value === 'number',
  )
  return isWhole ? values.map(plain) : chunk.convertColumnValues(index, JsonDuckDBValueConverter)
}

const safe = BigInt(Number.MAX_SAFE_INTEGER)

function plain(value: unknown): unknown {
  return typeof value === 'bigint' && value <= safe && value >= -safe ? Number(value) : value
}

function listsOf(lists: DuckDBListVector): unknown[] {
  const child = lists.childVector
  const numbers = new Float64Array(child.itemCount)
  const values: ArrayLike<unknown> = readNumbers(child, numbers, 0)
    ? numbers
    : Array.from({ length: child.itemCount }, (_, i) => plain(child.getItem(i)))
  const complete = isComplete(lists)
  const found: unknown[] = []
  for (let i = 0; i < lists.itemCount; i++) {
    // A missing list has no length worth reading.
    if (!complete && lists.getItemVector(i) === null) {
      found.push(null)
      continue
    }
    const list: unknown[] = []
    const from = lists.getEntryOffset(i)
    const end = from + lists.getEntryLength(i)
    for (let k = from; k < end; k++) list.push(values[k])
    found.push(list)
  }
  return found
}
