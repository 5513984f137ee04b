import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import type { AnswerTable, Cell } from '../model.ts'
import { flatTable } from './csv.ts'

/** The table as Parquet (zstd), typed: whole numbers BIGINT, others DOUBLE, texts VARCHAR. Written by an engine that holds nothing else. */
export async function writeParquet(table: Pick<AnswerTable, 'columns' | 'rows'>): Promise<Buffer> {
  const path = join(tmpdir(), `allmende-${randomUUID()}.parquet`)
  const instance = await DuckDBInstance.create(':memory:', { threads: '1', memory_limit: '256MB' })
  const connection = await instance.connect()
  try {
    const { names, rows } = flatTable(table)
    const types = names.map((_, index) => typeOf(rows.map((row) => row[index] ?? null)))
    const columns = names.map((name, index) => `${quoted(name)} ${types[index]}`)
    await connection.run(`create table released (${columns.join(', ')})`)
    await insertRows(connection, rows)
    await connection.run(`copy released to '${path}' (format parquet, compression zstd)`)
    return await readFile(path)
  } finally {
    connection.closeSync()
    instance.closeSync()
    await rm(path, { force: true })
  }
}

async function insertRows(connection: DuckDBConnection, rows: readonly (readonly Cell[])[]): Promise<void> {
  for (const row of rows) {
    await connection.run(
      `insert into released values (${row.map((_, index) => `$${index + 1}`).join(', ')})`,
      [...row],
    )
  }
}

function typeOf(cells: readonly Cell[]): 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'VARCHAR' {
  const given = cells.filter((cell) => cell !== null)
  if (given.length > 0 && given.every((cell) => typeof cell === 'boolean')) return 'BOOLEAN'
  if (given.length === 0 || !given.every((cell) => typeof cell === 'number')) return 'VARCHAR'
  return given.every((cell) => Number.isSafeInteger(cell)) ? 'BIGINT' : 'DOUBLE'
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
