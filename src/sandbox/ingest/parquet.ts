import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finding } from '../../platform/finding.ts'
import type { ValueType } from '../engine/roles.ts'
import { quoteValue } from '../engine/print.ts'
import type { SourceRow } from '../vault/contract.ts'
import { readAs } from './read-as.ts'
import { summarised, type Refusal, type Source } from './column.ts'

/** As many rows as are typed in memory at once. */
const maxRows = 1_000_000

/** True for the first bytes of a Parquet file. */
export function isParquet(bytes: Uint8Array): boolean {
  return bytes.length > 12 && Buffer.from(bytes.subarray(0, 4)).toString('latin1') === 'PAR1'
}

/** Reads a Parquet file through an engine that sees this one file only. Nested columns are left out with a finding. */
export async function readParquet(bytes: Uint8Array): Promise<Source | Refusal> {
  const folder = await mkdtemp(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'allmende-parquet-'))
  try {
    const file = join(folder, 'table.parquet')
    await writeFile(file, bytes, { mode: 0o600 })
    const instance = await DuckDBInstance.create(':memory:', {
      threads: '1',
      memory_limit: '512MB',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    })
    const connection = await instance.connect()
    try {
      return await readFrom(connection, file)
    } finally {
      connection.closeSync()
      instance.closeSync()
    }
  } catch {
    return {
      refused: true,
      findings: [
        finding('error', 'broken-parquet', {
          de: 'Die Parquet-Datei ist beschädigt oder verschlüsselt.',
          en: 'The Parquet file is damaged or encrypted.',
        }),
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function typeOf(engineType: string): ValueType | null {
  if (/^(U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|UINTEGER)$/.test(engineType)) return 'integer'
  if (/^(DOUBLE|FLOAT|DECIMAL.*)$/.test(engineType)) return 'decimal'
  if (engineType === 'BOOLEAN') return 'boolean'
  if (engineType === 'DATE') return 'date'
  if (engineType.startsWith('TIMESTAMP')) return 'datetime'
  return /^(VARCHAR|ENUM.*|UUID|TIME)$/.test(engineType) ? 'text' : null
}

async function readFrom(connection: DuckDBConnection, file: string): Promise<Source | Refusal> {
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM read_parquet(${quoteValue(file)})`)
  const all = described
    .getRowsJson()
    .map(([name, type]) => ({ name: textOf(name), type: typeOf(textOf(type)) }))
  const columns = all.flatMap((c) => (c.type ? [{ name: c.name, type: c.type }] : []))
  const nested = all
    .filter((c) => !c.type)
    .map((c) =>
      finding(
        'warning',
        'nested-column',
        {
          de: `Die Spalte „${c.name}“ ist verschachtelt und wurde nicht gelesen.`,
          en: `The column “${c.name}” is nested and was not read.`,
        },
        c.name,
      ),
    )
  if (columns.length === 0) return { refused: true, findings: nested }
  const select = columns.map((c) => selectSql(c.name, c.type)).join(', ')
  const reader = await connection.runAndReadAll(
    `SELECT ${select} FROM read_parquet(${quoteValue(file)}) LIMIT ${maxRows + 1}`,
  )
  if (reader.currentRowCount > maxRows)
    return {
      refused: true,
      findings: [
        finding('error', 'too-many-rows', {
          de: `Möglich sind ${maxRows} Zeilen.`,
          en: `${maxRows} rows are possible.`,
        }),
      ],
    }
  const data = reader
    .getColumnsJson()
    .map((values, i) => values.map((v) => plain(v, columns[i]?.type ?? 'text')))
  const profiles = columns.map((c, i) => profile(c, data[i] ?? []))
  const form = { format: 'parquet', packed: null, encoding: null, delimiter: null, headerRow: null } as const
  return {
    form,
    columns: profiles,
    rows: reader.currentRowCount,
    findings: [readAs(form), ...nested],
    row: (index) => data.map((values) => values[index] ?? null),
  }
}

function selectSql(name: string, type: ValueType): string {
  const quoted = `"${name.replaceAll('"', '""')}"`
  if (type === 'datetime') return `strftime(${quoted}::TIMESTAMP, '%Y-%m-%dT%H:%M:%S') AS ${quoted}`
  return type === 'decimal'
    ? `${quoted}::DOUBLE AS ${quoted}`
    : type === 'text'
      ? `${quoted}::VARCHAR AS ${quoted}`
      : quoted
}

function plain(value: unknown, type: ValueType): SourceRow[number] {
  if (value === null || value === undefined) return null
  if (type === 'integer') return Number.isSafeInteger(Number(value)) ? Number(value) : null
  if (type === 'decimal') return Number.isFinite(Number(value)) ? Number(value) : null
  return typeof value === 'boolean' ? value : textOf(value)
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

function profile(column: { name: string; type: ValueType }, values: readonly SourceRow[number][]) {
  const counts = new Map<string | number | boolean, number>()
  let missing = 0
  for (const value of values) {
    if (value === null) missing++
    else if (counts.size < 10_000 || counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return summarised({ source: column.name, type: column.type, missing, keyLike: false }, counts)
}
