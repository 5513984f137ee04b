import { stringify } from 'csv-stringify/sync'

/** A cell as pages have it. */
export type CsvCell = string | number | null | undefined

/**
 * Rows as CSV for spreadsheets (RFC 4180): UTF-8 with byte order mark, so that umlauts are read, and cells that look like
 * formulas as text. The first row is the head.
 */
export function csvText(rows: readonly (readonly CsvCell[])[], delimiter: ',' | ';' = ','): string {
  return stringify(rows as CsvCell[][], {
    bom: true,
    delimiter,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}
