import type { ColumnType } from '../../platform/tabular/table.ts'

/** Columns and number of rows of a Parquet file. */
export type ParquetSchema = { columns: { name: string; type: ColumnType }[]; rows: number }

/** Reads the footer of a Parquet file; null when it is damaged or encrypted. Values are not read. */
export function readParquetSchema(bytes: Uint8Array): ParquetSchema | null {
  try {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    if (bytes.length < 12 || view.getUint32(bytes.length - 4, true) !== 0x31524150) return null
    const length = view.getUint32(bytes.length - 8, true)
    if (length > bytes.length - 12 || length > 16 * 1024 * 1024) return null
    const cursor: Cursor = { bytes, at: bytes.length - 8 - length, steps: 0 }
    return schemaOf(readStruct(cursor, 0))
  } catch {
    return null
  }
}

function schemaOf(meta: Struct): ParquetSchema | null {
  const [elements, rows] = [meta.get(2), meta.get(3)]
  if (!Array.isArray(elements) || typeof rows !== 'number' || rows < 0) return null
  const leaves = elements.filter((e): e is Struct => e instanceof Map && typeof e.get(5) !== 'number')
  const columns = leaves.map((e) => ({ name: nameOf(e), type: typeOf(e) }))
  return columns.length > 0 ? { columns, rows } : null
}

function nameOf(element: Struct): string {
  const name = element.get(4)
  return typeof name === 'string' ? name : ''
}

/** Physical types by number and converted types by number, as the format defines them. */
function typeOf(element: Struct): ColumnType {
  const converted = element.get(6)
  if (converted === 6) return 'date'
  if (converted === 9 || converted === 10) return 'datetime'
  if (converted === 7 || converted === 8) return 'time'
  if (converted === 5) return 'decimal'
  const logical = element.get(10)
  if (logical instanceof Map && logical.has(8)) return 'datetime'
  const physical = element.get(1)
  if (physical === 0) return 'boolean'
  if (physical === 1 || physical === 2) return 'integer'
  if (physical === 3) return 'datetime'
  return physical === 4 || physical === 5 ? 'decimal' : 'text'
}

// The footer is a Thrift structure in the compact protocol.
type Value = number | string | boolean | Struct | Value[]
type Struct = Map<number, Value>
type Cursor = { bytes: Uint8Array; at: number; steps: number }

function byte(c: Cursor): number {
  const value = c.bytes[c.at]
  if (value === undefined || (c.steps += 1) > 20_000_000) throw new Error('cut')
  c.at += 1
  return value
}

function varint(c: Cursor): number {
  let value = 0
  let factor = 1
  for (let i = 0; i < 10; i += 1) {
    const b = byte(c)
    value += (b & 0x7f) * factor
    if (b < 0x80) return value
    factor *= 128
  }
  throw new Error('number')
}

function zigzag(c: Cursor): number {
  const value = varint(c)
  return value % 2 === 0 ? value / 2 : -(value + 1) / 2
}

function readStruct(c: Cursor, depth: number): Struct {
  if (depth > 20) throw new Error('deep')
  const struct: Struct = new Map()
  let field = 0
  for (let head = byte(c); head !== 0; head = byte(c)) {
    const delta = head >> 4
    field = delta === 0 ? zigzag(c) : field + delta
    struct.set(field, readValue(c, head & 15, depth))
  }
  return struct
}

function readValue(c: Cursor, type: number, depth: number): Value {
  if (type === 1 || type === 2) return type === 1
  if (type === 3) return byte(c)
  if (type >= 4 && type <= 6) return zigzag(c)
  if (type === 7) {
    c.at += 8
    return 0
  }
  if (type === 8) return readText(c)
  if (type === 9 || type === 10) return readList(c, depth)
  if (type === 12) return readStruct(c, depth + 1)
  throw new Error('type')
}

function readText(c: Cursor): string {
  const length = varint(c)
  if (c.at + length > c.bytes.length) throw new Error('cut')
  const text = new TextDecoder().decode(c.bytes.subarray(c.at, c.at + length))
  c.at += length
  return text
}

function readList(c: Cursor, depth: number): Value[] {
  const head = byte(c)
  const size = head >> 4 === 15 ? varint(c) : head >> 4
  const type = head & 15
  const list: Value[] = []
  // In lists a boolean takes a byte of its own.
  for (let i = 0; i < size; i += 1)
    list.push(type === 1 || type === 2 ? byte(c) === 1 : readValue(c, type, depth + 1))
  return list
}
