import { excerpt, finding, type Finding } from '../../platform/finding.ts'
import { inferColumns } from '../../platform/tabular/columns.ts'
import { decodeText } from '../../platform/tabular/decode.ts'
import { readTableFile, type TableFormat } from '../../platform/tabular/file.ts'
import { binaryKind, isWorkbook } from '../../platform/tabular/read.ts'
import {
  defaultTableLimits,
  type ColumnProfile,
  type Table,
  type TableLimits,
} from '../../platform/tabular/table.ts'
import { unpack } from '../../platform/tabular/unpack.ts'
import type { Preview } from '../entries/model.ts'
import type { Bbox, DatasetRecord } from '../model.ts'
import { cellOf, readGeoJson, straysFinding } from './geojson.ts'
import { boxWithoutStrays, findPoints, pointsOf } from './points.ts'
import { readParquetSchema } from './parquet.ts'
import { geoOfPoints, previewOfTable } from './preview.ts'
import { proposeRecord } from './propose.ts'

/** What was found in a dropped file: a proposed record, its columns, a preview, and what is remarkable. */
export type Description = {
  record: DatasetRecord
  columns: ColumnProfile[]
  preview: Preview | null
  rowCount: number | null
  format: string | null
  findings: Finding[]
}

/** A file as read, before anything is proposed. */
export type Found = {
  format: string
  table: Table
  columns: ColumnProfile[]
  /** null: there are more rows than were read. */
  rowCount: number | null
  bbox: Bbox | null
  geo: Preview['geo']
  findings: Finding[]
}

/** Describing stops at 50 000 rows: enough for types and ranges, and a page waits for it. */
const limits: TableLimits = { ...defaultTableLimits, maxRows: 50_000 }

/**
 * Describes a CSV, XLSX, GeoJSON, JSON table, dBASE, KML or Parquet file (also packed). Never throws: a file that can not be read gives
 * a record with a title and a finding that says why. Columns that may be personal show no values in the preview.
 */
export async function describeFile(bytes: Uint8Array, options: { filename: string }): Promise<Description> {
  const { filename } = options
  const found = await readAny(bytes, filename)
  const record = proposeRecord(found, { filename, size: bytes.length })
  const readable = found.columns.length > 0
  return {
    record,
    columns: found.columns,
    preview: readable ? previewOfTable(found, record.columns) : null,
    rowCount: readable ? found.rowCount : null,
    format: readable ? found.format : null,
    findings: [...found.findings, ...personalFindings(record)],
  }
}

