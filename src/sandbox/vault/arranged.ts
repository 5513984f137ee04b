import type { DuckDBConnection } from '@duckdb/node-api'
import { quoteName, quoteValue } from '../engine/print.ts'
import { addCodes, columnsOf, makeTable, putInPlace, type Coded } from './coded.ts'
import { keepRareRows, type Rare } from './rare-rows.ts'

/**
 * How a stored table lies: `sorted` by a unit's hash where no unit has rows of its own; measures without a missing value,
 * and without a zero. It stays inside the sealed table: the hub never sees it.
 */
export type Arranged = {
  readonly sorted: string | null
  readonly complete: readonly string[]
  readonly nonZero: readonly string[]
  /** The most rows that one unit has, by the column of its hash. */
  readonly most: Readonly<Record<string, number>>
  readonly measures: readonly string[]
}

/** About as many rows as the parts of a table have that are kept beside it, the smallest first. */
const partSizes = [65_536, 262_144, 1_310_720]

const unknown: Arranged = { sorted: null, complete: [], nonZero: [], most: {}, measures: [] }

/** Sorts the rows of a filled table by unit where that is wanted, and looks at its measures. */
export async function arrange(
  connection: DuckDBConnection,
  by: {
    readonly sorted: string | null
    readonly measures: readonly string[]
    readonly units: readonly string[]
  },
): Promise<Arranged> {
  const { sorted } = by
  if (sorted) {
    await connection.run(`CREATE TABLE arranging AS SELECT * FROM data ORDER BY ${quoteName(sorted)}`)
    await putInPlace(connection, 'arranging')
  }
  const without = async (test: string) => {
    const found: string[] = []
    for (const name of by.measures)
      if (!(await some(connection, `SELECT 1 FROM data WHERE ${quoteName(name)} ${test} LIMIT 1`)))
        found.push(name)
    return found
  }
  const most: Record<string, number> = {}
  for (const unit of by.units) most[unit] = await mostRows(connection, unit)
  return {
    sorted,
    complete: await without('IS NULL'),
    nonZero: await without('= 0'),
    most,
    measures: by.measures,
  }
}

async function mostRows(connection: DuckDBConnection, unit: string): Promise<number> {
  const rows = `SELECT count(*) AS n FROM data GROUP BY ${quoteName(unit)}`
  const read = await connection.runAndReadAll(`SELECT coalesce(max(n), 1) FROM (${rows})`)
  return Number(read.getRowsJson()[0]?.[0])
}

async function some(connection: DuckDBConnection, sql: string): Promise<boolean> {
  return (await connection.runAndReadAll(sql)).currentRowCount > 0
}

/** Writes the copy of a table that is to be sealed, with how it lies. */
export async function writeCopy(connection: DuckDBConnection, parquet: string, how: Arranged): Promise<void> {
  const note = `KV_METADATA {arranged: ${quoteValue(JSON.stringify(how))}}`
  await connection.run(`COPY data TO ${quoteValue(parquet)} (FORMAT parquet, COMPRESSION zstd, ${note})`)
}

/** Makes the table of a copy again. Copies from before record keys had 31 bits get their keys cut to them. */
export async function readCopy(connection: DuckDBConnection, parquet: string): Promise<void> {
  const file = quoteValue(parquet)
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${file})`)
  const names = described.getRowsJson().map(([name]) => name as string)
  const halves = names.filter((name) => name.startsWith('_kh_'))
  const dropped = [...halves, ...halves.map((name) => name.replace('_kh_', '_kl_'))].map(quoteName)
  const keys = halves.map(
    (name) => `, (${quoteName(name)} // 2)::INTEGER AS ${quoteName(name.replace('_kh_', '_k_'))}`,
  )
  const without = dropped.length > 0 ? ` EXCLUDE (${dropped.join(', ')})` : ''
  await connection.run(`CREATE TABLE data AS SELECT *${without}${keys.join('')} FROM read_parquet(${file})`)
  const noted = await connection.runAndReadAll(
    `SELECT decode(value) FROM parquet_kv_metadata(${file}) WHERE decode(key) = 'arranged'`,
  )
  const note = noted.getRowsJson()[0]?.[0]
  await keepPart(connection, typeof note === 'string' ? (JSON.parse(note) as Arranged) : unknown)
}

/**
 * Keeps how the table lies and, of a large one, beside it: numbers for the values of its columns, even parts of its rows, and
 * the rare rows of its measures. All of this is made again when a sealed copy is opened.
 */
export async function keepPart(connection: DuckDBConnection, how: Arranged): Promise<void> {
  const counted = await connection.runAndReadAll('SELECT count(*) FROM data')
  const rows = Number(counted.getRowsJson()[0]?.[0] ?? 0)
  const isLarge = rows >= 2 * largeTable
  const coded = isLarge ? await addCodes(connection, how.measures) : {}
  const parts = isLarge ? await copyParts(connection, rows, how.measures) : []
  const rare = isLarge && !how.sorted ? await keepRareRows(connection, how.measures) : {}
  const kept: Kept = { ...how, parts, coded, rare }
  await connection.run(`CREATE TABLE arranged AS SELECT ${quoteValue(JSON.stringify(kept))} AS how`)
}

/** Tables of twice as many rows get parts. */
const largeTable = 262_144

/** Copies the even parts; the largest has no measures. */
async function copyParts(
  connection: DuckDBConnection,
  rows: number,
  measures: readonly string[],
): Promise<{ name: string; every: number }[]> {
  const parts = partSizes.flatMap((size, i) => {
    const every = Math.floor(rows / size)
    return every > 1 ? [{ name: `part_${i + 1}`, every, isLargest: i === partSizes.length - 1 }] : []
  })
  const all = await columnsOf(connection)
  for (const { name, every, isLargest } of parts) {
    const columns = all.filter(([column]) => !isLargest || !measures.includes(column))
    await makeTable(connection, name, columns)
    const names = columns.map(([column]) => quoteName(column)).join(', ')
    await connection.run(
      `INSERT INTO ${name} SELECT ${names} FROM data WHERE rowid % ${every} = ${every >> 1}`,
    )
  }
  return parts.map(({ name, every }) => ({ name, every }))
}

/** How an opened table lies, and what is kept beside it. `parts`: tables with one in `every` row, the smallest first. */
export type Kept = Arranged & {
  readonly parts: readonly { readonly name: string; readonly every: number }[]
  readonly coded: Readonly<Record<string, Coded>>
  readonly rare: Readonly<Record<string, Rare>>
}

/** How an attached table lies and what is kept beside it. */
export async function arrangedIn(connection: DuckDBConnection, database: string): Promise<Kept> {
  const read = await connection.runAndReadAll(`SELECT how FROM ${quoteName(database)}.arranged`)
  return JSON.parse(read.getRowsJson()[0]?.[0] as string) as Kept
}
