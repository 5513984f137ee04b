import { finding, type Finding } from '../finding.ts'
import { inferColumns } from './columns.ts'
import { decodeText } from './decode.ts'
import { readTable } from './dialect.ts'
import {
  defaultTableLimits,
  type ColumnProfile,
  type CsvDialect,
  type Table,
  type TableLimits,
  type TextEncoding,
} from './table.ts'
import { isZip, unpack } from './unpack.ts'
import { valueFindings } from './value-findings.ts'
import { listZip } from './zip.ts'
import { readWorkbook } from './workbook.ts'

/** A table read from a file with the types of its columns and everything remarkable about it. */
export type ReadTable = {
  table: Table
  columns: ColumnProfile[]
  encoding: TextEncoding | null
  findings: Finding[]
}

/**
 * Reads a CSV (also packed with gzip or ZIP) or an XLSX file: unpacks within limits, decodes, sniffs the dialect, infers
 * types. Never throws: with an error among the findings the table may be empty. A given dialect is not sniffed again.
 */
export async function readDelimited(
  bytes: Uint8Array,
  options: { limits?: TableLimits; dialect?: CsvDialect } = {},
): Promise<ReadTable> {
  const limits = options.limits ?? defaultTableLimits
  if (isWorkbook(bytes)) return typed(await readWorkbook(bytes, limits), null, [])
  const unpacked = await unpack(bytes, limits.maxBytes)
  if (!unpacked.bytes) return typed(emptyTable(), null, unpacked.findings)
  if (isWorkbook(unpacked.bytes)) return typed(await readWorkbook(unpacked.bytes, limits), null, [])
  const binary = binaryKind(unpacked.bytes)
  if (binary) return typed(emptyTable(), null, [notATable(binary)])
  const { text, encoding, findings } = decodeText(unpacked.bytes)
  if (findings.some((f) => f.code === 'binary')) return typed(emptyTable(), encoding, findings)
  return typed(readTable(withOneEnd(text), options.dialect, limits), encoding, findings)
}

/** Lines may end in three ways, also in one file: copied together, or edited on another system. */
function withOneEnd(text: string): string {
  return text.includes('\r') ? text.replaceAll(/\r\n?/g, '\n') : text
}

/** True for an XLSX workbook: a ZIP that holds `xl/workbook.xml`. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return isZip(bytes) && (listZip(bytes) ?? []).some((entry) => /^xl\/workbook\.(xml|bin)$/.test(entry.name))
}

/** Types the columns of a table that was read; misfits are findings. */
export function typed(table: Table, encoding: TextEncoding | null, before: Finding[]): ReadTable {
  const columns = inferColumns(table)
  const misfits = columns.filter((c) => c.misfits > 0).map(misfitFinding)
  return {
    table,
    columns,
    encoding,
    findings: [...before, ...table.findings, ...misfits, ...valueFindings(table, columns)],
  }
}

function misfitFinding(column: ColumnProfile): Finding {
  return finding(
    'warning',
    'misfits',
    {
      de: `In „${column.name}“ passen ${column.misfits} Werte nicht zum Typ der Spalte; sie gelten als leer.`,
      en: `In “${column.name}”, ${column.misfits} values do not fit the type of the column; they count as empty.`,
    },
    column.name,
  )
}

function emptyTable(): Table {
  return { header: [], rows: [], dialect: null, truncated: false, findings: [] }
}

const SIGNATURES: [number[], string][] = [
  [[0x25, 0x50, 0x44, 0x46], 'PDF'],
  [[0xd0, 0xcf, 0x11, 0xe0], 'XLS'],
  [[0x89, 0x50, 0x4e, 0x47], 'PNG'],
  [[0xff, 0xd8, 0xff], 'JPEG'],
  [[0x50, 0x41, 0x52, 0x31], 'Parquet'],
  [[0x37, 0x7a, 0xbc, 0xaf], '7z'],
  [[0x52, 0x61, 0x72, 0x21], 'RAR'],
  [[0x00, 0x00, 0x27, 0x0a], 'SHP'],
  [[0x53, 0x51, 0x4c, 0x69, 0x74, 0x65], 'SQLite'],
]

/** The name of a known binary format by its first bytes; null for text. */
export function binaryKind(bytes: Uint8Array): string | null {
  return SIGNATURES.find(([signature]) => signature.every((byte, i) => bytes[i] === byte))?.[1] ?? null
}

function notATable(kind: string): Finding {
  return finding('error', 'not-a-table', {
    de: `Die Datei ist im Format ${kind} und lässt sich hier nicht als Tabelle lesen. Bitte als CSV oder XLSX speichern.`,
    en: `The file is in the format ${kind} and can not be read as a table here. Please save it as CSV or XLSX.`,
  })
}
