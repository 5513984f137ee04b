import { columnOf, type Column, type ScanTable } from './scanned.ts'

/** More values of a dimension, or cells, than an answer may have rows. */
const base = 2 ** 21

/** Small numbers for values; -1 for those that were not numbered. */
type Numbers = Map<unknown, number>

/**
 * The places of cells by the values of their dimensions `d0`, `d1` … Gives for each row of another answer the place of its
 * cell in this one, or -1. Each cell stands in the answer once.
 */
export function placesOf(cells: ScanTable, dimensions: number): (other: ScanTable) => Int32Array {
  const values = Array.from({ length: dimensions }, (): Numbers => new Map())
  const pairs = Array.from({ length: dimensions }, (): Numbers => new Map())
  const number = (of: ScanTable, isNew: boolean) => {
    let places = new Int32Array(of.count)
    for (let d = 0; d < dimensions; d++)
      places = paired(places, columnOf(of, `d${d}`), { values: values[d], pairs: pairs[d], isNew })
    return places
  }
  number(cells, true)
  return (other) => number(other, false)
}

/** Numbers for what stood before together with one column more; new ones in the order in which they are first seen. */
function paired(
  before: Int32Array,
  column: Column,
  by: { values: Numbers | undefined; pairs: Numbers | undefined; isNew: boolean },
): Int32Array<ArrayBuffer> {
  const { values = new Map(), pairs = new Map(), isNew } = by
  const after = new Int32Array(before.length)
  for (let i = 0; i < before.length; i++) {
    const place = before[i] ?? -1
    const value = place < 0 ? -1 : numberOf(values, column[i] ?? null, isNew)
    after[i] = value < 0 ? -1 : numberOf(pairs, place * base + value, isNew)
  }
  return after
}

function numberOf(numbers: Numbers, value: unknown, isNew: boolean): number {
  const known = numbers.get(value)
  if (known !== undefined) return known
  if (!isNew) return -1
  numbers.set(value, numbers.size)
  return numbers.size - 1
}
