import { addDrawn, drawnFrom } from './extracts.ts'
import { failuresOf } from './failures.ts'
import type { InnerMeasure, InnerQuery } from './inner.ts'
import { othersOf } from './others.ts'
import { measuresOf, printCells, rawColumns, topContributions } from './print.ts'
import { unitColumns } from './roles.ts'
import { nameOf, type Scan, type ScanEngine, type ScanRow } from './scanned.ts'

/**
 * Raw cells of a block in the form of `rawColumns`: a row `f` = 0 for each passing cell, and rows `f` ≠ 0 with the number
 * of units that fail just that set of conditions. Cells that are proven to keep `screen.effect` come without the
 * latter; numbers of other units are exact where they are below `screen.others`.
 */
export async function scanCells(
  query: InnerQuery,
  engine: ScanEngine,
): Promise<{ columns: string[]; rows: unknown[][] }> {
  const { sorted, known } = engine
  const { drawn, leftOut } = await drawnFrom(query, engine)
  const read = await engine.run(
    printCells({
      query,
      dialect: engine.dialect,
      locate: engine.locate,
      ...(known ? { known } : {}),
      leftOut,
      ...(sorted ? { sorted: sorted(query.table, unitColumns(query.unitType).id) } : {}),
    }),
  )
  const passing = read.filter((row) => Number(row['n']) > 0)
  const found = new Map(passing.map((row) => [nameOf(query, row), row]))
  const cells = drawn.length > 0 ? await addDrawn(query, engine, { drawn, cells: found }) : found
  const scan: Scan = { query, engine, cells }
  const others = await othersOf(scan)
  const failures = await failuresOf(scan)
  const columns = rawColumns(query)
  const whole = [...cells].map(([name, row]) => completed(query, row, others.get(name) ?? []))
  const rows = [...whole, ...failures].map((row) => columns.map((column) => row[column] ?? null))
  return { columns, rows }
}

/** Figures that were left out because they follow from others. */
function completed(query: InnerQuery, row: ScanRow, others: readonly unknown[]): ScanRow {
  const full: Record<string, unknown> = { ...row, f: 0, c: row['c'] ?? row['n'] }
  query.otherUnits.forEach((_, i) => (full[`o${i}`] = others[i]))
  measuresOf(query).forEach((measure, i) => completeMeasure(full, `m${i}`, measure))
  return full
}

function completeMeasure(row: Record<string, unknown>, m: string, measure: InnerMeasure): void {
  row[`${m}u`] ??= row['n']
  row[`${m}h`] ??= row['k']
  row[`${m}v`] ??= row[`${m}u`]
  if (row[`${m}t`] === undefined) return
  row[`${m}z`] ??= row[`${m}u`]
  row[`${m}zh`] ??= row[`${m}h`]
  row[`${m}a`] ??= row[`${m}s`]
  row[`${m}t`] = measure.positive ? row[`${m}t`] : largest(row[`${m}t`], row[`${m}b`])
}

const abs = (x: bigint) => (x < 0n ? -x : x)

/** The largest contributions by absolute value; of equal ones the positive first, whatever engine has listed them. */
function largest(high: unknown, low: unknown): string[] {
  const whole = (list: unknown) =>
    Array.isArray(list) ? list.map((x: string | number | bigint) => BigInt(x)) : []
  const all = [...whole(high).filter((x) => x >= 0n), ...whole(low).filter((x) => x < 0n)]
  return all
    .toSorted((x, y) => (abs(x) === abs(y) ? Number(y > x) - Number(y < x) : abs(x) < abs(y) ? 1 : -1))
    .slice(0, topContributions)
    .map(String)
}
