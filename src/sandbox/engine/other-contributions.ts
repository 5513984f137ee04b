import { onlyCells, openPlaces, readingOf, type Scan } from './grouped.ts'
import type { InnerMeasure } from './inner.ts'
import { mostOf } from './others.ts'
import { measuresOf, topContributions } from './print.ts'
import { columnOf, type Column, type ScanTable } from './scanned.ts'
import { dimensionsSql, grouping, rowsSql, testsOfBlock, unitSql, valueSql } from './source.ts'

type Asked = { readonly measure: InnerMeasure; readonly index: number; readonly most: number }

const empty: readonly unknown[] = []

/**
 * What units of the other types have of the measures, as `m0x0` …: how many have a value, the sum of what they have by absolute,
 * and the largest of it. Empty where it is proven that enough of them have a value and none has too much: then a unit
 * with `most` rows could not, whatever stands in them.
 */
export async function addOtherContributions(scan: Scan): Promise<void> {
  const { query, cells } = scan
  const measures = measuresOf(query)
  for (const [type, of] of query.otherUnits.entries()) {
    const most = mostOf(scan, of)
    const unclear = measures.flatMap((measure, index) => {
      const places = openPlaces(scan, provenOf(scan, { measure, index, most }))
      cells.columns.set(`m${index}x${type}`, Array<unknown>(cells.count).fill(empty))
      return places.length > 0 ? [{ measure, index, places }] : []
    })
    if (unclear.length === 0) continue
    const places = [...new Set(unclear.flatMap((u) => u.places))]
    const table = await countedBy(scan, { type, measures: unclear.map((u) => u.measure), places })
    const at = cells.find(table)
    for (const [nth, { index }] of unclear.entries()) {
      const column = columnOf(cells, `m${index}x${type}`) as unknown[]
      at.forEach((place, row) => {
        if (place >= 0) column[place] = listed(table, nth, row)
      })
    }
  }
}

/** Whether nothing need be counted for a measure of a cell. */
function provenOf({ query, cells }: Scan, { measure, index, most }: Asked): (place: number) => boolean {
  const { screen } = query
  if (screen?.p === undefined) return () => false
  // Each of the others lies within one unit that is counted, which has passed the same tests with no less.
  if (!query.onePerUnit) return () => measure.positive && most === 1
  const of = (short: string) => cells.columns.get(`m${index}${short}`)
  const having = of('u') ?? cells.columns.get('n') ?? []
  const [absolute, high] = [of('a') ?? of('s'), of('t')]
  const { p, dominance } = screen
  return (place) => {
    if (Number(having[place] ?? 0) < screen.others * most) return false
    if (!absolute || !high) return true
    // Values of both signs may cancel out within one of the others, and leave less to hide behind.
    if (!measure.positive) return false
    const all = Number(absolute[place] ?? 0)
    const largest = most * firstOf(high[place]) * 1.000_001
    return (
      (all - 2 * largest) * 100 >= largest * p &&
      (!dominance || dominance.n * largest <= all * dominance.share)
    )
  }
}

function firstOf(list: unknown): number {
  const [first] = Array.isArray(list) ? (list as unknown[]) : []
  return Math.abs(Number(first ?? 0))
}

type Counting = {
  readonly type: number
  readonly measures: readonly InnerMeasure[]
  readonly places: readonly number[]
}

/** By cell, what the other units have, added up for each of them first. */
function countedBy(scan: Scan, { type, measures, places }: Counting): Promise<ScanTable> {
  const { query, engine } = scan
  const reading = readingOf(scan)
  const id = unitSql(query).others[type]?.id ?? 'NULL'
  const sums = measures.map((measure, i) => `sum(${valueSql(query, measure)}) AS s${i}`)
  const keys = [...dimensionsSql(reading), `${id} AS other`]
  const tests = [...testsOfBlock(reading).map((t) => t.sql), ...onlyCells(scan, places)]
  const each = `${rowsSql(reading, [...keys, ...sums], tests)}${grouping(keys.length)}`
  const figures = measures.flatMap((_, i) => [
    `count(CASE WHEN other IS NOT NULL THEN s${i} END) AS u${i}`,
    `sum(abs(s${i})) AS a${i}`,
    `${engine.dialect.largest(`CASE WHEN other IS NOT NULL THEN abs(s${i}) END`, topContributions)} AS t${i}`,
  ])
  const names = query.dimensions.map((_, i) => `d${i}`)
  return engine.run(`SELECT ${[...names, ...figures].join(', ')} FROM (${each}) o${grouping(names.length)}`)
}

function listed(table: ScanTable, nth: number, row: number): readonly unknown[] {
  const at = (of: Column) => of[row]
  const largest = at(columnOf(table, `t${nth}`))
  return [
    at(columnOf(table, `u${nth}`)),
    at(columnOf(table, `a${nth}`)) ?? 0,
    ...(Array.isArray(largest) ? (largest as unknown[]) : []),
  ]
}
