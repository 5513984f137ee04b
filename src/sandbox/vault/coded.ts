import type { DuckDBConnection } from '@duckdb/node-api'
import { codesOf, type Codes } from '../engine/codes.ts'
import { quoteName } from '../engine/print.ts'

/** How a column's values are numbered: whole numbers from the smallest on, or places in the list of its texts. */
export type Coded = {
  readonly kind: 'text' | 'number' | 'boolean' | 'date'
  readonly from: number
  readonly to: number
}

/** More values than this stay as they are: their numbers would need too large a table while grouping. */
const mostValues = 32_768

const dayMs = 86_400_000

/** Name of the stored column with a dimension's numbers, and of the table with their texts. */
const codeColumn = (name: string) => `_c_${name}`
const listTable = (name: string) => `values_${name}`

/** Adds to a filled table the numbers of those of its columns that have few values; says which. `except`: measures. */
export async function addCodes(
  connection: DuckDBConnection,
  except: readonly string[],
): Promise<Record<string, Coded>> {
  const described = await columnsOf(connection)
  const coded: Record<string, Coded> = {}
  for (const [name, type] of described) {
    if (name.startsWith('_') || except.includes(name)) continue
    const found = await codedAs(connection, name, type)
    if (found) coded[name] = found
  }
  const names = Object.keys(coded)
  if (names.length === 0) return {}
  const numbers = Object.entries(coded).map(([name, as]): Column => [codeColumn(name), codeType(as)])
  const columns = Object.entries(coded).map(([name, as]) => codeSql(name, as))
  const lists = names
    .filter((name) => coded[name]?.kind === 'text')
    .map(
      (name) =>
        ` LEFT JOIN ${quoteName(listTable(name))} ${alias(name)} ON ${alias(name)}.value = d.${quoteName(name)}`,
    )
  await makeTable(connection, 'coding', [...described, ...numbers])
  await connection.run(`INSERT INTO coding SELECT d.*, ${columns.join(', ')} FROM data d${lists.join('')}`)
  await putInPlace(connection, 'coding')
  return coded
}

/** Name and type of a column. */
type Column = readonly [string, string]

/** The columns of the table that is being filled. */
export async function columnsOf(connection: DuckDBConnection): Promise<Column[]> {
  const described = await connection.runAndReadAll('DESCRIBE data')
  return described.getRowsJson().map(([name, type]): Column => [name as string, type as string])
}

/** Makes an empty table. Codes lie in it as they are read: to unpack them takes longer than to group by them. */
export async function makeTable(
  connection: DuckDBConnection,
  table: string,
  columns: readonly Column[],
): Promise<void> {
  const fields = columns.map(([name, type]) => {
    const packed = name.startsWith(codeColumn('')) ? ' USING COMPRESSION UNCOMPRESSED' : ''
    return `${quoteName(name)} ${type}${packed}`
  })
  await connection.run(`CREATE TABLE ${table} (${fields.join(', ')})`)
}

/** Puts another table in the place of the one that is being filled; its room is free for the next one at once. */
export async function putInPlace(connection: DuckDBConnection, table: string): Promise<void> {
  await connection.run('DROP TABLE data')
  await connection.run(`ALTER TABLE ${table} RENAME TO data`)
  await connection.run('CHECKPOINT')
}

const alias = (name: string) => quoteName(`v_${name}`)

async function codedAs(connection: DuckDBConnection, name: string, type: string): Promise<Coded | undefined> {
  if (type === 'VARCHAR') return listed(connection, name)
  if (type === 'BOOLEAN') return { kind: 'boolean', from: 0, to: 1 }
  if (type !== 'BIGINT' && type !== 'INTEGER' && type !== 'DATE') return undefined
  const value = type === 'DATE' ? `(${quoteName(name)} - DATE '1970-01-01')` : quoteName(name)
  const read = await connection.runAndReadAll(`SELECT min(${value}), max(${value}) FROM data`)
  const [from, to] = (read.getRowsJson()[0] ?? []).map((x) => (x === null ? Number.NaN : Number(x)))
  if (!Number.isSafeInteger(from) || !Number.isSafeInteger(to)) return undefined
  if (from === undefined || to === undefined || to - from >= mostValues) return undefined
  return { kind: type === 'DATE' ? 'date' : 'number', from, to }
}

async function listed(connection: DuckDBConnection, name: string): Promise<Coded | undefined> {
  const column = quoteName(name)
  const table = quoteName(listTable(name))
  await connection.run(
    `CREATE TABLE ${table} AS SELECT (row_number() OVER (ORDER BY value) - 1)::INTEGER AS code, value
      FROM (SELECT DISTINCT ${column} AS value FROM data WHERE ${column} IS NOT NULL LIMIT ${mostValues + 1})`,
  )
  const read = await connection.runAndReadAll(`SELECT count(*) FROM ${table}`)
  const values = Number(read.getRowsJson()[0]?.[0])
  if (values > 0 && values <= mostValues) return { kind: 'text', from: 0, to: values - 1 }
  await connection.run(`DROP TABLE ${table}`)
  return undefined
}

function codeSql(name: string, as: Coded): string {
  const column = `d.${quoteName(name)}`
  const value = {
    text: `${alias(name)}.code`,
    number: column,
    boolean: `${column}::INTEGER`,
    date: `(${column} - DATE '1970-01-01')`,
  }[as.kind]
  return `(${value} - ${as.from})::${codeType(as)}`
}

const codeType = ({ from, to }: Coded) => (to - from < 255 ? 'UTINYINT' : 'USMALLINT')

/** The codes of an attached table's columns. */
export async function readCodes(
  connection: DuckDBConnection,
  database: string,
  coded: Readonly<Record<string, Coded>>,
): Promise<Map<string, Codes>> {
  const found = new Map<string, Codes>()
  for (const [name, as] of Object.entries(coded)) {
    const values =
      as.kind === 'text'
        ? await texts(connection, `${quoteName(database)}.${quoteName(listTable(name))}`)
        : range(as)
    found.set(name, codesOf({ column: codeColumn(name), kind: as.kind, values }))
  }
  return found
}

async function texts(connection: DuckDBConnection, table: string): Promise<string[]> {
  const read = await connection.runAndReadAll(`SELECT value FROM ${table} ORDER BY code`)
  return read.getRowsJson().map(([value]) => {
    if (typeof value !== 'string') throw new Error('a list of codes holds texts only')
    return value
  })
}

function range({ kind, from, to }: Coded): (number | boolean | string)[] {
  return Array.from({ length: to - from + 1 }, (_, i) => {
    if (kind === 'boolean') return i === 1
    return kind === 'number' ? from + i : new Date((from + i) * dayMs).toISOString().slice(0, 10)
  })
}
