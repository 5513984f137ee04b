import { join } from 'node:path'
import type { DuckDBConnection } from '@duckdb/node-api'
import { Client } from 'pg'
import { quoteValue } from '../src/sandbox/engine/print.ts'

const types: Record<string, string> = {
  BIGINT: 'bigint',
  VARCHAR: 'text',
  BOOLEAN: 'boolean',
  DOUBLE: 'float8',
}

/** A PostgreSQL server with the same plain tables, for timing the plain questions there. */
export type PlainServer = {
  readonly run: (sql: string) => Promise<unknown>
  readonly version: string
  readonly close: () => Promise<void>
}

/** Copies the plain tables to the server over files it can read, then analyses them as a careful operator would. */
export async function copyToServer(url: string, source: DuckDBConnection, dir: string): Promise<PlainServer> {
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('DROP SCHEMA IF EXISTS sandbox_bench CASCADE')
  await client.query('CREATE SCHEMA sandbox_bench')
  await client.query('SET search_path = sandbox_bench')
  // A vault computes in one thread; so the server gets one process.
  await client.query('SET max_parallel_workers_per_gather = 0')
  for (const table of ['household', 'person', 'visit']) {
    const file = join(dir, `${table}.csv`)
    await source.run(`COPY ${table} TO ${quoteValue(file)} (FORMAT csv, HEADER false)`)
    const columns = (await source.runAndReadAll(`DESCRIBE ${table}`)).getRowsJson()
    const fields = columns.map(([name, type]) => `${name as string} ${types[type as string] ?? 'text'}`)
    await client.query(`CREATE UNLOGGED TABLE ${table} (${fields.join(', ')})`)
    await client.query(`COPY ${table} FROM ${quoteValue(file)} (FORMAT csv)`)
  }
  await client.query('VACUUM ANALYZE')
  const { rows } = await client.query<{ version: string }>('SELECT version()')
  const close = async () => {
    await client.query('DROP SCHEMA sandbox_bench CASCADE')
    await client.end()
  }
  return {
    run: (sql) => client.query(sql),
    version: /^\S+ \S+/.exec(rows[0]?.version ?? '')?.[0] ?? '',
    close,
  }
}