async function readAny(bytes: Uint8Array, filename: string): Promise<Found> {
  if (binaryKind(bytes) === 'Parquet') return ofParquet(bytes)
  if (isWorkbook(bytes)) return ofTable(bytes)
  const unpacked = await unpack(bytes, limits.maxBytes)
  if (!unpacked.bytes) return nothing(unpacked.findings)
  const inner = unpacked.bytes
  if (binaryKind(inner) === 'Parquet') return ofParquet(inner)
  const start = new TextDecoder().decode(inner.subarray(0, 200)).replace('\uFEFF', '').trimStart()
  const json = /^[{[]/.test(start) && !/\.(csv|tsv|txt)(\.gz)?$/i.test(filename)
  return json ? ofJson(inner) : ofTable(inner)
}

const labels: Partial<Record<TableFormat, string>> = {
  xlsx: 'XLSX',
  json: 'JSON',
  geojson: 'GEOJSON',
  dbf: 'DBF',
  kml: 'KML',
}

async function ofTable(bytes: Uint8Array): Promise<Found> {
  const { table, columns, findings, format } = await readTableFile(bytes, limits)
  const at = findPoints(table, columns)
  const points = at ? pointsOf(table, columns, at) : []
  const { bbox, strays } = boxWithoutStrays(points.map((p) => [p.longitude, p.latitude]))
  const notes = [...(at?.swapped ? [swappedFinding()] : []), ...(strays > 0 ? [straysFinding(strays)] : [])]
  return {
    format: labels[format] ?? (table.dialect?.delimiter === '\t' ? 'TSV' : 'CSV'),
    table,
    columns,
    rowCount: table.truncated ? null : table.rows.length,
    bbox,
    geo: geoOfPoints(table, columns, points),
    findings: [...findings, ...notes],
  }
}

/** JSON larger than this is not read whole. */
const MAX_JSON = 128 * 1024 * 1024

function ofJson(bytes: Uint8Array): Found {
  if (bytes.length > MAX_JSON) return nothing([tooLargeJson()])
  const { text, findings } = decodeText(bytes)
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    return nothing([...findings, badJson(error)])
  }
  const geo = readGeoJson(document)
  if (geo)
    return {
      ...geo,
      format: 'GEOJSON',
      rowCount: geo.table.truncated ? null : geo.table.rows.length,
      findings: [...findings, ...geo.findings],
    }
  const table = tableOfObjects(document)
  if (!table) return nothing([...findings, noTable()])
  return {
    format: 'JSON',
    table,
    columns: inferColumns(table),
    rowCount: table.truncated ? null : table.rows.length,
    bbox: null,
    geo: undefined,
    findings,
  }
}

/** A list of objects, or an object with exactly one such list in it, as a table. */
function tableOfObjects(document: unknown): Table | null {
  const list = Array.isArray(document) ? document : onlyList(document)
  const objects = list?.filter(
    (item): item is Record<string, unknown> =>
      typeof item === 'object' && item !== null && !Array.isArray(item),
  )
  if (!objects || objects.length === 0) return null
  const header = [...new Set(objects.slice(0, 1000).flatMap((o) => Object.keys(o)))].slice(
    0,
    limits.maxColumns,
  )
  const rows = objects.slice(0, limits.maxRows).map((o) => header.map((name) => cellOf(o[name])))
  return { header, rows, dialect: null, truncated: objects.length > limits.maxRows, findings: [] }
}

function onlyList(document: unknown): unknown[] | null {
  if (typeof document !== 'object' || document === null) return null
  const lists = Object.values(document).filter((value): value is unknown[] => Array.isArray(value))
  return lists.length === 1 ? (lists[0] ?? null) : null
}

function ofParquet(bytes: Uint8Array): Found {
  const schema = readParquetSchema(bytes)
  if (!schema) return nothing([badParquet()])
  const header = schema.columns.map((c) => c.name)
  const table: Table = { header, rows: [], dialect: null, truncated: true, findings: [] }
  const columns = inferColumns(table).map((c, i) => ({
    ...c,
    type: schema.columns[i]?.type ?? c.type,
    total: schema.rows,
  }))
  return {
    format: 'PARQUET',
    table,
    columns,
    rowCount: schema.rows,
    bbox: null,
    geo: undefined,
    findings: [parquetNote()],
  }
}

function nothing(findings: Finding[]): Found {
  const table: Table = { header: [], rows: [], dialect: null, truncated: false, findings: [] }
  return { format: '', table, columns: [], rowCount: 0, bbox: null, geo: undefined, findings }
}

function personalFindings(record: DatasetRecord): Finding[] {
  const names = record.columns.filter((c) => c.personal).map((c) => c.name)
  if (names.length === 0) return []
  const list = excerpt(names.slice(0, 5).join(', '), 200)
  return [
    finding('warning', 'personal', {
      de: `Diese Spalten können auf Personen zeigen: ${list}. Vorgeschlagen ist deshalb kein offener Zugang; bitte prüfen Sie es.`,
      en: `These columns may point to persons: ${list}. So no open access is proposed; please check.`,
    }),
  ]
}

function swappedFinding(): Finding {
  return finding('warning', 'coordinates-swapped', {
    de: 'Länge und Breite sind vertauscht; für die Karte wurden sie zurückgetauscht.',
    en: 'Longitude and latitude are swapped; for the map they were swapped back.',
  })
}

function badJson(error: unknown): Finding {
  const message = excerpt(error instanceof Error ? error.message : '', 120)
  return finding('error', 'json-syntax', {
    de: `Die JSON-Datei ist fehlerhaft: ${message}`,
    en: `The JSON file is faulty: ${message}`,
  })
}

function noTable(): Finding {
  return finding('error', 'json-no-table', {
    de: 'Die JSON-Datei ist weder GeoJSON noch eine Liste gleicher Objekte.',
    en: 'The JSON file is neither GeoJSON nor a list of like objects.',
  })
}

function tooLargeJson(): Finding {
  return finding('error', 'too-large', {
    de: `Die JSON-Datei ist größer als ${MAX_JSON / 1024 / 1024} MiB. Bitte teilen Sie sie auf.`,
    en: `The JSON file is larger than ${MAX_JSON / 1024 / 1024} MiB. Please split it.`,
  })
}

function badParquet(): Finding {
  return finding('error', 'parquet-unreadable', {
    de: 'Die Parquet-Datei ist beschädigt oder verschlüsselt.',
    en: 'The Parquet file is damaged or encrypted.',
  })
}

function parquetNote(): Finding {
  return finding('info', 'parquet-schema-only', {
    de: 'Von der Parquet-Datei wurden Spalten und Zeilenzahl gelesen, nicht die Werte.',
    en: 'Of the Parquet file, columns and number of rows were read, not the values.',
  })
}
