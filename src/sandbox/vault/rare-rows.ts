import type { DuckDBConnection } from '@duckdb/node-api'
import { largeShare } from '../engine/extracts.ts'
import { quoteName } from '../engine/print.ts'

/** Which rows of a measure are rare, and kept in a table of their own beside a large one: `rare_` and the measure's name. */
export type Rare = { readonly missing: boolean; readonly zero: boolean; readonly large: boolean }

/** Up to this share of the rows is worth while to keep twice. */
const worth = 0.375

/** All copies of rows together stay below the table's own size. */
const most = 1

/** Keeps the rare rows of as many measures as there is room for. The table has one row per unit and a part beside it. */
export async function keepRareRows(
  connection: DuckDBConnection,
  measures: readonly string[],
): Promise<Record<string, Rare>> {
  const kept: Record<string, Rare> = {}
  let copied = 0
  for (const measure of measures) {
    const { rare, share, from } = await rareOf(connection, measure)
    if (share === 0 || copied + share > most) continue
    copied += share
    await copyRare(connection, { measure, others: measures.filter((m) => m !== measure), rare, from })
    kept[measure] = rare
  }
  return kept
}

/** What is rare in a measure; `from`: the absolute value from which one is large. */
async function rareOf(connection: DuckDBConnection, measure: string) {
  const m = quoteName(measure)
  const [from = 0] = await numbers(
    connection,
    `SELECT coalesce(quantile_disc(abs(${m}), ${1 - 1 / largeShare}), 0) FROM part_2`,
  )
  const shares = `SELECT avg((${m} IS NULL)::INTEGER), avg(coalesce(${m} = 0, FALSE)::INTEGER),
    avg(coalesce(abs(${m}) >= ${from}, FALSE)::INTEGER) FROM data`
  const [missing = 1, zero = 1, large = 1] = await numbers(connection, shares)
  const rare = { missing: missing <= worth, zero: zero <= worth, large: from > 0 && large <= 4 / largeShare }
  const share = (rare.missing ? missing : 0) + (rare.zero ? zero : 0) + (rare.large ? large : 0)
  return { rare, share, from }
}

async function numbers(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const read = await connection.runAndReadAll(sql)
  return (read.getRowsJson()[0] ?? []).map(Number)
}

/**
 * Copies the rows class by class, the large ones by size: a question reads one class at a time, and finds its largest
 * values first.
 */
async function copyRare(
  connection: DuckDBConnection,
  of: { measure: string; others: readonly string[]; rare: Rare; from: number },
): Promise<void> {
  const m = quoteName(of.measure)
  const classes = [
    ...(of.rare.missing ? [{ number: 0, test: `${m} IS NULL` }] : []),
    ...(of.rare.zero ? [{ number: 1, test: `${m} = 0` }] : []),
    ...(of.rare.large ? [{ number: 2, test: `abs(${m}) >= ${of.from} ORDER BY abs(${m}) DESC` }] : []),
  ]
  const without = of.others.length > 0 ? ` EXCLUDE (${of.others.map(quoteName).join(', ')})` : ''
  const table = quoteName(`rare_${of.measure}`)
  for (const [i, { number, test }] of classes.entries())
    await connection.run(
      `${i === 0 ? `CREATE TABLE ${table} AS` : `INSERT INTO ${table}`}
        SELECT *${without}, ${number}::INTEGER AS _class FROM data WHERE ${test}`,
    )
}
