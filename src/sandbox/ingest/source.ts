import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { convertValue } from '../../platform/tabular/columns.ts'
import { readDelimited } from '../../platform/tabular/read.ts'
import type { ColumnProfile, ColumnType } from '../../platform/tabular/table.ts'
import type { TableSpec, ValueType } from '../engine/roles.ts'
import type { SourceRow } from '../vault/contract.ts'
import { summarised, type Refusal, type Source, type SourceColumn } from './column.ts'
import { isParquet, readParquet } from './parquet.ts'

export type { Source, SourceColumn } from './column.ts'

/** As many columns as a form can still show; registers have fewer. */
const maxColumns = 500

/** Reads CSV (also packed), XLSX or Parquet. Never throws on bad input: gives findings and, where hopeless, `refused`. */
export async function readSource(bytes: Uint8Array, filename: string): Promise<Source | Refusal> {
  if (isParquet(bytes)) return checked(await readParquet(bytes))
  const { table, columns, findings } = await readDelimited(bytes)
  const cut = table.truncated ? [tooManyRows(filename)] : []
  const all = [...findings, ...cut]
  if (hasErrors(all)) return { refused: true, findings: all }
  const typed = columns.map((profile) => sourceColumn(profile, table.rows))
  const row = (index: number): SourceRow =>
    columns.map((profile, i) => cellOf(table.rows[index]?.[i] ?? '', profile))
  return checked({ columns: typed, rows: table.rows.length, findings: all, row })
}

function checked(source: Source | Refusal): Source | Refusal {
  if ('refused' in source) return source
  const problems = [
    ...(source.rows === 0
      ? [finding('error', 'no-rows', { de: 'Die Tabelle hat keine Zeilen.', en: 'The table has no rows.' })]
      : []),
    ...(source.columns.length > maxColumns ? [tooManyColumns(source.columns.length)] : []),
  ]
  return problems.length > 0 ? { refused: true, findings: [...source.findings, ...problems] } : source
}

function tooManyRows(filename: string): Finding {
  return finding(
    'error',
    'too-many-rows',
    {
      de: 'Die Datei hat mehr Zeilen, als hier gelesen werden können. Bitte als Parquet liefern.',
      en: 'The file has more rows than can be read here. Please deliver it as Parquet.',
    },
    filename,
  )
}

function tooManyColumns(count: number): Finding {
  return finding('error', 'too-many-columns', {
    de: `Die Tabelle hat ${count} Spalten; möglich sind ${maxColumns}.`,
    en: `The table has ${count} columns; ${maxColumns} are possible.`,
  })
}

const valueTypes: Record<ColumnType, ValueType> = {
  integer: 'integer',
  year: 'integer',
  decimal: 'decimal',
  boolean: 'boolean',
  date: 'date',
  datetime: 'datetime',
  time: 'text',
  text: 'text',
  empty: 'text',
}

function cellOf(text: string, profile: ColumnProfile): SourceRow[number] {
  const value = convertValue(text, profile)
  return typeof value === 'number' && !Number.isFinite(value) ? null : value
}

function sourceColumn(profile: ColumnProfile, rows: readonly string[][]): SourceColumn {
  const counts = new Map<string | number | boolean, number>()
  for (const row of rows) {
    const value = cellOf(row[profile.position] ?? '', profile)
    if (value !== null && (counts.size < 10_000 || counts.has(value)))
      counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return summarised(
    {
      source: profile.name,
      type: valueTypes[profile.type],
      missing: profile.missing,
      keyLike: profile.keyLike,
    },
    counts,
  )
}

/** The rows of a source in the order of a table's columns (matched by the header in the file). */
export function* rowsOf(source: Source, spec: TableSpec): Generator<SourceRow> {
  const at = spec.columns.map((column) => source.columns.findIndex((c) => c.source === column.source))
  for (let index = 0; index < source.rows; index++) {
    const row = source.row(index)
    yield at.map((i) => row[i] ?? null)
  }
}
