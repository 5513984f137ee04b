import type { ScanTable } from './scanned.ts'
import { wholeOf } from './whole.ts'

/** The fewest units that can be behind a row: counted (`n`), or as many as marked places (`bits`, see `bitsSql`). */
export function fewestAt(table: ScanTable, row: number): number {
  const bits = table.columns.get('bits')
  return bits ? placesIn(bits[row]) : Number(table.columns.get('n')?.[row] ?? 0)
}

/** How many places are marked. */
export function placesIn(value: unknown): number {
  const marked = Number(wholeOf(value))
  return bitsIn(marked) + bitsIn(marked / 2 ** 32)
}

/** How many of the low 32 bits of a number are set. */
function bitsIn(number: number): number {
  let bits = 0
  for (let rest = number | 0; rest !== 0; rest &= rest - 1) bits++
  return bits
}
