import type { DuckDBConnection } from '@duckdb/node-api'
import { quoteName } from '../engine/print.ts'
import { summarised, type SourceColumn } from './column.ts'
import { plainValue, type ParquetColumn } from './parquet-value.ts'

/** Beyond so many different values a column is looked at through its first rows only. */
const countable = 10_000
const looked = 100_000

type Given = { readonly table: string; readonly columns: readonly ParquetColumn[]; readonly rows: number }

/** What the columns of a table in the engine hold: counted out where there are few values, else from the first rows. */
export async function profilesOf(connection: DuckDBConnection, given: Given): Promise<SourceColumn[]> {
  const figures = given.columns.flatMap(({ name }) => {
    const column = quoteName(name)
    return [`count(${column})`, `approx_count_distinct(${column})`, `min(${column})`, `max(${column})`]
  })
  const found = await connection.runAndReadAll(`SELECT ${figures.join(', ')} FROM ${given.table}`)
  const values = found.getRowsJson()[0] ?? []
  const profiles: SourceColumn[] = []
  for (const [i, column] of given.columns.entries()) {
    const [filled, distinct, min, max] = values.slice(i * 4, i * 4 + 4)
    const facts = { missing: given.rows - Number(filled), distinct: Number(distinct), min, max }
    profiles.push(await profileOf(connection, { ...given, column, facts }))
  }
  return profiles
}

type Facts = {
  readonly missing: number
  readonly distinct: number
  readonly min: unknown
  readonly max: unknown
}

async function profileOf(
  connection: DuckDBConnection,
  { table, column, facts }: Given & { column: ParquetColumn; facts: Facts },
): Promise<SourceColumn> {
  const name = quoteName(column.name)
  const few = facts.distinct < countable
  const source = few ? table : `(SELECT ${name} FROM ${table} LIMIT ${looked})`
  const counted = await connection.runAndReadAll(
    `SELECT ${name}, count(*) FROM ${source} WHERE ${name} IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${countable}`,
  )
  const counts = new Map(
    counted.getRowsJson().flatMap(([value, count]) => {
      const plain = plainValue(value, column.type)
      return plain === null ? [] : [[plain, Number(count)] as const]
    }),
  )
  const base = { source: column.name, type: column.type, missing: facts.missing, keyLike: false }
  const seen = summarised(base, counts)
  const end = (value: unknown) => {
    const plain = plainValue(value, column.type)
    return typeof plain === 'boolean' ? null : plain
  }
  return {
    ...seen,
    distinct: few ? counts.size : facts.distinct,
    distinctCapped: !few,
    min: end(facts.min),
    max: end(facts.max),
  }
}
