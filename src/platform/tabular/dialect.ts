import { parse } from 'csv-parse/sync'
import { excerpt, finding, type Finding } from '../finding.ts'
import { frameOf } from './frame.ts'
import { findHeader } from './header.ts'
import { defaultTableLimits, type CsvDialect, type Table, type TableLimits } from './table.ts'

const DELIMITERS = [';', '\t', '|', ','] as const
const SAMPLE = 64 * 1024

/** Finds delimiter, quote and header row of a delimited text from its first 64 KiB. */
export function sniffDialect(text: string): CsvDialect {
  const sample = firstLines(text)
  let best: { delimiter: CsvDialect['delimiter']; score: number; rows: string[][] } | null = null
  for (const delimiter of DELIMITERS) {
    const rows = parseRows(sample, { delimiter, quote: '"' }, 200).rows
    const score = evenness(rows)
    if (!best || score > best.score + 0.05) best = { delimiter, score, rows }
  }
  const delimiter = best && best.score > 0 ? best.delimiter : ';'
  const quote = sample.split('\n', 20).every((line) => line.startsWith("'")) ? "'" : '"'
  const rows = best && best.score > 0 ? best.rows : parseRows(sample, { delimiter, quote }, 200).rows
  return { delimiter, quote, headerRow: findHeader(rows) }
}

/** Whole lines of the first 64 KiB, so that a cut last line does not count as uneven. */
function firstLines(text: string): string {
  if (text.length <= SAMPLE) return text
  const cut = text.lastIndexOf('\n', SAMPLE)
  return text.slice(0, cut > 0 ? cut : SAMPLE)
}

/** Share of records with the most frequent width; 0 when that width is one column. Wider wins when equally even. */
function evenness(rows: string[][]): number {
  const widths = new Map<number, number>()
  for (const row of rows) widths.set(row.length, (widths.get(row.length) ?? 0) + 1)
  const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0]
  if (width < 2) return 0
  return count / rows.length + Math.min(width, 20) / 1000
}

type Parsed = { rows: string[][]; brokenQuotes: boolean; tooLong?: boolean }

/** Parses records; where an open quote swallows the file, quotes are taken as ordinary characters. */
function parseRows(text: string, dialect: Pick<CsvDialect, 'delimiter' | 'quote'>, to: number): Parsed {
  const options = {
    delimiter: dialect.delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: 2 * 1024 * 1024,
    to,
  }
  try {
    return { rows: parse(text, { ...options, quote: dialect.quote }), brokenQuotes: false }
  } catch {
    // fall through: an unclosed quote
  }
  try {
    return { rows: parse(text, { ...options, quote: null }), brokenQuotes: true }
  } catch (error) {
    const tooLong = error instanceof Error && 'code' in error && error.code === 'CSV_MAX_RECORD_SIZE'
    return { rows: [], brokenQuotes: !tooLong, tooLong }
  }
}

/** Reads delimited text into a table of text cells: named, unique columns and rows of equal width. Never throws. */
export function readTable(
  text: string,
  dialect: CsvDialect = sniffDialect(text),
  limits: TableLimits = defaultTableLimits,
): Table {
  const skip = Math.max(0, dialect.headerRow + 1)
  const parsed = parseRows(text, dialect, limits.maxRows + skip + 1)
  const table = tableOf(parsed.rows, dialect.headerRow, limits)
  const findings = parsed.tooLong ? [recordTooLong()] : [...table.findings]
  if (parsed.brokenQuotes)
    findings.push(
      finding('warning', 'quotes-broken', {
        de: 'Ein Anführungszeichen wird nicht geschlossen; Anführungszeichen wurden als Text gelesen.',
        en: 'A quotation mark is not closed; quotation marks were read as text.',
      }),
    )
  return { ...table, dialect, findings }
}

function recordTooLong(): Finding {
  return finding('error', 'record-too-long', {
    de: 'Eine Zeile ist länger als 2 Millionen Zeichen; so ist das keine Tabelle. Oft fehlt ein Anführungszeichen oder ein Zeilenumbruch.',
    en: 'One row is longer than 2 million characters; like this it is no table. Often a quotation mark or a line break is missing.',
  })
}

