import { DuckDBDataChunk, INTEGER, type DuckDBConnection } from '@duckdb/node-api'
import { duckdb } from '../engine/dialect.ts'
import { printMembers, quoteName, quoteValue } from '../engine/print.ts'
import { plainNumber } from './cells-worker.ts'
import { withEngine } from './engine.ts'
import type { Reply, Request, UnitSetFiles } from './protocol.ts'

/**
 * The exact units behind some cells, as (cell, number of the unit in its room), sorted: packed as differences this takes
 * about as much as a bitmap. New units get the next free numbers; a number is never given twice.
 */
export function units(request: Extract<Request, { op: 'units' }>, id: number): Promise<null> {
  return withEngine(id, request.limits, async (connection) => {
    for (const { name, file } of request.tables)
      await connection.run(`ATTACH ${quoteValue(file)} AS ${quoteName(`t_${name}`)} (READ_ONLY)`)
    const locate = (table: string) => `${quoteName(`t_${table}`)}.data`
    const members = printMembers(request.query, { locate, dialect: duckdb })
    await connection.run(`CREATE TEMP TABLE members AS ${members}`)
    await pick(connection, request)
    await number(connection, request.numbers)
    await connection.run(
      `COPY (SELECT p.cell, n.ordinal FROM members m ${sameCell(request.query.dimensions.length)} JOIN picked p USING (g)
        JOIN numbers n USING (uid) ORDER BY p.cell, n.ordinal) TO ${quoteValue(request.set)} ${packed}`,
    )
    return null
  })
}

const packed = '(FORMAT parquet, PARQUET_VERSION V2, COMPRESSION zstd)'

function sameCell(dimensions: number): string {
  const tests = Array.from({ length: dimensions }, (_, i) => `m.d${i} IS NOT DISTINCT FROM c.d${i}`)
  return `JOIN combinations c ON ${tests.join(' AND ') || 'TRUE'}`
}

/** Which combination of values is which of the named cells; values are compared as the raw cells give them. */
async function pick(connection: DuckDBConnection, { query, cells }: Extract<Request, { op: 'units' }>) {
  const names = query.dimensions.map((_, i) => `d${i}`)
  const distinct = names.length === 0 ? 'SELECT 1 AS one' : `SELECT DISTINCT ${names.join(', ')} FROM members`
  await connection.run(
    `CREATE TEMP TABLE combinations AS SELECT (row_number() OVER ())::INTEGER AS g, * FROM (${distinct})`,
  )
  const found = await connection.runAndReadAll('SELECT * FROM combinations')
  const wanted = new Map(cells.map((values, index) => [JSON.stringify(values), index]))
  const picked = found.getRowsJson().flatMap(([g, ...values]) => {
    const plain = names.map((_, i) => plainNumber(values[i], found.columnType(i + 1)))
    const cell = wanted.get(JSON.stringify(plain))
    return cell === undefined ? [] : [[Number(g), cell]]
  })
  await connection.run('CREATE TEMP TABLE picked (g INTEGER, cell INTEGER)')
  const appender = await connection.createAppender('picked')
  for (let from = 0; from < picked.length; from += 2048) {
    const chunk = DuckDBDataChunk.create([INTEGER, INTEGER])
    chunk.setRows(picked.slice(from, from + 2048))
    appender.appendDataChunk(chunk)
  }
  appender.closeSync()
}

async function number(connection: DuckDBConnection, numbers: { old: string | null; next: string }) {
  await connection.run('CREATE TEMP TABLE numbers (ordinal INTEGER, uid BIGINT)')
  if (numbers.old)
    await connection.run(`INSERT INTO numbers SELECT * FROM read_parquet(${quoteValue(numbers.old)})`)
  await connection.run(
    `INSERT INTO numbers SELECT (SELECT coalesce(max(ordinal), 0) FROM numbers) + row_number() OVER (ORDER BY uid), uid
      FROM (SELECT uid FROM members EXCEPT SELECT uid FROM numbers)`,
  )
  await connection.run(`COPY numbers TO ${quoteValue(numbers.next)} ${packed}`)
}

/** Sizes of the parts of two unit sets. Only pairs of cells that are close to each other leave the process. */
export function compare(request: Extract<Request, { op: 'compare' }>, id: number): Promise<Reply['compare']> {
  const { a, b, below, limits } = request
  return withEngine(id, limits, async (connection) => {
    const sameRoom = a.numbers === b.numbers
    await connection.run(`CREATE TEMP TABLE a AS ${membersSql(a, sameRoom)}`)
    await connection.run(`CREATE TEMP TABLE b AS ${membersSql(b, sameRoom)}`)
    const pairs = await numbersOf(
      connection,
      `SELECT a, b, na - common, nb - common, common FROM (
         SELECT a.cell AS a, b.cell AS b, count(*) AS common FROM a JOIN b USING (unit) GROUP BY ALL)
       JOIN (SELECT cell AS a, count(*) AS na FROM a GROUP BY ALL) USING (a)
       JOIN (SELECT cell AS b, count(*) AS nb FROM b GROUP BY ALL) USING (b)
       WHERE (na - common BETWEEN 1 AND ${below - 1}) OR (nb - common BETWEEN 1 AND ${below - 1}) ORDER BY 1, 2`,
    )
    return {
      pairs: pairs.map(([a = 0, b = 0, onlyA = 0, onlyB = 0, both = 0]) => ({ a, b, onlyA, onlyB, both })),
      restA: await restOf(connection, ['a', 'b'], a.cells),
      restB: await restOf(connection, ['b', 'a'], b.cells),
    }
  })
}

function membersSql(files: UnitSetFiles, sameRoom: boolean): string {
  const set = `read_parquet(${quoteValue(files.set)})`
  return sameRoom
    ? `SELECT cell, ordinal AS unit FROM ${set}`
    : `SELECT cell, uid AS unit FROM ${set} JOIN read_parquet(${quoteValue(files.numbers)}) USING (ordinal)`
}

async function restOf(
  connection: DuckDBConnection,
  [from, other]: readonly [string, string],
  cells: number,
): Promise<number[]> {
  const found = await numbersOf(
    connection,
    `SELECT cell, count(*) FROM ${from} ANTI JOIN ${other} USING (unit) GROUP BY ALL`,
  )
  const rest = new Map(found.map(([cell = 0, n = 0]) => [cell, n]))
  return Array.from({ length: cells }, (_, cell) => rest.get(cell) ?? 0)
}

async function numbersOf(connection: DuckDBConnection, sql: string): Promise<number[][]> {
  const reader = await connection.runAndReadAll(sql)
  return reader.getRowsJson().map((row) => row.map(Number))
}
