import type { Finding } from '../../platform/finding.ts'
import type { TableFormat } from '../../platform/tabular/file.ts'
import type { ValueType } from '../engine/roles.ts'
import type { SourceRow } from '../vault/contract.ts'

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
  /** Whole numbers that are calendar years. */
  readonly year?: boolean
  /** EPSG code, where the column is one half of a coordinate. */
  readonly place?: number
  /** Largest number of decimal places seen. */
  readonly decimals: number
  readonly values: readonly { readonly value: string | number | boolean; readonly count: number }[]
}

/** How a file was read. `headerRow` counts records from 0, -1 where there is none, null where the format knows no rows. */
export type SourceForm = {
  readonly format: TableFormat | 'parquet'
  readonly packed: 'gzip' | 'zip' | null
  readonly encoding: string | null
  readonly delimiter: string | null
  readonly headerRow: number | null
}

/**
 * A holder's file as typed rows. Findings say how it was read and what was not. `row` gives the first 20 000 rows at least,
 * `batches` all of them in their order.
 */
export type Source = {
  readonly form: SourceForm
  readonly columns: readonly SourceColumn[]
  readonly rows: number
  readonly findings: readonly Finding[]
  readonly row: (index: number) => SourceRow
  readonly batches: () => AsyncIterable<SourceRow[]>
}

/** What may be said of a file without its rows. */
export type SourceFacts = Pick<Source, 'form' | 'columns' | 'rows' | 'findings'>

/** A file that cannot be a table, with the reasons. */
export type Refusal = { readonly refused: true; readonly findings: readonly Finding[] }

/** Facts about a column from the counts of its values. */
export function summarised(
  base: Pick<SourceColumn, 'source' | 'type' | 'missing' | 'keyLike' | 'year'>,
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
