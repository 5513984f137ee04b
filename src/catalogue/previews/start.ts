/** How much of a CSV file is fetched for a preview; enough for types, a chart and points on a map. */
export const CSV_START = 1024 * 1024
/** Formats that make sense only whole are fetched up to this size. */
export const WHOLE_LIMIT = 8 * 1024 * 1024

/** Formats a preview can be made of, by the EU file-type code. */
export const previewable: Readonly<Record<string, { readonly filename: string; readonly partly: boolean }>> =
  {
    CSV: { filename: 'datei.csv', partly: true },
    TSV: { filename: 'datei.tsv', partly: true },
    TXT: { filename: 'datei.csv', partly: true },
    GEOJSON: { filename: 'datei.geojson', partly: false },
    JSON: { filename: 'datei.json', partly: false },
    XLSX: { filename: 'datei.xlsx', partly: false },
    PARQUET: { filename: 'datei.parquet', partly: false },
  }

/** The part of a cut CSV file that ends with a whole line; all of it if it was not cut. */
export function wholeLines(bytes: Uint8Array, cut: boolean): Uint8Array {
  if (!cut) return bytes
  const end = bytes.lastIndexOf(10)
  return end > 0 ? bytes.subarray(0, end + 1) : bytes
}

/** The whole size a server names in its answer to a ranged request (RFC 9110 §14.4); null if it names none. */
export function totalOf(contentRange: string | undefined): number | null {
  const total = /^bytes \d+-\d+\/(\d+)$/.exec(contentRange ?? '')?.[1]
  return total === undefined ? null : Number(total)
}
