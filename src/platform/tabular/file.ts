import { finding, type Finding } from '../finding.ts'
import { isDbf, readDbf } from './dbf.ts'
import { decodeText } from './decode.ts'
import { readJson } from './json.ts'
import { isKml, readKml } from './kml.ts'
import { binaryKind, isWorkbook, readDelimited, typed, type ReadTable } from './read.ts'
import { defaultTableLimits, type TableLimits } from './table.ts'
import { unpack } from './unpack.ts'
import { noTable } from './records.ts'

/** What a file turned out to be. */
export type TableFormat = 'csv' | 'xlsx' | 'json' | 'geojson' | 'dbf' | 'kml' | 'other'

/** A table with the format it was read as and how it was packed. */
export type TableFile = Omit<ReadTable, 'encoding'> & {
  readonly format: TableFormat
  readonly encoding: string | null
  readonly packed: 'gzip' | 'zip' | null
}

/**
 * Reads whatever people call a table by what is inside, not by its name: CSV, XLSX, JSON, GeoJSON, dBASE, KML, also packed.
 * Files that belong to a table but are none (shapes, projections) are refused with the reason. Never throws.
 */
export async function readTableFile(
  bytes: Uint8Array,
  limits: TableLimits = defaultTableLimits,
): Promise<TableFile> {
  if (isWorkbook(bytes)) return { ...(await readDelimited(bytes, { limits })), format: 'xlsx', packed: null }
  const { bytes: inner, packed, findings } = await unpack(bytes, limits.maxBytes)
  if (!inner) return refused(findings[0] ?? notATable(), packed)
  if (isWorkbook(inner)) return { ...(await readDelimited(inner, { limits })), format: 'xlsx', packed }
  if (isDbf(inner)) return { ...readAttributes(inner, limits), packed }
  const kind = binaryKind(inner)
  if (kind === 'SHP') return refused(shapes(), packed)
  if (kind) return { ...(await readDelimited(inner, { limits })), format: 'other', packed }
  return readText(inner, { limits, packed })
}

async function readText(
  bytes: Uint8Array,
  { limits, packed }: { limits: TableLimits; packed: TableFile['packed'] },
): Promise<TableFile> {
  const head = decodeText(bytes.subarray(0, 8_000)).text.trimStart()
  const other = textThatIsNoTable(head)
  if (other) return refused(other, packed)
  const json = /^[{[]/.test(head) && /^(\{\s*("|\})|\[\s*([{[\]"\d-]|true|false|null))/.test(head)
  if (!json && !head.startsWith('<'))
    return { ...(await readDelimited(bytes, { limits })), format: 'csv', packed }
  const { text, encoding, findings } = decodeText(bytes)
  if (json) {
    const { table, geo } = readJson(text, limits)
    return { ...typed(table, encoding, findings), format: geo ? 'geojson' : 'json', packed }
  }
  if (!isKml(text)) return refused(xml(), packed)
  return { ...typed(readKml(text, limits), encoding, findings), format: 'kml', packed }
}

function readAttributes(bytes: Uint8Array, limits: TableLimits): Omit<TableFile, 'packed'> {
  const { table, encoding, texts } = readDbf(bytes, limits)
  const read = typed(table, null, [])
  // Digits in a column declared as text are a key, not a number.
  const columns = read.columns.map((column, i) => {
    const number = column.type === 'integer' || column.type === 'year'
    return texts[i] && number
      ? { ...column, type: 'text' as const, keyLike: true, decimal: null, thousands: null }
      : column
  })
  return { ...read, columns, encoding, format: 'dbf' }
}

/** Text that belongs to something else; null if it may be a table. */
function textThatIsNoTable(head: string): Finding | null {
  if (/^(PROJCS|GEOGCS|GEOCCS|COMPD_CS|PROJCRS|GEOGCRS|GEODCRS|BOUNDCRS)\s*\[/.test(head)) return projection()
  const lines = head.split(/\r?\n/).filter((line) => line.trim() !== '')
  const prose = lines.filter((line) => /^\s*([-*+]\s|#{1,6}\s|\d+\.\s|>\s|```)/.test(line))
  return lines.length > 0 && prose.length === lines.length ? notATable() : null
}

function refused(reason: Finding, packed: TableFile['packed']): TableFile {
  return { table: noTable(reason), columns: [], encoding: null, findings: [reason], format: 'other', packed }
}

function shapes(): Finding {
  return finding('error', 'shapes-only', {
    de: 'Das ist die Geometrie (oder ihr Verzeichnis) eines Shapefiles und enthält keine Sachdaten. Bitte laden Sie die gleichnamige Datei mit der Endung .dbf hoch.',
    en: 'This is the geometry (or its index) of a shapefile and holds no attributes. Please upload the file of the same name ending in .dbf.',
  })
}

function projection(): Finding {
  return finding('error', 'projection-only', {
    de: 'Die Datei beschreibt nur das Koordinatensystem eines Shapefiles. Bitte laden Sie die gleichnamige Datei mit der Endung .dbf hoch.',
    en: 'The file only describes the coordinate system of a shapefile. Please upload the file of the same name ending in .dbf.',
  })
}

function xml(): Finding {
  return finding('error', 'xml-no-table', {
    de: 'Die XML-Datei enthält keine Tabelle, die hier gelesen werden kann. Lesbar sind KML, CSV, XLSX, GeoJSON, JSON, DBF und Parquet.',
    en: 'The XML file holds no table that can be read here. KML, CSV, XLSX, GeoJSON, JSON, DBF and Parquet can be read.',
  })
}

function notATable(): Finding {
  return finding('error', 'no-table', {
    de: 'Die Datei enthält Text, aber keine Tabelle.',
    en: 'The file holds text but no table.',
  })
}
