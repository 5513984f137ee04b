import { open, readFile } from 'node:fs/promises'
import { finding, hasErrors, type Finding } from '../../platform/finding.ts'
import { convertValue } from '../../platform/tabular/columns.ts'
import { readTableFile, type TableFile } from '../../platform/tabular/file.ts'
import type { ColumnProfile, ColumnType, TableLimits } from '../../platform/tabular/table.ts'
import type { TableSpec, ValueType } from '../engine/roles.ts'
import type { SourceRow } from '../vault/contract.ts'
import { summarised, type Refusal, type Source, type SourceColumn, type SourceForm } from './column.ts'
import { placeFinding, placesOf } from './coordinates.ts'
import { fileOf, isParquet, readParquet } from './parquet.ts'
import { readAs } from './read-as.ts'
import { endsWithTotal, totalsInside } from './total.ts'

export type { Source, SourceColumn } from './column.ts'

/** As many columns as a form can still show; registers have fewer. */
const maxColumns = 500

/** A sandbox upload: no cell of a register is longer than a page, and one column more than allowed is enough to say no. */
const limits: TableLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxRows: 1_000_000,
  maxColumns: maxColumns + 1,
  maxCell: 10_000,
}

/**
 * Reads CSV, XLSX, JSON, GeoJSON, dBASE, KML (all also packed) or Parquet. Never throws on bad input: gives findings and,
 * where hopeless, `refused`.
 */
export async function readSource(bytes: Uint8Array, filename: string): Promise<Source | Refusal> {
  if (isParquet(bytes)) return placed(checked(await readParquet(() => fileOf(bytes))))
  const file = await readTableFile(bytes, limits)
  const cut = file.table.truncated ? [tooManyRows(filename)] : []
  const findings = [...file.findings.filter((f) => f.code !== 'rows-left-out'), ...cut]
  if (hasErrors(findings)) return { refused: true, findings }
  return placed(checked(sourceOf(file, findings)))
}

/** Reads a file on the disk; Parquet is never held in memory as a whole. */
export async function readSourceFile(path: string, filename: string): Promise<Source | Refusal> {
  const handle = await open(path)
  const head = new Uint8Array(16)
  await handle.read(head, 0, 16, 0).finally(() => handle.close())
  if (!isParquet(head)) return readSource(await readFile(path), filename)
  return placed(checked(await readParquet(async () => ({ file: path, done: async () => undefined }))))
}

function sourceOf(file: TableFile, findings: readonly Finding[]): Source {
  const { table } = file
  const total = endsWithTotal(table.rows, file.columns)
  const rows = total ? table.rows.slice(0, -1) : table.rows
  const kept = file.columns.filter((c) => !(c.type === 'empty' && /^Spalte \d+$/.test(c.name)))
  const empty = file.columns.length - kept.length
  const form: SourceForm = {
    format: file.format,
    packed: file.packed,
    encoding: file.encoding,
    delimiter: table.dialect?.delimiter ?? null,
    headerRow: table.dialect?.headerRow ?? null,
  }
  return {
    form,
    columns: kept.map((profile) => sourceColumn(profile, rows)),
    rows: rows.length,
    findings: [
      readAs(form, kept),
      ...findings.filter((f) => !(total && isTotalsMisfit(f, file))),
      ...(labelsRepeat(table, file.columns) ? [labelsRepeated()] : []),
      ...(empty > 0 ? [emptyColumns(empty)] : []),
      ...(total ? [totalRow()] : []),
      ...totalsInside(rows, file.columns),
    ],
    row: (index) => typedRow(rows[index], kept),
    batches: () => batchesOf(rows, kept),
  }
}

/** Rows per batch. */
const batchRows = 2_048

function typedRow(row: readonly string[] | undefined, columns: readonly ColumnProfile[]): SourceRow {
  return columns.map((profile) => cellOf(row?.[profile.position] ?? '', profile))
}

async function* batchesOf(
  rows: readonly string[][],
  columns: readonly ColumnProfile[],
): AsyncGenerator<SourceRow[]> {
  for (let from = 0; from < rows.length; from += batchRows)
    yield rows.slice(from, from + batchRows).map((row) => typedRow(row, columns))
}

