import type { Finding } from '../finding.ts'

/** Encodings the decoder can tell apart. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

/** How a delimited file is written. `headerRow` is the index of the record with the column names, -1 when there is none. */
export type CsvDialect = {
  delimiter: ',' | ';' | '\t' | '|'
  quote: '"' | "'"
  headerRow: number
}

/** A table of text cells; every row has exactly `header.length` cells. `truncated`: more rows exist than were read. */
export type Table = {
  header: string[]
  rows: string[][]
  dialect: CsvDialect | null
  truncated: boolean
  findings: Finding[]
}

/** Upper bounds for reading; beyond them the rest is left out and a finding says so. */
export type TableLimits = { maxBytes: number; maxRows: number; maxColumns: number; maxCell: number }

/** 256 MiB unpacked, one million rows, 2 000 columns, 100 000 characters per cell. */
export const defaultTableLimits: TableLimits = {
  maxBytes: 256 * 1024 * 1024,
  maxRows: 1_000_000,
  maxColumns: 2_000,
  maxCell: 100_000,
}

/** Types a column can have; `empty`: no value at all. `year` is a whole number used as calendar year. */
export type ColumnType =
  'integer' | 'decimal' | 'boolean' | 'date' | 'datetime' | 'time' | 'year' | 'text' | 'empty'

/** How dates of a column are written; `mixed-iso` also takes a time and a zone. */
export type DateForm = 'iso' | 'dmy' | 'mdy' | 'compact' | 'month'

/** What is known about one column. `min`/`max` are ISO text for dates and numbers for numbers; `distinct` stops at 10 000. */
export type ColumnProfile = {
  name: string
  position: number
  type: ColumnType
  decimal: ',' | '.' | null
  thousands: ',' | '.' | ' ' | null
  dateForm: DateForm | null
  total: number
  missing: number
  distinct: number
  distinctCapped: boolean
  min: number | string | null
  max: number | string | null
  /** Cells that did not fit the type (at most a small share; they convert to null). */
  misfits: number
  top: { value: string; count: number }[]
  /** Whole-number text with leading zeros (postcode, AGS) is kept as text; true says why. */
  keyLike: boolean
}

/** A cell in its type. Dates, times and keys stay text. */
export type CellValue = string | number | boolean | null
