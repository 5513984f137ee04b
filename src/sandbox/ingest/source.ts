import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { convertValue } from '../../platform/tabular/columns.ts'
import { readDelimited } from '../../platform/tabular/read.ts'
import type { ColumnProfile, ColumnType } from '../../platform/tabular/table.ts'
import type { TableSpec, ValueType } from '../engine/roles.ts'
import type { SourceRow } from '../vault/contract.ts'
import { isParquet, readParquet } from './parquet.ts'

/** A column of a holder's file as it was read. `values`: up to 60 most frequent values with their counts. */
export type SourceColumn = {
  readonly source: string
  readonly type: ValueType
  readonly missing: number
  readonly distinct: number
  readonly distinctCapped: boolean
  readonly min: number | string | null
  readonly max: number | string | null
  readonly keyLike: boolean
  /** Largest number of decimal places seen. */
  readonly decimals: number
  readonly values: readonly { readonly value: string | number | boolean; readonly count: number }[]
}

/** A holder's file as typed rows, read whole. Findings say how it was read and what was not. */
export type Source = {
  readonly columns: readonly SourceColumn[]
  readonly rows: number
  readonly findings: readonly Finding[]
  readonly row: (index: number) => SourceRow
}

/** A file that cannot be a table, with the reasons. */
export type Refusal = { readonly refused: true; readonly findings: readonly Finding[] }

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

/** Facts about a column from the counts of its values. */
export function summarised(
  base: Pick<SourceColumn, 'source' | 'type' | 'missing' | 'keyLike'>,
  counts: ReadonlyMap<string | number | boolean, number>,
): SourceColumn {
  const values = [...counts.keys()]
  const ordered = values.toSorted((a, b) =>
    typeof a === 'number' && typeof b === 'number' ? a - b : String(a) < String(b) ? -1 : 1,
  )
  const end = (value: string | number | boolean | undefined) =>
    typeof value === 'boolean' || value === undefined ? null : value
  const places = values.map((v) =>
    typeof v === 'number' ? (/\.(\d+)$/.exec(String(v))?.[1]?.length ?? 0) : 0,
  )
  return {
    ...base,
    distinct: counts.size,
    distinctCapped: counts.size >= 10_000,
    min: end(ordered[0]),
    max: end(ordered.at(-1)),
    decimals: Math.min(
      6,
      places.reduce((most, p) => Math.max(most, p), 0),
    ),
    values: [...counts]
      .sort(([, a], [, b]) => b - a)
      .slice(0, 60)
      .map(([value, count]) => ({ value, count })),
  }
}

/** The rows of a source in the order of a table's columns (matched by the header in the file). */
export function* rowsOf(source: Source, spec: TableSpec): Generator<SourceRow> {
  const at = spec.columns.map((column) => source.columns.findIndex((c) => c.source === column.source))
  for (let index = 0; index < source.rows; index++) {
    const row = source.row(index)
    yield at.map((i) => row[i] ?? null)
  }
}