/** Makes a table of raw records: header, equal widths, limits; what had to be changed is in the findings. */
export function tableOf(raw: string[][], header: number, limits: TableLimits): Table {
  const { records, headerRow, findings: framed } = frameOf(raw, header)
  const body = records.slice(headerRow + 1)
  const truncated = body.length > limits.maxRows
  if (truncated) body.length = limits.maxRows
  const width = widthOf(records[headerRow], body)
  const columns = Math.min(width, limits.maxColumns)
  const findings = [...framed, ...shapeFindings({ records, headerRow, body, width, truncated, limits })]
  const cut = { cells: 0 }
  const rows = body.map((row) => fitRow(row, columns, limits.maxCell, cut))
  if (cut.cells > 0)
    findings.push(
      finding('warning', 'cells-cut', {
        de: `${cut.cells} Zellen sind länger als ${limits.maxCell} Zeichen und wurden gekürzt.`,
        en: `${cut.cells} cells are longer than ${limits.maxCell} characters and were cut.`,
      }),
    )
  return { header: uniqueNames(records[headerRow] ?? [], columns), rows, dialect: null, truncated, findings }
}

/** The header's width unless most records are wider; trailing delimiters without name and value do not count. */
function widthOf(header: string[] | undefined, body: string[][]): number {
  const widest = body.reduce((max, row) => Math.max(max, usedWidth(row)), 0)
  return header ? Math.max(usedWidth(header), widest) : widest
}

function usedWidth(row: string[]): number {
  let width = row.length
  while (width > 0 && row[width - 1]?.trim() === '') width -= 1
  return width
}

function fitRow(row: string[], columns: number, maxCell: number, cut: { cells: number }): string[] {
  const out: string[] = Array.from({ length: columns })
  for (let i = 0; i < columns; i += 1) {
    const cell = row[i] ?? ''
    if (cell.length > maxCell) cut.cells += 1
    out[i] = cell.length > maxCell ? cell.slice(0, maxCell) : cell
  }
  return out
}

/** Column names: trimmed, line breaks out, empty ones become 'Spalte n', repeated ones get a number. */
export function uniqueNames(header: string[], columns: number): string[] {
  const seen = new Map<string, number>()
  return Array.from({ length: columns }, (_, i) => {
    const base = excerpt(header[i] ?? '', 200) || `Spalte ${i + 1}`
    const before = seen.get(base.toLowerCase()) ?? 0
    seen.set(base.toLowerCase(), before + 1)
    return before === 0 ? base : uniqueName(base, before + 1, seen)
  })
}

function uniqueName(base: string, start: number, seen: Map<string, number>): string {
  let n = start
  while (seen.has(`${base} ${n}`.toLowerCase())) n += 1
  seen.set(`${base} ${n}`.toLowerCase(), 1)
  return `${base} ${n}`
}

type Shape = {
  records: string[][]
  headerRow: number
  body: string[][]
  width: number
  truncated: boolean
  limits: TableLimits
}

function shapeFindings(shape: Shape): Finding[] {
  const { headerRow, body, width, truncated, limits } = shape
  const findings: Finding[] = []
  const say = (severity: Finding['severity'], code: string, de: string, en: string): void => {
    findings.push(finding(severity, code, { de, en }))
  }
  if (shape.records.length === 0 || width === 0)
    say('error', 'empty', 'Die Datei enthält keine Tabelle.', 'The file holds no table.')
  else if (body.length === 0)
    say('warning', 'no-rows', 'Die Tabelle hat keine Datenzeilen.', 'The table has no rows of data.')
  if (headerRow < 0 && width > 0)
    say(
      'warning',
      'no-header',
      'Es gibt keine Kopfzeile; die Spalten heißen „Spalte 1“, „Spalte 2“ …',
      'There is no header row; the columns are named “Spalte 1”, “Spalte 2” …',
    )
  if (headerRow > 0)
    say(
      'info',
      'preamble',
      `Über der Kopfzeile stehen ${headerRow} Zeilen; sie wurden übersprungen.`,
      `${headerRow} lines above the header row were skipped.`,
    )
  if (truncated)
    say(
      'warning',
      'rows-left-out',
      `Gelesen wurden die ersten ${limits.maxRows} Zeilen.`,
      `The first ${limits.maxRows} rows were read.`,
    )
  if (width > limits.maxColumns)
    say(
      'warning',
      'columns-left-out',
      `Von ${width} Spalten wurden ${limits.maxColumns} gelesen.`,
      `Of ${width} columns, ${limits.maxColumns} were read.`,
    )
  else if (width > 500)
    say(
      'info',
      'many-columns',
      `Die Tabelle hat ${width} Spalten. Eine Zeile je Messung ist meist besser lesbar.`,
      `The table has ${width} columns. One row per measurement is mostly easier to read.`,
    )
  const uneven = body.filter((row) => usedWidth(row) > (shape.records[headerRow]?.length ?? width)).length
  if (uneven > 0 && headerRow >= 0)
    say(
      'warning',
      'uneven-rows',
      `${uneven} Zeilen haben mehr Zellen als die Kopfzeile.`,
      `${uneven} rows have more cells than the header row.`,
    )
  return findings
}
