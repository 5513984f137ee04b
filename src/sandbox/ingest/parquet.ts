import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finding } from '../../platform/finding.ts'
import type { ValueType } from '../engine/roles.ts'
import { quoteName, quoteValue } from '../engine/print.ts'
import type { SourceRow } from '../vault/contract.ts'
import { readAs } from './read-as.ts'
import { profilesOf } from './parquet-profile.ts'
import { plainValue, textOf, type ParquetColumn } from './parquet-value.ts'
import type { Refusal, Source } from './column.ts'

/** Rows kept in memory for looking at; all others are read when they are needed. */
const sampled = 20_000
/** As many rows as a room can take. */
const maxRows = 50_000_000

/** A file that lies somewhere while it is needed; `done` may remove it. */
export type OpenedFile = { readonly file: string; readonly done: () => Promise<void> }

/** True for the first bytes of a Parquet file. */
export function isParquet(bytes: Uint8Array): boolean {
  return bytes.length > 12 && Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1'
}

/** Bytes as a file in a private folder, for an engine that reads files only. */
export async function fileOf(bytes: Uint8Array): Promise<OpenedFile> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'allmende-parquet-'))
  const file = join(folder, 'table.parquet')
  await writeFile(file, bytes, { mode: 0o600 })
  return { file, done: () => rm(folder, { recursive: true, force: true }) }
}

/** Reads a Parquet file through an engine that sees this one file only. Nested columns are left out with a finding. */
export async function readParquet(open: () => Promise<OpenedFile>): Promise<Source | Refusal> {
  try {
    return await withFile(open, (connection, file) => readFrom(connection, { file, open }))
  } catch {
    return { refused: true, findings: [broken()] }
  }
}

async function withFile<T>(
  open: () => Promise<OpenedFile>,
  work: (connection: DuckDBConnection, file: string) => Promise<T>,
): Promise<T> {
  const { file, done } = await open()
  try {
    const { connection, close } = await engine()
    try {
      return await work(connection, file)
    } finally {
      close()
    }
  } finally {
    await done()
  }
}

async function engine(): Promise<{ connection: DuckDBConnection; close: () => void }> {
  const instance = await DuckDBInstance.create(':memory:', {
    threads: '1',
    memory_limit: '512MB',
    max_temp_directory_size: '0MB',
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const close = () => {
    connection.closeSync()
    instance.closeSync()
  }
  return { connection, close }
}

function typeOf(engineType: string): ValueType | null {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER)$/.test(engineType)) return 'integer'
  if (/^(DOUBLE|FLOAT|DECIMAL.*)$/.test(engineType)) return 'decimal'
  if (engineType === 'BOOLEAN') return 'boolean'
  if (engineType === 'DATE') return 'date'
  if (engineType.startsWith('TIMESTAMP')) return 'datetime'
  return /^(VARCHAR|ENUM.*|UUID|TIME)$/.test(engineType) ? 'text' : null
}

type Read = { readonly file: string; readonly open: () => Promise<OpenedFile> }

async function readFrom(connection: DuckDBConnection, { file, open }: Read): Promise<Source | Refusal> {
  const from = `read_parquet(${quoteValue(file)})`
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM ${from}`)
  const all = await withDigits(
    connection,
    from,
    described.getRowsJson().map(([name, type]) => ({ name: textOf(name), type: typeOf(textOf(type)) })),
  )
  const columns = all.flatMap((c) => (c.type ? [{ name: c.name, type: c.type }] : []))
  const nested = all.filter((c) => !c.type).map((c) => nestedColumn(c.name))
  if (columns.length === 0) return { refused: true, findings: nested }
  const counted = await connection.runAndReadAll(`SELECT count(*) FROM ${from}`)
  const rows = Number(counted.getRowsJson()[0]?.[0] ?? 0)
  if (rows > maxRows) return { refused: true, findings: [tooManyRows()] }
  const select = columns.map((c) => selectSql(c)).join(', ')
  const head = await connection.runAndReadAll(`SELECT ${select} FROM ${from} LIMIT ${sampled}`)
  const sample = head.getRowsJson().map((row) => plainRow(row, columns))
  const form = { format: 'parquet', packed: null, encoding: null, delimiter: null, headerRow: null } as const
  return {
    form,
    columns: await profilesOf(connection, { table: `(SELECT ${select} FROM ${from})`, columns, rows }),
    rows,
    findings: [readAs(form), ...nested],
    row: (index) => sample[index] ?? [],
    batches: () => batchesOf(open, columns),
  }
}

/** All rows in slices of the engine's own size; a file of any length takes no more memory than one slice. */
async function* batchesOf(
  open: () => Promise<OpenedFile>,
  columns: readonly ParquetColumn[],
): AsyncGenerator<SourceRow[]> {
  const { file, done } = await open()
  const { connection, close } = await engine()
  try {
    const select = columns.map((c) => selectSql(c)).join(', ')
    const result = await connection.stream(`SELECT ${select} FROM read_parquet(${quoteValue(file)})`)
    for await (const rows of result.yieldRowsJson()) yield rows.map((row) => plainRow(row, columns))
  } finally {
    close()
    await done()
  }
}

/** Whole numbers that a plain number cannot hold exactly are ids: they are read as their digits. */
async function withDigits<T extends { name: string; type: ValueType | null }>(
  connection: DuckDBConnection,
  from: string,
  columns: readonly T[],
): Promise<T[]> {
  const whole = columns.filter((c) => c.type === 'integer').map((c) => quoteName(c.name))
  if (whole.length === 0) return [...columns]
  const tests = whole.map((c) => `coalesce(max(${c}) > ${largest} OR min(${c}) < -${largest}, FALSE)`)
  const found = await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM ${from}`)
  const wide = new Set(whole.filter((_, i) => found.getRowsJson()[0]?.[i] === true))
  return columns.map((c) => (wide.has(quoteName(c.name)) ? { ...c, type: 'text' } : c))
}

const largest = Number.MAX_SAFE_INTEGER

function selectSql({ name, type }: ParquetColumn): string {
  const quoted = quoteName(name)
  if (type === 'datetime') return `strftime(${quoted}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S') AS ${quoted}`
  if (type === 'decimal') return `${quoted}::DOUBLE AS ${quoted}`
  return type === 'text' ? `${quoted}::VARCHAR AS ${quoted}` : quoted
}

function plainRow(row: readonly unknown[], columns: readonly ParquetColumn[]): SourceRow {
  return row.map((value, i) => plainValue(value, columns[i]?.type ?? 'text'))
}

function nestedColumn(name: string) {
  return finding(
    'warning',
    'nested-column',
    {
      de: `Die Spalte „${name}“ ist verschachtelt und wurde nicht gelesen.`,
      en: `The column “${name}” is nested and was not read.`,
    },
    name,
  )
}

function tooManyRows() {
  return finding('error', 'too-many-rows', {
    de: `Möglich sind ${maxRows / 1_000_000} Millionen Zeilen.`,
    en: `${maxRows / 1_000_000} million rows are possible.`,
  })
}

function broken() {
  return finding('error', 'broken-parquet', {
    de: 'Die Parquet-Datei ist beschädigt oder verschlüsselt.',
    en: 'The Parquet file is damaged or encrypted.',
  })
}
