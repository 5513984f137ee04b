import { columnOf, type Column, type ScanTable } from './scanned.ts'

/** More values of a dimension, or cells, than an answer may have rows. */
const base = 2 ** 21

/** Codes below this are looked up in an array instead of a map. */
const dense = 2 ** 15

/**
 * The places of cells by the values of their dimensions `d0`, `d1` … Gives for each row of another answer the place of its
 * cell in this one, or -1. Each cell stands in the answer once.
 */
export function placesOf(cells: ScanTable, dimensions: number): (other: ScanTable) => Int32Array {
  const values = Array.from({ length: dimensions }, () => new Numbers())
  const pairs = Array.from({ length: dimensions }, () => new Numbers())
  const number = (of: ScanTable, isNew: boolean) => {
    let places = new Int32Array(of.count)
    for (let d = 0; d < dimensions; d++)
      places = paired(d === 0 ? null : places, columnOf(of, `d${d}`), {
        count: of.count,
        values: values[d] ?? new Numbers(),
        pairs: pairs[d] ?? new Numbers(),
        isNew,
      })
    return places
  }
  number(cells, true)
  return (other) => number(other, false)
}

/** Small numbers for values, in the order in which they are first seen; -1 for those that were not numbered. */
class Numbers {
  private readonly codes: number[] = []
  private readonly others = new Map<unknown, number>()
  private size = 0

  of(value: unknown, isNew: boolean): number {
    if (typeof value === 'number' && value >= 0 && value < dense && Number.isInteger(value)) {
      const known = this.codes[value]
      if (known !== undefined) return known
      if (isNew) this.codes[value] = this.size++
      return isNew ? this.size - 1 : -1
    }
    const known = this.others.get(value)
    if (known !== undefined || !isNew) return known ?? -1
    this.others.set(value, this.size++)
    return this.size - 1
  }
}

/** Numbers for what stood before (nothing: null) together with one column more. */
function paired(
  before: Int32Array | null,
  column: Column,
  by: { count: number; values: Numbers; pairs: Numbers; isNew: boolean },
): Int32Array<ArrayBuffer> {
  const { count, values, pairs, isNew } = by
  const after = new Int32Array(count)
  for (let i = 0; i < count; i++) {
    const place = before ? (before[i] ?? -1) : 0
    const value = place < 0 ? -1 : values.of(column[i] ?? null, isNew)
    after[i] = value < 0 || !before ? value : pairs.of(place * base + value, isNew)
  }
  return after
}
