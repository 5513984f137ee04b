import type { ScanTable } from './scanned.ts'
import { wholeOf } from './whole.ts'

/** The fewest units that can be behind a row: counted (`n`), or as many as marked places (`bits`, see `bitsSql`). */
export function fewestAt(table: ScanTable, row: number): number {
  const bits = table.columns.get('bits')
  return bits ? placesIn(bits[row]) : Number(table.columns.get('n')?.[row] ?? 0)
}

/** How many places are marked. */
export function placesIn(value: unknown): number {
  let [bits, places] = [BigInt.asUintN(64, BigInt(wholeOf(value))), 0]
  for (const half of [bits & 0xffffffffn, bits >> 32n])
    for (let rest = Number(half) | 0; rest !== 0; rest &= rest - 1) places++
  return places
}
