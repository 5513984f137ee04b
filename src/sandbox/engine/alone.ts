import { cellNumbers, droppedSets } from './effect.ts'
import { failuresOf, type Failure } from './failures.ts'
import type { Cells, Scan } from './grouped.ts'
import { placesOf } from './places.ts'
import { testsOf } from './print.ts'
import { columnOf, type Column } from './scanned.ts'
import { surveyOf } from './survey.ts'

/**
 * Who fails the conditions around cells that are the whole of a coarser cell: split by one dimension less, the same units
 * would be asked for, and the conditions would leave out more. Without this, a condition on a column by which the question is
 * also split would have no effect at all. `failed` says which dimensions were left away, see `failedWithout`.
 */
export async function failuresAlone(scan: Scan): Promise<Failure[]> {
  const { query, cells } = scan
  if (testsOf(query) === 0 || cells.count === 0) return []
  const found: Failure[] = []
  for (const [index, dropped] of droppedSets(query.dimensions.length).entries()) {
    const kept = query.dimensions.flatMap((_, d) => (dropped.has(d) ? [] : [d]))
    const places = aloneIn(cells, kept)
    if (places.length === 0) continue
    const coarser = { ...scan, ...coarserScan(scan, kept, places) }
    const failures = await failuresOf(coarser, { survey: await surveyOf(coarser), reported: [] })
    for (const { place, failed, n } of failures)
      found.push({ place: places[place] ?? -1, failed: failedWithout(index + 1, failed, testsOf(query)), n })
  }
  return found
}

/** Cells that no other passing cell shares these dimensions with. */
function aloneIn(cells: Cells, kept: readonly number[]): number[] {
  if (kept.length === 0) return cells.count === 1 ? [0] : []
  const columns = kept.map((d) => columnOf(cells, `d${d}`))
  const numbers = cellNumbers(columns, cells.count)
  const sharing = new Map<number, number>()
  for (const number of numbers) sharing.set(number, (sharing.get(number) ?? 0) + 1)
  return Array.from(numbers.keys()).filter((place) => sharing.get(numbers[place] ?? -1) === 1)
}

/** The block split by the kept dimensions only, with the cells at these places: they have the same rows there. */
function coarserScan(scan: Scan, kept: readonly number[], places: readonly number[]) {
  const { query, cells } = scan
  const pick = (column: ArrayLike<number>) => Float64Array.from(places, (place) => column[place] ?? 0)
  const columns = new Map<string, Column>(
    kept.map((d, i) => [`d${i}`, places.map((place) => columnOf(cells, `d${d}`)[place])]),
  )
  const table = { count: places.length, columns }
  const own: Cells = {
    ...table,
    units: pick(cells.units),
    rows: pick(cells.rows),
    find: placesOf(table, kept.length),
  }
  const dimensions = kept.flatMap((d) => query.dimensions[d] ?? [])
  return { query: { ...query, dimensions }, cells: own }
}

/** A set of failed tests, and which set of dimensions was left away (0: none), as one number. */
export function failedWithout(dropped: number, failed: number, tests: number): number {
  return failed + dropped * 2 ** tests
}
