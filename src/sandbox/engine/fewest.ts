import type { ScanRow } from './scan.ts'

/** The fewest units that can be behind a row: counted (`n`), or as many as marked places (`bits`, see `bitsSql`). */
export function fewestUnits(row: ScanRow, column = 'bits'): number {
  return column in row ? placesIn(row[column]) : Number(row['n'])
}

function placesIn(value: unknown): number {
  if (value === null || value === undefined) return 0
  const bits = BigInt.asUintN(64, BigInt(String(value)))
  return Array.from(bits.toString(2)).filter((bit) => bit === '1').length
}
