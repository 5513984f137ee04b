import { whole } from './cells.ts'
import type { ScanRow } from './scanned.ts'

/** The fewest units that can be behind a row: counted (`n`), or as many as marked places (`bits`, see `bitsSql`). */
export function fewestUnits(row: ScanRow, column = 'bits'): number {
  return column in row ? placesIn(row[column]) : Number(row['n'])
}

function placesIn(value: unknown): number {
  const bits = BigInt.asUintN(64, whole(value))
  return Array.from(bits.toString(2)).filter((bit) => bit === '1').length
}