/** The word for the total is no misfit of a column once its row is left out. */
function isTotalsMisfit(found: Finding, { table, columns }: TableFile): boolean {
  const column = columns.find((c) => c.name === found.where)
  if (found.code !== 'misfits' || column?.misfits !== 1) return false
  const cell = table.rows.at(-1)?.[column.position] ?? ''
  return cell.trim() !== '' && convertValue(cell, column) === null
}

/** A table set for reading: in many columns every second row repeats the same word under the number. */
function labelsRepeat(table: TableFile['table'], columns: readonly ColumnProfile[]): boolean {
  const half = columns.filter((c) => {
    const [top] = c.top
    const share = (top?.count ?? 0) / Math.max(1, c.total)
    return (
      c.type === 'text' && share > 0.4 && share < 0.6 && /\p{L}/u.test(top?.value ?? '') && c.distinct > 10
    )
  })
  return table.dialect?.headerRow === -1 && half.length >= 5
}

function labelsRepeated(): Finding {
  return finding('warning', 'labels-repeated', {
    de: 'Beschriftungen und Werte wechseln sich Zeile für Zeile ab: Die Tabelle ist zum Lesen gesetzt. Bitte mit einer Zeile je Eintrag und Namen nur in der Kopfzeile liefern.',
    en: 'Labels and values take turns row by row: the table is set for reading. Please deliver it with one row per entry and names in the header only.',
  })
}

function checked(source: Source | Refusal): Source | Refusal {
  if ('refused' in source) return source
  const problems = [
    ...(source.rows === 0
      ? [finding('error', 'no-rows', { de: 'Die Tabelle hat keine Zeilen.', en: 'The table has no rows.' })]
      : []),
    ...(source.columns.length > maxColumns ? [tooManyColumns()] : []),
  ]
  const said = source.findings.filter((f) => f.code !== 'read-as' && f.code !== 'no-rows')
  return problems.length > 0 ? { refused: true, findings: [...said, ...problems] } : source
}

/** Marks the columns that hold coordinates. */
function placed(source: Source | Refusal): Source | Refusal {
  if ('refused' in source) return source
  const places = placesOf(source.columns)
  if (places.length === 0) return source
  const epsg = new Map(places.flatMap((p) => [[p.x, p.epsg] as const, [p.y, p.epsg] as const]))
  return {
    ...source,
    columns: source.columns.map((column, i) => {
      const place = epsg.get(i)
      return place ? { ...column, place } : column
    }),
    findings: [...source.findings, ...places.map((p) => placeFinding(p, source.columns))],
  }
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

function tooManyColumns(): Finding {
  return finding('error', 'too-many-columns', {
    de: `Die Tabelle hat mehr als ${maxColumns} Spalten; möglich sind ${maxColumns}.`,
    en: `The table has more than ${maxColumns} columns; ${maxColumns} are possible.`,
  })
}

function emptyColumns(n: number): Finding {
  return finding('info', 'empty-columns', {
    de: `${n} Spalten ohne Namen und ohne Werte wurden ausgelassen.`,
    en: `${n} columns without a name and without values were left out.`,
  })
}

function totalRow(): Finding {
  return finding('warning', 'total-row', {
    de: 'Die letzte Zeile ist die Summe der anderen; sie wurde ausgelassen, sonst zählte alles doppelt.',
    en: 'The last row is the sum of the others; it was left out, else everything would count twice.',
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
  let missing = 0
  for (const row of rows) {
    const value = cellOf(row[profile.position] ?? '', profile)
    if (value === null) missing++
    else if (counts.size < 10_000 || counts.has(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  const { name: source, keyLike, type } = profile
  return summarised({ source, type: valueTypes[type], missing, keyLike, year: type === 'year' }, counts)
}

/** The rows of a source in the order of a table's columns (matched by the header in the file). */
export async function* rowsOf(source: Source, spec: TableSpec): AsyncGenerator<SourceRow> {
  for await (const batch of batchesInOrder(source, spec)) yield* batch
}

/** As `rowsOf`, in batches. */
export async function* batchesInOrder(source: Source, spec: TableSpec): AsyncGenerator<SourceRow[]> {
  const at = spec.columns.map((column) => source.columns.findIndex((c) => c.source === column.source))
  for await (const batch of source.batches()) yield batch.map((row) => at.map((i) => row[i] ?? null))
}
