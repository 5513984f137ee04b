import { streamXlsxRows, read } from 'hucre'
import { finding, type Finding } from '../finding.ts'
import { findHeader } from './header.ts'
import { tableOf } from './dialect.ts'
import { defaultTableLimits, type Table, type TableLimits } from './table.ts'
import { checkZip } from './unpack.ts'

type Cell = string | number | boolean | Date | null

/** Reads the first sheet of an XLSX file that holds a table. Never throws; bombs and other formats are findings. */
export async function readWorkbook(
  bytes: Uint8Array,
  limits: TableLimits = defaultTableLimits,
): Promise<Table> {
  const bad = checkZip(bytes, limits.maxBytes)
  if (bad) return nothing(bad)
  try {
    const sheets = await sheetsOf(bytes)
    const names = sheets.map((sheet) => sheet.name)
    const first = await firstUseful(bytes, inOrder(sheets), limits)
    if (!first) return nothing(names.length > 0 ? noCells() : unreadable())
    const table = tableOf(first.rows, findHeader(first.rows.slice(0, 200)), limits)
    if (names.length > 1) table.findings.push(otherSheets(names, first.index))
    return table
  } catch {
    return nothing(unreadable())
  }
}

type SheetFacts = { readonly name: string; readonly hidden: boolean }

async function sheetsOf(bytes: Uint8Array): Promise<SheetFacts[]> {
  const workbook = await read(bytes, { maxRows: 1 })
  return workbook.sheets.map(({ name, hidden, veryHidden }) => ({
    name,
    hidden: (hidden ?? veryHidden) === true,
  }))
}

/** Places of the sheets, those that nobody is shown last. */
function inOrder(sheets: readonly SheetFacts[]): number[] {
  const places = [...sheets.keys()]
  return [...places.filter((i) => !sheets[i]?.hidden), ...places.filter((i) => sheets[i]?.hidden)]
}

async function firstUseful(
  bytes: Uint8Array,
  places: readonly number[],
  limits: TableLimits,
): Promise<{ rows: string[][]; index: number } | null> {
  let best: { rows: string[][]; index: number } | null = null
  for (const index of places.slice(0, 20)) {
    const rows = await sheetRows(bytes, index, limits)
    // A header alone is a table without rows yet, not a cover sheet.
    if (rows.length >= 2 || (rows[0]?.length ?? 0) >= 3) return { rows, index }
    if (!best && rows.length > 0) best = { rows, index }
  }
  return best
}

/** Rows as text; empty rows are left out, cells beyond the limits are not kept. */
async function sheetRows(bytes: Uint8Array, sheet: number, limits: TableLimits): Promise<string[][]> {
  const rows: string[][] = []
  for await (const row of streamXlsxRows(bytes, { sheet })) {
    const cells = row.values.slice(0, limits.maxColumns + 1).map(cellText)
    if (cells.every((cell) => cell === '')) continue
    rows.push(cells)
    if (rows.length > limits.maxRows + 1) break
  }
  return rows
}

/** Numbers with a dot, dates as ISO text, so that type inference sees one form. */
function cellText(value: Cell | undefined): string {
  if (value === null || value === undefined) return ''
  if (value instanceof Date) {
    if (Number.isNaN(value.getTime())) return ''
    const iso = value.toISOString()
    return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19)
  }
  return typeof value === 'string' ? value : String(value)
}

function nothing(reason: Finding): Table {
  return { header: [], rows: [], dialect: null, truncated: false, findings: [reason] }
}

function noCells(): Finding {
  return finding('error', 'empty', { de: 'Die Datei enthält keine Tabelle.', en: 'The file holds no table.' })
}

function unreadable(): Finding {
  return finding('error', 'workbook-unreadable', {
    de: 'Die Datei ist keine lesbare Excel-Arbeitsmappe (XLSX). Bitte speichern Sie sie neu oder als CSV.',
    en: 'The file is not a readable Excel workbook (XLSX). Please save it again or as CSV.',
  })
}

function otherSheets(names: string[], used: number): Finding {
  const name = names[used] ?? ''
  return finding('info', 'other-sheets', {
    de: `Gelesen wurde das Blatt „${name}“, eines von ${names.length}.`,
    en: `The sheet “${name}” was read, one of ${names.length}.`,
  })
}
